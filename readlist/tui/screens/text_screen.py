"""A text with the screen to itself: what a verb printed, or what could not be copied."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from readlist.tui.screens.panel import Panel
from readlist.tui.widgets.bars import TwoEnds, keyed


class TextScreen(Panel[None]):
    """A title and a text that scrolls; any of esc, q and enter leaves."""

    BINDINGS = [
        Binding("escape,q,enter,ctrl+c", "leave", priority=True),
        Binding("j,down", "scroll(1)", priority=True),
        Binding("k,up", "scroll(-1)", priority=True),
        Binding("space,pagedown,ctrl+d", "page(1)", priority=True),
        Binding("pageup,ctrl+u", "page(-1)", priority=True),
        Binding("g,home", "scroll(-1000000)", priority=True),
        Binding("G,end", "scroll(1000000)", priority=True),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__(classes="panel tall whole")
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
        self.query_one("#text").styles.max_height = max(1, self.app.size.height - around)
        self.call_after_refresh(self._show_title)

    def _show_title(self) -> None:
        scrolls = self.query_one("#text").max_scroll_y > 0
        how = keyed("space scrolls   " * scrolls + "esc leaves")
        title = self.query_one("#text-title", TwoEnds)
        title.show(Content.styled(self._title, "bold"), how)

    def action_scroll(self, rows: int) -> None:
        """Go up or down."""
        self.query_one("#text").scroll_relative(y=rows, animate=False, immediate=True)

    def action_page(self, pages: int) -> None:
        """Go up or down by what is on screen."""
        text = self.query_one("#text")
        self.action_scroll(pages * max(1, text.size.height - 1))

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
