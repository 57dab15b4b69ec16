"""A small menu: one key chooses."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from readlist.tui.screens.panel import Panel
from readlist.tui.widgets.bars import keyed
from readlist.tui.widgets.clickable import Clickable, clickable


class Choice(NamedTuple):
    """A line of a menu: the key that chooses it, what it is, and what choosing it returns."""

    key: str
    words: str
    value: str


class Menu(Clickable, Panel[str | None]):
    """A title and choices; returns the value of the one taken, or None.

    With `live` it stays until enter or escape: each choice is handed to `live` at once, so that
    its effect is seen, and a burst of keys has nowhere else to go.
    """

    BINDINGS = [
        Binding("escape,q,ctrl+c", "leave", priority=True),
        Binding("down", "step(1)", priority=True),
        Binding("up", "step(-1)", priority=True),
        Binding("enter", "take_current", priority=True),
    ]

    def __init__(
        self, title: str, choices: Sequence[Choice], live: Callable[[str], None] | None = None
    ) -> None:
        super().__init__(classes="panel")
        self._live = live
        self._title = title
        self._choices = choices
        self._cursor = 0
        for place, choice in enumerate(choices):
            self._bindings.bind(choice.key, f"take({place})", priority=True)

    def compose(self) -> ComposeResult:
        """Yield the title and the choices."""
        with Vertical():
            how = "enter is done" if self._live else "enter takes it   esc leaves"
            yield Static(Content.styled(f"{self._title}   ", "bold") + keyed(how))
            yield Static(id="choices", markup=False)

    def on_mount(self) -> None:
        """Show the choices."""
        self._show()

    def _show(self) -> None:
        self.query_one("#choices", Static).update(
            Content("\n").join(self._line(place) for place in range(len(self._choices)))
        )

    def _line(self, place: int) -> Content:
        choice = self._choices[place]
        bar = Content.styled("▌" if place == self._cursor else " ", "$accent")
        key = Content.styled(f"{choice.key:<3}", "bold $accent")
        return bar + clickable(key + Content(choice.words), "take", place)

    def action_step(self, rows: int) -> None:
        """Go up or down."""
        self._cursor = max(0, min(self._cursor + rows, len(self._choices) - 1))
        self._show()
        if self._live is not None:
            self._live(self._choices[self._cursor].value)

    def action_take(self, place: int) -> None:
        """Choose a line."""
        if self._live is None:
            self.dismiss(self._choices[place].value)
        else:
            self._cursor = place
            self._show()
            self._live(self._choices[place].value)

    def action_take_current(self) -> None:
        """Choose the line under the cursor; where choices are live, be done."""
        if self._live is None:
            self.action_take(self._cursor)
        else:
            self.dismiss(None)
