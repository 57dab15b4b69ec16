"""The papers that have a bare word or phrase, and how well they have it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from readlist.identifiers import find_arxiv, find_doi, normalise
from readlist.search import vocabulary
from readlist.search.index import MANY, Index, field_mask
from readlist.search.keys import SIGN, SOURCE
from readlist.search.persons import Persons
from readlist.search.plain import Joins
from readlist.search.rank import BEGUN, ENDING, FORGIVEN, NAMES, TEXT, TITLE, Hits, Ranking
from readlist.search.recent import Recent
from readlist.search.segment import FIELD_SHIFT, TITLE_MOST, Array
from readlist.search.stems import is_stemmed, stem
from readlist.search.tree import Field, Phrase, Word
from readlist.search.words import BARE, FIELDS, STEMMED, halves, is_short, split
from readlist.text import fold

_HITS = 8
_WEIGHED = 16 << 20  # bytes


class Weighed(NamedTuple):
    """The papers with a word, by slot, what it is worth in each, and those that it titles."""

    slots: Array
    weights: Array
    titled: Array

    def bytes(self) -> int:
        """Return how much room it takes."""
        return sum(array.nbytes for array in self)


class Lookup:
    """Looks words up in an index as it is now, and keeps what the last ones found."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.ranking = Ranking(index)
        self.generation = index.generation
        self.persons = Persons(index, self.near)
        self._hits: Recent[Hits] = Recent(_HITS)
        self._weighed: Recent[Weighed] = Recent(_WEIGHED, Weighed.bytes)
        self._stems: dict[str, list[str]] = {}
        self._near: dict[tuple[str, bool], tuple[str, ...]] = {}

    def hits(self, term: Word | Phrase, joins: Joins = ()) -> Hits:
        """Return the papers that have a term; `joins`: words that its neighbour makes with it."""
        partial = isinstance(term, Word) and term.partial
        # most are no words; with those, a word would be looked up anew at each key behind it
        joins = tuple(join for join in joins if self._is_there(*join))
        return self._hits.get((term, partial, joins), lambda: self._looked_up(term, partial, joins))

    def _looked_up(self, term: Word | Phrase, partial: bool, joins: Joins) -> Hits:
        found = Hits.none(self.index.columns.size)
        parts = split(term.text)
        if isinstance(term, Phrase):
            self._side_by_side(found, [[part] for part in parts])
            found.words = parts
            return found
        if len(parts) == 1:
            self._word(found, parts[0], partial)
        else:
            self._parts(found, parts, partial)
        for word, is_begun in joins:
            self._take(found, word)
            if is_begun:
                self._begun(found, word)
        self._take_slots(found, self._identified(term.text), title=True)
        return found

    def _is_there(self, word: str, begun: bool) -> bool:
        return self.index.count_begun(word) > 0 if begun else self.index.has(word)

    def near(self, word: str, partial: bool) -> tuple[str, ...]:
        """Return the words that a mistyped one may stand for."""
        key = (word, partial)
        if key not in self._near:
            self._near[key] = vocabulary.near(self.index, word, partial=partial)
        return self._near[key]

    def forgive(self, found: Hits, meant: Iterable[str]) -> Hits:
        """Return hits to which papers with other words were added, as `near`."""
        more = Hits(
            found.mask.copy(), found.title.copy(), found.strict, found.loose.copy(),
            [*found.words, *meant],
        )  # fmt: skip
        counts = {word: self.index.count(word) for word in meant}
        commonest = max(counts.values(), default=1)
        for word, count in counts.items():  # a common word was meant rather than a rare one
            self._take(more, word, FORGIVEN * (count / commonest) ** 0.5)
        more.near = more.mask & ~found.mask
        more.mask = found.mask
        return more

    def mates(self, word: str) -> list[str]:
        """Return the words of the index with the stem of a word, other than it."""
        if not is_stemmed(word):
            return []
        wanted = stem(word)
        if word not in self._stems:
            similar = set(self.index.starting(wanted[:-1]))
            self._stems[word] = sorted(w for w in similar if stem(w) == wanted and w != word)
        return self._stems[word]

    def in_field(self, field: Field) -> Array:
        """Return a mask of the papers that have the words of a field of text."""
        from readlist.search.names import TEXTS

        name = TEXTS[field.name]
        stemmed = name in STEMMED and not field.quoted
        before = SOURCE if name == "sources" else ""
        found = Hits.none(self.index.columns.size)
        parts = [before + part for part in split(field.text)]
        joined = before + "".join(part.removeprefix(before) for part in parts)
        wanted = [[part, *(self.mates(part) if stemmed else [])] for part in parts]
        only, begun = FIELDS.index(name), parts[-1] if field.partial else ""
        if len(parts) > 1 and not (begun and is_short(begun.removeprefix(before))):
            self._side_by_side(found, wanted, only, begun=begun)
        alone = wanted[0] if len(parts) == 1 else []
        bit = np.uint16(field_mask((name,)))
        for word in alone if field.quoted else [*alone, joined]:
            postings = self.index.postings(word)
            found.mask[postings.slots[postings.flags & bit != 0]] = True
        if field.partial:
            postings = self.index.postings(joined, begun=True)
            found.mask[postings.slots[postings.flags & bit != 0]] = True
        elif len(parts) == 1 and not field.quoted:
            self._halves(found, parts[0].removeprefix(before), only, before)
        return found.mask

    def keyed(self, keys: Iterable[tuple[str, bool]]) -> Array:
        """Return a mask of the papers that have one of some keys, as `keys.sought` gives them."""
        found = np.zeros(self.index.columns.size, bool)
        for key, begun in keys:
            found[self.index.postings(key, begun=begun).slots] = True
        return found

    # Words to hits

    def _word(self, found: Hits, word: str, partial: bool) -> None:
        found.words.append(word)
        self._take(found, word)
        for mate in self.mates(word):
            found.words.append(mate)
            self._take(found, mate, ENDING, mate=True)
        if partial:
            self._begun(found, word)
        else:
            self._halves(found, word)

    def _parts(self, found: Hits, parts: list[str], partial: bool) -> None:
        """Add the papers that have the parts of a hyphenated word side by side, or joined."""
        wanted = [[part, *self.mates(part)] for part in parts]
        if not (partial and is_short(parts[-1])):
            self._side_by_side(found, wanted, begun=parts[-1] if partial else "")
        joined = "".join(parts)
        self._take(found, joined)
        if partial:
            self._begun(found, joined)
        found.words += [word for words in wanted for word in words[:20]]

    def _take(self, found: Hits, word: str, worth: float = 1.0, *, mate: bool = False) -> None:
        """Add the papers that have a word; a `mate` only has the stem of what is sought."""
        slots, weights, titled = self._weighed.get(word, lambda: self._weigh(word))
        if not len(slots):
            return
        if worth == 1.0:
            np.add.at(found.strict, slots, weights)
        np.add.at(found.loose, slots, worth * weights)
        found.mask[slots] = True
        if not mate:
            found.title[titled] = True

    def _weigh(self, word: str) -> Weighed:
        slots, flags = self.index.postings(word)
        slots = slots.astype(np.intp)  # once: NumPy does so at each use, which takes longer
        weights = self.ranking.weigh(slots, flags)
        return Weighed(slots, weights, slots.compress(flags & TITLE_MOST))

    def _begun(self, found: Hits, beginning: str) -> None:
        """Add the papers that have a word that begins so."""
        count = self.index.count_begun(beginning)
        if not count:
            return
        new = ~found.mask
        if count <= MANY:
            slots, flags = self.index.postings(beginning, begun=True)
            slots = slots.astype(np.intp)
            found.mask[slots] = True
            found.title[slots.compress(flags & TITLE_MOST)] = True
            weights: Array = np.zeros(len(new), np.float32)
            weights[slots] = self.ranking.weigh(slots, flags)
        else:
            mask, titled = self.index.begun(beginning)
            found.mask |= mask
            found.title |= titled
            weights = mask * np.float32(TEXT) + titled * np.float32(TITLE - TEXT)
        weights *= new
        weights *= BEGUN
        found.strict += weights
        found.loose += weights

    def _halves(self, found: Hits, word: str, only: int | None = None, before: str = "") -> None:
        """Add the papers that have a word written as two."""
        for one, other in halves(word):
            if self.index.has(before + one) and self.index.has(before + other):
                self._side_by_side(found, [[before + one], [before + other]], only)

    def _side_by_side(
        self,
        found: Hits,
        wanted: Sequence[Sequence[str]],
        only: int | None = None,
        *,
        begun: str = "",
    ) -> None:
        """Add the papers that have one of the words at each place side by side.

        `only`: the code of the field that they are to stand in, else a bare word's. `begun`: at
        the last place, also any word that begins so.
        """
        among = np.ones(self.index.columns.size, bool)
        begins = [begun if at == len(wanted) else "" for at in range(1, len(wanted) + 1)]
        for words, beginning in zip(wanted, begins, strict=True):
            have = np.zeros(len(among), bool)
            for word in words:
                have[self.index.postings(word).slots] = True
            if beginning:
                have[self.index.postings(beginning, begun=True).slots] = True
            among &= have
        if not among.any():
            return
        keys = self.index.positions(wanted[0], among, begun=begins[0])
        for words, beginning in zip(wanted[1:], begins[1:], strict=True):
            others = self.index.positions(words, among, begun=beginning)
            keys = np.intersect1d(keys + 1, others, assume_unique=True)
        codes = keys >> FIELD_SHIFT & 7
        keys = keys[codes < len(BARE)] if only is None else keys[codes == only]
        slots = keys >> 32
        is_title = keys >> FIELD_SHIFT & 7 == 0
        self._take_slots(found, slots, title=False)
        found.title[slots[is_title]] = True
        found.strict[slots[is_title]] += TITLE * len(wanted)
        found.loose[slots[is_title]] += TITLE * len(wanted)

    def _take_slots(self, found: Hits, slots: Array, *, title: bool) -> None:
        found.mask[slots] = True
        found.strict[slots] += NAMES
        found.loose[slots] += NAMES
        if title:
            found.title[slots] = True

    def _identified(self, text: str) -> Array:
        """Return the papers whose arXiv id or DOI a word is, or is a link to."""
        arxiv, doi = find_arxiv(text), find_doi(text)
        if arxiv:
            name, value = "arxiv", arxiv
        elif doi:
            name, value = normalise("doi", doi)
        else:
            return np.zeros(0, np.uint32)
        return self.index.postings(f"{SIGN}{name}:{fold(value)}").slots
