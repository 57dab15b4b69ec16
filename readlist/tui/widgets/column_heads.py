"""The heads of the list's columns; a click sorts by one."""

from textual.content import Content

from readlist.tui.widgets.bars import FittedLine
from readlist.tui.widgets.clickable import clickable
from readlist.tui.widgets.paper_list import MARKS, Columns


class ColumnHeads(FittedLine):
    """One line: title, authors, year, upvotes, each above its column."""

    def __init__(self) -> None:
        super().__init__(id="heads")
        self._sorted = ""

    def show(self, sorted_by: str) -> None:
        """Mark the column that the list is sorted by (`-upvotes`, `title`), or none."""
        self._sorted = sorted_by
        self.refresh()

    def fitted(self, width: int) -> Content:
        """Return the heads above their columns."""
        columns = Columns.fit(width - 1)  # the list has a scroll bar
        parts = [Content(" " * MARKS), self._head("title", "title", columns.title, right=False)]
        if columns.authors:
            parts.append(self._head("authors", " authors", columns.authors, right=False))
        if columns.year:
            parts.append(self._head("published", "year", columns.year, right=True))
        if columns.upvotes:
            parts.append(self._head("upvotes", "▲ ", columns.upvotes, right=True))
        return Content.assemble(*parts)

    def _head(self, field: str, words: str, width: int, *, right: bool) -> Content:
        sign = {field: "↑", f"-{field}": "↓"}.get(self._sorted, "")
        text = f"{words}{sign}"
        text = text.rjust(width) if right else text.ljust(width)
        return clickable(Content(text[:width]), "sort_by", field)
