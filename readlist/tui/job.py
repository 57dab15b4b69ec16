"""Long work in a thread of its own, beside the keys."""

import asyncio
import sys
from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

from readlist.progress import CancelledError, Progress

T = TypeVar("T")

MANY = 500
"""More papers than are read or changed at a key: it would be kept waiting."""

_SWITCH = 0.0005  # seconds that Python lets a thread work while another waits; else it is 0.005


_must_end: list[Thread] = []


def finish() -> None:
    """Wait for the work that must end: the process may end at once, whatever threads it has."""
    for thread in _must_end:
        thread.join()


class Job(Generic[T]):
    """Work that has begun. It gets a `Progress`, by which it is followed, and given up.

    When readlist is left, only work that `must_end` is waited for.
    """

    def __init__(self, work: Callable[[Progress], T], name: str, *, must_end: bool = False) -> None:
        self.name = name
        self.progress = Progress()
        self._work = work
        self._found: list[T] = []
        self._error: Exception | None = None
        self._thread = Thread(target=self._run, name=name, daemon=not must_end)
        if must_end:
            _must_end[:] = [*(other for other in _must_end if other.is_alive()), self._thread]
        sys.setswitchinterval(_SWITCH)
        self._thread.start()

    @property
    def can_be_given_up(self) -> bool:
        """Whether it is not too late for that."""
        return not (self.is_done or self.progress.is_final or self.progress.is_cancelled)

    def _run(self) -> None:
        try:
            self._found.append(self._work(self.progress))
        except CancelledError:
            pass
        except Exception as error:  # handed to who asks for the result
            self._error = error

    @property
    def is_done(self) -> bool:
        """Whether it has ended, in whatever way."""
        return not self._thread.is_alive()

    @property
    def result(self) -> T | None:
        """What it came to; None if it was given up. Raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._found[0] if self._found else None

    async def wait(self, most: float | None = None) -> bool:
        """Wait, for at most so many seconds, until it is done; return whether it is."""
        loop = asyncio.get_running_loop()
        end = None if most is None else loop.time() + most
        pause = 0.001
        while not self.is_done and (end is None or loop.time() < end):
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        return self.is_done

    def cancel(self) -> None:
        """Give it up; it ends when it notices."""
        self.progress.cancel()
