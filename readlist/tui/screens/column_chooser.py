"""The columns of the list: which there are, and in what order, seen at once."""

from collections.abc import Callable, Collection

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from readlist.layout import COLUMNS
from readlist.tui.screens.panel import Panel
from readlist.tui.screens.tag_finder import hint_lines, key_hint, panel_width
from readlist.tui.widgets.clickable import Clickable, clickable

_WORDS = {"upvotes": "▲ upvotes", "date": "date, or year"}


class ColumnChooser(Clickable, Panel[str | None]):
    """All columns, the chosen ones first; returns the names of those, with blanks between them, or
    None.

    `preview` shows the list with such columns, and returns those that it has room for; it is
    called with `current` when all is taken back.
    """

    BINDINGS = [
        Binding("escape,q,ctrl+c", "leave", priority=True),
        Binding("enter", "keep", priority=True),
        Binding("space,x", "turn", priority=True),
        Binding("down,j", "step(1)", priority=True),
        Binding("up,k", "step(-1)", priority=True),
        Binding("J,shift+down", "shift(1)", priority=True),
        Binding("K,shift+up", "shift(-1)", priority=True),
    ]

    def __init__(self, current: str, preview: Callable[[str], Collection[str]]) -> None:
        super().__init__(classes="panel")
        self._current = current
        self._preview = preview
        self._shown = set(current.split())
        self._names = [*current.split(), *(name for name in COLUMNS if name not in self._shown)]
        self._with_room: Collection[str] = ()
        self._cursor = 0

    def compose(self) -> ComposeResult:
        """Yield the title, the columns, and what keys do."""
        with Vertical():
            yield Static(Content.styled("Columns", "bold"), markup=False)
            yield Static(id="columns", markup=False)
            yield Static(id="what", markup=False)

    def on_mount(self) -> None:
        """Show the columns as they are."""
        self._show()

    def on_resize(self) -> None:
        """There may be room for more of them."""
        self.call_after_refresh(self._show)

    @property
    def _chosen(self) -> str:
        return " ".join(name for name in self._names if name in self._shown)

    def _show(self) -> None:
        self._with_room = self._preview(self._chosen)
        lines = [self._line(place, name) for place, name in enumerate(self._names)]
        self.query_one("#columns", Static).update(Content("\n").join(lines))
        here = "hides it" if self._names[self._cursor] in self._shown else "shows it"
        hints = (
            key_hint("space", here, "turn"),
            key_hint("K", "to the left", "shift(-1)"),
            key_hint("J", "to the right", "shift(1)"),
            key_hint("enter", "keeps them", "keep"),
            key_hint("esc", "takes it back", "leave"),
        )
        self.query_one("#what", Static).update(hint_lines(panel_width(self), *hints))

    def _line(self, place: int, name: str) -> Content:
        is_shown = name in self._shown
        lacks_room = is_shown and name not in self._with_room
        line = Content.assemble(
            ("▌" if place == self._cursor else " ", "$accent"),
            ("✓ " if is_shown else "  ", "$accent"),
            (f"{_WORDS.get(name, name):<16}", "" if is_shown else "$muted"),
            ("no room at this width" * lacks_room, "$muted"),
        )
        return clickable(line, "click", place)

    def action_step(self, rows: int) -> None:
        """Go up or down."""
        self._cursor = max(0, min(self._cursor + rows, len(self._names) - 1))
        self._show()

    def action_turn(self) -> None:
        """Show the column here, or hide it."""
        self._shown ^= {self._names[self._cursor]}
        self._show()

    def action_click(self, place: int) -> None:
        """Show a column, or hide it."""
        self._cursor = place
        self.action_turn()

    def action_shift(self, places: int) -> None:
        """Move the column here; the cursor stays on it."""
        name = self._names.pop(self._cursor)
        self._cursor = max(0, min(self._cursor + places, len(self._names)))
        self._names.insert(self._cursor, name)
        self._show()

    def action_keep(self) -> None:
        """Keep the columns as they are shown."""
        self.dismiss(self._chosen)

    def action_leave(self) -> None:
        """Take back what was shown."""
        self._preview(self._current)
        self.dismiss(None)
