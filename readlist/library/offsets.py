"""The side file: where each document of the snapshot lies, and the columns of the papers.

It makes opening independent of size. It is disposable: it is used only with the very file that it
was made of, told by that file's stamp, and each document read is checked for its id.

One line of JSON, then the arrays that it lists, as they are in memory: for each table ids and
offsets (int64), lengths and sums (uint32); for the columns ids and moments (int64), states, stars
and whether there are tags (uint8).
"""

import json
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast, overload

from readlist.library import disk
from readlist.library.columns import Columns
from readlist.record import Record, field

VERSION = 5
_HEADER_ROOM = 1 << 16
_WIDTH = 8 + 8 + 4 + 4  # bytes of a document's id, offset, length and sum
_COLUMNS_WIDTH = 8 + 8 + 1 + 1 + 1
_ALONE = 600  # numbers that are read at once in the time that one takes by itself


class MovedError(Exception):
    """A document is not where it was: another program wrote the file."""


Again = Callable[[], dict[str, "Positions"]]
"""Finds where the documents of each table lie without the side file. Raises `MovedError`."""


class _File:
    """An open file, closed when nobody has it any more. Raises `OSError`."""

    def __init__(self, path: Path) -> None:
        self.number = disk.open_to_read(path)
        self.stamp = disk.stamp(self.number)

    def __del__(self) -> None:
        with suppress(AttributeError, OSError):  # not opened, or closed by others
            disk.close(self.number)


class StoredNumbers(Sequence[int]):
    """Numbers of the side file, not to be altered: read one by one where few are asked for.

    The first frame of a million papers asks for some hundred; to read all of them took a sixth of
    its time. Once another program wrote into the file, `again` gives the same numbers; without it,
    or when there are others by now, `MovedError` is raised.
    """

    def __init__(
        self,
        typecode: Literal["q", "I"],
        file: _File,
        start: int,
        count: int,
        again: "Callable[[], array[int]] | None" = None,
    ) -> None:
        self._typecode: Literal["q", "I"] = typecode
        self._width = array(typecode).itemsize
        self._file = file
        self._start = start
        self._count = count
        self._again = again
        self._known: dict[int, int] = {}
        self._all: memoryview | None = None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> "memoryview[int]": ...

    def __getitem__(self, place: int | slice) -> "int | memoryview[int]":
        if isinstance(place, slice) or self._all is not None:
            return self._whole()[place]
        found = self._known.get(place)
        return self._alone(place) if found is None else found

    def _alone(self, place: int) -> int:
        if not -self._count <= place < self._count:
            raise IndexError(place)
        is_enough = len(self._known) > self._count // _ALONE
        data = None if is_enough else self._bytes(place % self._count, 1)
        if data is None:
            return self._whole()[place]
        found = int.from_bytes(data, sys.byteorder, signed=self._typecode == "q")
        self._known[place] = found
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._whole())

    def __bytes__(self) -> bytes:
        return bytes(self._whole())

    def __eq__(self, other: object) -> bool:
        return self._whole() == (other._whole() if isinstance(other, StoredNumbers) else other)

    __hash__ = None  # type: ignore[assignment]

    def _whole(self) -> "memoryview[int]":
        if self._all is None:
            data = self._bytes(0, self._count)
            numbers = self._anew() if data is None else data
            self._all = memoryview(numbers).cast("B").cast(self._typecode)
        return self._all

    def _anew(self) -> "array[int]":
        numbers = self._again() if self._again else array(self._typecode)
        if len(numbers) != self._count:
            raise MovedError("another program wrote into the side file")
        return numbers

    def _bytes(self, place: int, count: int) -> bytes | None:
        """Return what the file holds; None when it is not as it was."""
        wanted, number = self._width * count, self._file.number
        with suppress(OSError):
            data = disk.read(number, wanted, self._start + self._width * place)
            if len(data) == wanted and disk.stamp(number) == self._file.stamp:
                return data
        return None


class Positions(NamedTuple):
    """Where the documents of one table lie: ids, ascending, and bytes of each `"id":{…}`.

    `sums` are the CRC-32 of these bytes: what is kept beside the library sees by them which
    documents changed, without reading any.
    """

    ids: "array[int]"
    offsets: "array[int]"
    lengths: "array[int]"
    sums: "array[int]"

    @classmethod
    def none(cls) -> "Positions":
        """Return the positions of an empty table."""
        return cls(array("q"), array("q"), array("I"), array("I"))

    def find(self, number: int) -> int:
        """Return which one has that id, -1 when none has."""
        ids = self.ids
        if not ids:
            return -1
        first, last = ids[0], ids[-1]
        if not first <= number <= last:
            return -1
        most = number - first  # ids before it, if none is missing
        missing = last - first + 1 - len(ids)
        place = bisect_left(ids, number, max(0, most - missing), min(len(ids), most + 1))
        return place if place < len(ids) and ids[place] == number else -1

    def add(self, number: int, offset: int, text: bytes) -> None:
        """Append one document."""
        self.ids.append(number)
        self.offsets.append(offset)
        self.lengths.append(len(text))
        self.sums.append(zlib.crc32(text))

    def in_order(self) -> "Positions":
        """Return them by id; of several with one id the last counts, as in JSON."""
        ids = self.ids
        if all(map(int.__lt__, ids, ids[1:])):
            return self
        last = {number: place for place, number in enumerate(ids)}
        places = [last[number] for number in sorted(last)]
        return Positions(*(array(c.typecode, [c[place] for place in places]) for c in self))


