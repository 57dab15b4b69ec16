"""The line in which a filter is typed."""

from textual.widgets import Input


class FilterLine(Input):
    """A query, as it is typed; it remembers those that were kept."""

    def __init__(self) -> None:
        super().__init__(id="filter", compact=True, placeholder="", select_on_focus=False)
        self._history: list[str] = []
        self._place: int | None = None

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
        self.value = self._history[self._place] if self._place < end else ""
        self.cursor_position = len(self.value)
