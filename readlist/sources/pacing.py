"""One request at a time to each service, with a pause between: for all threads and programs.

A file for each service, in the cache's folder, says when the next request may begin; who holds its
lock may ask. Without a folder that can be written, threads of one program keep the pace.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from readlist.library.disk import Lock

Wait = Callable[[float], None]
"""Sleeps for so many seconds; raises `CancelledError` when the work was given up."""

_SLICE = 0.1  # seconds between two looks at a lock that others hold
_LONGEST = 3600.0  # seconds that a service can make us wait, or a clock that was wrong

_of_threads: dict[str, threading.Lock] = {}
_later: dict[str, float] = {}  # where there is no file


class BusyError(Exception):
    """It is not one's turn in time; `seconds`: how long it still takes, if that is known."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds


class Turn:
    """The right to make one request now. Say `asked` when it is sent."""

    def __init__(self, pace: "Pace") -> None:
        self._pace = pace

    def asked(self) -> None:
        """Keep that a request was sent just now."""
        self._pace.not_before(time.time() + self._pace.pause)

    def hold_off(self, seconds: float) -> None:
        """Keep that the service wants to be left alone for so many seconds."""
        self._pace.not_before(time.time() + min(seconds, _LONGEST))


class Pace:
    """The pace of one service, called `name`, with `pause` seconds between two requests."""

    def __init__(self, folder: Path, name: str, pause: float) -> None:
        self.name = re.sub(r"[^\w.-]", "_", name)[:100]
        self.pause = pause
        self._path = folder / "pace" / f"{self.name}.next"
        self._has_file = True

    @contextmanager
    def turn(self, wait: Wait, patience: float) -> Iterator[Turn]:
        """Wait for one's turn, and have it. Raises `BusyError`, and what `wait` raises."""
        end = time.monotonic() + patience
        while True:
            with self._alone(wait, end):
                pause = min(self._next() - time.time(), _LONGEST)
                if pause <= 0:
                    yield Turn(self)
                    return
            if time.monotonic() + pause > end:
                raise BusyError(pause)
            wait(pause)  # without the lock, so that each who waits is as likely to be the next

    def not_before(self, moment: float) -> None:
        """Keep when the next request may begin, at the soonest; for who has the turn."""
        moment = max(moment, min(self._next(), time.time() + _LONGEST))
        _later[str(self._path)] = moment
        if self._has_file:
            with suppress(OSError):
                self._path.write_text(f"{moment:.3f}\n", "ascii")

    def _next(self) -> float:
        kept = _later.get(str(self._path), 0.0)
        if self._has_file:
            with suppress(OSError, ValueError):  # none yet, or not whole
                kept = max(kept, float(self._path.read_text("ascii")))
        return kept

    @contextmanager
    def _alone(self, wait: Wait, end: float) -> Iterator[None]:
        """Hold the lock between threads, and that between programs if the folder is writable."""
        own = _of_threads.setdefault(str(self._path), threading.Lock())
        while not own.acquire(timeout=_SLICE):
            self._go_on(wait, end)
        lock = Lock(self._path.with_suffix(".lock"))
        try:
            try:
                while not lock.take(patience=_SLICE):
                    self._go_on(wait, end)
            except OSError:
                self._has_file = False
            yield
        finally:
            lock.close()
            own.release()

    @staticmethod
    def _go_on(wait: Wait, end: float) -> None:
        wait(0.0)
        if time.monotonic() > end:
            raise BusyError
