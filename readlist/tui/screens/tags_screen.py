"""All tags: to rename, join and delete them, and to go to their papers."""

from collections.abc import Callable, Mapping
from typing import Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from readlist.bindings import BINDINGS, KEYS_AMONG_TAGS, TAG_KEYS
from readlist.change import is_in
from readlist.search.tags import ranked
from readlist.tags import TagPlan
from readlist.text import count
from readlist.tui.keyboard import bindings
from readlist.tui.screens.panel import Panel
from readlist.tui.screens.rename_tag import RenameDialog
from readlist.tui.screens.tag_finder import hint_lines, key_hint, panel_width
from readlist.tui.widgets.clickable import Clickable
from readlist.tui.widgets.line_list import LineList
from readlist.tui.widgets.tag_rows import TagField, TagRow, TagRows

_TYPING = frozenset(("down", "up", "page_down", "page_up", "open", "back"))
"""What keys still do while a tag is typed."""

_AGAIN = 0.2  # seconds, until the counts are looked at again while papers are being read


class Keeper(Protocol):
    """Who knows the library."""

    @property
    def reads_tags(self) -> bool:
        """Whether there are papers of which the tags are not known yet."""

    @property
    def message(self) -> Content:
        """What was said last of what was done."""

    def tags(self) -> Mapping[str, tuple[int, int]]:
        """Return all tags: how many papers have each, and how many archived ones besides."""

    def plan_rename(self, old: str, new: str) -> TagPlan:
        """Return what giving a tag another name comes to."""

    def rename_tag(self, old: str, new: str) -> None:
        """Give a tag another name, on all papers."""

    def delete_tag(self, tag: str) -> None:
        """Take a tag off all papers."""

    def action_undo(self) -> None:
        """Take back the last change."""

    def action_redo(self) -> None:
        """Make again what was taken back."""

    def key(self, action: str) -> str:
        """Return the first key of an action, as people write it."""


