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
from readlist.tui.screens.scrolled import Scrolled
from readlist.tui.widgets.bars import TwoEnds

_KEY = 15  # cells, with the blanks before and behind
_BAR = "▌"
_GAP = 3
_COLUMN = 60  # cells, at least


class HelpField(Input):
    """Where words are typed; before that, `?` and space are no text."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Say whether a key is text here, and no binding's."""
        if not self.value and key in ("question_mark", "space"):
            return False
        return super().check_consume_key(key, character)


class HelpScreen(Scrolled[str | None]):
    """The keys by what they are for; esc, and `?` again leave. Returns the action of one, or None.

    What is typed narrows them: by words, or by the key itself; then one of them is chosen, and
    enter does it. Letters are text here, so that keys typed behind `?` do nothing else.
    """

    BINDINGS = [
        Binding("escape,ctrl+c,question_mark", "leave", priority=True),
        Binding("enter", "finish", priority=True),
        Binding("down", "step(1)", priority=True),
        Binding("up", "step(-1)", priority=True),
    ]

    def __init__(self, keys: Iterable[Key], where: str = "") -> None:
        """`where` says in which place the keys are in force, `in the list`."""
        super().__init__()
        self._keys = list(keys)
        self._where = where
        self._typed = ""
        self._found: Sequence[Key] = ()
        self._cursor = 0

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
        room = self.room_beside(around)
        self.text.styles.max_height = room
        self.text.styles.min_height = min(len(self._lines(self._keys)), room)
        self._show()

    @on(Input.Changed)
    def _show(self) -> None:
        self._typed = self.query_one(Input).value
        found = _found(self._typed, self._keys)
        self._found = [key for group in _groups(found) for key in group]
        self._cursor = _nearest(self._typed, self._found)
        self._show_keys()

    def _show_keys(self) -> None:
        lines = self._lines(self._found) or [Content.styled("No key does that here", "$muted")]
        self.query_one("#keys", Static).update(Content("\n").join(lines))
        here = next((row for row, line in enumerate(lines) if _BAR in line.plain), 0)
        room = self.text.styles.max_height
        top = max(0, here - room.value + 2) if room else 0
        self.text.scroll_to(y=top, animate=False)
        self.call_after_refresh(self._show_title)

    @property
    def _here(self) -> Key | None:
        """The key that was searched for, and enter does."""
        is_sought = bool(self._typed.strip()) and self._cursor < len(self._found)
        return self._found[self._cursor] if is_sought else None

    def _show_title(self) -> None:
        does = "enter does it" if self._here else ""
        self.show_title(f"The keys {self._where}".rstrip(), does)

    # The lines

    def _lines(self, keys: Sequence[Key]) -> list[Content]:
        """Return the groups, in two columns where there is room for them."""
        width = self.app.size.width - 8
        column = width // 2
        room = width if column < _COLUMN else column - _GAP
        blocks = [_block(group, room, self._here) for group in _groups(keys)]
        if column < _COLUMN:
            return [line for block in blocks for line in block][:-1]
        columns = _halves(blocks)
        height = max(map(len, columns)) - 1
        left, right = ([*lines, *[Content("")] * height][:height] for lines in columns)
        pairs = zip(left, right, strict=True)
        return [one.pad_right(column - one.cell_length) + other for one, other in pairs]

    # Keys

    def action_step(self, rows: int) -> None:
        """Go to another of the keys that were searched for; of all, scroll."""
        if self._here is None:
            self.action_scroll(rows)
        else:
            self._cursor = max(0, min(self._cursor + rows, len(self._found) - 1))
            self._show_keys()

    def action_finish(self) -> None:
        """Leave, and have the key done that was searched for."""
        if self.query_one(Input).value != self._typed:  # Textual reports a change late
            self._show()
        if self._here or not self._typed.strip():
            self.dismiss(self._here.id if self._here else None)


def _groups(keys: Sequence[Key]) -> list[list[Key]]:
    names = dict.fromkeys(key.group for key in keys)
    return [[key for key in keys if key.group == name] for name in names]


def _block(group: Sequence[Key], width: int, here: Key | None) -> list[Content]:
    """Return the lines of a group, each of so many cells, and an empty one; the bar of the cursor
    is before the key `here`."""
    lines = [Content.styled(group[0].group.upper(), "$muted")]
    for key in group:
        shown = f"{_BAR if key is here else ' '} {display(key.keys)}"
        shown += " " * max(1, _KEY - cell_len(shown))
        words = Content(key.help).wrap(max(1, width - _KEY))
        lines.append(Content.styled(shown, "bold $accent") + words[0])
        lines += [Content(" " * _KEY) + more for more in words[1:]]
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


def _nearest(typed: str, keys: Sequence[Key]) -> int:
    """Return the place of the key that a text most likely means: itself, or called so."""
    text = typed.strip().lower()
    meant = (
        [text in display(key.keys).split() for key in keys],
        [text == key.short for key in keys],
        [key.help.startswith(text) for key in keys],
    )
    return next((found.index(True) for found in meant if True in found), 0)


def _has(words: Iterable[str], key: Key) -> bool:
    text = f" {display(key.keys)} {key.help} {key.short}".lower()
    inside = f"{text} {key.group.lower()}"
    return all(f" {word}" in text or (len(word) > 2 and word in inside) for word in words)
