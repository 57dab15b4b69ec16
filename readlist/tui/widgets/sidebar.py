"""The sidebar: the views, then the tags as a tree, with counts."""

from collections.abc import Iterable, Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events

from readlist.record import Record
from readlist.search.views import View
from readlist.tui.widgets.line_list import LineList
from readlist.tui.widgets.paper_list import fit

_MANY_ROWS = 24  # beyond these the tree starts folded


class Row(Record):
    """A line of the sidebar; a heading or an empty line has no view."""

    label: str
    count: int | None = None
    view: View | None = None
    depth: int = 0
    fold: str = ""
    """`▸` on a folded tag, `▾` on one whose nested tags are shown, else empty."""


def tag_view(tag: str) -> View:
    """Return the view of a tag."""
    return View(f"tag:{tag}", f"#{tag}", f"tag:{tag}")


class Sidebar(LineList):
    """Views and tags; the row under the cursor is what the list shows."""

    COMPONENT_CLASSES = {"sidebar--active", "sidebar--bar", "sidebar--count", "sidebar--heading"}

    def __init__(self) -> None:
        super().__init__(id="sidebar")
        self._views: Sequence[tuple[View, int | None]] = ()
        self._tags: Mapping[str, int] = {}
        self._folded: set[str] | None = None
        self._shown: tuple[object, ...] = ()
        self._rows: list[Row] = []

    @property
    def current(self) -> View | None:
        """The view under the cursor."""
        return self._rows[self.cursor].view if self._rows else None

    def show(
        self, views: Sequence[tuple[View, int | None]], tags: Mapping[str, int], active: View
    ) -> None:
        """Show views and tags with these counts, as far as known, the cursor on the active one."""
        if (views, tags, active) == self._shown:
            return
        self._shown = views, tags, active
        if self._folded is None and tags:
            tops = {tag.partition("/")[0] for tag in tags if "/" in tag}
            self._folded = tops if len(tags) > _MANY_ROWS else set()
        self._views, self._tags = views, tags
        self._unfold_to(active)
        self._lay_out(active)

    def _unfold_to(self, active: View) -> None:
        """Unfold what the active tag is nested in."""
        for tag in list(self._folded or ()):
            if self._folded and active.name.startswith(f"tag:{tag}/"):
                self._folded.discard(tag)

    def _lay_out(self, active: View | None) -> None:
        rows = [Row(view.title, count, view) for view, count in self._views]
        if self._tags:
            rows += [Row(""), Row("TAGS"), *self._tag_rows()]
        moved = [row.label for row in rows] != [row.label for row in self._rows]
        self._rows = rows
        names = [row.view.name if row.view else None for row in rows]
        cursor = names.index(active.name) if active and active.name in names else self.cursor
        if moved or cursor != self.cursor or self.length != len(rows):
            self.set_length(len(rows), cursor)
        else:
            self.forget_rows()

    def _tag_rows(self) -> Iterable[Row]:
        tags = sorted(self._tags, key=lambda tag: tag.split("/"))
        folded = self._folded or set()
        for tag in tags:
            parents = tag.split("/")[:-1]
            if any("/".join(parents[: i + 1]) in folded for i in range(len(parents))):
                continue
            nests = any(other.startswith(tag + "/") for other in tags)
            fold = ("▸" if tag in folded else "▾") if nests else ""
            label = tag.rpartition("/")[2]
            yield Row(label, self._tags[tag], tag_view(tag), len(parents), fold)

    def step(self, rows: int) -> None:
        """Move the cursor over headings and empty lines to a view."""
        target = max(0, min(self.cursor + rows, self.length - 1))
        direction = 1 if rows > 0 else -1
        while 0 <= target < self.length and self._rows[target].view is None:
            target += direction
        if 0 <= target < self.length:
            self.move_to(target)

    def fold(self, folded: bool) -> bool:
        """Fold or unfold the tag under the cursor; return whether there was anything to do."""
        row = self._rows[self.cursor]
        if row.fold != ("▾" if folded else "▸") or row.view is None or self._folded is None:
            return False
        self._folded ^= {row.view.title.removeprefix("#")}
        self._lay_out(row.view)
        return True

    def on_click(self, event: events.Click) -> None:
        """A click shows a view; a click on the sign of a tag folds it."""
        row = event.y + self.scroll_offset.y
        if not 0 <= row < self.length or self._rows[row].view is None:
            return
        self.move_to(row)
        on_sign = event.x < 3 + 2 * self._rows[row].depth
        if on_sign and self._rows[row].fold:
            self.fold(self._rows[row].fold == "▾")

    # Rows

    def row_style(self, row: int) -> Style:
        """Return the style that lies under a row."""
        if row == self.cursor and self.has_focus:
            return self.get_component_rich_style("sidebar--active")
        return self.ground

    def make_row(self, row: int, width: int) -> list[Segment]:
        """Return the segments of a row."""
        shown = self._rows[row]
        if shown.view is None:
            heading = self.style("sidebar--heading")
            return [Segment("   " + shown.label, heading)]
        count = f"{shown.count:,} " if shown.count else " "
        label = "  " * shown.depth + shown.label
        style = Style(bold=row == self.cursor)
        return [
            Segment(
                "▌" if row == self.cursor else " ",
                self.style("sidebar--bar"),
            ),
            Segment(fit(shown.fold or " ", 2)),
            Segment(fit(label, max(1, width - 3 - len(count))), style),
            Segment(count, self.style("sidebar--count")),
        ]
