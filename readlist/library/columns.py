"""Columns: of each paper its state, star, whether it has tags, and its place in the default order,
without reading it.

The storage knows nothing of papers: a callable says what a document's columns are.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import compress, count
from typing import Any, NamedTuple


class Row(NamedTuple):
    """What a document's columns are: a state's code (0 to 255), its star, when it was added, and
    whether it has tags.

    `moment` is a whole number, larger for what is newer.
    """

    status: int
    starred: bool
    moment: int
    tagged: bool = False


_FEW = 8

ColumnValues = Callable[[dict[str, Any]], tuple[int, bool, int] | tuple[int, bool, int, bool]]


class Columns:
    """Parallel arrays in the default order: newest first, and by id within one moment.

    `ids` never changes in place: a change that moves papers puts another array there. States and
    stars do. `tallies` says how many papers have each state, and are starred (1) or not (0).
    """

    __slots__ = ("ids", "moments", "starred", "status", "tagged", "tallies")

    def __init__(self) -> None:
        self.ids: array[int] = array("q")
        self.moments: array[int] = array("q")  # negated, so that they ascend
        self.status = bytearray()
        self.starred = bytearray()
        self.tagged = bytearray()
        self.tallies: Counter[tuple[int, int]] = Counter()

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Row]]) -> "Columns":
        """Return the columns of documents, given by id."""
        columns = cls()
        columns._append(sorted((-row.moment, number, row) for number, row in rows))
        columns.tallies.update(zip(columns.status, columns.starred, strict=True))
        return columns

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def arrays(self) -> "tuple[array[int], array[int], bytearray, bytearray, bytearray]":
        """All columns, in the order of the side file."""
        return self.ids, self.moments, self.status, self.starred, self.tagged

    def counts(self) -> dict[int, int]:
        """Return how many papers have each state, by its code."""
        found: Counter[int] = Counter()
        for (code, _), number in self.tallies.items():
            found[code] += number
        return found

    def change(self, there: AbstractSet[int], now: Mapping[int, Row]) -> None:
        """Take in what papers are `now`, by id; one that came or went is not `there` or `now`.

        Where a paper stays in its place, this is independent of how many there are. Raises
        `KeyError` when one should be there and is not: the columns are of no use then.
        """
        moving = {number for number in there if not self._stays(number, now.get(number))}
        going = self._places_of(moving)
        for place in going:
            self.tallies[self.status[place], self.starred[place]] -= 1
        coming = [
            (-row.moment, number, row)
            for number, row in now.items()
            if number in moving or number not in there
        ]
        for _, _, row in coming:
            self.tallies[row.status, int(row.starred)] += 1
        if len(going) + len(coming) > _FEW:
            self._splice(going, sorted(coming))
        elif going or coming:
            self._move(going, coming)

    def _stays(self, number: int, row: Row | None) -> bool:
        """Take in what a paper is if it has the same place as before; say whether it has."""
        if row is None:
            return False
        place = self._place(number, -row.moment)
        end = len(self.ids)
        if place == end or (self.ids[place], self.moments[place]) != (number, -row.moment):
            return False
        self.tallies[self.status[place], self.starred[place]] -= 1
        self.tallies[row.status, int(row.starred)] += 1
        self.status[place] = row.status
        self.starred[place] = row.starred
        self.tagged[place] = row.tagged
        return True

    def _places_of(self, numbers: AbstractSet[int]) -> list[int]:
        """Return where papers stand, ascending: O(papers), as nobody knows when they were added."""
        places = list(compress(count(), map(numbers.__contains__, self.ids))) if numbers else []
        if len(places) < len(numbers):
            raise KeyError(numbers - set(self.ids))
        return places

    def _place(self, number: int, moment: int) -> int:
        low = bisect_left(self.moments, moment)
        if low < len(self.ids) and self.ids[low] == number:
            return low  # nothing else came at that moment, mostly
        return bisect_left(self.ids, number, low, bisect_right(self.moments, moment, low))

    def _move(self, going: list[int], coming: list[tuple[int, int, Row]]) -> None:
        """Move what lies behind, for each that comes or goes."""
        self.ids, self.moments = _own(self.ids), _own(self.moments)
        for place in reversed(going):
            for column in self.arrays:
                column.pop(place)
        for moment, number, row in coming:
            place = self._place(number, moment)
            self.ids.insert(place, number)
            self.moments.insert(place, moment)
            self.status.insert(place, row.status)
            self.starred.insert(place, row.starred)
            self.tagged.insert(place, row.tagged)

    def _splice(self, going: list[int], coming: list[tuple[int, int, Row]]) -> None:
        """Copy everything once, however much comes and goes: O(papers) in C."""
        cuts: list[tuple[int, tuple[int, int, Row] | None]] = [(place, None) for place in going]
        cuts += [(self._place(item[1], item[0]), item) for item in coming]
        cuts.sort(key=lambda cut: (cut[0], cut[1] is None))
        made = Columns()
        start = 0
        waiting: list[tuple[int, int, Row]] = []
        for place, item in cuts:
            if place > start:
                made._append(waiting)
                waiting = []
                made._copy(self, start, place)
                start = place
            if item is None:
                start = place + 1
            else:
                waiting.append(item)
        made._append(waiting)
        made._copy(self, start, len(self.ids))
        self.ids, self.moments, self.status, self.starred, self.tagged = made.arrays

    def _append(self, items: list[tuple[int, int, Row]]) -> None:
        self.ids.extend(number for _, number, _ in items)
        self.moments.extend(moment for moment, _, _ in items)
        self.status.extend(row.status for _, _, row in items)
        self.starred.extend(row.starred for _, _, row in items)
        self.tagged.extend(row.tagged for _, _, row in items)

    def _copy(self, other: "Columns", start: int, end: int) -> None:
        self.ids.frombytes(other.ids[start:end].tobytes())
        self.moments.frombytes(other.moments[start:end].tobytes())
        self.status += other.status[start:end]
        self.starred += other.starred[start:end]
        self.tagged += other.tagged[start:end]


def _own(numbers: "array[int]") -> "array[int]":
    """Return numbers in an array that nobody else looks at."""
    return array("q", bytes(numbers))
