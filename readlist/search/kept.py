"""An index kept in a file: disposable, and read only where a query asks.

A header, then the long arrays (`segment.LONG`), each at its place; behind them what is held in
memory: words, ends, columns. The header has the file's size, a checksum of what is held in memory,
and a `signature` of its keeper, so that a damaged, foreign or older file is found out. It comes
into its place whole, by a rename.
"""

import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np

from readlist.search import columns as own_columns
from readlist.search import segment as own_segment
from readlist.search.columns import Columns
from readlist.search.index import Index
from readlist.search.segment import LONG, Array, Memory, Segment, Source

MAGIC = b"readlist words 1\n"
_HEADER = 4096
_ENDS = ("posting_ends", "position_ends")


class DamagedError(Exception):
    """What is in the file is no index, or not all of one: make it anew."""


class FileArrays:
    """Long arrays in an open file; `places` says at which byte each begins."""

    def __init__(self, file: IO[bytes], places: Mapping[str, int]) -> None:
        self._file = file
        self._places = places

    def read(self, name: str, start: int, end: int) -> Array:
        """Return a slice of an array. Raises `DamagedError` when the file ends before it."""
        kind = np.dtype(own_segment.TYPES[name])
        size = (end - start) * kind.itemsize
        try:
            self._file.seek(self._places[name] + start * kind.itemsize)
            data = self._file.read(size)
        except (OSError, ValueError) as error:
            raise DamagedError(str(error)) from error
        if len(data) != size:
            raise DamagedError("it is too short")
        return np.frombuffer(data, kind)


class Spill:
    """A file without a name, for the arrays of segments until they are merged."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115
        self._end = 0

    def put(self, source: Source) -> Source:
        """Move arrays from memory to the file; on a full disk they stay in memory."""
        if not isinstance(source, Memory):
            return source
        places, at = {}, self._end
        try:
            self._file.seek(at)
            for name, array in source.arrays.items():
                places[name] = at
                at += self._file.write(array.tobytes()) or 0
        except OSError:
            return source
        if at - self._end != sum(array.nbytes for array in source.arrays.values()):
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
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        self._file = os.fdopen(number, "w+b")
        self._name = Path(name)
        self._places: dict[str, int] = {}
        self._lengths = dict.fromkeys(LONG, 0)
        at = _HEADER
        for long in LONG:
            self._places[long] = at
            at += most[long] * np.dtype(own_segment.TYPES[long]).itemsize
        self._end = at

    def write(self, name: str, piece: Array) -> None:
        """Add a piece to the end of an array."""
        self._file.seek(self._places[name] + self._lengths[name] * piece.itemsize)
        self._file.write(piece.astype(own_segment.TYPES[name], copy=False).tobytes())
        self._lengths[name] += len(piece)

    def hold(self, segment: Segment, columns: Columns, signature: str) -> None:
        """Write what is held in memory, and the header."""
        held = {name: getattr(segment, name).tobytes() for name in _ENDS}
        held["letters"] = segment.letters().tobytes()
        held["words"] = "\n".join(segment.words).encode("utf-8", "surrogatepass")
        for name, kind in own_columns.TYPES.items():
            held[name] = columns[name].astype(kind, copy=False).tobytes()
        data = b"".join(held.values())
        header = {
            "places": self._places,
            "signature": signature,
            "papers": segment.size,
            "held": [[name, len(value)] for name, value in held.items()],
            "at": self._end,
            "crc": zlib.crc32(data),
        }
        self._file.seek(self._end)
        self._file.write(data)
        self._file.seek(0)
        self._file.write((MAGIC + json.dumps(header).encode()).ljust(_HEADER))
        self._file.flush()

    def source(self) -> Source:
        """Return the arrays as they are in the file."""
        return FileArrays(self._file, self._places)

    def finish(self) -> None:
        """Put the file in its place. It waits for the disk: for a thread."""
        try:
            os.fsync(self._file.fileno())
            self._name.replace(self._path)
        except (OSError, ValueError):
            self.drop()

    def drop(self) -> None:
        """Remove the temporary file."""
        with suppress(OSError):
            self._name.unlink()


def load(path: Path) -> tuple[Index, str]:
    """Return the index in a file and its signature. Raises `DamagedError`, `OSError`."""
    file = path.open("rb")
    try:
        header = _header(file)
        held, words = _held(file, header)
        segment = Segment(
            header["papers"],
            words,
            held["posting_ends"],
            held["position_ends"],
            FileArrays(file, header["places"]),
            held["letters"],
        )
        _check(segment, held)
        columns = Columns({name: held[name].copy() for name in own_columns.TYPES})
        return Index.of(segment, columns), header["signature"]
    except (ValueError, KeyError, TypeError, OverflowError, MemoryError) as error:
        file.close()
        raise DamagedError(str(error)) from error
    except (DamagedError, OSError):
        file.close()
        raise


def _header(file: IO[bytes]) -> dict[str, Any]:
    start = file.read(_HEADER)
    if not start.startswith(MAGIC):
        raise DamagedError("it is no index of this version")
    header: dict[str, Any] = json.loads(start[len(MAGIC) :])
    return header


def _held(file: IO[bytes], header: dict[str, Any]) -> tuple[dict[str, Array], list[str]]:
    """Return the arrays that are held in memory, by name, and the words."""
    file.seek(header["at"])
    data = file.read()
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
            held[name] = np.frombuffer(
                data, kinds[name], size // np.dtype(kinds[name]).itemsize, at
            )
        at += size
    return held, words


def _check(segment: Segment, held: dict[str, Array]) -> None:
    """Raise `DamagedError` when what is held does not fit together."""
    ends = (segment.posting_ends, segment.position_ends)
    is_right = all(
        len(column) == segment.size for name, column in held.items() if name not in _ENDS
    )
    is_right &= all(len(end) == len(segment.words) + 1 for end in ends)
    if not is_right:
        raise DamagedError("its parts do not fit")
