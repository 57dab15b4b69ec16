"""What may stand behind the colon of a field, and what is told when something else does."""

from collections.abc import Callable, Iterable
from datetime import date

from readlist.search import ranges
from readlist.search.conditions import HAS, HAS_OTHER_NAMES, STATES
from readlist.search.names import DATES, NUMBERS, nearest
from readlist.search.sorting import OTHER_NAMES, SORTS, SortKey
from readlist.search.tree import Dates, Has, LastImport, Numbers, State, Term

_ANY_DAY = date(2000, 1, 1)  # whether a text is a range does not depend on today


class BadValueError(ValueError):
    """A value cannot be read: why, from which of its characters (0 is its first), what was meant.

    `suggestion` is a whole term, field and value.
    """

    def __init__(self, message: str, offset: int = 0, suggestion: str | None = None) -> None:
        self.message = message
        self.offset = offset
        self.suggestion = suggestion
        super().__init__(message, offset, suggestion)


def term_of(name: str, text: str, *, half_typed: bool) -> Term | None:
    """Return what `name:text` asks for, `name` one of `is`, `has`, `import`, `DATES`, `NUMBERS`.

    `half_typed`: more characters may follow; a text that they could make a value is None. Raises
    `BadValueError`.
    """
    if name in DATES:
        return _range(Dates(name, text), half_typed)
    if name in NUMBERS:
        return _range(Numbers(name, text), half_typed)
    text = text.lower()
    if name == "is":
        return _named(name, text, STATES, State, half_typed)
    if name == "has":
        text = HAS_OTHER_NAMES.get(text, text)
        return _named(name, text, HAS, Has, half_typed)
    return _named(name, text, ("last",), lambda _: LastImport(), half_typed)


def sort_keys(text: str, *, half_typed: bool) -> list[SortKey]:
    """Return the keys of `sort:text`, as `-starred,title`; a half-typed last one is left out.

    Raises `BadValueError`.
    """
    found = []
    names = text.lower().split(",")
    offset = 0
    for place, written in enumerate(names, 1):
        name = written.removeprefix("-")
        name = OTHER_NAMES.get(name, name)
        is_half_typed = half_typed and place == len(names)
        if name in SORTS:
            found.append(SortKey(name, written.startswith("-")))
        elif not (is_half_typed and _begins(name, (*SORTS, *OTHER_NAMES))):
            raise _unknown("sort", name, SORTS, offset)
        offset += len(written) + 1
    return found


def _range(term: Dates | Numbers, half_typed: bool) -> Term | None:
    is_dated = isinstance(term, Dates)
    try:
        if is_dated:
            ranges.days(term.text, _ANY_DAY)
        else:
            ranges.numbers(term.text)
    except ranges.RangeError as error:
        if half_typed and ranges.may_grow(term.text, dates=is_dated):
            return None
        is_name = term.name == "authors" and any(map(str.isalpha, term.text))
        meant = f"author:{term.text}" if is_name else None
        raise BadValueError(f"{term.name}: {error}", suggestion=meant) from None
    return term


def _named(
    field: str, name: str, known: Iterable[str], make: Callable[[str], Term], half_typed: bool
) -> Term | None:
    if name in known:
        return make(name)
    if half_typed and _begins(name, known):
        return None
    raise _unknown(field, name, known, 0)


def _begins(name: str, known: Iterable[str]) -> bool:
    return any(word.startswith(name) for word in known)


def _unknown(field: str, name: str, known: Iterable[str], offset: int) -> BadValueError:
    meant = nearest(name, known)
    if meant:
        return BadValueError(f"{field}: does not know “{name}”", offset, f"{field}:{meant}")
    return BadValueError(f"{field}: does not know “{name}”, only {', '.join(known)}", offset)
