"""What a query says of one paper, by reading it: what an index finds is what this is true of."""

from collections.abc import Callable, Iterator

from readlist.identifiers import find_arxiv, find_doi, normalise
from readlist.paper import Paper
from readlist.search.conditions import Moment, Test, test_of
from readlist.search.names import TEXTS
from readlist.search.stems import stem
from readlist.search.tree import And, Field, Not, Or, Phrase, Term, Word
from readlist.search.words import BARE, STEMMED, halves, is_short, placed, split, texts_of

Spelling = Callable[[str], bool]
Joins = tuple[tuple[str, bool], ...]
"""Words that a word makes with its neighbours, each with whether it is only begun."""


def test_whole(term: Term | None, moment: Moment) -> Test:
    """Return the test of a paper that a query stands for, as written: nothing is forgiven."""
    match term:
        case None:
            return lambda paper: True  # noqa: ARG005
        case Not(inner):
            test = test_whole(inner, moment)
            return lambda paper: not test(paper)
        case And(terms):
            tests = [
                _has_word(inner, joins) if isinstance(inner, Word) else test_whole(inner, moment)
                for inner, joins in with_joins(terms)
            ]
            return lambda paper: all(test(paper) for test in tests)
        case Or(terms):
            choices = [test_whole(inner, moment) for inner in terms]
            return lambda paper: any(test(paper) for test in choices)
        case Word():
            return _has_word(term, ())
        case Phrase(text):
            return lambda paper: _side_by_side(paper, BARE, [_same(w) for w in split(text)])
        case Field() if term.name in TEXTS:
            return _has_in_field(term)
    return test_of(term, moment)


def with_joins(terms: tuple[Term, ...]) -> Iterator[tuple[Term, Joins]]:
    """Yield terms, each with the words that it makes with its neighbours: `fine` with `tuning`."""
    singles = [split(term.text) if isinstance(term, Word) else [] for term in terms]
    joins: list[list[tuple[str, bool]]] = [[] for _ in terms]
    for at in range(len(terms) - 1):
        second = terms[at + 1]
        if len(singles[at]) == len(singles[at + 1]) == 1 and isinstance(second, Word):
            join = (singles[at][0] + singles[at + 1][0], second.partial)
            joins[at].append(join)
            joins[at + 1].append(join)
    for term, own in zip(terms, joins, strict=True):
        yield term, tuple(own)


def needs_words(term: Term | None) -> bool:
    """Say whether a query asks for words anywhere."""
    match term:
        case Not(inner):
            return needs_words(inner)
        case And(terms) | Or(terms):
            return any(map(needs_words, terms))
        case Field():
            return term.name in TEXTS
    return isinstance(term, Word | Phrase)


def _has_word(term: Word, joins: Joins) -> Test:
    parts = split(term.text)
    arxiv, doi = find_arxiv(term.text), find_doi(term.text)
    key = ("arxiv", arxiv) if arxiv else normalise("doi", doi) if doi else ("", "")
    sought = [*joins, ("".join(parts), term.partial)]
    known = {word for word, _ in sought}
    begun = tuple(word for word, is_begun in sought if is_begun)

    def test(paper: Paper) -> bool:
        if key[1] and paper.identifiers.get(key[0]) == key[1]:
            return True
        return _has_parts(paper, BARE, parts, known, begun, partial=term.partial, stemmed=True)

    return test


def _has_in_field(term: Field) -> Test:
    parts = split(term.text)
    name = TEXTS[term.name]
    joined = set() if term.quoted and len(parts) > 1 else {"".join(parts)}
    begun = ("".join(parts),) if term.partial else ()
    stemmed = name in STEMMED and not term.quoted

    def test(paper: Paper) -> bool:
        if term.quoted:
            return _side_by_side(paper, (name,), [_same(part) for part in parts])
        return _has_parts(
            paper, (name,), parts, joined, begun, partial=term.partial, stemmed=stemmed
        )

    return test


def _has_parts(
    paper: Paper,
    fields: tuple[str, ...],
    parts: list[str],
    known: set[str],
    begun: tuple[str, ...],
    *,
    partial: bool,
    stemmed: bool,
) -> bool:
    """Say whether a paper has the parts of a word side by side, or joined, or begun."""
    spelt = [_stemmed(part) if stemmed else _same(part) for part in parts]
    if len(parts) == 1:
        pairs = [] if partial else halves(parts[0])
        if any(_side_by_side(paper, fields, [_same(a), _same(b)]) for a, b in pairs):
            return True
    elif partial:
        spelt[-1] = _or_begun(spelt[-1], parts[-1])
    for field in fields:
        for text in texts_of(paper, field):
            words, joined = placed(text)
            every = {*words, *(word for word, _ in joined)}
            if every & known or any(word.startswith(begun) for word in every if begun):
                return True
            if len(parts) == 1 and any(map(spelt[0], every)):
                return True
    is_sought = len(parts) > 1 and not (partial and is_short(parts[-1]))
    return is_sought and _side_by_side(paper, fields, spelt)


def _side_by_side(paper: Paper, fields: tuple[str, ...], wanted: list[Spelling]) -> bool:
    for field in fields:
        for text in texts_of(paper, field):
            words, joined = placed(text)
            at = {place: {word} for place, word in enumerate(words)}
            for word, place in joined:
                at[place].add(word)
            for start in range(len(words) - len(wanted) + 1):
                if all(any(map(is_so, at[start + n])) for n, is_so in enumerate(wanted)):
                    return True
    return False


def _same(word: str) -> Spelling:
    return lambda other: other == word


def _stemmed(word: str) -> Spelling:
    wanted = stem(word)
    return lambda other: other == word or stem(other) == wanted


def _or_begun(spelling: Spelling, word: str) -> Spelling:
    return lambda other: spelling(other) or other.startswith(word)
