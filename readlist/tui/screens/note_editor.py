"""The editor of a paper's note. Nothing typed is lost: it is remembered while it is typed, and
leaving keeps it."""

from collections.abc import Callable
from contextlib import suppress

from textual import events, on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static, TextArea

from readlist import editor
from readlist.drafts import Draft
from readlist.text import clean
from readlist.tui.screens.panel import Panel
from readlist.tui.widgets.bars import keyed

_SOON = 0.5  # seconds that what is typed may be in memory alone


class NoteField(TextArea):
    """Where a note is typed. What is pasted is cleaned."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        await super()._on_paste(events.Paste(clean(event.text)))


class NoteEditor(Panel[None]):
    """A title, the note, and a line that says what keys do.

    `keep` takes the text when it is left, `remember` each time it has been typed on, both with the
    note that it was begun from; they raise `ValueError` with why they cannot. `draft` is what was
    typed an earlier time and never kept.
    """

    BINDINGS = [
        Binding("escape,ctrl+s", "leave", priority=True),
        Binding("ctrl+o", "edit_elsewhere", priority=True),
        Binding("ctrl+r", "exchange", priority=True),
    ]

    def __init__(
        self,
        title: str,
        note: str,
        *,
        keep: Callable[[str, str], None],
        remember: Callable[[str, str], None],
        draft: Draft | None = None,
    ) -> None:
        super().__init__(classes="panel")
        self._title = title
        begun = Draft(note, note)
        self._shown = draft or begun  # with the text that it had when it came on screen
        self._other = begun if draft else None
        self._is_draft = draft is not None
        self._keep = keep
        self._remember = remember
        self._remembered = self._shown.text
        self._soon: Timer | None = None
        self._may_leave = self._is_done = False
        self._editor = editor.command()

    def compose(self) -> ComposeResult:
        """Yield the title, the note and the keys."""
        with Vertical():
            title = Content.assemble(("Note on ", "bold"), self._title)
            yield Static(title, id="note-title", markup=False)
            yield NoteField(
                self._shown.text,
                id="note-field",
                compact=True,
                highlight_cursor_line=False,
                tab_behavior="indent",
                placeholder=Content("Markdown: # heading, - list, **bold**, [words](https://…)"),
            )
            yield Static(id="note-keys", markup=False)

    def on_mount(self) -> None:
        """Go to the end of the note."""
        self._field = self.query_one(NoteField)
        self._field.indent_width = 2
        self.set_focus(self._field)
        self._field.move_cursor(self._field.document.end)
        self._say_keys()

    def _say_keys(self) -> None:
        keys = ["esc keeps it"]
        if self._editor:
            keys.append(f"ctrl+o opens {self._editor[0].rpartition('/')[2]}")
        if self._other is not None:
            other = "the note without it" if self._is_draft else "it again"
            self._say(
                "Typed earlier and never kept: here it is", f"ctrl+r {other}", *keys, warns=True
            )
        else:
            self._say("", *keys)

    def _say(self, what: str, *keys: str, warns: bool = False) -> None:
        shown = Content.assemble((what, "$text-warning" if warns else "$text-error"))
        parts = [shown] if what else []
        parts += map(keyed, keys)
        self.query_one("#note-keys", Static).update(Content("   ").join(parts))

    # Nothing is lost

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._may_leave = False
        if self._soon is None:
            self._soon = self.set_timer(_SOON, self._remember_it)

    def _remember_it(self) -> bool:
        """Write down what was typed; say so when that cannot be done."""
        self._soon = None
        text = self._field.text
        if text == self._remembered:
            return True
        try:
            self._remember(text, self._shown.base)
        except ValueError as problem:
            self._say(f"Only in memory: {problem}", "esc keeps it")
            return False
        self._remembered = text
        return True

    def on_unmount(self) -> None:
        """However this ends, what was typed is on the disk."""
        if not self._is_done and self._field.text != self._remembered:
            with suppress(ValueError):
                self._remember(self._field.text, self._shown.base)

    # Keys

    def action_leave(self) -> None:
        """Keep the note. When that cannot be done, the next time leave without."""
        if self._may_leave:
            self.dismiss(None)
            return
        try:
            self._keep(self._field.text, self._shown.base)
        except ValueError as problem:
            is_safe = self._remember_it()
            self._may_leave = True
            leaves = "and offers it the next time" if is_safe else "and loses it"
            self._say(str(problem), f"esc again leaves, {leaves}")
        else:
            self._is_done = True
            self.dismiss(None)

    def action_exchange(self) -> None:
        """Take the note as it was kept in the place of what was typed earlier, or that again."""
        if self._other is not None:
            here = Draft(self._field.text, self._shown.base)
            self._shown, self._other = self._other, here
            self._is_draft = not self._is_draft
            self._take(self._shown.text)
            self._say_keys()

    def action_edit_elsewhere(self) -> None:
        """Write on in the user's own editor."""
        if not self._editor:
            self._say("Name an editor in $VISUAL or $EDITOR", "esc keeps it")
            return
        self._remember_it()
        try:
            with self.app.suspend():
                text = editor.edited(self._field.text, "note.md", self._editor)
        except SuspendNotSupported:
            self._say("This terminal cannot be lent to another program", "esc keeps it")
        except editor.EditorError as problem:
            self._say(str(problem), "esc keeps it")
        else:
            self._take(clean(text))
        self.app.refresh(layout=True)

    def _take(self, text: str) -> None:
        """Put a text in the place of what is there; ctrl+z brings that back."""
        field = self._field
        field.replace(text, (0, 0), field.document.end)
        field.move_cursor(field.document.end)
