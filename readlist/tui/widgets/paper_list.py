"""The list of papers."""

from collections.abc import Callable, Container, Iterable, Sequence
from contextlib import suppress

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message

from readlist.layout import COLUMNS
from readlist.paper import Paper, Status
from readlist.text import readable
from readlist.tui.widgets.columns import CELL, MARKS, Cell, Columns, blank_before, fit
from readlist.tui.widgets.line_list import LineList

Spans = Sequence[tuple[int, int]]

_NARROWEST_NOTED = 12  # cells of a title that shares them with the sign of a note
_PLAIN = Style()
_NEAR = 256  # rows
_SELECTED = 1  # the cell that tells whether a paper is selected


class PaperList(LineList):
    """Papers, each on a line: marks, the title, and the columns that there is room for.

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

    class Fitted(Message):
        """Other columns are shown."""

        def __init__(self, sender: "PaperList") -> None:
            super().__init__()
            self.columns = sender.columns

    def __init__(
        self,
        paper: Callable[[int], Paper],
        spans: Callable[[str], Spans],
        columns: tuple[str, ...] = COLUMNS,
    ) -> None:
        super().__init__(id="papers")
        self._columns = columns
        self._has_upvotes = True
        self._fitted: tuple[int, int, list[tuple[Cell, int]]] = (0, 0, [])
        self._paper = paper
        self._spans = spans
        self._ids: Sequence[int] = ()
        self.selected: set[int] = set()
        self.range_start: int | None = None  # the id of the paper
        self._hidden: int | None = 0

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
        if top:  # else one works on: the columns stay as they are
            self._look_for_upvotes()
        self._hidden = None
        heading = f"{' ' * MARKS}{archived:,} archived"
        self.set_heading(len(ids) - archived if archived else None, heading)
        self.set_length(len(ids), cursor)

    def go_to(self, number: int) -> None:
        """Put the cursor on a paper, if it is shown."""
        with suppress(ValueError):
            self.move_to(self._ids.index(number))

    def show_columns(self, columns: tuple[str, ...]) -> None:
        """Show other columns behind the title, as far as there is room for them."""
        self._columns = columns
        self._fit_anew()

    def columns_with_room(self, columns: tuple[str, ...]) -> list[str]:
        """Return which of these columns there is room for."""
        width = self.scrollable_content_region.width
        return [name for name, _ in Columns.fit(width, columns).others]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are wanted, but for upvotes where no paper has any."""
        if self._has_upvotes:
            return self._columns
        return tuple(name for name in self._columns if name != "upvotes")

    def _look_for_upvotes(self) -> None:
        """Find out whether one of the first papers has upvotes; mostly the very first has."""
        page = self._ids[: self.size.height or self.app.size.height]
        found = any(self._paper(number).upvotes is not None for number in page)
        if found != self._has_upvotes and self._ids:
            self._has_upvotes = found
            self._fit_anew()

    def _fit_anew(self) -> None:
        self._fitted = (0, 0, [])
        self.forget_rows()
        self.post_message(self.Fitted(self))

    def _meet_upvotes(self) -> None:
        """Show upvotes, as a paper that came on screen later has some."""
        if not self._has_upvotes:
            self._has_upvotes = True
            self._fit_anew()

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
        self._hidden = None
        self.repaint(numbers)

    def keep_selected(self, those: Container[int], every: Callable[[], Iterable[int]]) -> None:
        """Keep selected only what is among `those`, which are all of `every`."""
        if len(self.selected) > _NEAR:  # all at once is quicker then
            self.selected.intersection_update(every())
        else:
            self.selected -= {number for number in self.selected if number not in those}
        self._hidden = None

    @property
    def selected_but_hidden(self) -> int:
        """How many papers are selected that are not shown."""
        if self._hidden is None:
            self._hidden = len(self.selected.difference(self._ids)) if self.selected else 0
        return self._hidden

    def select_none(self, of: set[int] | None = None) -> None:
        """Select nothing, or none of these; and forget where a range began."""
        self.range_start = None
        self.toggle_selected(self.selected if of is None else self.selected & of)

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
        if paper.upvotes is not None and not self._has_upvotes:
            self.call_later(self._meet_upvotes)
        if width != self._fitted[0]:
            columns = Columns.fit(width, self.columns)
            cells = [(CELL[name], cells) for name, cells in columns.others]
            self._fitted = width, columns.title, cells
        _, title, others = self._fitted
        behind = "".join([cell(paper, cells) for cell, cells in others])
        if len(paper.title) > title and (more := blank_before(behind)):
            title, behind = title + more, behind[more:]
        return [
            *self._marks(row, paper),
            *self._title(paper, title),
            Segment(behind, self.style("paper-list--dim")),
        ]

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
        base = self.style("paper-list--new") if paper.status is Status.NEW else _PLAIN
        title = readable(paper.title)
        sign = " ¶" if paper.note and width > _NARROWEST_NOTED else ""
        text = fit(title, width - len(sign))
        segments, end = [], 0
        spans = self._spans(title)
        match = base + self.style("paper-list--match") if spans else base
        for start, stop in spans:
            if start >= len(text) - 1:
                break
            segments += [Segment(text[end:start], base), Segment(text[start:stop], match)]
            end = stop
        segments.append(Segment(text[end:], base))
        return [*segments, Segment(sign, self.style("paper-list--dim"))] if sign else segments
