"""Which days have papers, and in which states these are: by the columns, no paper is read."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import numpy as np

from readlist import days
from readlist.paper import Status
from readlist.search.columns import code_of
from readlist.search.index import Index
from readlist.search.segment import Array

_STATUS_OF = {code_of(status): status for status in Status}


def beside(index: Index, period: str, step: int) -> str | None:
    """Return the day that has papers next before (`step` -1) or after (1) a day, as ISO 8601; the
    week or month for a week (`2026-W34`) or a month. None when there is none."""
    columns = index.columns
    known = columns["day"][columns["alive"]]
    first, last = days.begin(period), days.end(period)
    if len(period) == len("2026-08"):
        known = known[known % 10_000 != 0] // 100  # known to the month is enough
        low = high = first.year * 100 + first.month
    else:
        known = known[known % 100 != 0]
        low, high = (day.year * 10_000 + day.month * 100 + day.day for day in (first, last))
    found = _nearest(known[known > 0], low, high, step)
    return None if found is None else _written(str(found), period)


def newest(index: Index, today: date) -> str | None:
    """Return the last day up to today that has papers, else the next one; None without any."""
    here = today.isoformat()
    columns = index.columns
    number = today.year * 10_000 + today.month * 100 + today.day
    if (columns["day"][columns["alive"]] == number).any():
        return here
    return beside(index, here, -1) or beside(index, here, 1)


def states(index: Index, ids: Iterable[int]) -> Counter[Status]:
    """Return how many of these papers are in each state."""
    slots = [slot for number in ids if (slot := index.slot_of.get(number)) is not None]
    counts = np.bincount(index.columns["status"][slots], minlength=len(_STATUS_OF))
    return Counter({status: int(counts[code]) for code, status in _STATUS_OF.items()})


def counts(index: Index, most: int) -> dict[str, int]:
    """Return the last days that have papers, at most so many, with how many each has."""
    columns = index.columns
    known = columns["day"][columns["alive"]]
    found, numbers = np.unique(known[known % 100 > 0], return_counts=True)
    last = zip(found[::-1][:most].tolist(), numbers[::-1][:most].tolist(), strict=True)
    return {_written(str(day), ""): number for day, number in last}


def _nearest(known: Array, low: int, high: int, step: int) -> int | None:
    among = known[known < low] if step < 0 else known[known > high]
    if not len(among):
        return None
    return int(among.max() if step < 0 else among.min())


def _written(digits: str, period: str) -> str:
    parts = [digits[:4], digits[4:6], *([digits[6:]] if digits[6:] else [])]
    day = "-".join(parts)
    return days.week_of(date.fromisoformat(day)) if "W" in period else day
