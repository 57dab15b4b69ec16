"""Every action by its name, for the command palette."""

from collections.abc import Awaitable, Callable, Iterable

from textual.command import DiscoveryHit, Hit, Hits, Provider

from readlist.bindings import BINDINGS, Key, display
from readlist.tui.library_view import LibraryView


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


def _name(key: Key) -> str:
    return key.help[0].upper() + key.help[1:]
