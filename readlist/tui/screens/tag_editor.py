"""The editor of tags: on one paper or many, with completion."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from readlist.change import tag_summary
from readlist.paper import Paper, PaperError, tag_name
from readlist.text import count
from readlist.tui.widgets.line_list import LineList
from readlist.tui.widgets.paper_list import fit


class TagEdit(NamedTuple):
    """Tags to put on, and tags to take off."""

    add: frozenset[str]
    remove: frozenset[str]


class TagRows(LineList):
    """Tags, each with a sign: on all papers, on some, on none."""

    COMPONENT_CLASSES = {"tag-rows--bar", "tag-rows--cursor", "tag-rows--dim"}
    can_focus = False

    def __init__(self) -> None:
        super().__init__(id="tag-rows")
        self.rows: Sequence[tuple[str, str, str]] = ()

    def show(self, rows: Sequence[tuple[str, str, str]], cursor: int) -> None:
        """Show rows of sign, tag and remark."""
        self.rows = rows
        self.set_length(len(rows), cursor)

    def on_click(self, event: events.Click) -> None:
        """Each click chooses."""
        row = event.y + self.scroll_offset.y
        if 0 <= row < self.length:
            self.move_to(row)
            self.post_message(self.Chosen(self, row))

    def row_style(self, row: int) -> Style:
        """Return the style that lies under a row."""
        if row == self.cursor:
            return self.get_component_rich_style("tag-rows--cursor")
        return self.ground

    def make_row(self, row: int, width: int) -> list[Segment]:
        """Return the segments of a row."""
        sign, tag, remark = self.rows[row]
        dim = self.style("tag-rows--dim")
        bar = "▌" if row == self.cursor else " "
        room = max(1, width - 6 - len(remark))
        accent = self.style("tag-rows--bar")
        marks = [Segment(bar, accent), Segment(f" {sign} ")]
        return [*marks, Segment(fit(tag, room)), Segment(f"{remark} ", dim)]


class TagField(Input):
    """Where a tag is typed. A comma ends one; a space is part of it, unless nothing is typed."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say whether a key is text here, and no binding's."""
        if key == "comma" or (key == "space" and not self.value):
            return False
        return super().check_consume_key(key, character)


