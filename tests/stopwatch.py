"""Seconds that the machine had for this process: while it stands still, or has no time for the
tests, nothing is late."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_TICK = 0.05
_LONGEST = 2 * _TICK  # what one tick counts, however late it comes


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """Yield a function that tells the seconds since then."""
    over, seconds = threading.Event(), [0.0]

    def tick() -> None:
        before = time.monotonic()
        while not over.wait(_TICK):
            now = time.monotonic()
            seconds[0] += min(now - before, _LONGEST)
            before = now

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield lambda: seconds[0]
    finally:
        over.set()
        thread.join()


class Patience:
    """So many seconds for something that is looked at again and again."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._before = time.monotonic()

    def has_ended(self) -> bool:
        """Say, between two looks, whether it has not come in time."""
        now = time.monotonic()
        self._left -= min(now - self._before, _LONGEST)
        self._before = now
        return self._left < 0
