"""What can be asked of papers without their words, as arrays: a value for each slot."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import numpy as np

from readlist.days import day_of
from readlist.paper import Paper, Status
from readlist.search import ranges
from readlist.search.conditions import HAS, Condition, Moment
from readlist.search.segment import Array
from readlist.search.tree import Dates, Has, LastImport, Numbers, State

NONE = -1
"""The value of a date or a number that a paper does not have."""

STAMPS = ("added", "decided", "started", "finished", "changed")
TYPES: dict[str, type] = {
    "id": np.int64,
    "alive": np.bool_,  # false for one that was removed, or is at another slot since it changed
    "hash": np.uint64,  # of its texts
    "line": np.uint32,  # whatever its keeper knows it by
    "title": np.uint16,  # words in the title
    "rest": np.uint32,  # words elsewhere
    "status": np.uint8,
    "starred": np.bool_,
    "has": np.uint32,  # a bit for each of `HAS`
    "published": np.int32,  # as 20240100; zeros for what is not known
    "day": np.int32,  # alike: see `days.day_of`
    **dict.fromkeys(STAMPS, np.int64),  # as 20240131235959, UTC
    **dict.fromkeys(("upvotes", "comments", "authors"), np.int64),
}
_CODES = {status: code for code, status in enumerate(Status)}
_BITS = {name: 1 << bit for bit, name in enumerate(HAS)}
_HAS = [(bit, HAS[name]) for name, bit in _BITS.items()]
_SET = (
    "id", "alive", "hash", "line", "status", "starred", "has", "published", "day",
    *STAMPS, "upvotes", "comments", "authors",
)  # fmt: skip
"""The columns that a paper's own values are in, in the order of `set`."""
_HIGHEST = 2**62
_DAY = timedelta(days=1)


class Columns:
    """The columns of `size` slots; `columns["status"]` is one of them, by the names of `TYPES`."""

    def __init__(self, arrays: dict[str, Array] | None = None) -> None:
        self._arrays = arrays or {name: np.zeros(0, kind) for name, kind in TYPES.items()}
        self.size = len(self._arrays["id"])
        self._rows: list[tuple[int, ...]] = []  # noted, not yet in the columns

    def __getitem__(self, name: str) -> Array:
        """Return a column; it changes when papers do, do not hold on to it."""
        if self._rows:
            self._settle()
        return self._arrays[name][: self.size]

    def append(self) -> int:
        """Make a slot, and return it."""
        if self.size == len(self._arrays["id"]):
            room = max(64, self.size // 4)
            for name, kind in TYPES.items():
                self._arrays[name] = np.append(self[name], np.zeros(room, kind))
        self.size += 1
        return self.size - 1

    def set(self, slot: int, paper: Paper, digest: int, line: int) -> None:
        """Note what a paper is now: alive."""
        self._rows.append(
            (
                slot,
                paper.id,
                True,
                digest,
                line,
                _CODES[paper.status],
                paper.starred,
                sum([bit for bit, has in _HAS if has(paper)]),
                _day(paper.published),
                _day(day_of(paper)),
                *[_stamp(getattr(paper, name)) for name in STAMPS],
                _number(paper.upvotes),
                _number(paper.comments),
                _number(paper.number_of_authors),
            )
        )

    def _settle(self) -> None:
        """Write down what was noted: of many papers at once in a tenth of the time."""
        slots, *values = zip(*self._rows, strict=True)
        self._rows.clear()
        rows = np.array(slots)
        for name, column in zip(_SET, values, strict=True):
            self._arrays[name][rows] = np.array(column, TYPES[name])

    def set_sizes(self, first: int, title: Array, rest: Array) -> None:
        """Note how many words papers have, from slot `first` to the last."""
        self["title"][first:] = np.minimum(title, np.iinfo(TYPES["title"]).max)
        self["rest"][first:] = np.minimum(rest, np.iinfo(TYPES["rest"]).max)

    def only(self, slots: Array) -> "Columns":
        """Return the columns of these slots."""
        return Columns({name: self[name][slots] for name in TYPES})

    def mask(self, condition: Condition, moment: Moment) -> Array:
        """Return which slots have what a condition asks for; none of the text, none of `EXACT`."""
        match condition:
            case State(name):
                return self._state(name)
            case Has(name):
                has: Array = self["has"] & _BITS[name] != 0
                return has
            case Dates(name, text):
                first, last = ranges.days(text, moment.now.astimezone().date())
                if name == "day":
                    return self._on_days(first, last)
                if name in ("year", "published"):
                    return self._published(first, last)
                return self._between(name, _utc(first, time.min), _utc(last, time(23, 59, 59)))
            case Numbers(name, text):
                low, high = ranges.numbers(text)
                return self._between(name, max(low, 0), min(high, _HIGHEST))
            case LastImport():
                return np.isin(self["id"], np.fromiter(moment.last_import, np.int64, -1))
        raise TypeError(condition)

    def _state(self, name: str) -> Array:
        match name:
            case "any":
                return np.ones(self.size, bool)
            case "starred":
                return self["starred"].copy()
            case "unread":
                unread = (_CODES[Status.NEW], _CODES[Status.TO_READ])
                return np.isin(self["status"], unread)
        return np.equal(self["status"], _CODES[Status(name)])

    def _between(self, name: str, low: int, high: int) -> Array:
        column = self[name]
        found: Array = (column != NONE) & (column >= low) & (column <= high)
        return found

    def _published(self, first: date, last: date) -> Array:
        # known to the year only, a paper is in every range that has a day of that year
        if first > last:
            return np.zeros(self.size, bool)
        known = self["published"]
        low, high = _day(first.isoformat()), _day(last.isoformat())
        unit = np.where(known % 10_000 == 0, 10_000, np.where(known % 100 == 0, 100, 1))
        found: Array = (known != NONE) & (known >= low // unit * unit) & (known <= high)
        return found

    def _on_days(self, first: date, last: date) -> Array:
        # known to the month only, a paper is in no range that has not all of the month
        if first > last:
            return np.zeros(self.size, bool)
        known = self["day"]
        from_day = known + np.where(known % 10_000 == 0, 101, np.where(known % 100 == 0, 1, 0))
        to_day = known + np.where(known % 10_000 == 0, 1231, np.where(known % 100 == 0, 31, 0))
        low, high = _day(first.isoformat()), _day(last.isoformat())
        if last == date.max or (last + _DAY).day == 1:
            high = high // 100 * 100 + 31  # any month's last day
        found: Array = (known != NONE) & (from_day >= low) & (to_day <= high)
        return found


def code_of(status: Status) -> int:
    """Return the value of a status in its column."""
    return _CODES[status]


def _number(number: int | None) -> int:
    return NONE if number is None or not 0 <= number <= _HIGHEST else number


@lru_cache(maxsize=10_000)
def _day(text: str | None) -> int:
    """Return a date at the precision known, as a number that sorts; one that is spoilt is none."""
    digits = (text or "").replace("-", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) in (4, 6, 8)):
        return NONE
    return int(digits.ljust(8, "0"))


@lru_cache(maxsize=10_000)  # an import gives all its papers one
def _stamp(text: str | None) -> int:
    digits = "".join(filter(str.isdigit, text or ""))
    return int(digits) if len(digits) == 14 and digits.isascii() else NONE


def _utc(day: date, clock: time) -> int:
    """Return a local time of a day as the columns have moments."""
    moment = datetime.combine(day, clock)
    if 1970 < day.year < 3000:  # beyond, systems differ on whether they know their local time
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return int(f"{moment.year:04}{moment:%m%d%H%M%S}")