class TagEditor(ModalScreen[TagEdit | None]):
    """Returns what to change, or None. What the papers differ in stays unless it is touched."""

    BINDINGS = [
        Binding("escape,ctrl+c", "leave", priority=True),
        Binding("enter", "finish", priority=True),
        Binding("comma,space", "take", priority=True),
        Binding("tab", "complete", priority=True),
        Binding("down", "step(1)", priority=True),
        Binding("up", "step(-1)", priority=True),
    ]

    def __init__(self, papers: Sequence[Paper], tags: Mapping[str, int]) -> None:
        super().__init__(classes="panel")
        self._papers = papers
        self._on = {t: sum(t in p.tags for p in papers) for p in papers for t in p.tags}
        known = {*tags, *self._on}
        # Those on the papers first, then the most used.
        self._known = sorted(known, key=lambda t: (-self._on.get(t, 0), -tags.get(t, 0), t))
        self._counts = tags
        self._add: set[str] = set()
        self._remove: set[str] = set()
        self._moved = False
        self._shown = ""  # what was typed when the rows were made

    def compose(self) -> ComposeResult:
        """Yield the title, the field, the tags and what will be done."""
        title = self._papers[0].title if len(self._papers) == 1 else ""
        on = title or count(len(self._papers), "paper")
        with Vertical():
            yield Static(Content.assemble(("Tags on ", "bold"), on), id="tag-title")
            yield TagField(id="tag-input", compact=True, placeholder="type to find or create a tag")
            yield TagRows()
            yield Static(id="tag-summary", markup=False)

    def on_mount(self) -> None:
        """Show all tags. The panel stays as high as they are, whatever is typed."""
        self.set_focus(self.query_one(Input))
        self._show()
        highest = max(2, self.app.size.height // 4)
        self.query_one(TagRows).styles.min_height = min(len(self._known) + 1, highest)

    # The rows

    @on(Input.Changed)
    def _show_typed(self) -> None:
        """Make the rows fit what is typed, if they do not: Textual reports a change late."""
        if self.query_one(Input).value != self._shown:
            self._moved = False
            self._show()

    @on(LineList.Chosen)
    def _clicked(self, message: LineList.Chosen) -> None:
        self._flip(self._tag_at(message.row))
        self._show(message.row)

    def _typed(self) -> str:
        try:
            return tag_name(self.query_one(Input).value)
        except PaperError:
            return ""

    @property
    def _is_no_tag(self) -> bool:
        return bool(self.query_one(Input).value.strip()) and not self._typed()

    def _show(self, cursor: int = 0) -> None:
        self._shown = self.query_one(Input).value
        typed = self._typed()
        found = _ranked(typed, [*self._known, *sorted(self._add - set(self._known))])
        rows = [(self._sign(tag), tag, self._remark(tag)) for tag in found]
        if typed and typed not in found:
            near = any(_begins(typed, tag) for tag in found)
            rows.insert(len(rows) if near else 0, ("+", typed, "new tag"))
        self.query_one(TagRows).show(rows, cursor)
        self._summarise()

    def _sign(self, tag: str) -> str:
        if tag in self._add or (self._on.get(tag) == len(self._papers) and tag not in self._remove):
            return "✓"
        return "–" if self._on.get(tag) and tag not in self._remove else " "

    def _remark(self, tag: str) -> str:
        on = self._on.get(tag, 0)
        if 0 < on < len(self._papers) and tag not in self._add | self._remove:
            return f"on {on} of {len(self._papers)}"
        number = self._counts.get(tag)
        return f"{number:,}" if number else ""

    def _tag_at(self, row: int) -> str:
        rows = self.query_one(TagRows).rows
        return rows[row][1] if row < len(rows) else ""

    def _flip(self, tag: str) -> None:
        """Put a tag on all, or where all have it, off; the third time as it was."""
        if not tag:
            return
        if tag in self._add:
            self._add.remove(tag)
            if self._on.get(tag):
                self._remove.add(tag)
        elif tag in self._remove:
            self._remove.remove(tag)
        elif self._on.get(tag) == len(self._papers):
            self._remove.add(tag)
        else:
            self._add.add(tag)

    def _summarise(self) -> None:
        summary = self.query_one("#tag-summary", Static)
        if self._is_no_tag:
            text = "A tag has letters, digits and / . _ -, first a letter or digit"
            summary.update(Content.styled(text, "$text-error"))
            return
        change = tag_summary(sorted(self._add), sorted(self._remove))
        tag = self._tag_at(self.query_one(TagRows).cursor) if self._will_flip() else ""
        enter = f"{self._verb(tag)} {tag}" if tag else "is done"
        keys = f"enter {enter}   comma and one more   esc leaves"
        summary.update(Content.assemble((change + "   " * bool(change), "bold"), (keys, "$muted")))

    def _verb(self, tag: str) -> str:
        """Return what `_flip` does to a tag, as the hint says it."""
        if tag in self._add:
            return "takes off" if self._on.get(tag) else "leaves out"
        if tag in self._remove:
            return "keeps"
        return "takes off" if self._on.get(tag) == len(self._papers) else "adds"

    def _will_flip(self) -> bool:
        return bool(self._typed()) or self._moved

    # Keys

    def action_step(self, rows: int) -> None:
        """Go up or down in the tags."""
        self._show_typed()
        tags = self.query_one(TagRows)
        tags.move_to(tags.cursor + rows)
        self._moved = True
        self._summarise()

    def action_complete(self) -> None:
        """Write the tag under the cursor into the field."""
        self._show_typed()
        field = self.query_one(Input)
        tag = self._tag_at(self.query_one(TagRows).cursor)
        if tag:
            field.value = tag
            field.cursor_position = len(tag)

    def action_take(self) -> None:
        """Take the tag under the cursor, on or off, and go on."""
        self._show_typed()
        cursor = self.query_one(TagRows).cursor
        typed = self._typed()
        self._flip(self._tag_at(cursor))
        if typed:
            self.query_one(Input).value = ""
        self._moved = False
        self._show(0 if typed else cursor)

    def action_finish(self) -> None:
        """Take the tag that was typed or gone to, and be done."""
        self._show_typed()
        if self._is_no_tag:
            return
        if self._will_flip():
            self._flip(self._tag_at(self.query_one(TagRows).cursor))
        self.dismiss(TagEdit(frozenset(self._add), frozenset(self._remove)))

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """A click beside the panel changes nothing."""
        if self.get_widget_at(*event.screen_offset)[0] is self:
            self.dismiss(None)


def _begins(typed: str, tag: str) -> bool:
    """Whether a tag, or a part of it behind a `/`, begins as typed."""
    return tag.startswith(typed) or f"/{typed}" in tag


def _ranked(typed: str, tags: Sequence[str]) -> list[str]:
    """Return the tags that what was typed may mean, the likeliest first."""
    if not typed:
        return list(tags)
    exact = [tag for tag in tags if tag == typed]
    begun = [tag for tag in tags if tag != typed and _begins(typed, tag)]
    inside = [tag for tag in tags if typed in tag and not _begins(typed, tag)]
    certain = {*exact, *begun, *inside}
    return [*exact, *begun, *inside, *_similar(typed, [t for t in tags if t not in certain])]


def _similar(typed: str, tags: Sequence[str]) -> list[str]:
    if len(typed) < 3:
        return []
    from rapidfuzz import fuzz, process

    tags = [tag for tag in tags if len(tag) > len(typed) // 2]  # a short one is part of any
    found = process.extract(typed, tags, scorer=fuzz.partial_ratio, score_cutoff=75, limit=5)
    return [tag for tag, _score, _place in found]
