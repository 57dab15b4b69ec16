"""Dialogs with one field: where to write, what to call something."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from readlist.text import clean_line, count
from readlist.tui.paths import abbreviated, as_path, exists
from readlist.tui.screens.panel import Panel


class OneField(Panel[str | None]):
    """A title, a field and a line that says what enter will do; returns the text, or None."""

    BINDINGS = [
        Binding("escape,ctrl+c", "leave", priority=True),
        Binding("enter", "finish", priority=True),
    ]

    def __init__(self, title: str, value: str, placeholder: str) -> None:
        super().__init__(classes="panel")
        self._title = title
        self._value = value
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Yield the title, the field and the line below it."""
        with Vertical():
            yield Static(Content.styled(self._title, "bold"))
            yield Input(
                self._value, placeholder=self._placeholder, compact=True, select_on_focus=False
            )
            yield Static(id="what", markup=False)

    def on_mount(self) -> None:
        """Go to the field."""
        self.set_focus(self.query_one(Input))
        self.explain()

    @property
    def text(self) -> str:
        """What is in the field."""
        return self.query_one(Input).value.strip()

    def say(self, what: str, style: str = "$muted") -> None:
        """Show a line below the field."""
        self.query_one("#what", Static).update(Content.styled(what, style))

    def explain(self) -> None:
        """Say what enter will do."""

    @on(Input.Changed)
    def _changed(self) -> None:
        self.explain()

    def action_finish(self) -> None:
        """Return the text."""
        self.dismiss(self.text)


class NameDialog(OneField):
    """Asks for a name; returns it. `check` raises `ValueError` with why one cannot be taken."""

    def __init__(self, title: str, what: str, check: Callable[[str], object]) -> None:
        super().__init__(title, "", "a name")
        self._what = what
        self._check = check

    def explain(self) -> None:
        """Say what enter will do."""
        self.say(f"{self._what}   esc leaves")

    def action_finish(self) -> None:
        """Return the name, if it can be taken."""
        try:
            self._check(self.text)
        except ValueError as problem:
            self.say(str(problem), "$text-error")
        else:
            self.dismiss(self.text)


class ExportDialog(OneField):
    """Asks where to write, and writes; returns what was written, in words.

    `write` takes the path and raises `ValueError` with why it cannot be written, which is shown.
    An existing file is replaced at the second enter.
    """

    def __init__(self, number: int, endings: str, write: Callable[[str], str]) -> None:
        super().__init__(f"Export {count(number, 'paper')}", "readlist.json", "a file")
        self._endings = endings
        self._write = write
        self._replaces: str | None = None

    def explain(self) -> None:
        """Say what enter will do."""
        self._replaces = None
        folder = clean_line(abbreviated(as_path(self.text).parent.resolve()))
        self.say(f"{self._endings}\ninto {folder}\nenter writes it   esc leaves")

    def action_finish(self) -> None:
        """Write; ask first when something is there."""
        if not self.text:
            self.say("a file name is wanted", "$text-error")
        elif exists(as_path(self.text)) and self._replaces != self.text:
            self._replaces = self.text
            self.say(f"{self.text} is there: enter again replaces it   esc leaves", "$text-warning")
        else:
            try:
                self.dismiss(self._write(self.text))
            except ValueError as problem:
                self.say(str(problem), "$text-error")
