"""A text with the screen to itself: what a verb printed, or what could not be copied."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from readlist.tui.screens.scrolled import LETTERS, Scrolled
from readlist.tui.widgets.bars import TwoEnds


class TextScreen(Scrolled[None]):
    """A title and a text that scrolls; any of esc, q and enter leaves."""

    BINDINGS = [
        Binding("escape,q,enter,ctrl+c", "leave", priority=True),
        *LETTERS,
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Yield the title, and the text below it."""
        with Vertical():
            yield TwoEnds(id="text-title")
            with VerticalScroll(id="text"):
                yield Static(Content(self._text))

    def on_mount(self) -> None:
        """Take the room there is, and say how it scrolls once it is known whether it does."""
        self.on_resize()

    def on_resize(self) -> None:
        """It may scroll now."""
        around = 5  # the title, the lines around it, and one of what lies below
        self.text.styles.max_height = self.room_beside(around)
        self.call_after_refresh(self.show_title, self._title)
