"""Tags in rows, and the field in which one is typed: what all panels about tags are made of."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.widgets import Input

from readlist.tui.widgets.columns import fit
from readlist.tui.widgets.line_list import LineList

_MARKS = 4  # cells before a tag
_GAP = 3
_NARROWEST = 24


class TagRow(NamedTuple):
    """A tag as it is shown: what stands before it, what is said of it, on how many papers it is.

    `is_touched` says that something is about to happen to it.
    """

    tag: str
    label: str
    number: str
    state: str = ""
    sign: str = " "
    is_touched: bool = False


class TagRows(LineList):
    """Tags. What is known of them stands near them, in columns, however wide the screen is."""

    COMPONENT_CLASSES = {"tag-rows--bar", "tag-rows--cursor", "tag-rows--dim"}

    def __init__(self, *, each_click_chooses: bool = True) -> None:
        super().__init__(id="tag-rows")
        self.can_focus = not each_click_chooses
        self._each_click_chooses = each_click_chooses
        self.rows: Sequence[TagRow] = ()
        self._widest = _NARROWEST

    def show(self, rows: Sequence[TagRow], cursor: int) -> None:
        """Show rows. The columns never become narrower, so that nothing jumps while one types."""
        self.rows = rows
        self._widest = max(self._widest, *(cell_len(row.label) for row in rows), 0)
        self.set_length(len(rows), cursor)

    @property
    def current(self) -> TagRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def on_click(self, event: events.Click) -> None:
        """Where each click chooses, one does."""
        row = event.y + self.scroll_offset.y
        if self._each_click_chooses and 0 <= row < self.length:
            event.prevent_default()
            self.move_to(row)
            self.post_message(self.Chosen(self, row))

    def row_style(self, row: int) -> Style:
        """Return the style that lies under a row."""
        if row == self.cursor:
            return self.get_component_rich_style("tag-rows--cursor")
        return self.ground

    def make_row(self, row: int, width: int) -> list[Segment]:
        """Return the segments of a row."""
        shown = self.rows[row]
        states = max((cell_len(other.state) for other in self.rows), default=0)
        counts = max((cell_len(other.number) for other in self.rows), default=0)
        behind = (states + _GAP if states else 0) + counts + _GAP
        label = max(1, min(self._widest + _GAP, width - _MARKS - behind))
        accent, dim = self.style("tag-rows--bar"), self.style("tag-rows--dim")
        state = fit(shown.state, states + _GAP) if states else ""
        return [
            Segment("▌" if row == self.cursor else " ", accent),
            Segment(f" {shown.sign} ", accent if shown.is_touched else None),
            Segment(fit(shown.label, label), accent if shown.is_touched else None),
            Segment(f"{shown.number:>{counts}}{'':{_GAP}}", dim),
            Segment(state, accent if shown.is_touched else dim),
        ]


class TagField(Input):
    """Where a tag is typed. A comma ends one; a space is part of it, unless nothing is typed."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say whether a key is text here, and no binding's."""
        if key == "comma" or (key == "space" and not self.value):
            return False
        return super().check_consume_key(key, character)
