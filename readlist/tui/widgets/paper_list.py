"""The list of papers."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events

from readlist.paper import Paper, Status
from readlist.record import Record
from readlist.text import readable
from readlist.tui.widgets.line_list import LineList

Spans = Sequence[tuple[int, int]]
MARKS = 5
"""Cells before the title: cursor, selection, state, star, space."""


_NARROWEST_NOTED = 12  # cells of a title that shares them with the sign of a note
_NEAR = 256  # rows
_SELECTED = 1  # the cell that tells whether a paper is selected


class Columns(Record):
    """How wide each column is, in cells; 0 hides it."""

    title: int
    authors: int
    year: int
    upvotes: int

    @classmethod
    @lru_cache
    def fit(cls, width: int) -> "Columns":
        """Return the columns for a list of `width` cells: the title comes first."""
        upvotes = 6 if width >= 40 else 0
        authors = min(30, max(16, width // 4)) if width >= 60 else 0
        year = 6 if width >= 100 else 0
        return cls(max(1, width - MARKS - upvotes - authors - year), authors, year, upvotes)


class PaperList(LineList):
    """Papers, each on a line: marks, title, authors, year, upvotes.

    Papers are named by id and read through a callable when their row comes on screen.
    """

    COMPONENT_CLASSES = {
        "paper-list--bar",
        "paper-list--cursor",
        "paper-list--dim",
        "paper-list--match",
        "paper-list--new",
        "paper-list--selected",
    }

    def __init__(self, paper: Callable[[int], Paper], spans: Callable[[str], Spans]) -> None:
        super().__init__(id="papers")
        self._paper = paper
        self._spans = spans
        self._ids: Sequence[int] = ()
        self.selected: set[int] = set()
        self.range_start: int | None = None  # the id of the paper

    # What is shown

    @property
    def ids(self) -> Sequence[int]:
        """The ids of the papers shown, in order."""
        return self._ids

    @property
    def current(self) -> int | None:
        """The id of the paper under the cursor, or None in an empty list."""
        return self._ids[self.cursor] if self.cursor < len(self._ids) else None

    def show(self, ids: Sequence[int], *, top: bool = False, archived: int = 0) -> None:
        """Show other papers, the last `archived` ones under a heading. The cursor stays on its
        paper; when that is gone, it goes to the next that is still there. With `top` it goes to
        the first."""
        cursor = 0 if top else self._place_in(ids)
        self._ids = ids
        heading = f"{' ' * MARKS}{archived:,} archived"
        self.set_heading(len(ids) - archived if archived else None, heading)
        self.set_length(len(ids), cursor)

    def _place_in(self, ids: Sequence[int]) -> int:
        """Return where in `ids` the cursor belongs."""
        current = self.current
        start = max(0, self.cursor - _NEAR)  # most papers stay where they are, of however many
        near = {n: place for place, n in enumerate(ids[start : self.cursor + _NEAR], start)}
        if current in near:
            return near[current]
        if current is not None:
            with suppress(ValueError):
                return ids.index(current)
        for number in self._ids[self.cursor : self.cursor + _NEAR]:
            if number in near:
                return near[number]
        places = {number: place for place, number in enumerate(ids)}
        following = self._ids[self.cursor :]
        before = reversed(self._ids[: self.cursor])
        return next((places[n] for n in (*following, *before) if n in places), 0)

    def repaint(self, numbers: Iterable[int]) -> None:
        """Make the rows of these papers anew, where they are on screen."""
        numbers = set(numbers)
        top = self.scroll_offset.y
        for line in range(top, top + self.size.height):
            row = self.row_at(line)
            if row is not None and self._ids[row] in numbers:
                self.repaint_row(row)
        self._strips.clear()

    def toggle_selected(self, numbers: Iterable[int]) -> None:
        """Select these papers, or not any more those that are."""
        numbers = set(numbers)
        self.selected ^= numbers
        self.repaint(numbers)

    def select_none(self) -> None:
        """Select nothing, and forget where a range began."""
        self.range_start = None
        self.toggle_selected(set(self.selected))

    def range_to_here(self) -> set[int]:
        """Return the papers from where the range began, if that is shown, to the cursor."""
        ids = list(self._ids)
        start = ids.index(self.range_start) if self.range_start in ids else self.cursor
        first, last = sorted((start, self.cursor))
        return set(ids[first : last + 1])

    def on_click(self, event: events.Click) -> None:
        """A click with ctrl, or on the sign of a selected paper, selects a paper or not any more;
        one with shift all from the cursor to there. Terminals may keep these for themselves."""
        row = self.row_at(event.y + self.scroll_offset.y)
        if row is None or not (event.ctrl or event.shift or event.x == _SELECTED):
            return  # any list does what this one does then
        event.prevent_default()
        if event.shift:
            first, last = sorted((self.cursor, row))
            self.toggle_selected(set(self._ids[first : last + 1]) - self.selected)
        else:
            self.toggle_selected([self._ids[row]])
        self.move_to(row)

    # Rows

    def row_style(self, row: int) -> Style:
        """Return the style that lies under a row: the cursor's, a selected one's, the list's."""
        if row == self.cursor:
            return self.get_component_rich_style("paper-list--cursor")
        if self._ids[row] in self.selected:
            return self.get_component_rich_style("paper-list--selected")
        return self.ground

    def heading_style(self) -> Style:
        """Return the style of the heading above archived papers."""
        return self.style("paper-list--dim")

    def make_row(self, row: int, width: int) -> list[Segment]:
        """Return the segments of a row."""
        paper = self._paper(self._ids[row])
        columns = Columns.fit(width)
        dim = self.style("paper-list--dim")
        segments = [*self._marks(row, paper), *self._title(paper, columns.title)]
        if columns.authors:
            segments.append(Segment(fit(short_authors(paper), columns.authors, before=1), dim))
        if columns.year:
            segments.append(Segment(f"{(paper.published or '')[:4]:>{columns.year}}", dim))
        if columns.upvotes:
            upvotes = "" if paper.upvotes is None else f"{paper.upvotes:,}"
            segments.append(Segment(f"{upvotes:>{columns.upvotes - 1}} ", dim))
        return segments

    def _marks(self, row: int, paper: Paper) -> list[Segment]:
        bar = "▌" if row == self.cursor else " "
        selected = "✓" if paper.id in self.selected else " "
        star = "★" if paper.starred else " "
        return [
            Segment(bar + selected, self.style("paper-list--bar")),
            Segment(f"{paper.status.sign}{star} "),
        ]

    def _title(self, paper: Paper, width: int) -> list[Segment]:
        """Return the title in exactly `width` cells, new ones bold, matches marked; at its end, a
        sign for a note."""
        base = Style()
        if paper.status is Status.NEW:
            base = self.style("paper-list--new")
        title = readable(paper.title)
        sign = " ¶" if paper.note and width > _NARROWEST_NOTED else ""
        text = fit(title, width - len(sign))
        match = base + self.style("paper-list--match")
        segments, end = [], 0
        for start, stop in self._spans(title):
            if start >= len(text) - 1:
                break
            segments += [Segment(text[end:start], base), Segment(text[start:stop], match)]
            end = stop
        segments.append(Segment(text[end:], base))
        return [*segments, Segment(sign, self.style("paper-list--dim"))] if sign else segments


def fit(text: str, width: int, *, before: int = 0) -> str:
    """Return `text` in exactly `width` cells, `before` of them blank at its left."""
    room = width - before
    if len(text) <= room and text.isascii() and text.isprintable():
        return " " * before + text.ljust(room)
    shown = text[: 8 * room]  # of 10,000 characters; one emoji may have 7, for two cells
    if len(shown) < len(text) or cell_len(shown) > room:
        shown = set_cell_size(shown, max(0, room - 1)).rstrip() + "…"
    shown = set_cell_size(shown, room)
    # A joiner at the end makes one cell of itself and the first blank behind it.
    return " " * before + shown + " " * (room - cell_len(shown))


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


def family_name(name: str) -> str:
    """Return the family name in "Given Family", with its particles: `van der Berg`."""
    words = name.split()
    start = max(0, len(words) - 1)
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])
