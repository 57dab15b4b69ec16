"""Keys, one after the other: what each does is done before the next one is looked at."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from textual import events
from textual._time import get_time
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from readlist.bindings import Key

_BURST = 0.3  # seconds between two keys that are typed without a look at the screen
_LONGEST_WAIT = 0.5  # seconds, for a widget that is busy with a key


def bindings(keys: Iterable[Key]) -> list[Binding]:
    """Return Textual's bindings for keys; each runs the action that its id names.

    They have priority: Textual runs such bindings in the order in which keys are typed, where
    others wait until the focused widget has passed the key on, and the next key overtakes them.
    """
    return [
        Binding(key.keys, key.id, key.short, tooltip=key.help, id=key.id, priority=True)
        for key in keys
    ]


class OrderlyApp(App[int]):
    """An app in which a burst of keys does what the same keys do when typed slowly.

    Textual hands a key to the focused widget and goes on to the next key at once; a binding found
    for that one acts before the widget has seen the first. Here the app waits for the widget, and
    looks for a binding without priority before it hands the key on.
    """

    async def on_event(self, event: events.Event) -> None:
        """Deal with an event; with a key, to its end. What comes behind the key that leaves
        goes nowhere: there may be no screen any more.
        """
        is_typed = isinstance(event, events.InputEvent | events.Paste)
        if is_typed and (self._exit or not self.screen_stack):
            return
        is_new_key = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if isinstance(event, events.Key) and is_new_key and self._is_dropped(event):
            return
        await super().on_event(event)
        if is_new_key:
            await self._settle(is_pasted=isinstance(event, events.Paste))

    _dropped: frozenset[str] = frozenset()
    _last_key = 0.0

    def drop(self, keys: Iterable[str]) -> None:
        """Drop the next key if it is one of these and came in a burst with this one: it was meant
        for a menu that does not open."""
        self._dropped = frozenset(keys)

    def drop_typed(self) -> None:
        """Drop all keys that were typed until now and have not been dealt with."""
        self._deaf_until = get_time()

    _deaf_until = 0.0

    @property
    def still(self) -> float:
        """How many seconds ago the last key came."""
        return get_time() - self._last_key

    def _is_dropped(self, event: events.Key) -> bool:
        if event.time < self._deaf_until:
            return True
        dropped, self._dropped = self._dropped, frozenset()
        before, self._last_key = self._last_key, event.time
        return event.key in dropped and event.time - before < _BURST

    GOES_BACK: frozenset[str] = frozenset()
    """Actions that do not wait for what others would: they give it up."""

    async def ready(self, *, goes_back: bool = False) -> None:
        """Wait for what an action acts on."""

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        await self.ready(goes_back=action_name in self.GOES_BACK)
        return await super()._dispatch_action(namespace, action_name, params)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        if await super()._check_bindings(key, priority):
            return True
        return priority and await super()._check_bindings(key, False)

    async def _settle(self, *, is_pasted: bool) -> None:
        """Wait until the widget that keys go to has dealt with what it was sent; with what was
        pasted, also all that it was handed on to, up to the screen.
        """
        if not self.screen_stack:
            return
        widget = self.focused or self.screen
        await _called(widget.call_later)
        for above in widget.ancestors if is_pasted else ():
            if above is not self:
                await _called(above.call_later)


async def laid_out(screen: Screen[Any]) -> None:
    """Wait until all that is on a screen has its place and size."""
    await _called(screen.call_after_refresh)


async def _called(call: Callable[[Callable[[], None]], Any]) -> None:
    """Wait until `call` calls what it is given."""
    done = asyncio.Event()
    call(done.set)
    with suppress(TimeoutError):
        await asyncio.wait_for(done.wait(), _LONGEST_WAIT)
