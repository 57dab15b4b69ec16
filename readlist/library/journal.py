"""The journal: `library.json.journal`, the changes since the snapshot, one checked line each.

A line is a check sum, a space, and what was changed as JSON (see `layer.py`). The first line
binds the journal to the snapshot: its generation, size and CRC. The sums of the others begin from
the generation's, so that a line holds in this journal alone; a text that looks like one does not.

Spaces are kept behind the last line, and written over: the disk syncs bytes that it has a place for
in two thirds of the time that it takes to make a file longer.
"""

import json
import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from readlist.library import disk
from readlist.library.disk import LibraryError
from readlist.library.layer import encode

VERSION = 1

_HANGING = re.compile(rb"\}.(?=[0-9a-f]{8} \{)", re.DOTALL)
_END = {"readlist": None}
_FIRST_READ = 1 << 16
_ROOM = 1 << 16


class Binding(NamedTuple):
    """The snapshot that a journal belongs to: generation, bytes, CRC-32."""

    generation: str
    size: int
    crc: int


class Journal:
    """A journal file, read up to `end`.

    `binding` is None when the first line is damaged. `damaged` collects the bytes of lines that
    do not check; what follows the last line end was never acknowledged and is left out: `torn`.
    `ended`: its last line says that another journal takes its place.
    """

    def __init__(self, path: Path, file: int) -> None:
        self.path = path
        self.file = file
        self.number = disk.stamp(file).number
        self.end = 0
        self.binding: Binding | None = None
        self.damaged: list[bytes] = []
        self.torn = False
        self.ended = False
        self._room = 0
        self._seed = 0
        self._first = 0

    @classmethod
    def open(cls, path: Path) -> "Journal | None":
        """Open the journal at `path` and read its first line; None when there is none.

        Raises `OSError`, and `LibraryError` for a journal of a newer readlist.
        """
        try:
            file = disk.open_to_write(path)
        except FileNotFoundError:
            return None
        except OSError:
            file = disk.open_to_read(path)  # read-only: whoever changes it then is told
        journal = cls(path, file)
        try:
            journal._read_first()
        except BaseException:
            journal.close()
            raise
        return journal

    @classmethod
    def start(cls, path: Path, binding: Binding, text: str | None) -> "Journal":
        """Put a new journal in the place of the old one; `text` is its first change, if any.

        Raises `OSError`.
        """
        first = encode({"readlist": "journal", "version": VERSION, **binding._asdict()})
        data = _line(first, 0) + (_line(text, _seed(binding.generation)) if text else b"")
        disk.write_file(path, data)
        journal = cls(path, disk.open_to_write(path))
        journal.end, journal._first = len(data), len(first) + 10
        journal.binding, journal._seed = binding, _seed(binding.generation)
        return journal

    @property
    def has_changes(self) -> bool:
        """Whether there is anything but the first line."""
        return len(self.all()) > self._first

    @property
    def has_more(self) -> bool:
        """Whether something was written behind what was read."""
        return disk.read(self.file, 1, self.end) not in (b"", b" ")

    def all(self) -> bytes:
        """Return the whole file, without the room at its end."""
        return disk.read(self.file, disk.stamp(self.file).size, 0).rstrip(b" ")

    def close(self) -> None:
        """Close the file."""
        disk.close(self.file)

    def assume(self, generation: str) -> None:
        """Read on as if bound to that generation: the first line is damaged."""
        self._seed = _seed(generation)

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the changes behind `end`, which goes along."""
        self._room = disk.stamp(self.file).size
        *lines, rest = disk.read(self.file, max(0, self._room - self.end), self.end).split(b"\n")
        self.torn = bool(rest.strip(b" "))  # or still being written
        for line in lines:
            self.end += len(line) + 1
            for record in self._read(line):
                if record == _END:
                    self.ended = True
                else:
                    yield record

    def append(self, text: str) -> None:
        """Write one change at the end, not yet synced. Raises `OSError`; to be cut then."""
        data = _line(text, self._seed)
        end = self.end + len(data)
        if end > self._room:
            disk.write_at(self.file, data + b" " * _ROOM, self.end)
            self._room = end + _ROOM
        else:
            disk.write_at(self.file, data, self.end)
        self.end = end

    def finish(self) -> None:
        """Tell whoever has the file open that another one takes its place. Raises `OSError`."""
        self.append(encode(_END))
        self.ended = True

    def cut(self) -> None:
        """Drop what is behind the last good line. Raises `OSError`."""
        disk.cut(self.file, self.end)
        self._room = self.end
        self.torn = False

    def _read_first(self) -> None:
        data = disk.read(self.file, _FIRST_READ, 0)
        line, end, _ = data.partition(b"\n")
        found = _checked(line, 0) if end else None
        try:
            if found is None or found["readlist"] != "journal":
                raise ValueError
            version = found["version"]
            binding = Binding(str(found["generation"]), int(found["size"]), int(found["crc"]))
        except (KeyError, TypeError, ValueError):
            self.damaged.append(line)
            self.end = self._first = len(line) + len(end)
            return
        if version > VERSION:
            raise LibraryError(self.path, "a newer readlist wrote it", "update readlist")
        self.end = self._first = len(line) + 1
        self.binding, self._seed = binding, _seed(binding.generation)

    def _read(self, line: bytes) -> Iterator[dict[str, Any]]:
        found = _checked(line, self._seed)
        if found is not None:
            yield found
            return
        # Where a line end was damaged, a good line hangs on another.
        starts = [0, *(match.start() + 2 for match in _HANGING.finditer(line)), len(line) + 1]
        for start, end in pairwise(starts):
            found = _checked(line[start : end - 1], self._seed)
            if found is None:
                self.damaged.append(line[start : end - 1])
            else:
                yield found


def _seed(generation: str) -> int:
    return zlib.crc32(generation.encode())


def _line(text: str, seed: int) -> bytes:
    data = text.encode("ascii")
    return b"%08x %b\n" % (zlib.crc32(data, seed), data)


def _checked(line: bytes, seed: int) -> dict[str, Any] | None:
    """Return what a line says, None when its sum is not that of its text."""
    try:
        if int(line[:8], 16) != zlib.crc32(line[9:], seed) or line[8:9] != b" ":
            return None
        found = json.loads(line[9:])
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
