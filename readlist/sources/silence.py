"""For how long nothing has come from the network, while something was asked for."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Silence:
    """Counts the seconds in which at least one thread was asking, and none was answered."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asking = 0
        self._since = 0.0
        self._before = 0.0

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Count the time inside, once for all threads."""
        with self._lock:
            if self._asking == 0:
                self._since = time.monotonic()
            self._asking += 1
        try:
            yield
        finally:
            with self._lock:
                self._asking -= 1
                if self._asking == 0:
                    self._before += time.monotonic() - self._since

    def end(self) -> None:
        """Begin anew: something has come."""
        with self._lock:
            self._before, self._since = 0.0, time.monotonic()

    @property
    def seconds(self) -> float:
        """How long it lasts so far."""
        with self._lock:
            now = time.monotonic() - self._since if self._asking else 0.0
            return self._before + now
