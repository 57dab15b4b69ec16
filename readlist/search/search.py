"""One evaluation of a query on an index: which papers, how good, and what there is to highlight."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from readlist.paper import Paper
from readlist.search import feedback
from readlist.search.columns import Columns
from readlist.search.conditions import Moment, test_of
from readlist.search.feedback import Feedback
from readlist.search.index import Index
from readlist.search.keys import sought
from readlist.search.lookup import Lookup
from readlist.search.matches import HIGHLIGHTED, Matched
from readlist.search.memory import Memory
from readlist.search.names import EXACT, TEXTS
from readlist.search.plain import Joins, with_joins
from readlist.search.rank import BEST, Hits, best_first
from readlist.search.segment import Array
from readlist.search.tree import And, Field, Not, Or, Phrase, Regex, Term, Word
from readlist.search.words import STOP, halves, is_short, split

FEW = 10
"""Papers; when several words find fewer, one of them may be a mistake for one like it."""
NEXT_TO_NOTHING, MUCH = 2, 20
"""Papers that one word finds at most when it may be a mistake, for one that is so much commoner."""
CLOSEST = 50
"""How many papers are shown when none has all the words."""


@dataclass
class Notes:
    """What a search learns on the way."""

    whole: set[tuple[str, ...]] = field(default_factory=set)
    begun: set[tuple[str, ...]] = field(default_factory=set)
    patterns: list[str] = field(default_factory=list)
    forgiven: dict[str, tuple[str, ...]] = field(default_factory=dict)
    closest: bool = False

    def matched(self) -> Matched:
        """Return what to highlight in the papers found."""
        return Matched(frozenset(self.whole), frozenset(self.begun), tuple(self.patterns))


class Search:
    """One query: `slots` finds, `best_first` sorts; then `notes` are complete."""

    def __init__(
        self,
        lookup: Lookup,
        moment: Moment,
        read: Callable[[int], Paper],
        forgiving: bool,
        memory: Memory,
    ) -> None:
        self.lookup = lookup
        self.index: Index = lookup.index
        self.columns: Columns = lookup.index.columns
        self.moment = moment
        self.read = read
        self.forgiving = forgiving
        self.memory = memory
        self.hits: list[Hits] = []
        self.named: Array | None = None
        self.notes = Notes()

    def slots(self, term: Term | None, order: Array) -> Array:
        """Return those of the slots in `order` that a query finds, in that order."""
        among = np.zeros(self.columns.size, bool)
        among[order] = True
        found = self._top(term, among & self.columns["alive"])
        return order.compress(found.take(order))

    def best_first(self, slots: Array) -> Array:
        """Return slots in the order of how well they have what was sought."""
        if not self.hits or not len(slots):
            return slots
        ranking = self.lookup.ranking
        closest = self.notes.closest
        scores = ranking.scores(self.hits, slots, named=self.named, closest=closest)
        places = best_first(scores)
        if len(self.hits) > 1:
            first = np.sort(places[:BEST])  # equals stay in the list's order
            better = scores[first] + ranking.nearness(self.hits, slots[first], closest=closest)
            order = best_first(better)
            places[:BEST] = first[order]
            if closest:
                return self._closest(slots[places[:CLOSEST]], better[order][:CLOSEST])
        found: Array = slots[places]
        return found[:CLOSEST] if closest else found

    def _closest(self, slots: Array, scores: Array) -> Array:
        """Return papers in an order that minds what the first of them have in common."""
        ids = self.columns["id"][slots[: feedback.BEST]].tolist()
        best = zip(map(self.read, ids), scores.tolist(), strict=False)
        added = Feedback(self.index, self.lookup.ranking, self.hits).added(best, slots)
        found: Array = slots[best_first(scores + added)]
        return found

    # The whole query

    def _top(self, term: Term | None, among: Array) -> Array:
        """Return the papers that a whole query finds; only here mistakes are forgiven."""
        terms = term.terms if isinstance(term, And) else (term,) if term is not None else ()
        pairs = list(with_joins(terms))
        sought = [(t, joins) for t, joins in pairs if isinstance(t, Word | Phrase)]
        others = sorted((t for t, _ in pairs if not isinstance(t, Word | Phrase)), key=_cost)
        hits = [self._found(t, joins, asked=True) for t, joins in sought]
        for other in others:
            if _cost(other) < _COSTLY:
                among = among & self._mask(other, among)
        if self.forgiving and hits:
            among = among & self._forgiven([t for t, _ in sought], hits)
        else:
            among = _all_of(hits, among)
        for other in others:
            if _cost(other) >= _COSTLY:
                among = among & self._mask(other, among)
        self.hits += hits
        return among

    def _forgiven(self, terms: list[Word | Phrase], hits: list[Hits]) -> Array:
        """Return the papers that have all words; more, when hardly any has, and none: the closest.

        It is asked of all papers, whatever else the query wants: whether a word is a mistake
        does not depend on that. Adds to `hits` what it forgives.
        """
        alive = self.columns["alive"]
        found = _all_of(hits, alive)
        named = self._named(terms, hits)
        if named is not None:
            return found | named
        count = int(np.count_nonzero(found))
        if count > (NEXT_TO_NOTHING if len(hits) == 1 else FEW):
            return found
        for at, (term, hit) in enumerate(zip(terms, list(hits), strict=True)):
            like = self._alike(term, hit, count, len(hits) == 1)
            if like is None or like.near is None:
                continue
            others = _all_of([other for other in hits if other is not hit], alive & like.near)
            if others.any():
                found = found | others
                hits[at] = like
                self._note_forgiven(term, like)
        if len(hits) > 1 and not found.any():
            self.notes.closest = True
            hits[:] = list(self._apart(terms, hits))
            for hit in hits:
                found = found | hit.mask
            found = found & alive
        return found

    def _named(self, terms: list[Word | Phrase], hits: list[Hits]) -> Array | None:
        """Return the papers of authors whose name the words are; None when they are no name.

        Adds to `hits` what it forgives: a word that many have is a mistake when nobody has it
        together with the others.
        """
        words = [word for word in map(_single, terms) if word]
        last = terms[-1]
        begun = words[-1] if words and isinstance(last, Word) and last.partial else ""
        if len(words) < len(hits) or (begun and is_short(begun)):
            return None
        named = self.lookup.persons.named(hits, words, begun)
        if named is None:
            return None
        self.named = named.worth
        for at, meant in named.meant.items():
            if hits[at].near is None:
                hits[at] = self.lookup.forgive(hits[at], meant)
                self._note_forgiven(terms[at], hits[at])
        found: Array = named.worth > 0
        return found

    def _apart(self, terms: list[Word | Phrase], hits: list[Hits]) -> Iterator[Hits]:
        """Yield what each word of a question finds; of a hyphenated one, each of its parts."""
        telling = [
            (t, hit) for t, hit in zip(terms, hits, strict=True) if t.text.lower() not in STOP
        ]
        for term, hit in telling or zip(terms, hits, strict=True):
            parts = split(term.text) if isinstance(term, Word) else []
            if len(parts) < 2:
                yield hit
                continue
            for at, part in enumerate(parts, 1):
                if part not in STOP:
                    is_begun = at == len(parts) and isinstance(term, Word) and term.partial
                    yield self._found(Word(part, is_begun), (), asked=True)

    def _alike(self, term: Word | Phrase, hits: Hits, count: int, is_alone: bool) -> Hits | None:
        """Return hits with like words, when the word may be a mistake."""
        word = _single(term)
        if not word:
            return None
        if count and not is_alone and self.index.count(word) > NEXT_TO_NOTHING:
            return None  # others have the word, and some have all of them: it is meant
        meant = self.lookup.near(word, isinstance(term, Word) and term.partial)
        if is_alone and count:
            least = MUCH * max(1, self.index.count(word))
            meant = tuple(other for other in meant if self.index.count(other) >= least)
        return self.lookup.forgive(hits, meant) if meant else None

    def _note_forgiven(self, term: Word | Phrase, like: Hits) -> None:
        word = split(term.text)[0]
        known = {word, *self.lookup.mates(word)}
        meant = tuple(other for other in like.words if other not in known)
        self.notes.forgiven[word] = meant
        self.notes.whole.update((other,) for other in meant)

    # Terms

    def _found(self, term: Word | Phrase, joins: Joins, *, asked: bool) -> Hits:
        """Return what a word finds; one that no paper has may stand for others."""
        hits = self.lookup.hits(term, joins)
        partial = isinstance(term, Word) and term.partial
        word = _single(term)
        if asked and self.forgiving and isinstance(term, Word) and not hits.mask.any():
            if word:
                meant = self.lookup.near(word, partial)
                if meant:
                    like = self.lookup.forgive(hits, meant)
                    self._note_forgiven(term, like)
                    return replace(like, mask=like.mask | like.near)
            elif len(split(term.text)) > 1:
                return self._parts(term)
        if asked:
            self._note(term, joins)
        return hits

    def _parts(self, term: Word) -> Hits:
        """Return the papers that have the parts of a hyphenated word anywhere, forgiven each."""
        *firsts, last = split(term.text)
        hits = [self._found(Word(part), (), asked=True) for part in firsts]
        hits.append(self._found(Word(last, term.partial), (), asked=True))
        return Hits(
            np.logical_and.reduce([hit.mask for hit in hits]),
            np.logical_and.reduce([hit.title for hit in hits]),
            np.minimum.reduce([hit.strict for hit in hits]),
            np.minimum.reduce([hit.loose for hit in hits]),
            hits[-1].words,
        )

    def _note(self, term: Word | Phrase, joins: Joins) -> None:
        """Note what is to be highlighted."""
        parts = split(term.text)
        partial = isinstance(term, Word) and term.partial
        (self.notes.begun if partial else self.notes.whole).add(tuple(parts))
        if isinstance(term, Word):
            for word, is_begun in joins:
                (self.notes.begun if is_begun else self.notes.whole).add((word,))
            for at, part in enumerate(parts):
                for mate in self.lookup.mates(part):
                    self.notes.whole.add((*parts[:at], mate, *parts[at + 1 :]))
            if len(parts) == 1 and not partial:
                known = self.index.has
                self.notes.whole.update(
                    pair for pair in halves(parts[0]) if known(pair[0]) and known(pair[1])
                )

    def _mask(self, term: Term, among: Array, asked: bool = True) -> Array:
        """Return a mask of the papers that a term finds, of those `among` some at least."""
        match term:
            case And(terms):
                pairs = sorted(with_joins(terms), key=lambda pair: _cost(pair[0]))
                for inner, joins in pairs:
                    among = among & self._mask_joined(inner, joins, among, asked)
                return among
            case Or(terms):
                found = np.zeros(len(among), bool)
                for inner in terms:
                    found |= self._mask(inner, among, asked)
                return found
            case Not(inner):
                return ~self._mask(inner, among, not asked)
            case Word() | Phrase():
                return self._mask_joined(term, (), among, asked)
            case Field() if term.name in TEXTS:
                if asked and term.name in HIGHLIGHTED:
                    parts = tuple(split(term.text))
                    (self.notes.begun if term.partial else self.notes.whole).add(parts)
                return self.lookup.in_field(term)
            case Field() if term.name in EXACT:
                return self.lookup.keyed(sought(term))
            case Regex():
                return self._matching(term, among, asked)
        return self.columns.mask(term, self.moment)

    def _mask_joined(self, term: Term, joins: Joins, among: Array, asked: bool) -> Array:
        if not isinstance(term, Word | Phrase):
            return self._mask(term, among, asked)
        hits = self._found(term, joins, asked=asked)
        if asked:
            self.hits.append(hits)
        return hits.mask

    def _matching(self, term: Regex, among: Array, asked: bool) -> Array:
        """Return the papers in which a regular expression matches; each is read, once."""
        if asked:
            self.notes.patterns.append(term.pattern)
        test = test_of(term, self.moment)
        matches = self.memory.valuer(f"/{term.pattern}/", test, self.read)
        slots = np.flatnonzero(among)
        found = np.zeros(len(among), bool)
        found[slots] = np.fromiter(map(matches, self.columns["id"][slots].tolist()), bool)
        return found


_COSTLY = 3


def _cost(term: Term) -> int:
    """Return a rank by effort: what is cheap leaves fewer papers to what is not."""
    match term:
        case And(terms) | Or(terms):
            return max(map(_cost, terms))
        case Not(inner):
            return _cost(inner)
        case Regex():
            return _COSTLY
        case Word() | Phrase():
            return 2
        case Field() if term.name in TEXTS:
            return 2
    return 1


def _all_of(hits: list[Hits], among: Array) -> Array:
    for hit in hits:
        among = among & hit.mask
    return among


def _single(term: Word | Phrase) -> str | None:
    """Return the word of a bare word that is one."""
    parts = split(term.text) if isinstance(term, Word) else []
    return parts[0] if len(parts) == 1 else None
