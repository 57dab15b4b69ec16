"""Every action by its name, for the command palette."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from textual.binding import Binding
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets import Input
from textual.worker import Worker

from readlist.bindings import BINDINGS, Key, display
from readlist.tui.library_view import LibraryView

_LONGEST_WAIT = 100  # hundredths of a second


class Palette(CommandPalette):
    """Textual's palette, in which enter runs what was typed: Textual's own runs whatever stands
    first in the list until the answer to the last letter comes."""

    BINDINGS = [Binding("enter", "choose", priority=True)]

    def __init__(self) -> None:
        super().__init__(id="--command-palette")
        self._sought = ""
        self._search: Worker[Any] | None = None

    def _gather_commands(self, search_value: str) -> Worker[Any]:
        self._sought = search_value
        self._search = super()._gather_commands(search_value)
        return self._search

    async def action_choose(self) -> None:
        """Run the action under the cursor, once the list is that of what was typed."""
        typed = self.query_one(Input).value.strip()
        for _ in range(_LONGEST_WAIT):
            if self._sought == typed and self._search is not None and self._search.is_finished:
                self._select_or_command()
                return
            await asyncio.sleep(0.01)


class Actions(Provider):
    """The actions that have keys."""

    async def discover(self) -> Hits:
        """Yield all actions, for an empty line."""
        for key in self._keys():
            yield DiscoveryHit(_name(key), self._runner(key), help=display(key.keys))

    async def search(self, query: str) -> Hits:
        """Yield the actions that a text may mean."""
        matcher = self.matcher(query)
        for key in self._keys():
            score = matcher.match(_name(key))
            if score > 0:
                score += _begins(_name(key), query)
                shown = matcher.highlight(_name(key))
                yield Hit(score, shown, self._runner(key), help=display(key.keys))

    def _keys(self) -> Iterable[Key]:
        """Return the keys in force."""
        return self.screen.keys.values() if isinstance(self.screen, LibraryView) else BINDINGS

    def _runner(self, key: Key) -> Callable[[], Awaitable[None]]:
        screen = self.screen

        async def run() -> None:
            if isinstance(screen, LibraryView) and not screen.check_action(key.id, ()):
                screen.set_focus(screen.papers)  # from the filter, where keys are text
            await screen.run_action(key.id)

        return run


def _begins(name: str, query: str) -> int:
    """Return 1 when a name begins so, 2 when that is its first word: these come before others."""
    name, query = name.lower(), query.lower()
    if not name.startswith(query):
        return 0
    return 1 if name[len(query) : len(query) + 1].isalnum() else 2


def _name(key: Key) -> str:
    return key.help[0].upper() + key.help[1:]
