"""What was reported to the user, kept beside the library: `library.json.notices`, a line each."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

from readlist.library import disk
from readlist.library.beside import beside
from readlist.record import Record
from readlist.text import clean_line, shorten

_LIMIT = 1 << 18  # bytes; then only the newest stay
_KEPT = 500
_LONGEST = 1000  # characters


class Notice(Record):
    """What was reported, and when (ISO 8601, UTC)."""

    at: str
    text: str


class Notices:
    """The notices of a library, from all processes that use it.

    Keeping one costs its caller nothing: it is written by `write_behind`, in a thread, or by
    `write`. One that cannot be written is lost, as the user has seen it.
    """

    def __init__(self, library: Path, now: Callable[[], str]) -> None:
        self._path = beside(library, "notices")
        self._library_lock = beside(library, "lock")
        self._now = now
        self._waiting: list[Notice] = []
        self._writing = Lock()

    def keep(self, text: str) -> None:
        """Have a notice written soon."""
        line = shorten(clean_line(text), _LONGEST)
        if line:
            self._waiting.append(Notice(self._now(), line))

    def write_behind(self) -> None:
        """Write what waits, in a thread."""
        if self._waiting:
            Thread(target=self.write, name="notices").start()

    def write(self) -> None:
        """Write what waits."""
        if not self._waiting:
            return
        with self._writing, suppress(OSError):
            waiting, self._waiting = self._waiting, []
            if waiting and self._path.parent.is_dir():
                file = disk.open_to_append(self._path)
                try:
                    disk.write(file, _lines(waiting))
                    is_long = disk.stamp(file).size > _LIMIT
                finally:
                    disk.close(file)
                if is_long:
                    self._shorten()

    def _shorten(self) -> None:
        """Forget the oldest; later, when somebody writes the library just now."""
        lock = disk.Lock(self._library_lock)
        if lock.take(patience=0):
            try:
                disk.write_file(self._path, _lines(self.read()[-_KEPT:]))
            finally:
                lock.close()

    def read(self) -> list[Notice]:
        """Return all that is kept, oldest first; a line that is none is left out."""
        try:
            content = self._path.read_bytes()
        except OSError:
            return []
        return [notice for line in content.split(b"\n") if (notice := _notice(line))]


def _lines(notices: Iterable[Notice]) -> bytes:
    return b"".join(json.dumps([n.at, n.text]).encode() + b"\n" for n in notices)


def _notice(line: bytes) -> Notice | None:
    try:
        at, text = json.loads(line)
    except (ValueError, TypeError, RecursionError):
        return None
    if not (isinstance(at, str) and isinstance(text, str)):
        return None
    return Notice(clean_line(at), clean_line(text))
