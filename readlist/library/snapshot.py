"""The snapshot: `library.json`, plain TinyDB JSON, its documents read when they are looked at."""

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import ref

from readlist.library import disk, offsets, scanning
from readlist.library.columns import Columns
from readlist.library.disk import LibraryError
from readlist.library.layer import Document, encode
from readlist.library.offsets import Contents, MovedError, Positions

_BLOCK = 1 << 20
_NONE = Positions.none()
_decode = json.JSONDecoder().raw_decode


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the system says into a `LibraryError` about `path`."""
    try:
        yield
    except OSError as error:
        raise disk.explain(error, path) from error
    except MovedError:
        raise LibraryError(
            path, "another program is writing it", "try again when it is done"
        ) from None


class Snapshot:
    """The documents of one snapshot file. Without a file: none, and no stamp."""

    def __init__(self, path: Path, side: Path) -> None:
        self.path = path
        self.side = side
        self.file: int | None = None
        self.stamp: disk.Stamp | None = None  # None: there is no file
        self.contents = Contents()
        self.scanned = False

    @classmethod
    def open(cls, path: Path, side: Path, *, trust: bool = True) -> "Snapshot":
        """Open the snapshot at `path`, an empty one if there is none; `side` is its side file.

        Without `trust` the side file is not believed, but made anew.
        Raises `LibraryError` for what is no library, `OSError` for what cannot be read.
        """
        snapshot = cls(path, side)
        try:
            file = disk.open_to_read(path)
        except FileNotFoundError:
            return snapshot
        snapshot.file = file
        try:
            snapshot.stamp = disk.stamp(file)
            found = offsets.load(side, snapshot.stamp, _again(snapshot)) if trust else None
            snapshot.scanned = found is None
            snapshot.contents = found or scanning.scan(path, file)
        except BaseException:
            snapshot.close()
            raise
        return snapshot

    @classmethod
    def written(cls, path: Path, side: Path, contents: Contents) -> "Snapshot":
        """Open the snapshot at `path`, just written with these contents. Raises `OSError`."""
        snapshot = cls(path, side)
        snapshot.file = disk.open_to_read(path)
        snapshot.stamp = disk.stamp(snapshot.file)
        snapshot.contents = contents
        return snapshot

    def close(self) -> None:
        """Close the file."""
        if self.file is not None:
            disk.close(self.file)
            self.file = None

    def columns(self) -> Columns | None:
        """Return the columns that the side file holds, None when it holds none."""
        if self.stamp is None or self.scanned:
            return None
        return offsets.load_columns(self.side, self.stamp)

    def save_side(self, columns: Columns | None) -> None:
        """Write the side file, if the folder lets us: it is only for speed. The lock is held."""
        if self.stamp is not None:
            with suppress(OSError, MovedError):
                offsets.save(self.side, self.stamp, self.contents, columns)

    def scan_again(self) -> dict[str, Positions]:
        """Return where all documents lie, found without the side file, which is not believed more.

        Raises `LibraryError` when the snapshot is not the same any more.
        """
        if not self.scanned:
            with explained(self.path):
                if self.file is None:
                    raise MovedError(self.path)
                found = scanning.scan(self.path, self.file)
                if (found.crc, found.size) != (self.contents.crc, self.contents.size):
                    raise MovedError(self.path)
            self.contents.tables, self.scanned = found.tables, True
        return self.contents.tables

    def positions(self, name: str) -> Positions:
        """Return where the documents of a table lie."""
        return self.contents.tables.get(name, _NONE)

    def has(self, name: str, number: int) -> bool:
        """Whether a table has a document of that id."""
        return self.positions(name).find(number) >= 0

    def document(self, name: str, number: int) -> Document | None:
        """Return a document, parsed anew. Raises `MovedError` when it is not where it was."""
        table = self.positions(name)
        place = table.find(number)
        if place < 0:
            return None
        return self._parse(number, self._raw(table, place))

    def line(self, name: str, number: int) -> bytes:
        """Return a document as a snapshot has it: `"id":{…}`, ASCII. Raises `MovedError`."""
        table = self.positions(name)
        raw = self._raw(table, table.find(number))
        if not self.contents.plain and raw.startswith(b'"%d":{' % number) and raw.endswith(b"}"):
            return raw
        return line(number, encode(self._parse(number, raw)))

    def raw(self, name: str, number: int) -> bytes:
        """Return the bytes where a document should be. Raises `MovedError` without a file."""
        table = self.positions(name)
        return self._raw(table, table.find(number))

    def _raw(self, table: Positions, place: int) -> bytes:
        if self.file is None:
            raise MovedError(self.path)
        return disk.read(self.file, table.lengths[place], table.offsets[place])

    def _parse(self, number: int, raw: bytes) -> Document:
        start = b'"%d":{' % number
        try:
            if raw.startswith(start):
                text = raw[len(start) - 1 :].decode()
                document, end = _decode(text)
                if end == len(text):
                    return document  # type: ignore[no-any-return]
            [(key, document)] = json.loads(f"{{{raw.decode()}}}").items()
            if int(key) == number and isinstance(document, dict):
                return document
        except (ValueError, RecursionError):
            pass
        raise MovedError(self.path)


def _again(snapshot: Snapshot) -> offsets.Again:
    """Return its `scan_again`, without keeping it: it is gone once nobody else has it."""
    known = ref(snapshot)

    def again() -> dict[str, Positions]:
        there = known()
        return {} if there is None else there.scan_again()

    return again


def line(number: int, text: str) -> bytes:
    """Return a document, given as JSON, as a snapshot has it."""
    return f'"{number}":{text}'.encode("ascii")


def write(
    file: int,
    tables: Iterable[tuple[str, Iterable[tuple[int, bytes]]]],
    *,
    follows: list[str],
    next_ids: dict[str, int],
    brings: bool = False,
) -> Contents:
    """Write a new snapshot to an empty file and sync it; return what it holds.

    `tables` gives each name with its documents by id, as lines. Raises `OSError`.
    """
    made = Contents(os.urandom(8).hex(), follows, next_ids, brings=brings)
    marker = {
        "format": scanning.FORMAT,
        "generation": made.generation,
        "follows": follows,
        "brings": brings,
        "next_ids": next_ids,
    }
    writer = _Writer(file, made)
    writer.put(f'{{\n"{scanning.MARKER}":{{\n"1":{encode(marker)}\n}}'.encode("ascii"))
    for name, documents in tables:
        writer.table(name, documents)
    writer.put(b"\n}\n")
    writer.flush()
    disk.sync(file)
    made.size = writer.offset
    return made


class _Writer:
    """Writes in large blocks, and notes the check sum and where each document lies."""

    def __init__(self, file: int, contents: Contents) -> None:
        self.file = file
        self.contents = contents
        self.offset = 0
        self._waiting: list[bytes] = []
        self._size = 0

    def table(self, name: str, documents: Iterable[tuple[int, bytes]]) -> None:
        """Write one table."""
        positions = self.contents.tables[name] = Positions.none()
        self.put(f",\n{encode(name)}:{{\n".encode("ascii"))
        between = b""
        for number, text in documents:
            start = self.offset + len(between)
            self.put(between + text)
            positions.add(number, start, text)
            between = b",\n"
        self.put(b"\n}" if between else b"}")

    def put(self, data: bytes) -> None:
        """Write bytes, sooner or later."""
        self._waiting.append(data)
        self.offset += len(data)
        self._size += len(data)
        if self._size >= _BLOCK:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        data = b"".join(self._waiting)
        self._waiting, self._size = [], 0
        self.contents.crc = zlib.crc32(data, self.contents.crc)
        disk.write(self.file, data)
