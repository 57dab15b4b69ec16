"""The keys in force where one is; typing searches them."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from readlist.bindings import Key, display
from readlist.tui.screens.panel import Panel
from readlist.tui.widgets.bars import TwoEnds, keyed

_KEY = 15  # cells, with the blanks before and behind
_GAP = 3
_COLUMN = 60  # cells, at least


class HelpField(Input):
    """Where words are typed; before that, `?` and space are no text."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say whether a key is text here, and no binding's."""
        if not self.value and key in ("question_mark", "space"):
            return False
        return super().check_consume_key(key, character)


class HelpScreen(Panel[None]):
    """The keys by what they are for; esc, enter, and `?` again leave.

    What is typed narrows them: by words, or by the key itself. Letters are text here, so that keys
    typed behind `?` do nothing else.
    """

    BINDINGS = [
        Binding("escape,enter,ctrl+c,question_mark", "leave", priority=True),
        Binding("down", "scroll(1)", priority=True),
        Binding("up", "scroll(-1)", priority=True),
        Binding("space,pagedown,ctrl+d", "page(1)", priority=True),
        Binding("pageup,ctrl+u", "page(-1)", priority=True),
    ]

    def __init__(self, keys: Iterable[Key], where: str = "") -> None:
        """`where` says in which place the keys are in force, `in the list`."""
        super().__init__(classes="panel tall whole")
        self._keys = list(keys)
        self._where = where

    def compose(self) -> ComposeResult:
        """Yield the title, the field, and the groups of keys."""
        with Vertical():
            yield TwoEnds(id="text-title")
            yield HelpField(compact=True, placeholder="type what you want to do, or a key")
            with VerticalScroll(id="text"):
                yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        """Show all keys."""
        self.set_focus(self.query_one(Input))
        self.on_resize()

    def on_resize(self) -> None:
        """Take the room there is, and say how it scrolls once it is known whether it does."""
        around = 7  # the title, the field, the lines around them, and one of what lies below
        text = self.query_one("#text")
        text.styles.max_height = max(1, self.app.size.height - around)
        text.styles.min_height = min(
            len(self._lines(self._keys)), max(1, self.app.size.height - around)
        )
        self._show()

    @on(Input.Changed)
    def _show(self) -> None:
        found = _found(self.query_one(Input).value, self._keys)
        lines = self._lines(found) or [Content.styled("No key does that here", "$muted")]
        self.query_one("#keys", Static).update(Content("\n").join(lines))
        self.query_one("#text").scroll_home(animate=False)
        self.call_after_refresh(self._show_title)

    def _show_title(self) -> None:
        scrolls = self.query_one("#text").max_scroll_y > 0
        how = keyed("space scrolls   " * scrolls + "esc leaves")
        words = f"The keys {self._where}".rstrip()
        self.query_one("#text-title", TwoEnds).show(Content.styled(words, "bold"), how)

    # The lines

    def _lines(self, keys: Sequence[Key]) -> list[Content]:
        """Return the groups, in two columns where there is room for them."""
        groups = [
            [k for k in keys if k.group == group] for group in dict.fromkeys(k.group for k in keys)
        ]
        blocks = [_block(group) for group in groups]
        width = self.app.size.width - 8
        column = width // 2
        if column < _COLUMN:
            return [line for block in blocks for line in block][:-1]
        columns = _halves(blocks)
        height = max(map(len, columns)) - 1
        left, right = ([*lines, *[Content("")] * height][:height] for lines in columns)
        room = column - _GAP
        both = [[line.truncate(room, ellipsis=True) for line in lines] for lines in (left, right)]
        pairs = zip(*both, strict=True)
        return [one.pad_right(column - one.cell_length) + other for one, other in pairs]

    # Keys

    def action_scroll(self, rows: int) -> None:
        """Go up or down."""
        self.query_one("#text").scroll_relative(y=rows, animate=False, immediate=True)

    def action_page(self, pages: int) -> None:
        """Go up or down by what is on screen."""
        self.action_scroll(pages * max(1, self.query_one("#text").size.height - 1))

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)


def _block(group: Sequence[Key]) -> list[Content]:
    """Return the lines of a group, and an empty one."""
    lines = [Content.styled(group[0].group.upper(), "$muted")]
    for key in group:
        shown = f"  {display(key.keys)}"
        shown += " " * max(1, _KEY - cell_len(shown))
        lines.append(Content.assemble((shown, "bold $accent"), key.help))
    return [*lines, Content("")]


def _halves(blocks: Sequence[list[Content]]) -> tuple[list[Content], list[Content]]:
    """Return blocks as two columns, as even as their order allows."""
    heights = [len(block) for block in blocks]
    cut = min(
        range(1, len(blocks) + 1),
        key=lambda place: max(sum(heights[:place]), sum(heights[place:])),
        default=0,
    )
    left = [line for block in blocks[:cut] for line in block]
    return left, [line for block in blocks[cut:] for line in block]


def _found(typed: str, keys: Sequence[Key]) -> Sequence[Key]:
    """Return the keys that a text means: the key itself, or words that begin so."""
    text = typed.strip()
    if not text:
        return keys
    itself = [key for key in keys if text in display(key.keys).split()]
    words = text.lower().split()
    others = [key for key in keys if key not in itself and _has(words, key)]
    return [*itself, *others]


def _has(words: Iterable[str], key: Key) -> bool:
    text = f" {display(key.keys)} {key.help} {key.short}".lower()
    inside = f"{text} {key.group.lower()}"
    return all(f" {word}" in text or (len(word) > 2 and word in inside) for word in words)