class Contents(Record, frozen=False):
    """What a snapshot holds: its generation ("" in a file not written here) and its documents.

    `follows` names the generations whose changes it took in; `brings`: a change came with it that
    no journal has; `next_ids` the next id of each table; `crc` is that of the whole file; `plain`:
    not one document a line, or not ASCII.
    """

    generation: str = ""
    follows: list[str] = field(default_factory=list)
    next_ids: dict[str, int] = field(default_factory=dict)
    crc: int = 0
    size: int = 0
    plain: bool = False
    tables: dict[str, Positions] = field(default_factory=dict)
    brings: bool = False


def save(path: Path, stamp: disk.Stamp, contents: Contents, columns: Columns | None) -> None:
    """Write the side file at `path` for the snapshot with that stamp. Raises `OSError`."""
    header = {
        "version": VERSION,
        "byteorder": sys.byteorder,
        "stamp": stamp,
        "generation": contents.generation,
        "follows": contents.follows,
        "brings": contents.brings,
        "next_ids": contents.next_ids,
        "crc": contents.crc,
        "plain": contents.plain,
        "tables": [[name, len(table.ids)] for name, table in contents.tables.items()],
        "columns": None if columns is None else len(columns.ids),
        "tallies": [[*key, n] for key, n in columns.tallies.items()] if columns else [],
    }
    line = json.dumps(header).encode("ascii")
    parts = [b"%16d\n" % len(line), line]
    for table in contents.tables.values():
        parts += [bytes(column) for column in table]
    if columns is not None:
        parts += [bytes(column) for column in columns.arrays]
    disk.write_file(path, b"".join(parts))


def load(path: Path, stamp: disk.Stamp, again: Again | None = None) -> Contents | None:
    """Return what the side file at `path` says of the snapshot with that stamp, None if nothing.

    `again` is called if another program writes into that file while it is in use.
    """
    file = _open(path)
    if file is None:
        return None
    try:
        header, start = _header(file.number, stamp)
        contents = Contents(
            header["generation"], header["follows"], header["next_ids"], header["crc"],
            stamp.size, header["plain"], brings=header["brings"],
        )  # fmt: skip
        for name, count in header["tables"]:
            column = partial(_column_again, again, name) if again else None
            contents.tables[name] = Positions(
                _stored("q", file, start, count, column and partial(column, 0)),
                _stored("q", file, start + 8 * count, count, column and partial(column, 1)),
                _stored("I", file, start + 16 * count, count, column and partial(column, 2)),
                _stored("I", file, start + 20 * count, count, column and partial(column, 3)),
            )
            start += _WIDTH * count
        if file.stamp.size < start + _COLUMNS_WIDTH * (header["columns"] or 0):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return contents


def load_columns(path: Path, stamp: disk.Stamp) -> Columns | None:
    """Return the columns that the side file at `path` holds for the snapshot with that stamp."""
    file = _open(path)
    if file is None:
        return None
    try:
        header, start = _header(file.number, stamp)
        count = header["columns"]
        if count is None:
            return None
        start += _WIDTH * sum(length for _, length in header["tables"])
        columns = Columns()
        columns.ids = array("q", (0,)) * count
        columns.status, columns.starred, columns.tagged = (bytearray(count) for _ in range(3))
        columns.moments = _stored("q", file, start + 8 * count, count)
        disk.read_into(file.number, columns.ids, start)
        disk.read_into(file.number, columns.status, start + 16 * count)
        disk.read_into(file.number, columns.starred, start + 17 * count)
        disk.read_into(file.number, columns.tagged, start + 18 * count)
        columns.tallies.update({(code, star): n for code, star, n in header["tallies"]})
        return columns
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _open(path: Path) -> _File | None:
    try:
        return _File(path)
    except OSError:
        return None


def _header(file: int, stamp: disk.Stamp) -> tuple[dict[str, Any], int]:
    """Return the header and where the arrays begin. Raises `ValueError` for another file's."""
    start = disk.read(file, _HEADER_ROOM, 0)
    length = int(start[:17])
    header = json.loads(
        start[17 : 17 + length] if 17 + length <= len(start) else disk.read(file, length, 17)
    )
    wanted = (VERSION, sys.byteorder, list(stamp))
    if (header["version"], header["byteorder"], header["stamp"]) != wanted:
        raise ValueError("made of another file")
    return header, 17 + length


def _column_again(again: Again, name: str, place: int) -> "array[int]":
    column: array[int] = again().get(name, Positions.none())[place]
    return column


def _stored(
    typecode: Literal["q", "I"],
    file: _File,
    start: int,
    count: int,
    again: "Callable[[], array[int]] | None" = None,
) -> "array[int]":
    """Return numbers of the file, read when they are asked for; at once, where a file that is open
    cannot be replaced.
    """
    if not disk.REPLACES_OPEN_FILES:
        return _column(typecode, file.number, start, count)
    numbers = StoredNumbers(typecode, file, start, count, again)
    return cast("array[int]", numbers)  # to those who read it is one


def _column(typecode: Literal["q", "I"], file: int, start: int, count: int) -> "array[int]":
    """Return numbers of the file, not to be altered: a view of what was read, not a copy of it.

    Raises `ValueError` when some are missing.
    """
    data = disk.read(file, array(typecode).itemsize * count, start)
    numbers = memoryview(data).cast(typecode)
    if len(numbers) != count:
        raise ValueError("cut short")
    return cast("array[int]", numbers)  # to those who read it is one
