"""A query in plain words: how it was understood."""

from collections.abc import Iterator
from datetime import date

from readlist.search import ranges
from readlist.search.query import Query
from readlist.search.tree import (
    And,
    Dates,
    Field,
    Has,
    LastImport,
    Not,
    Numbers,
    Or,
    Phrase,
    Regex,
    State,
    Term,
    Word,
)
from readlist.search.words import split

_NESTED = {"tag": ", or one nested in it", "category": ", or one nested in it"}
_BEGUN = ("arxiv", "doi", "citekey")


def explained(query: Query, today: date) -> list[str]:
    """Return lines that say which papers a query means, and in what order; nested ones indented.

    `today` is what relative dates are counted from.
    """
    if query.where is None:
        lines = ["every paper"]
    elif isinstance(query.where, And):
        lines = ["papers with all of:", *_indented(query.where.terms, today)]
    else:
        lines = ["papers with:", *_indented((query.where,), today)]
    if not query.mentions_archived:
        lines.append("archived papers are left out")
    if query.sort:
        keys = [f"{key.field}{', from the end' * key.descending}" for key in query.sort]
        lines.append(f"sorted by {'; then by '.join(keys)}")
    elif query.words:
        lines.append("the best match first")
    else:
        lines.append("the newest import first")
    return lines


def _indented(terms: tuple[Term, ...], today: date) -> Iterator[str]:
    for term in terms:
        yield from (f"  {line}" for line in _lines(term, today))


def _lines(term: Term, today: date) -> Iterator[str]:
    match term:
        case And(terms):
            yield "all of:"
            yield from _indented(terms, today)
        case Or(terms):
            yield "any of:"
            yield from _indented(terms, today)
        case Not(inner):
            yield "none of:"
            yield from _indented((inner,), today)
        case _:
            yield _line(term, today)


def _line(term: Term, today: date) -> str:
    match term:
        case Word(text):
            return f"the word {_words(text)}"
        case Phrase(text):
            return f"exactly the words {_words(text)} side by side"
        case Field(name, text, quoted):
            if name in _BEGUN:
                return f"{name} that begins with {text}"
            exactly = " exactly" if quoted else ""
            return f"{name}{exactly} {_words(text) or text}{_NESTED.get(name, '')}"
        case State("any"):
            return "any status, archived too"
        case State(name):
            return f"it is {name}"
        case Has(name):
            return f"it has {name}"
        case Dates(name, text):
            first, last = ranges.days(text, today)
            return f"{name} {_range(_day(first, date.min), _day(last, date.max))}"
        case Numbers(name, text):
            low, high = ranges.numbers(text)
            return f"{name} {_range(str(low), '' if high >= ranges.LARGEST else str(high))}"
        case LastImport():
            return "the last import added or merged it"
        case Regex(pattern):
            return f"title or abstract matches /{pattern}/"
    raise TypeError(term)


def _words(text: str) -> str:
    return "-".join(split(text))


def _day(day: date, none: date) -> str:
    return "" if day == none else day.isoformat()


def _range(low: str, high: str) -> str:
    if low == high:
        return low
    return " ".join([*(["from", low] if low else []), *(["to", high] if high else [])])
