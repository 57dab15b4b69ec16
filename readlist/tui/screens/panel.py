"""What all screens that lie over the list have in common."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

T = TypeVar("T")


class Panel(ModalScreen[T]):
    """A screen that is left once, however many keys and clicks that leave it come in a burst.

    Textual takes away whatever is on top at each of them, and in the end fails.
    """

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave with a result, unless that was done."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
