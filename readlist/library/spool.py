"""What is too much for memory, by number: in a file that nobody else sees, gone when we are."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, MutableMapping
from heapq import merge
from pathlib import Path
from typing import TypeVar

from readlist.library import disk

T = TypeVar("T")

_BLOCK = 1 << 20
_NOWHERE = -1
_WIDTH = 8  # bytes of a length


class Spool(MutableMapping[int, T]):
    """Values by number, packed into bytes; in the order in which they came, but those that came
    after a higher number stand last.

    Numbers that ascend take 20 bytes of memory each. What is replaced or taken out still takes its
    room in the file. Raises `OSError` from any method that finds no room there.
    """

    def __init__(
        self, folder: Path, pack: Callable[[T], bytes], unpack: Callable[[bytes], T]
    ) -> None:
        """Make the file, in `folder`: a system removes it, at the latest when this program ends."""
        self._file = -1
        self._file = disk.nameless(folder)
        self._pack, self._unpack = pack, unpack
        self._waiting: list[bytes] = []
        self._written = self._end = 0  # bytes in the file, and with those that wait
        self._numbers, self._offsets, self._lengths = array("q"), array("q"), array("I")
        self._odd: dict[int, tuple[int, int]] = {}  # those that came after a higher number
        self._gone = 0

    def __del__(self) -> None:
        if self._file >= 0:
            disk.close(self._file)

    def __setitem__(self, number: int, value: T) -> None:
        data = self._pack(value)
        place = self._place(number)
        if place >= 0:
            self._gone -= self._offsets[place] == _NOWHERE
            self._offsets[place], self._lengths[place] = self._end, len(data)
        elif self._numbers and number < self._numbers[-1]:
            self._odd[number] = self._end, len(data)
        else:
            self._numbers.append(number)
            self._offsets.append(self._end)
            self._lengths.append(len(data))
        self._waiting.append(data)
        self._end += len(data)
        if self._end - self._written >= _BLOCK:
            self._write()

    def __getitem__(self, number: int) -> T:
        offset, length = self._find(number)
        if offset == _NOWHERE:
            raise KeyError(number)
        if offset + length > self._written:
            self._write()
        return self._unpack(disk.read(self._file, length, offset))

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        if self._odd.pop(number, None) is None:
            self._offsets[self._place(number)] = _NOWHERE
            self._gone += 1

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self._find(number)[0] != _NOWHERE

    def __len__(self) -> int:
        return len(self._numbers) - self._gone + len(self._odd)

    def __iter__(self) -> Iterator[int]:
        for number, offset in zip(self._numbers, self._offsets, strict=True):
            if offset != _NOWHERE:
                yield number
        yield from self._odd

    def ascending(self) -> Iterator[int]:
        """Yield the numbers by their size."""
        there = zip(self._numbers, self._offsets, strict=True)
        return merge((n for n, offset in there if offset != _NOWHERE), sorted(self._odd))

    def _find(self, number: int) -> tuple[int, int]:
        """Return where a value lies, and its length; `_NOWHERE` for one that is not there."""
        place = self._place(number)
        if place >= 0:
            return self._offsets[place], self._lengths[place]
        return self._odd.get(number, (_NOWHERE, 0))

    def _place(self, number: int) -> int:
        """Return the place of a number among those that ascend; -1 when it has none."""
        numbers = self._numbers
        if not numbers or number > numbers[-1]:
            return -1
        place = bisect_left(numbers, number)
        return place if numbers[place] == number else -1

    def _write(self) -> None:
        data = b"".join(self._waiting)
        disk.write_at(self._file, data, self._written)
        self._waiting, self._written = [], self._end


class Row(Collection[T]):
    """Values packed into bytes, one behind the other, to be gone through again and again.

    Raises `OSError` when there is no room for them.
    """

    def __init__(
        self,
        values: Iterable[T],
        folder: Path,
        pack: Callable[[T], bytes],
        unpack: Callable[[bytes], T],
    ) -> None:
        """Take in values, each read when the one before is there."""
        self._file = -1
        self._file = disk.nameless(folder)
        self._unpack = unpack
        self._length = self._end = 0
        waiting: list[bytes] = []
        size = 0
        for value in values:
            data = pack(value)
            waiting += len(data).to_bytes(_WIDTH, "big"), data
            size += _WIDTH + len(data)
            self._length += 1
            if size >= _BLOCK:
                self._write(waiting)
                waiting, size = [], 0
        self._write(waiting)

    def __del__(self) -> None:
        if self._file >= 0:
            disk.close(self._file)

    def __len__(self) -> int:
        return self._length

    def __contains__(self, value: object) -> bool:
        return any(value == one for one in self)

    def __iter__(self) -> Iterator[T]:
        rest = b""
        for start in range(0, self._end, _BLOCK):
            block = rest + disk.read(self._file, _BLOCK, start)
            place = 0
            while (after := place + _WIDTH) <= len(block):
                end = after + int.from_bytes(block[place:after], "big")
                if end > len(block):
                    break
                yield self._unpack(block[after:end])
                place = end
            rest = block[place:]

    def _write(self, waiting: list[bytes]) -> None:
        data = b"".join(waiting)
        disk.write_at(self._file, data, self._end)
        self._end += len(data)


def texts(folder: Path) -> Spool[str]:
    """Return a spool of texts in ASCII."""
    return Spool(folder, lambda text: text.encode("ascii"), lambda data: data.decode("ascii"))
