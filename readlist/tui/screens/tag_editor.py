"""The editor of tags: on one paper or many, with completion."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from readlist.change import TagEdit, new_tag, tag_summary
from readlist.paper import PaperError
from readlist.search.tags import begins, ranked
from readlist.text import quote
from readlist.tui.screens.tag_finder import TagFinder, hint_lines, key_hint, panel_width
from readlist.tui.widgets.tag_rows import TagRow

_AGAIN = 0.2  # seconds, until tags are looked at again while papers are being read


class Tags(NamedTuple):
    """What is known of tags: how many of the papers here have each, how many of all papers;
    and whether all of them have been read."""

    here: Mapping[str, int]
    everywhere: Mapping[str, int]
    is_whole: bool = True


Look: TypeAlias = Callable[[], Tags]


class TagEditor(TagFinder[TagEdit]):
    """Returns what to change, or None. What the papers differ in stays unless it is touched.

    `name` is how the papers are called, `papers` how many they are; `look` is asked again until
    it knows all. `left` is told what was begun when the panel is left without it.
    """

    BINDINGS = [Binding("comma,space", "take", priority=True)]
    PLACEHOLDER = "type to find or create a tag"
    SPARE = 1

    def __init__(self, name: str, papers: int, look: Look, left: Callable[[str], None]) -> None:
        super().__init__()
        self._left = left
        self._called = name
        self._papers = papers
        self._look = look
        self._add: set[str] = set()
        self._remove: set[str] = set()
        self._look_now()

    def _look_now(self) -> None:
        self._on, self._counts, self._is_whole = self._look()
        known = {*self._counts, *self._on}
        # Those on the papers first, then the most used.
        self._known = sorted(known, key=lambda t: (-self._on.get(t, 0), -self._counts.get(t, 0), t))

    def on_mount(self) -> None:
        """Look again while papers are being read."""
        if not self._is_whole:
            self.set_timer(_AGAIN, self._look_again)

    def _look_again(self) -> None:
        here = self.here if self._will_flip else ""
        self._look_now()
        self.query_one("#tag-title", Static).update(self.title_line())
        found = [row.tag for row in self.find(self.typed)]
        self.show_rows(found.index(here) if here in found else 0)
        if not self._is_whole:
            self.set_timer(_AGAIN, self._look_again)

    def title_line(self) -> Content:
        """Return on which papers the tags are."""
        reads = "" if self._is_whole else "   papers are being read …"
        return Content.assemble(("Tags on ", "bold"), self._called, (reads, "$muted"))

    @property
    def _is_one(self) -> bool:
        return self._papers == 1

    # The rows

    def find(self, typed: str) -> list[TagRow]:
        """Return the tags that a typed text may mean, and the one that it would make."""
        found = ranked(typed, [*self._known, *sorted(self._add - set(self._known))])
        rows = [self._row(tag) for tag in found]
        if typed and typed not in found:
            near = any(begins(typed, tag) for tag in found)
            rows.insert(len(rows) if near else 0, TagRow(typed, typed, "", "new tag", "+"))
        return rows

    def _row(self, tag: str) -> TagRow:
        number = self._counts.get(tag)
        touched = tag in self._add or tag in self._remove
        shown = f"{number:,}" if number else ""
        return TagRow(tag, tag, shown, self._state(tag), self._sign(tag), touched)

    def _sign(self, tag: str) -> str:
        if tag in self._add or (self._is_on_all(tag) and tag not in self._remove):
            return "✓"
        return "–" if self._on.get(tag) and tag not in self._remove else " "

    def _state(self, tag: str) -> str:
        """Return what the papers share and differ in, or what will be done."""
        on, papers = self._on.get(tag, 0), self._papers
        if tag in self._add:
            return "added" if self._is_one else f"added to {papers - on:,}"
        if tag in self._remove:
            return "taken off" if self._is_one else f"taken off {on:,}"
        if self._is_one or not on:
            return ""
        return f"on all {papers:,}" if on == papers else f"on {on:,} of {papers:,}"

    def _is_on_all(self, tag: str) -> bool:
        return self._on.get(tag) == self._papers

    def chosen(self, row: int) -> None:
        """Put a tag on, or take it off."""
        self._flip(self.rows.rows[row].tag)
        self.show_rows(row)

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
        elif self._is_on_all(tag):
            self._remove.add(tag)
        else:
            self._add.add(tag)

    # What keys will do

    def hint_line(self) -> Content:
        """Return what is going to be done, and what keys add to it."""
        problem = self._problem
        if problem:
            return Content.styled(problem, "$text-error")
        change = tag_summary(sorted(self._add), sorted(self._remove))
        pending = Content.styled(change, "bold")
        width = panel_width(self)
        does = self._effect(self.here) if self.here else ""
        leave = key_hint("esc", "leaves", "leave")
        if does and self._will_flip:
            more = key_hint("comma", "does so and stays", "take")
            return hint_lines(width, pending, key_hint("enter", does, "finish"), more, leave)
        is_done = key_hint("enter", "is done", "finish")
        return hint_lines(
            width, pending, is_done, key_hint("space", does, "take") if does else Content(), leave
        )

    @property
    def _problem(self) -> str:
        """Why what is typed can be no tag, "" when it can."""
        text = self.field.value
        if text.strip() and not self.typed:
            return "A tag has letters, digits and / . _ -, first a letter or digit"
        if self.here and self._will_flip and self.here not in self._known:
            try:
                new_tag(self.here)
            except PaperError as error:
                problem = str(error)
                return problem[0].upper() + problem[1:]
        return ""

    def _effect(self, tag: str) -> str:
        """Return what `_flip` does to a tag."""
        on, papers = self._on.get(tag, 0), self._papers
        if tag in self._remove:
            return f"keeps {tag}"
        if tag in self._add and not on:
            return f"leaves {tag} out"
        if tag in self._add or on == papers:
            return f"takes {tag} off" + (f" {on:,}" if not self._is_one else "")
        if self._is_one:
            return f"adds {tag}"
        return f"adds {tag} to {papers - on:,} more" if on else f"adds {tag} to all {papers:,}"

    @property
    def _will_flip(self) -> bool:
        return bool(self.typed) or self.has_moved

    # Keys

    def action_take(self) -> None:
        """Take the tag under the cursor, on or off, and go on."""
        self.show_typed()
        if self._problem:
            return
        cursor, typed = self.rows.cursor, self.typed
        self._flip(self.here)
        if typed:
            self.field.value = ""
        self.has_moved = False
        self.show_rows(0 if typed else cursor)

    def action_finish(self) -> None:
        """Take the tag that was typed or gone to, and be done."""
        self.show_typed()
        if self._problem:
            return
        if self._will_flip:
            self._flip(self.here)
        self.dismiss(TagEdit(frozenset(self._add), frozenset(self._remove)))

    def action_leave(self) -> None:
        """Change nothing, and tell what was begun: it may have been taken for done."""
        if not self.is_active:  # it was left by the key before
            return
        self.show_typed()
        text = self.field.value.strip()
        if self.typed and not self._problem:
            self._flip(self.here)
            text = ""
        begun = tag_summary(sorted(self._add), sorted(self._remove))
        self._left(" ".join(filter(None, (begun, text and quote(text)))))
        self.dismiss(None)
