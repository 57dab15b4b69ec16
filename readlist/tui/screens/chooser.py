"""A choice whose effect is seen while the cursor moves: enter keeps it, escape takes it back."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from readlist.tui.palette import Entry, Hit, search
from readlist.tui.screens.palette_screen import PaletteRows
from readlist.tui.screens.panel import Panel
from readlist.tui.widgets.bars import keyed
from readlist.tui.widgets.line_list import LineList

_SOON = 0.06  # seconds that the cursor stays, before what it is on is shown
_MOST_ROWS = 12


class Chooser(Panel[str | None]):
    """A title, a field that narrows the choices, and these; returns the id of one, or None.

    `preview` is called with an id when the cursor has come to rest on it, and with `current` when
    it is taken back. Without it, nothing is shown before it is chosen.
    """

    BINDINGS = [
        Binding("escape,ctrl+c", "leave", priority=True),
        Binding("enter", "keep", priority=True),
        Binding("down,ctrl+n,tab", "step(1)", priority=True),
        Binding("up,ctrl+p,shift+tab", "step(-1)", priority=True),
        Binding("pagedown", "page(1)", priority=True),
        Binding("pageup", "page(-1)", priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Entry],
        current: str,
        preview: Callable[[str], None] | None = None,
        keys: str = "enter keeps it   esc takes it back",
    ) -> None:
        super().__init__(classes="panel")
        self._title = title
        self._choices = choices
        self._current = current
        self._preview = preview
        self._keys = keys
        self._previewed = current
        self._soon: Timer | None = None
        self._shown: str | None = None  # what was typed when the rows were made

    def compose(self) -> ComposeResult:
        """Yield the title, the field, the choices, and what keys do."""
        with Vertical():
            yield Static(Content.styled(self._title, "bold"), markup=False)
            yield Input(compact=True, placeholder="type to narrow")
            yield PaletteRows(name_width=max(cell_len(entry.name) for entry in self._choices))
            yield Static(keyed(self._keys), id="what")

    def on_mount(self) -> None:
        """Show all choices, the cursor on the one that is in force."""
        self._rows = self.query_one(PaletteRows)
        self._field = self.query_one(Input)
        self.set_focus(self._field)
        self.on_resize()
        self._show()
        ids = [choice.id for choice in self._choices]
        self._rows.move_to(ids.index(self._current) if self._current in ids else 0)

    def on_resize(self) -> None:
        """Leave room to see what a choice does."""
        room = min(_MOST_ROWS, self.app.size.height // 2 - 5)
        self.query_one(PaletteRows).styles.height = max(2, min(len(self._choices), room))

    @on(Input.Changed)
    def _show_typed(self) -> None:
        if self._field.value != self._shown:
            self._show()
            self._look()

    def _show(self) -> None:
        self._shown = self._field.value
        self._rows.show(search(self._shown, self._choices, {}) or [Hit(_NONE)])

    @property
    def _here(self) -> str | None:
        entry = self._rows.hits[self._rows.cursor].entry
        return entry.id if entry is not _NONE else None

    def _look(self) -> None:
        """Show what the choice under the cursor does, when the cursor stays there."""
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(_SOON, self._look_now)

    def _look_now(self) -> None:
        here = self._here
        if here is not None and here != self._previewed and self._preview is not None:
            self._previewed = here
            self._preview(here)

    @on(LineList.Chosen)
    def _clicked(self) -> None:
        self._look()

    def action_step(self, rows: int) -> None:
        """Go up or down."""
        self._show_typed()
        self._rows.move_to(self._rows.cursor + rows)
        self._look()

    def action_page(self, pages: int) -> None:
        """Go up or down as many rows as are shown."""
        self.action_step(pages * self._rows.page)

    def action_keep(self) -> None:
        """Keep the choice under the cursor."""
        self._show_typed()
        here = self._here
        if here is not None:
            self._look_now()
            self.dismiss(here)

    def action_leave(self) -> None:
        """Take back what was shown."""
        if self._previewed != self._current and self._preview is not None:
            self._preview(self._current)
        self.dismiss(None)


_NONE = Entry("", "nothing is called so")
