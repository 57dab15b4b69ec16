"""The columns of the list of papers: which there are, how wide, and what stands in them."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from rich.cells import cell_len, set_cell_size

from readlist.layout import COLUMNS
from readlist.paper import Paper
from readlist.record import Record

MARKS = 5
"""Cells before the title: cursor, selection, state, star, space."""

_UPVOTES, YEAR, _DATE = 6, 6, 12  # cells
_TEXT = {"authors": 16, "tags": 20}
_MOST_AUTHORS, _MOST_TAGS = 26, 40
_LONG_TITLE = 72
"""Cells that the title has before there is a second column of text, or a longer one."""
_ANY_TITLE = 110
"""Cells that are enough for nearly every title."""


class Columns(Record):
    """How many cells the title has, and each column behind it, in their order."""

    title: int
    others: tuple[tuple[str, int], ...]

    @classmethod
    @lru_cache
    def fit(cls, width: int, names: Sequence[str] = COLUMNS) -> "Columns":
        """Return the columns of these that a list of `width` cells has room for: the title comes
        first, and has the room of those that are not wanted. `names` are hashable, a tuple."""
        cells: dict[str, int] = {}
        least = title = _share(width - MARKS, cells, COLUMNS, names)
        for name in set(cells).difference(names):
            title += cells.pop(name)
        if title > least:
            title = _share(title, cells, names, names, max(least, _LONG_TITLE))
        return cls(max(1, title), tuple((name, cells[name]) for name in names if name in cells))


def _share(
    title: int, cells: dict[str, int], wanted: Sequence[str], names: Sequence[str], floor: int = 0
) -> int:
    """Give the columns that are `wanted` what the title can do without, above a `floor`: to begin
    with, or more than they have in `cells`. Return what it has left; `names` tell the order."""

    def has_room(name: str, cells_in_all: int, least: int) -> None:
        nonlocal title
        needs = cells_in_all - cells.get(name, 0)
        if name in wanted and needs > 0 and title - needs >= max(least, floor):
            title -= needs
            cells[name] = cells_in_all

    has_room("upvotes", _UPVOTES, 27)
    first, second = _texts(names)
    has_room(first, _TEXT[first], 33)
    has_room(second, _TEXT[second], _LONG_TITLE)
    has_room("date", YEAR, 50)
    if "date" in cells:
        has_room("date", _DATE, _LONG_TITLE)
    for name, most, enough in (
        ("authors", _MOST_AUTHORS, _LONG_TITLE),
        ("tags", _MOST_TAGS, _ANY_TITLE),
    ):
        if name in cells:
            more = max(0, title - max(enough, floor))
            has_room(name, min(most, cells[name] + more), enough)
    return title


def _texts(names: Sequence[str]) -> Sequence[str]:
    """Return the columns of text, first the one that has room in most lists: authors, unless tags
    stand before them, or are first of all."""
    places = {name: place for place, name in enumerate(names)}
    tags_first = places.get("tags", len(names)) < places.get("authors", 1)
    return ("tags", "authors") if tags_first else ("authors", "tags")


def fit(text: str, width: int, *, before: int = 0) -> str:
    """Return `text` in exactly `width` cells, `before` of them blank at its left."""
    room = width - before
    if text.isascii() and text.isprintable():  # most are: a cell for each character
        shown = text if len(text) <= room else text[: max(0, room - 1)].rstrip() + "…"
        return " " * before + shown[: max(0, room)].ljust(room)
    shown = text[: 8 * room]  # of 10,000 characters; one emoji may have 7, for two cells
    if len(shown) < len(text) or cell_len(shown) > room:
        shown = set_cell_size(shown, max(0, room - 1)).rstrip() + "…"
    shown = set_cell_size(shown, room)
    # A joiner at the end makes one cell of itself and the first blank behind it.
    return " " * before + shown + " " * (room - cell_len(shown))


def _authors(paper: Paper, width: int) -> str:
    return fit(short_authors(paper), width, before=1)


def _date(paper: Paper, width: int) -> str:
    published = paper.published or ""
    return f"{published[:4] if width == YEAR else published[:10]:>{width}}"


def _upvotes(paper: Paper, width: int) -> str:
    number = paper.upvotes
    if number is None:
        return " " * width
    shown = f"{number:,}" if abs(number) < 100_000 else f"{number // 1000}k"
    return f"{shown:>{width - 1}} " if len(shown) < width else shown[:width]


def _tags(paper: Paper, width: int) -> str:
    return fit(" ".join(["#" + tag for tag in paper.tags]), width, before=2)


Cell: TypeAlias = Callable[[Paper, int], str]

CELL: Mapping[str, Cell] = {
    "authors": _authors,
    "date": _date,
    "upvotes": _upvotes,
    "tags": _tags,
}
"""What stands in a column, in exactly so many cells."""


_LEAST_SPILT = 6


def blank_before(cells: str) -> int:
    """Return how many cells at the left of the columns a long title may have besides its own: a
    paper may have nothing to stand there. One stays blank."""
    blank = len(cells) - len(cells.lstrip(" ")) - 1
    return blank if blank >= _LEAST_SPILT else 0


def short_authors(paper: Paper) -> str:
    """Return authors as a row has room for them: `Chen +11`, `Novak, Iyer`, `6 authors`."""
    names = [family_name(name) for name in paper.authors[:2]]
    number = paper.number_of_authors or 0
    if not names:
        return paper.organization or (f"{number:,} author{'s' * (number != 1)}" if number else "")
    if number > 2:
        return f"{names[0]} +{number - 1:,}"
    return ", ".join(names)


_PARTICLES = frozenset(("van", "von", "de", "der", "den", "del", "della", "di", "da", "la", "le"))
_BODY_WORDS = (
    "ai alliance association center centre collaboration committee community consortium "
    "contributors council department foundation group inc initiative institute lab laboratory labs "
    "network organization project research society team university"
)
_BODIES = frozenset(_BODY_WORDS.split())
"""Last words of names that are no person's."""


def family_name(name: str) -> str:
    """Return the family name in "Given Family", with its particles: `van der Berg`; the whole name
    of a body: `Kimi Team`."""
    words = name.split()
    if not words:
        return ""
    last = words[-1]
    if last.lower() in _BODIES:
        return " ".join(words)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return last if start == len(words) - 1 else " ".join(words[start:])