class TagsScreen(Clickable, Panel[str | None]):
    """The tags as a tree, with counts. Returns the tag whose papers are to be shown, or None."""

    BINDINGS = [
        *bindings(key for key in BINDINGS if key.id in KEYS_AMONG_TAGS),
        *bindings(TAG_KEYS),
        Binding("ctrl+c", "leave", priority=True),
    ]

    def __init__(self, keeper: Keeper, here: str) -> None:
        super().__init__(classes="panel tall")
        self._keeper = keeper
        self._start = here
        self._tags: Mapping[str, tuple[int, int]] = {}
        self._sought = ""
        # Made here: a key or a resize may come before they are mounted.
        self.field = TagField(id="tag-input", compact=True, placeholder="type to find a tag")
        self.rows = TagRows(each_click_chooses=False)
        self._title = Static(id="tag-title", markup=False)
        self._known = Static(id="tag-facts", markup=False)
        self._keys = Static(id="tag-summary", markup=False)
        self._done_on: str | None = None  # where the cursor was when something was done

    # The parts

    def compose(self) -> ComposeResult:
        """Yield the title, the field, the tags, and what is known of the one under the cursor."""
        with Vertical():
            yield self._title
            yield self.field
            yield self.rows
            yield self._known
            yield self._keys

    def on_mount(self) -> None:
        """Show all tags."""
        self.set_focus(self.rows)
        self._look_again()
        self._go_to(self._start)

    def _look_again(self) -> None:
        """Show the tags as the library has them now; and again while papers are being read."""
        self._tags = self._keeper.tags()
        self._show_rows(self.rows.cursor)
        if self._keeper.reads_tags:
            self.set_timer(_AGAIN, self._look_again)

    def on_resize(self) -> None:
        """There may be room for more tags, or less."""
        self._set_height()
        self._show_around()

    def _set_height(self) -> None:
        most = max(2, self.app.size.height * 9 // 10 - 10)
        self.rows.styles.height = max(2, min(len(self._tags), most))

    def _show_rows(self, cursor: int = 0) -> None:
        self._sought = self.field.value
        found = ranked(self._sought.strip().lower(), sorted(self._tags, key=_by_tree))
        self.rows.show([self._row(tag) for tag in found], cursor)
        self._set_height()
        self._show_around()

    def _row(self, tag: str) -> TagRow:
        alive, archived = self._tags[tag]
        depth = 0 if self._sought else tag.count("/")
        label = "  " * depth + (tag if self._sought else tag.rpartition("/")[2])
        if not self._sought and "/" in tag and tag.rpartition("/")[0] not in self._tags:
            label = tag
        state = "+" * bool(alive) + f"{archived:,} archived" if archived else ""
        return TagRow(tag, label, f"{alive:,}" if alive else "", state)

    @property
    def here(self) -> str:
        """The tag under the cursor, "" when there is none."""
        row = self.rows.current
        return row.tag if row else ""

    def _go_to(self, tag: str) -> None:
        found = [row.tag for row in self.rows.rows]
        if tag in found:
            self.rows.move_to(found.index(tag))

    # Around the rows

    def _show_around(self) -> None:
        number = Content.styled(f"{len(self._tags):,}", "$muted")
        reads = Content.styled("   papers are being read …" * self._keeper.reads_tags, "$muted")
        self._title.update(Content.assemble(("Tags ", "bold"), number, reads))
        self._known.update(self._facts())
        self._keys.update(self._hints())

    def _facts(self) -> Content:
        """Return what was done last, else what would go with the tag under the cursor."""
        if self._done_on is not None:
            return self._keeper.message.truncate(panel_width(self), ellipsis=True)
        if not self._tags:
            return Content(
                f"No paper has a tag yet: {self._keeper.key('tag')} in the list puts one"
            )
        if not self.here:
            return Content("No tag is like it")
        nested = [tag for tag in self._tags if tag != self.here and is_in(tag, self.here)]
        alive, archived = self._tags[self.here]
        facts = [count(alive + archived, "paper")]
        if nested:
            facts.append(f"{count(len(nested), 'nested tag goes', 'nested tags go')} with it")
        return Content.assemble((self.here, "bold"), "   " + " · ".join(facts))

    def _hints(self) -> Content:
        key = self._keeper.key
        if self.focused is self.field:
            rows = key_hint("enter", "to the tag", "open")
            return hint_lines(panel_width(self), rows, key_hint("esc", "shows all", "back"))
        verbs = [
            key_hint(key("rename"), TAG_KEYS[0].short, "rename"),
            key_hint(key("delete"), "delete", "delete"),
            key_hint("enter", "its papers", "open"),
        ]
        back = "shows all" if self._sought else "leaves"
        return hint_lines(
            panel_width(self),
            *(verbs if self.here else []),
            key_hint(key("filter"), "find", "filter"),
            key_hint(key("undo"), "undo", "undo"),
            key_hint("esc", back, "back"),
        )

    @on(LineList.Moved)
    def _moved(self) -> None:
        if self.here != self._done_on:
            self._done_on = None
        self._show_around()

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    @on(Input.Changed)
    def _show_typed(self) -> None:
        if self.field.value != self._sought:
            self._done_on = None
            self._show_rows()

    def on_descendant_focus(self) -> None:
        """Other keys matter in the field."""
        self.field.display = self.focused is self.field or bool(self.field.value)
        if self.rows.rows or self._tags:
            self._show_around()

    # Keys that move

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key does its action now; in the field, most are text."""
        is_typing = self.is_mounted and isinstance(self.focused, Input)
        return action in _TYPING or action == "leave" or not is_typing

    def _move(self, rows: int) -> None:
        self._show_typed()
        self.rows.move_to(self.rows.cursor + rows)

    def action_down(self) -> None:
        """Go down a tag."""
        self._move(1)

    def action_up(self) -> None:
        """Go up a tag."""
        self._move(-1)

    def action_first(self) -> None:
        """Go to the first tag."""
        self._move(-self.rows.length)

    def action_last(self) -> None:
        """Go to the last tag."""
        self._move(self.rows.length)

    def action_page_down(self) -> None:
        """Go down a page."""
        self._move(self.rows.page)

    def action_page_up(self) -> None:
        """Go up a page."""
        self._move(-self.rows.page)

    def action_half_down(self) -> None:
        """Go down half a page."""
        self._move(max(1, self.rows.page // 2))

    def action_half_up(self) -> None:
        """Go up half a page."""
        self._move(-max(1, self.rows.page // 2))

    def action_filter(self) -> None:
        """Find a tag by typing."""
        self.field.display = True
        self.set_focus(self.field)
        self._show_around()

    def action_open(self) -> None:
        """Go on to the rows; there, show the papers with a tag."""
        self._show_typed()
        if self.focused is self.field:
            self.set_focus(self.rows)
        elif self.here:
            self.dismiss(self.here)

    def action_back(self) -> None:
        """One step back: all tags again, then out."""
        here = self.here
        if self.focused is self.field or self.field.value:
            self.set_focus(self.rows)
            self.field.value = ""
            self.field.display = False
            self._show_rows()
            self._go_to(here)
        else:
            self.dismiss(None)

    def action_quit(self) -> None:
        """One step back."""
        self.action_back()

    # Keys that change

    async def action_rename(self) -> None:
        """Ask for another name."""
        if self.here:
            dialog = RenameDialog(self.here, sorted(self._tags), self._keeper.plan_rename)
            await self.app.push_screen(dialog, self._rename)

    def _rename(self, new: str | None) -> None:
        if new is not None and new != self.here:
            self._keeper.rename_tag(self.here, new)
            self._done(new)

    def action_delete(self) -> None:
        """Take the tag off all papers."""
        if self.here:
            self._keeper.delete_tag(self.here)
            self._done(self.here)

    def action_undo(self) -> None:
        """Take back the last change; the cursor goes to what came back with it."""
        self._turn(self._keeper.action_undo)

    def action_redo(self) -> None:
        """Make again what was taken back."""
        self._turn(self._keeper.action_redo)

    def _turn(self, turn: Callable[[], None]) -> None:
        before, here = self._tags, self.here
        turn()
        back = sorted(self._keeper.tags().keys() - before, key=_by_tree)
        self._done(back[0] if back else here)

    def _done(self, here: str) -> None:
        self._look_again()
        self._go_to(here)
        self._done_on = self.here
        self._show_around()


def _by_tree(tag: str) -> list[str]:
    return tag.split("/")
