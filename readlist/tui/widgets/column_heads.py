"""The heads of the list's columns; a click sorts by one."""

from textual.content import Content

from readlist.layout import COLUMNS
from readlist.tui.widgets.bars import FittedLine
from readlist.tui.widgets.clickable import clickable
from readlist.tui.widgets.columns import MARKS, YEAR, Columns

_HEADS = {
    "authors": ("authors", " authors", False),
    "date": ("published", "date", True),
    "upvotes": ("upvotes", "▲ ", True),
    "tags": ("", "  tags", False),
}
"""What a column sorts by, if by anything; its head; where that stands."""


class ColumnHeads(FittedLine):
    """One line: title, authors, date, upvotes, each above its column."""

    def __init__(self, columns: tuple[str, ...] = COLUMNS) -> None:
        super().__init__(id="heads")
        self._columns = columns
        self._sorted = ""

    def show(self, sorted_by: str) -> None:
        """Mark the column that the list is sorted by (`-upvotes`, `title`), or none."""
        self._sorted = sorted_by
        self.refresh()

    def show_columns(self, columns: tuple[str, ...]) -> None:
        """Show the heads of other columns."""
        self._columns = columns
        self.refresh()

    def fitted(self, width: int) -> Content:
        """Return the heads above their columns."""
        columns = Columns.fit(width - 1, self._columns)  # the list has a scroll bar
        parts = [Content(" " * MARKS), self._head("title", "title", columns.title)]
        for name, cells in columns.others:
            field, words, is_right = _HEADS[name]
            if name == "date" and cells == YEAR:
                words = "year"
            parts.append(self._head(field, words, cells, right=is_right))
        return Content.assemble(*parts)

    def _head(self, field: str, words: str, width: int, *, right: bool = False) -> Content:
        sign = {field: "↑", f"-{field}": "↓"}.get(self._sorted, "") if field else ""
        text = f"{words}{sign}"
        text = text.rjust(width) if right else text.ljust(width)
        head = Content(text[:width])
        return clickable(head, "sort_by", field) if field else head
