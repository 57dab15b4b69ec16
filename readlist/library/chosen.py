"""Some of many ids, found as they are looked at: a million need no list for forty rows."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import compress, islice
from typing import overload

_BLOCK = 256


class Chosen(Sequence[int]):
    """The ids at whose places `wanted` holds a 1, and not a 0: so many are `length`. Neither may be
    altered later."""

    def __init__(self, ids: "array[int]", wanted: bytes, length: int) -> None:
        self._ids = ids
        self._wanted = wanted
        self._length = length
        self._before = [0]  # how many are chosen before each block; of those that were needed

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        return compress(self._ids, self._wanted)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._length)
            if step != 1:
                return [self[place] for place in range(start, stop, step)]
            return list(islice(self._from(start), max(0, stop - start)))
        if not -self._length <= index < self._length:
            raise IndexError(index)
        return next(self._from(index % self._length))

    def __contains__(self, number: object) -> bool:
        return self._place(number) >= 0

    def index(self, number: int, start: int = 0, stop: int | None = None) -> int:
        """Return where an id stands. Raises `ValueError` when it is not there."""
        place = self._place(number)
        found = self._wanted.count(1, 0, place) if place >= 0 else -1
        if not start <= found < (self._length if stop is None else stop):
            raise ValueError(f"{number} is not there")
        return found

    def _place(self, number: object) -> int:
        """Return where among all ids a chosen one stands, -1 for any other."""
        try:
            place = self._ids.index(number)  # type: ignore[arg-type]
        except (ValueError, TypeError):
            return -1
        return place if self._wanted[place] else -1

    def _from(self, index: int) -> Iterator[int]:
        """Yield the ids from the place `index` on."""
        if index >= self._length:
            return
        before = self._before
        while before[-1] <= index and (start := (len(before) - 1) * _BLOCK) < len(self._wanted):
            before.append(before[-1] + self._wanted.count(1, start, start + _BLOCK))
        block = bisect_right(before, index) - 1
        left = index - before[block]
        place = self._wanted.find(1, block * _BLOCK)
        while place >= 0:
            if left:
                left -= 1
            else:
                yield self._ids[place]
            place = self._wanted.find(1, place + 1)
