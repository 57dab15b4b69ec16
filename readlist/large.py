"""Mappings and lists for numbers of papers that nobody foresees: small in memory, however many."""

import errno
from array import array
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    import sqlite3

V = TypeVar("V", bound=int | str | bytes)

MOST = 1 << 17
"""So many values are in memory at most, and then the dict of them is emptied."""
_FILTER = 1 << 25  # bits
_SHIFT = 25
_CACHE = 2_000  # KiB
_BITS = 9

_NOTHING: Any = object()


class LargeDict(MutableMapping[int, V]):
    """Values by whole numbers, both such as SQLite keeps: 64 bits, texts, bytes.

    A dict, and nothing else, up to `most` of them. Then they go, in order, into a private database
    of SQLite's, which is a file without a name where the system has such; it is gone with this.
    What is not there is mostly told by a filter, without asking: of the keys of a million new
    papers hardly one is there. (Without it, and with a database alone, an import took 12 and 20
    percent longer. Sorted arrays take 50 bytes a paper, and a file of them is a database.)

    Those in the file come first, by number. Raises `OSError` from any method when there is no room
    for the file.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = MOST if most is None else most
        self._recent: dict[int, V] = {}  # what is not in the file, or newer than there
        self._file: sqlite3.Connection | None = None
        self._filter = bytearray()

    def __getitem__(self, number: int) -> V:
        found = self.get(number, _NOTHING)
        if found is _NOTHING:
            raise KeyError(number)
        return found  # type: ignore[no-any-return]

    def get(self, number: int, default: Any = None) -> Any:
        """Return the value of a number, `default` when there is none."""
        found = self._recent.get(number, _NOTHING)
        if found is not _NOTHING:
            return found
        return default if self._file is None else self._filed(number, default)

    def __contains__(self, number: object) -> bool:
        if number in self._recent:
            return True
        return self._file is not None and self._filed(number, _NOTHING) is not _NOTHING

    def __setitem__(self, number: int, value: V) -> None:
        self._recent[number] = value
        if len(self._recent) > self._most:
            self._put_down()

    def setdefault(self, number: int, default: V) -> V:
        """Return the value of a number, which is `default` from now on if there was none."""
        found = self.get(number, _NOTHING)
        if found is not _NOTHING:
            return found  # type: ignore[no-any-return]
        self[number] = default
        return default

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self._recent.pop(number, None)
        if self._file is not None:
            with _explained():
                self._file.execute("DELETE FROM known WHERE number = ?", (number,))

    def __bool__(self) -> bool:
        return bool(self._recent) or any(True for _ in self)

    def __len__(self) -> int:
        return sum(1 for _ in self) if self._file is not None else len(self._recent)

    def __iter__(self) -> Iterator[int]:
        for number, _ in self.pairs():
            yield number

    def pairs(self) -> Iterator[tuple[int, V]]:
        """Yield what `items` does, without asking for each."""
        if self._file is not None:
            with _explained():
                for number, value in self._file.execute("SELECT number, value FROM known"):
                    if number not in self._recent:
                        yield number, value
        yield from self._recent.items()

    def _filed(self, number: Any, default: Any) -> Any:
        assert self._file is not None
        bits = self._filter
        for place in _places(number):
            if not bits[place >> 3] & 1 << (place & 7):
                return default
        with _explained():
            query = "SELECT value FROM known WHERE number = ?"
            row = self._file.execute(query, (number,)).fetchone()
        return row[0] if row else default

    def _put_down(self) -> None:
        """Put into the file what is in memory: in the order of the file, each page once."""
        if self._file is None:
            self._open()
        if self._file is None:
            return
        recent, bits = self._recent, self._filter
        for number in recent:
            for place in _places(number):
                bits[place >> 3] |= 1 << (place & 7)
        with _explained():
            self._file.execute("BEGIN")
            self._file.executemany(
                "REPLACE INTO known VALUES (?, ?)", ((key, recent[key]) for key in sorted(recent))
            )
            self._file.execute("COMMIT")
        self._recent = {}

    def _open(self) -> None:
        try:
            import sqlite3
        except ImportError:  # a Python can be without it: then memory has to do
            self._most = 1 << 62
            return
        with _explained():
            file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            file.execute("PRAGMA journal_mode = OFF")  # nothing in it is ever taken back
            file.execute("PRAGMA synchronous = OFF")
            file.execute("PRAGMA locking_mode = EXCLUSIVE")
            file.execute(f"PRAGMA cache_size = -{_CACHE}")
            file.execute("CREATE TABLE known (number INTEGER PRIMARY KEY, value)")
        self._file, self._filter = file, bytearray(_FILTER >> 3)


def _places(number: int) -> tuple[int, int]:
    """Return the bits of the filter that are set when a number is in the file."""
    return number & _FILTER - 1, number >> _SHIFT & _FILTER - 1


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what SQLite says into an `OSError`, as of any other file."""
    import sqlite3

    try:
        yield
    except sqlite3.Error as error:
        is_full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        reason = "no room for temporary files" if is_full else f"temporary file: {error}"
        raise OSError(errno.ENOSPC if is_full else errno.EIO, reason) from error


class Numbers(Sequence[int]):
    """Different whole numbers of 64 bits in the order in which they came, and whether one is there.

    They take 9 bytes each, if they are not far apart. Equal to any sequence of the same.
    """

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._all = array("q")
        self._bits: dict[int, int] = {}
        self.update(numbers)

    def add(self, number: int) -> None:
        """Take in a number, unless it is there."""
        block, bit = number >> _BITS, 1 << (number & (1 << _BITS) - 1)
        bits = self._bits.get(block, 0)
        if not bits & bit:
            self._all.append(number)
            self._bits[block] = bits | bit

    def update(self, numbers: Iterable[int]) -> None:
        """Take in those of several that are not there."""
        for number in numbers:
            self.add(number)

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int):
            return False
        return bool(self._bits.get(number >> _BITS, 0) >> (number & (1 << _BITS) - 1) & 1)

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[int]:
        return iter(self._all)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        return self._all[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __add__(self, others: Iterable[int]) -> list[int]:
        return [*self, *others]

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Numbers({list(self)})"
