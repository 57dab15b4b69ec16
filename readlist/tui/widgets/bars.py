"""The lines above and below the list: where one is, what happened, which keys matter now."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from readlist.tui.widgets.clickable import clickable


class TwoEnds(Static):
    """A line with a text at its left and another at its right; the left one gives way.

    What stands right behind the left text is not cut off with it.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._left = self._behind = self._right = Content()

    def show(self, left: Content, right: Content, *, behind: Content | None = None) -> None:
        """Show two texts, and one behind the left one."""
        self._left, self._right, self._behind = left, right, behind or Content()
        self._lay_out()

    def on_resize(self) -> None:
        """Keep the right text at the right."""
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.content_size.width
        room = max(0, width - self._behind.cell_length - self._right.cell_length - 1)
        left = self._left.truncate(room, ellipsis=True) if room else Content()
        left += self._behind
        gap = " " * max(0, width - left.cell_length - self._right.cell_length)
        self.update(left + gap + self._right)


class KeyHints(Static):
    """The footer: keys and what they do here. What has no room is left out, from the end."""

    def __init__(self) -> None:
        super().__init__(id="hints", markup=False)
        self._before = ""
        self._hints: Sequence[tuple[str, str, str]] = ()

    def show(self, before: str, hints: Sequence[tuple[str, str, str]]) -> None:
        """Show hints, each a key, its action and a few words, behind the text `before`."""
        if (before, hints) != (self._before, self._hints):
            self._before, self._hints = before, hints
            self._lay_out()

    def on_resize(self) -> None:
        """Show as many hints as there is room for."""
        self._lay_out()

    def _lay_out(self) -> None:
        parts = [Content.styled(self._before, "bold $accent")] if self._before else []
        room = self.content_size.width - sum(part.cell_length + 3 for part in parts)
        *hints, last = self._hints or [("", "", "")]
        for key, action, words in hints:
            need = cell_len(f"{key} {words}") + 3
            if need + cell_len(f"{last[0]} {last[2]}") > room:
                break
            parts.append(_hint(key, action, words))
            room -= need
        parts.append(_hint(*last))  # "? all keys" is never what is left out
        self.update(Content("   ").join(parts))


def _hint(key: str, action: str, words: str) -> Content:
    hint = Content.assemble((key, "bold $accent"), " ", (words, "$muted"))
    return clickable(hint, action)
