"""The lines above and below the list: where one is, what happened, which keys matter now."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from readlist.tui.widgets.clickable import clickable


class FittedLine(Widget):
    """A line that is made when it is drawn, as only then its width is known for certain."""

    DEFAULT_CSS = "FittedLine { width: 1fr; height: 1; }"

    def render(self) -> Content:
        """Return what has room."""
        return self.fitted(self.content_size.width)

    def fitted(self, width: int) -> Content:
        """Return what has room in `width` cells."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Make it anew."""
        self.refresh()


class TwoEnds(FittedLine):
    """A line with a text at its left and another at its right; the left one gives way.

    What stands right behind the left text is not cut off with it.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._left = self._behind = self._right = Content()

    def show(self, left: Content, right: Content, *, behind: Content | None = None) -> None:
        """Show two texts, and one behind the left one."""
        texts = left, right, behind or Content()
        if not all(map(Content.is_same, texts, (self._left, self._right, self._behind))):
            self._left, self._right, self._behind = texts
            self.refresh()

    def fitted(self, width: int) -> Content:
        """Return the two texts at their ends."""
        apart = 2 if self._right else 0
        room = max(0, width - self._behind.cell_length - self._right.cell_length - apart)
        left = self._left.truncate(room, ellipsis=True) if room else Content()
        left += self._behind
        gap = " " * max(0, width - left.cell_length - self._right.cell_length)
        return left + gap + self._right


NARROW = 80
_NEEDED = frozenset(("want", "archive", "tag", "undo", "filter", "export", "back", "view(1)"))


class KeyHints(FittedLine):
    """The footer: keys and what they do here. What has no room is left out: first what nobody has
    to find here in the first minutes, then from the end."""

    def __init__(self) -> None:
        super().__init__(id="hints")
        self._before = ""
        self._hints: Sequence[tuple[str, str, str]] = ()
        self._needed = _NEEDED

    def show(self, before: str, hints: Sequence[tuple[str, str, str]], *, needed: str = "") -> None:
        """Show hints, each a key, its action and a few words, behind the text `before`; `needed` is
        an action that one has to find here, too."""
        shown = before, hints, _NEEDED | {needed}
        if shown != (self._before, self._hints, self._needed):
            self._before, self._hints, self._needed = shown
            self.refresh()

    def fitted(self, width: int) -> Content:
        """Return as many hints as there is room for."""
        parts = [Content.styled(self._before, "bold $accent")] if self._before else []
        gap = 3 if width > NARROW else 2
        room = width - sum(part.cell_length + gap for part in parts)
        *hints, last = self._hints or [("", "", "")]
        room -= cell_len(f"{last[0]} {last[2]}")
        taken = set()
        for hint in sorted(hints, key=lambda hint: hint[1] not in self._needed):
            need = cell_len(f"{hint[0]} {hint[2]}") + gap
            if need > room:
                break
            taken.add(hint)
            room -= need
        parts += [_hint(*hint) for hint in hints if hint in taken]
        parts.append(_hint(*last))  # "? all keys" is never what is left out
        return Content(" " * gap).join(parts)


def keyed(hints: str) -> Content:
    """Return hints with their keys in the accent colour: each a key and what it does, three blanks
    between them."""
    parts = [hint.partition(" ") for hint in hints.split("   ") if hint]
    shown = [Content.assemble((k, "bold $accent"), (f" {does}", "$muted")) for k, _, does in parts]
    return Content("   ").join(shown)


def _hint(key: str, action: str, words: str) -> Content:
    hint = Content.assemble((key, "bold $accent"), " ", (words, "$muted"))
    return clickable(hint, action)
