"""What panels have in common that show a text which scrolls."""

from typing import TypeVar

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from readlist.tui.screens.panel import Panel
from readlist.tui.widgets.bars import TwoEnds, keyed

T = TypeVar("T")

LETTERS = (
    Binding("j", "scroll(1)", priority=True),
    Binding("k", "scroll(-1)", priority=True),
    Binding("g,home", "scroll(-1000000)", priority=True),
    Binding("G,end", "scroll(1000000)", priority=True),
)
"""Keys besides, where nothing is typed."""


class Scrolled(Panel[T]):
    """A panel with a line `#text-title`, and `#text` below it, that has the room there is."""

    BINDINGS = [
        Binding("down", "scroll(1)", priority=True),
        Binding("up", "scroll(-1)", priority=True),
        Binding("space,pagedown,ctrl+d", "page(1)", priority=True),
        Binding("pageup,ctrl+u", "page(-1)", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__(classes="panel tall whole")

    @property
    def text(self) -> Widget:
        """What scrolls."""
        return self.query_one("#text")

    @property
    def scrolls(self) -> bool:
        """Whether there is more than has room; known once all is laid out."""
        return self.text.max_scroll_y > 0

    def room_beside(self, around: int) -> int:
        """Return how many lines the text may have, when others have `around`."""
        return max(1, self.app.size.height - around)

    def show_title(self, title: str, does: str = "") -> None:
        """Show the title, and a key and what it `does`, else how it scrolls if it does."""
        does = does or "space scrolls" * self.scrolls
        how = keyed(f"{does}   esc leaves")
        self.query_one("#text-title", TwoEnds).show(Content.styled(title, "bold"), how)

    def action_scroll(self, rows: int) -> None:
        """Go up or down."""
        self.text.scroll_relative(y=rows, animate=False, immediate=True)

    def action_page(self, pages: int) -> None:
        """Go up or down by what is on screen."""
        self.action_scroll(pages * max(1, self.text.size.height - 1))
