"""The sidebar: the views, then the tags as a tree, with counts."""

from collections.abc import Iterable, Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events

from readlist.record import Record
from readlist.search.views import View
from readlist.text import clean_line
from readlist.tui.widgets.columns import fit
from readlist.tui.widgets.line_list import LineList

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


def _above(tag: str) -> Iterable[str]:
    """Yield the tags that a tag is nested in."""
    parts = tag.split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts)))


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
        self._active: View | None = None
        self._note = ""
        self._typed: str | None = None
        self.is_typing = False

    @property
    def current(self) -> View | None:
        """The view under the cursor."""
        return self._rows[self.cursor].view if self._rows else None

    def show(
        self,
        views: Sequence[tuple[View, int | None]],
        tags: Mapping[str, int],
        active: View,
        note: str = "",
    ) -> None:
        """Show views and tags with these counts, as far as known, the cursor on the active one;
        `note` says which tags these are, if not all."""
        if (views, tags, active, note) == self._shown:
            return
        self._shown = views, tags, active, note
        if self._folded is None and tags:
            tops = {tag.partition("/")[0] for tag in tags if "/" in tag}
            self._folded = tops if len(tags) > _MANY_ROWS else set()
        self._views, self._tags, self._active, self._note = views, tags, active, note
        self._unfold_to(active)
        self._lay_out(active)

    def _unfold_to(self, active: View) -> None:
        """Unfold what the active tag is nested in."""
        for tag in list(self._folded or ()):
            if self._folded and active.name.startswith(f"tag:{tag}/"):
                self._folded.discard(tag)

    def _lay_out(self, active: View | None) -> None:
        rows = self._found_rows() if self._typed is not None else self._all_rows()
        moved = [row.label for row in rows] != [row.label for row in self._rows]
        self._rows = rows
        names = [row.view.name if row.view else None for row in rows]
        cursor = names.index(active.name) if active and active.name in names else self.cursor
        if self._typed is not None and rows[min(cursor, len(rows) - 1)].view != active:
            cursor = 0  # the line with what is typed: the list shows something else
        if moved or cursor != self.cursor or self.length != len(rows):
            self.set_length(len(rows), cursor)
        else:
            self.forget_rows()

    def _all_rows(self) -> list[Row]:
        rows = [Row(view.title, count, view) for view, count in self._views]
        if self._tags or self._note:
            rows += [Row(""), Row(f"TAGS · {self._note}" if self._note else "TAGS")]
        return [*rows, *self._tag_rows(self._tags, self._folded or set())]

    def _tag_rows(self, shown: Iterable[str], folded: set[str]) -> Iterable[Row]:
        """Yield tags in the order of the tree, but for those below one that is folded."""
        tags = sorted(shown, key=lambda tag: tag.split("/"))
        below = ""  # the folded tag that the following ones are nested in
        for tag, following in zip(tags, [*tags[1:], ""], strict=False):
            if below and tag.startswith(below):
                continue
            below = tag + "/" if tag in folded else ""
            fold = ("▸" if below else "▾") if following.startswith(tag + "/") else ""
            *parents, label = tag.split("/")
            yield Row(label, self._tags[tag], tag_view(tag), len(parents), fold)

    # What is typed

    def begin_typing(self) -> None:
        """Narrow the rows to what is typed from now on."""
        self.is_typing, self._typed = True, self._typed or ""
        self._lay_out(self._best())

    def end_typing(self) -> None:
        """Type no more; the rows stay narrowed, if to anything."""
        if self.is_typing:
            self.is_typing, self._typed = False, self._typed or None
            self._lay_out(self.current or self._active)

    def clear_typed(self) -> bool:
        """Show all rows again; return whether they were not."""
        was_narrowed = self._typed is not None
        self.is_typing, self._typed = False, None
        if was_narrowed:
            self._lay_out(self._active)
        return was_narrowed

    def _type(self, text: str) -> None:
        self._typed = text
        self._lay_out(self._best())

    def _best(self) -> View | None:
        """Return the view that is meant, most likely; the active one while nothing is typed."""
        typed = (self._typed or "").lower()
        if not typed:
            return self._active
        views = [row.view for row in self._found_rows() if row.view]
        names = [view.title.lower().lstrip("#") for view in views]
        begin = [i for i, name in enumerate(names) if name.rpartition("/")[2].startswith(typed)]
        within = [i for i, name in enumerate(names) if typed in name]
        return next((views[i] for i in (*begin, *within)), None)

    def _found_rows(self) -> list[Row]:
        """Return the line with what is typed, and all that has it in its name."""
        typed = (self._typed or "").lower()
        rows = [Row(f"/ {self._typed}{'▏' if self.is_typing else ''}")]
        rows += [Row(v.title, count, v) for v, count in self._views if typed in v.title.lower()]
        found = {tag for tag in self._tags if typed in tag}
        found |= {part for tag in found for part in _above(tag) if part in self._tags}
        return [*rows, *self._tag_rows(found, set())]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say whether a key is text here (Textual asks before it looks for a binding)."""
        is_text = character is not None and character.isprintable()
        return self.is_typing and (is_text or key == "backspace")

    def on_key(self, event: events.Key) -> None:
        """Take what is typed."""
        if not self.is_typing or not self.check_consume_key(event.key, event.character):
            return
        event.stop()
        event.prevent_default()
        typed = self._typed or ""
        self._type(typed[:-1] if event.key == "backspace" else typed + (event.character or ""))

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted."""
        if self.is_typing:
            event.stop()
            self._type((self._typed or "") + clean_line(event.text))

    def on_blur(self) -> None:
        """Whoever goes elsewhere types there."""
        self.end_typing()

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
            return [Segment("   "), Segment(fit(shown.label, max(1, width - 3)), heading)]
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
