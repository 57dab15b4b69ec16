"""Find where the documents of a snapshot lie: by lines if it was written here, else by JSON."""

import json
import re
import zlib
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path

from readlist.library import disk
from readlist.library.disk import BrokenError, LibraryError
from readlist.library.offsets import Contents, Positions

MARKER = "_snapshot"
"""The table in which a snapshot keeps what it says of itself."""

FORMAT = 1

_BLOCK = 4 << 20
_SPACE = re.compile(r"[ \t\n\r]*")
_TABLE = re.compile(rb'("(?:[^"\\]|\\.)*"):\{$')
_DOCUMENT = re.compile(rb'"(0|-?[1-9]\d{0,18})":\{.*\}(,?)$')


class _PlainError(ValueError):
    """The file is not one document a line as written here."""


def scan(path: Path, file: int) -> Contents:
    """Return what the snapshot that is open as `file` holds; reads all of it.

    Raises `LibraryError` for a file that is no TinyDB library, or only half of one.
    """
    size = disk.stamp(file).size
    if size == 0:
        raise BrokenError(path, "it is empty", "restore a backup, or remove it to begin anew")
    try:
        contents = _Lines(file, size).read()
    except _PlainError:
        contents = _scan_json(path, disk.read(file, size, 0))
    contents.size = size
    contents.tables = {name: table.in_order() for name, table in contents.tables.items()}
    _read_marker(path, file, contents)
    return contents


class _Lines:
    """Reads a snapshot written here, line by line, without parsing the documents."""

    def __init__(self, file: int, size: int) -> None:
        self.file = file
        self.size = size
        self.contents = Contents()
        self.table: Positions | None = None
        self.comma = True  # whether another document, or table, may follow here
        self.closed = False

    def read(self) -> Contents:
        """Return the contents. Raises `_PlainError` for any line that is not as written here."""
        offset = 0
        for line in self._lines():
            if self.closed:
                raise _PlainError
            if offset == 0:
                if line != b"{":
                    raise _PlainError
            elif self.table is not None:
                self._in_table(self.table, line, offset)
            else:
                self._between(line)
            offset += len(line) + 1
        if not self.closed:
            raise _PlainError
        return self.contents

    def _in_table(self, table: Positions, line: bytes, offset: int) -> None:
        match = _DOCUMENT.match(line)
        if match is not None and self.comma:
            self.comma = bool(match[2])
            table.add(int(match[1]), offset, line[:-1] if self.comma else line)
        elif line in (b"}", b"},") and (not self.comma or not table.ids):
            self.table = None
            self.comma = line == b"},"
        else:
            raise _PlainError

    def _between(self, line: bytes) -> None:
        match = _TABLE.match(line)
        if match is not None and self.comma:
            self.table = self.contents.tables[json.loads(match[1])] = Positions.none()
        elif line == b"}" and (not self.comma or not self.contents.tables):
            self.closed = True
        else:
            raise _PlainError

    def _lines(self) -> Iterator[bytes]:
        rest = b""
        for start in range(0, self.size, _BLOCK):
            block = disk.read(self.file, _BLOCK, start)
            self.contents.crc = zlib.crc32(block, self.contents.crc)
            if not block.isascii():
                raise _PlainError
            lines = (rest + block).split(b"\n")
            rest = lines.pop()
            yield from lines
        if rest:
            raise _PlainError


def _scan_json(path: Path, data: bytes) -> Contents:
    """Find the documents in JSON of any formatting."""
    contents = Contents(crc=zlib.crc32(data), plain=True)
    try:
        walk = _Walk(data)
        for name, _ in walk.members():
            table = contents.tables[name] = Positions.none()
            for key, start in walk.members():
                walk.document()
                offset = walk.offset(start)
                table.add(int(key), offset, data[offset : walk.offset(walk.place)])
        walk.finish()
    except (ValueError, OverflowError, RecursionError) as error:
        detail = str(error).split(":")[0].lower()
        raise BrokenError(
            path, f"it is no TinyDB library ({detail})", "restore a backup, or name another file"
        ) from None
    return contents


class _Walk:
    """Goes through JSON without keeping it. Every method raises `ValueError` for what is none."""

    def __init__(self, data: bytes) -> None:
        self.text = data.decode("utf-8")
        self.place = 1 if self.text.startswith("\ufeff") else 0
        self._ascii = len(self.text) == len(data)
        self._counted = self._bytes = 0
        self._decode = json.JSONDecoder().raw_decode

    def members(self) -> Iterator[tuple[str, int]]:
        """Yield each key of the object here, and where it starts; `place` is at its value then.

        Whoever asks for the next one has gone past the value.
        """
        self._expect("{")
        if self._next("}"):
            return
        while True:
            start = self.place
            self._expect('"')
            key, self.place = scanstring(self.text, self.place)
            self._expect(":")
            yield key, start
            if self._next("}"):
                return
            self._expect(",")
            self._skip()

    def document(self) -> None:
        """Go past an object."""
        self._skip()
        value, self.place = self._decode(self.text, self.place)
        if not isinstance(value, dict):
            raise ValueError("a document is not an object")

    def finish(self) -> None:
        """Make sure that nothing follows."""
        self._skip()
        if self.place < len(self.text):
            raise ValueError("something follows its end")

    def offset(self, place: int) -> int:
        """Return how many bytes lie before a place; places are asked for in ascending order."""
        if self._ascii:
            return place
        self._bytes += len(self.text[self._counted : place].encode())
        self._counted = place
        return self._bytes

    def _skip(self) -> None:
        match = _SPACE.match(self.text, self.place)
        self.place = match.end() if match else self.place

    def _next(self, sign: str) -> bool:
        self._skip()
        found = self.text.startswith(sign, self.place)
        self.place += found
        return found

    def _expect(self, sign: str) -> None:
        if not self._next(sign):
            raise ValueError(f"{sign} is wanted at character {self.place}")


def _read_marker(path: Path, file: int, contents: Contents) -> None:
    """Take out the table in which a snapshot says what it is; other programs' files have none."""
    table = contents.tables.pop(MARKER, None)
    place = table.find(1) if table else -1
    if table is None or place < 0:
        return
    try:
        marker = json.loads(b"{%b}" % disk.read(file, table.lengths[place], table.offsets[place]))[
            "1"
        ]
        if marker["format"] > FORMAT:
            raise LibraryError(path, "a newer readlist wrote it", "update readlist")
        next_ids = {str(name): int(number) for name, number in marker["next_ids"].items()}
        follows = [str(name) for name in marker["follows"]]
        brings = bool(marker.get("brings"))
        contents.generation = str(marker["generation"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return  # spoilt by hand: as a file of another program
    contents.follows, contents.next_ids, contents.brings = follows, next_ids, brings
