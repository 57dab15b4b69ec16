"""An index kept in a file: disposable, and read only where a query asks.

A header, then the long arrays (`segment.LONG`), each at its place; behind them what is held in
memory: words, ends, columns. The header has the file's size, a checksum of what is held in memory,
and a `signature` of its keeper, so that a damaged, foreign or older file is found out. It comes
into its place whole, by a rename.
"""

import json
import os
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from readlist.search import columns as own_columns
from readlist.search import segment as own_segment
from readlist.search.columns import Columns
from readlist.search.index import Index
from readlist.search.segment import LONG, Array, Memory, Segment, Source

MAGIC = b"readlist words 4\n"
_HEADER = 4096
_BINARY = getattr(os, "O_BINARY", 0)
_ABANDONED = 3600  # seconds
_ENDS = ("posting_ends", "position_ends")
_HELD = (*_ENDS, "letters", "words", *own_columns.TYPES)
_WORDS = 50_000


class DamagedError(Exception):
    """What is in the file is no index, or not all of one: make it anew."""


class File:
    """An open file; closed when nobody reads from it any more."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __del__(self) -> None:
        os.close(self.number)

    def read(self, at: int, size: int) -> bytes:
        """Return the bytes from a place on. Raises `DamagedError` when the file ends before."""
        try:
            os.lseek(self.number, at, os.SEEK_SET)
            data = os.read(self.number, size)
            while 0 < len(data) < size:
                more = os.read(self.number, size - len(data))
                if not more:
                    break
                data += more
        except (OSError, ValueError, OverflowError) as error:
            raise DamagedError(str(error)) from error
        if len(data) != size:
            raise DamagedError("it is too short")
        return data

    def write(self, at: int, data: bytes) -> None:
        """Write bytes at a place. Raises `OSError`."""
        os.lseek(self.number, at, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self.number, rest) :]


class FileArrays:
    """Long arrays in an open file; `places` says at which byte each begins."""

    def __init__(self, file: File, places: Mapping[str, int]) -> None:
        self._file = file
        self._places = places

    def read(self, name: str, start: int, end: int) -> Array:
        """Return a slice of an array. Raises `DamagedError` when the file ends before it."""
        kind = np.dtype(own_segment.TYPES[name])
        at = self._places[name] + start * kind.itemsize
        return np.frombuffer(self._file.read(at, (end - start) * kind.itemsize), kind)


class Spill:
    """A file without a name, for the arrays of segments until they are merged."""

    def __init__(self, folder: Path) -> None:
        number, name = tempfile.mkstemp(dir=folder, prefix=".readlist.")
        self._file = File(number)
        self._end = 0
        with suppress(OSError):  # where an open file cannot be removed
            Path(name).unlink()

    def put(self, source: Source) -> Source:
        """Move arrays from memory to the file; on a full disk they stay in memory."""
        if not isinstance(source, Memory):
            return source
        places, at = {}, self._end
        try:
            for name, array in source.arrays.items():
                places[name] = at
                self._file.write(at, array.tobytes())
                at += array.nbytes
        except OSError:
            return source
        self._end = at
        return FileArrays(self._file, places)


class Writer:
    """Writes an index to a temporary file beside `path`; `finish` puts it in its place.

    It is a sink of a merge, of arrays that have at most as many elements as `most` says. Raises
    `OSError` when it cannot be written.
    """

    def __init__(self, path: Path, most: Mapping[str, int]) -> None:
        self._path = path
        _sweep(path)
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        self._file = File(number)
        self._name = Path(name)
        self._places: dict[str, int] = {}
        self._lengths = dict.fromkeys(LONG, 0)
        at = _HEADER
        for long in LONG:
            self._places[long] = at
            at += most[long] * np.dtype(own_segment.TYPES[long]).itemsize
        self._end = at
        self._segment: Segment
        self._columns: Columns
        self._signature = ""

    def write(self, name: str, piece: Array) -> None:
        """Add a piece to the end of an array."""
        at = self._places[name] + self._lengths[name] * piece.itemsize
        self._file.write(at, piece.astype(own_segment.TYPES[name], copy=False).tobytes())
        self._lengths[name] += len(piece)

    def hold(self, segment: Segment, columns: Columns, signature: str) -> None:
        """Take what is held in memory, as it is now; `finish` writes it."""
        self._segment, self._columns, self._signature = segment, columns, signature

    def source(self) -> Source:
        """Return the arrays as they are in the file."""
        return FileArrays(self._file, self._places)

    def finish(self) -> None:
        """Write what was held, and put the file in its place. It takes a while: for a thread."""
        try:
            # opened anew, as who searches meanwhile reads elsewhere in the file
            file = File(os.open(self._name, os.O_RDWR | _BINARY))
            self._write_held(file)
            os.fsync(file.number)
            del file
            self._name.replace(self._path)
        except OSError:
            self.drop()

    def _write_held(self, file: File) -> None:
        """Write what is held in memory, and the header."""
        segment, at, crc = self._segment, self._end, 0
        held: dict[str, int] = dict.fromkeys(_HELD, 0)
        for name, piece in _held_pieces(segment, self._columns):
            file.write(at, piece)
            held[name] += len(piece)
            at, crc = at + len(piece), zlib.crc32(piece, crc)
        header = {
            "places": self._places,
            "signature": self._signature,
            "papers": segment.size,
            "held": list(held.items()),
            "at": self._end,
            "crc": crc,
        }
        file.write(0, (MAGIC + json.dumps(header).encode()).ljust(_HEADER))

    def drop(self) -> None:
        """Remove the temporary file."""
        with suppress(OSError):
            self._name.unlink()


def _held_pieces(segment: Segment, columns: Columns) -> Iterator[tuple[str, bytes]]:
    """Yield what is held in memory, in the order of `_HELD`, in pieces that nobody waits for."""
    for name in _ENDS:
        yield name, getattr(segment, name).tobytes()
    yield "letters", segment.letters().tobytes()
    words = segment.words
    for start in range(0, len(words), _WORDS):
        piece = "\n".join(words[start : start + _WORDS])
        yield "words", (piece if start == 0 else "\n" + piece).encode("utf-8", "surrogatepass")
    for name, kind in own_columns.TYPES.items():
        yield name, columns[name].astype(kind, copy=False).tobytes()


def _sweep(path: Path) -> None:
    """Remove temporary files of those that were killed while they wrote."""
    with suppress(OSError):
        for left in path.parent.glob(f".{path.name}.*"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _ABANDONED:
                    left.unlink()


def load(path: Path) -> tuple[Index, str]:
    """Return the index in a file and its signature. Raises `DamagedError`, `OSError`."""
    file = File(os.open(path, os.O_RDONLY | _BINARY))
    try:
        header = _header(file)
        held, words = _held(file, header)
        segment = Segment(
            header["papers"],
            tuple(words),
            held["posting_ends"],
            held["position_ends"],
            FileArrays(file, header["places"]),
            held["letters"],
        )
        _check(segment, held)
        columns = Columns({name: held[name].copy() for name in own_columns.TYPES})
        return Index.of(segment, columns), str(header["signature"])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, MemoryError) as error:
        raise DamagedError(str(error)) from error


def _header(file: File) -> dict[str, Any]:
    start = file.read(0, _HEADER)
    if not start.startswith(MAGIC):
        raise DamagedError("it is no index of this version")
    header: dict[str, Any] = json.loads(start[len(MAGIC) :])
    return header


def _held(file: File, header: dict[str, Any]) -> tuple[dict[str, Array], list[str]]:
    """Return the arrays that are held in memory, by name, and the words."""
    data = file.read(header["at"], sum(size for _, size in header["held"]))
    if zlib.crc32(data) != header["crc"]:
        raise DamagedError("its checksum is wrong")
    held: dict[str, Array] = {}
    words: list[str] = []
    kinds = {"letters": np.uint64, **dict.fromkeys(_ENDS, np.int64), **own_columns.TYPES}
    at = 0
    for name, size in header["held"]:
        if name == "words":
            text = data[at : at + size].decode("utf-8", "surrogatepass")
            words = text.split("\n") if text else []
        else:
            kind = np.dtype(kinds[name])
            held[name] = np.frombuffer(data, kind, size // kind.itemsize, at)
        at += size
    return held, words


def _check(segment: Segment, held: dict[str, Array]) -> None:
    """Raise `DamagedError` when what is held does not fit together."""
    ends = (segment.posting_ends, segment.position_ends)
    is_right = all(len(held[name]) == segment.size for name in own_columns.TYPES)
    is_right &= len(segment.letters()) == len(segment.words)
    is_right &= all(len(end) == len(segment.words) + 1 for end in ends)
    if not is_right:
        raise DamagedError("its parts do not fit")
