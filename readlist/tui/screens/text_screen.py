"""A text that could not be copied, to be marked with the terminal's own means."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from readlist.tui.screens.panel import Panel


class TextScreen(Panel[None]):
    """A title and a text; any of esc, q and enter leaves."""

    BINDINGS = [Binding("escape,q,enter,space,ctrl+c", "leave", priority=True)]

    def __init__(self, title: str, text: str) -> None:
        super().__init__(classes="panel")
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Yield the title and the text."""
        with VerticalScroll():
            yield Static(Content.styled(self._title, "bold"))
            yield Static(Content(self._text))
            yield Static(Content.styled("esc leaves", "$muted"))

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
