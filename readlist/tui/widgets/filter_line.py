"""The line in which a filter is typed, and the parts of one that is kept."""

from collections.abc import Callable, Sequence

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widgets import Input

from readlist.text import clean_line
from readlist.tui.widgets.bars import FittedLine
from readlist.tui.widgets.clickable import clickable

_LONGEST = 200  # characters that are pasted as a query


class _Syntax(Highlighter):
    """Lifts what is no bare word out of a query, in any theme's colours."""

    _STYLES = {
        "field": "dim",
        "value": "bold",
        "sign": "dim",
        "phrase": "italic",
        "regex": "italic",
    }

    def highlight(self, text: Text) -> None:
        """Style the parts of a query."""
        from readlist.search.syntax import marks

        for mark in marks(text.plain):
            text.stylize(self._STYLES[mark.kind], mark.start, mark.end)


class FilterLine(Input):
    """A query, as it is typed; it remembers those that were kept.

    What is typed is handed to `typed` at once, not by way of a message: the answer is drawn with
    the letter then, and some milliseconds earlier.
    """

    virtual_size = reactive(Size(0, 0), layout=False)  # Textual's lays the whole screen out again

    def __init__(self, typed: Callable[[str], None]) -> None:
        super().__init__(
            id="filter",
            compact=True,
            placeholder="",
            select_on_focus=False,
            highlighter=_Syntax(),
        )
        self._typed = typed
        self._history: list[str] = []
        self._place: int | None = None

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in the place of some: all keys do this."""
        before = self.value
        super().replace(text, start, end)
        if self.value != before:
            self._typed(self.value)

    def _on_paste(self, event: events.Paste) -> None:
        """Take a short text as a part of the query; others are no filter, but papers."""
        text = event.text.strip()
        event.prevent_default()
        if len(text) > _LONGEST or len(text.splitlines()) > 1:
            return  # the screen knows what to do with it
        event.stop()
        self.insert_text_at_cursor(clean_line(text))

    def remember(self) -> None:
        """Put the query that stands here on the history."""
        text = self.value.strip()
        if text:
            self._history = [*(h for h in self._history if h != text), text]
        self._place = None

    def recall(self, step: int) -> None:
        """Go back (-1) or forth (1) in the history."""
        end = len(self._history)
        place = end if self._place is None else self._place
        self._place = max(0, min(place + step, end))
        text = self._history[self._place] if self._place < end else ""
        self.replace(text, 0, len(self.value))


class FilterParts(FittedLine):
    """The parts of the filter that is kept; a click on one takes it away, beside them it goes on
    with the typing."""

    def __init__(self) -> None:
        super().__init__(id="filter-parts")
        self._parts: Sequence[str] = ()

    def show(self, parts: Sequence[str]) -> None:
        """Show the parts of a query."""
        self._parts = parts
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Beside the parts, go on with the typing."""
        if "does" not in event.style.meta:
            event.stop()
            self.call_later(self.screen.run_action, "filter")

    def fitted(self, width: int) -> Content:
        """Return the parts that there is room for."""
        shown = (_part(place, text) for place, text in enumerate(self._parts))
        return Content("  ").join(shown).truncate(width, ellipsis=True)


def _part(place: int, text: str) -> Content:
    pill = Content.assemble((text, "on $panel"), (" ×", "$muted on $panel"))
    return clickable(pill, "drop_part", place)
