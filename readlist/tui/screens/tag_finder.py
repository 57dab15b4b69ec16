"""The panel in which tags are found by typing: the editor and the chooser are such."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from readlist.paper import PaperError, tag_name
from readlist.tui.screens.panel import Panel
from readlist.tui.widgets.clickable import Clickable, clickable
from readlist.tui.widgets.line_list import LineList
from readlist.tui.widgets.tag_rows import TagField, TagRow, TagRows

T = TypeVar("T")

_GAP = 3
_PADDING = 3


class TagFinder(Clickable, Panel[T | None], Generic[T]):
    """A title, a field, tags that what is typed may mean, and a line that says what keys do.

    A subclass says what the title is, which rows there are, what the line says, and what keys do.
    """

    BINDINGS = [
        Binding("escape,ctrl+c", "leave", priority=True),
        Binding("enter", "finish", priority=True),
        Binding("tab", "complete", priority=True),
        Binding("down", "step(1)", priority=True),
        Binding("up", "step(-1)", priority=True),
        Binding("pagedown", "step(10)", priority=True),
        Binding("pageup", "step(-10)", priority=True),
    ]
    PLACEHOLDER = ""
    SPARE = 0
    """Rows that typing may add."""

    def __init__(self) -> None:
        super().__init__(classes="panel")
        self.has_moved = False
        self._shown = ""  # what was typed when the rows were made
        # Made here: a key or a resize may come before they are mounted.
        self.field = TagField(id="tag-input", compact=True, placeholder=self.PLACEHOLDER)
        self.rows = TagRows()
        self._hint = Static(id="tag-summary", markup=False)

    # What a subclass adds

    def title_line(self) -> Content:
        """Return what stands on top."""
        raise NotImplementedError

    def find(self, typed: str) -> Sequence[TagRow]:
        """Return the rows that a typed text may mean; all for ""."""
        raise NotImplementedError

    def hint_line(self) -> Content:
        """Return what the last line says."""
        raise NotImplementedError

    def chosen(self, row: int) -> None:
        """Do what a click on a row does."""
        raise NotImplementedError

    # The parts

    def compose(self) -> ComposeResult:
        """Yield the title, the field, the tags and what will be done."""
        with Vertical():
            yield Static(self.title_line(), id="tag-title")
            yield self.field
            yield self.rows
            yield self._hint

    def on_mount(self) -> None:
        """Show all tags. The panel stays as high as they are, whatever is typed."""
        self.set_focus(self.field)
        self.show_rows()
        self._set_height()

    def on_resize(self) -> None:
        """There may be room for more tags, or less."""
        self._set_height()
        self.show_hint()

    def _set_height(self) -> None:
        most = max(2, self.app.size.height // 3 - 2)
        self.rows.styles.height = max(2, min(len(self.find("")) + self.SPARE, most))

    def show_rows(self, cursor: int = 0) -> None:
        """Make the rows of what is typed."""
        self._shown = self.field.value
        self.rows.show(self.find(self.typed), cursor)
        self.show_hint()

    def show_hint(self) -> None:
        """Say what keys do now."""
        self._hint.update(self.hint_line())

    @on(Input.Changed)
    def show_typed(self) -> None:
        """Make the rows fit what is typed, if they do not: Textual reports a change late."""
        if self.field.value != self._shown:
            self.has_moved = False
            self.show_rows()

    @on(LineList.Chosen)
    def _clicked(self, message: LineList.Chosen) -> None:
        self.chosen(message.row)

    @property
    def typed(self) -> str:
        """The tag that is typed, "" while it is none."""
        try:
            return tag_name(self.field.value)
        except PaperError:
            return ""

    @property
    def here(self) -> str:
        """The tag under the cursor, "" when there is none."""
        row = self.rows.current
        return row.tag if row else ""

    # Keys

    def action_step(self, rows: int) -> None:
        """Go up or down in the tags."""
        self.show_typed()
        self.rows.move_to(self.rows.cursor + rows)
        self.has_moved = True
        self.show_hint()

    def action_complete(self) -> None:
        """Write the tag under the cursor into the field."""
        self.show_typed()
        if self.here:
            self.field.value = self.here
            self.field.cursor_position = len(self.here)

    def action_finish(self) -> None:
        """Take the tag that was typed or gone to, and be done."""
        raise NotImplementedError


def key_hint(key: str, words: str, action: str = "") -> Content:
    """Return a hint of the last line; a click on it does what the key does."""
    hint = Content.assemble((key, "bold $accent"), " ", (words, "$muted"))
    return clickable(hint, action) if action else hint


def hint_lines(width: int, *parts: Content) -> Content:
    """Return hints side by side, those that are not empty; one that has no room on a line of
    `width` cells begins another.
    """
    lines: list[Content] = []
    for part in filter(None, parts):
        if lines and lines[-1].cell_length + _GAP + part.cell_length <= width:
            lines[-1] = Content(" " * _GAP).join((lines[-1], part))
        else:
            lines.append(part)
    return Content("\n").join(lines)


def panel_width(screen: Panel[T]) -> int:
    """Return how many cells a line of a panel has."""
    return max(1, screen.app.size.width - 2 * _PADDING)
