"""What all screens that lie over the list have in common."""

from pathlib import Path
from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import ModalScreen

from readlist.tui.widgets.clickable import is_beside

T = TypeVar("T")


class Panel(ModalScreen[T]):
    """A screen that is left once, however many keys and clicks that leave it come in a burst.

    Textual takes away whatever is on top at each of them, and in the end fails.
    """

    CSS_PATH = Path(__file__).with_name("panels.tcss")
    LEFT_BESIDE = True
    """Whether a click beside it leaves it, too: not where what took a while would be lost."""

    async def _dispatch_message(self, message: Message) -> None:
        """Do not come up if it was left meanwhile: Textual mounts it, but not all of its parts."""
        is_left = self not in self.app.screen_stack or self.app._exit
        if not (is_left and isinstance(message, events.Mount | events.Resize)):
            await super()._dispatch_message(message)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave with a result, unless that was done."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def action_leave(self) -> None:
        """Leave without a result."""
        self.dismiss(None)

    async def on_click(self, event: events.Click) -> None:
        """Do what `escape` does, at a click beside all that is here."""
        if self.LEFT_BESIDE and is_beside(self, event):
            self.action_leave()
