"""The keys in force."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from readlist.bindings import Key, display
from readlist.tui.screens.panel import Panel


class HelpScreen(Panel[None]):
    """The keys by what they are for; any of esc, q and ? leaves."""

    BINDINGS = [
        Binding("escape,q,question_mark,enter,ctrl+c", "leave", priority=True),
        Binding("j,down", "scroll(1)", priority=True),
        Binding("k,up", "scroll(-1)", priority=True),
        Binding("space,pagedown,ctrl+d", "scroll(10)", priority=True),
        Binding("pageup,ctrl+u", "scroll(-10)", priority=True),
    ]

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__(classes="panel tall")
        self._keys = list(keys)

    def compose(self) -> ComposeResult:
        """Yield the groups of keys, one under the other."""
        with VerticalScroll(id="help"):
            yield Static(self._content(), markup=False)

    def _content(self) -> Content:
        how = ("space scrolls   esc leaves", "$muted")
        lines = [Content.assemble(("The keys", "bold"), "   ", how), Content("")]
        for group in dict.fromkeys(key.group for key in self._keys):
            lines += [Content.styled(group.upper(), "$muted")]
            lines += [
                Content.assemble((f"  {display(k.keys):<13}", "bold $accent"), k.help)
                for k in self._keys
                if k.group == group
            ]
            lines.append(Content(""))
        return Content("\n").join(lines)

    def action_scroll(self, rows: int) -> None:
        """Go up or down."""
        self.query_one("#help").scroll_relative(y=rows, animate=False, immediate=True)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
