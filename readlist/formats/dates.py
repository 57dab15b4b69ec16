"""Dates that a page prints without their year."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import NamedTuple, Self

Day = tuple[int, int, int | None]
"""Month, day, year; the year is None where the page leaves it out."""


class Calendar(NamedTuple):
    """Gives dates that have none their year; none of them is later than `latest`."""

    year: int
    latest: date

    @classmethod
    def of(cls, days: Iterable[Day], page_date: date | None, today: date) -> Self:
        """Return the calendar of a page that prints these days.

        Its year is that of `page_date`, the day that the page was of. Without one it is the year
        after the latest that is written, as a page leaves out its own year only; where none is
        written, the newest that puts no day behind `today`.
        """
        if page_date:
            return cls(page_date.year, page_date)
        days = list(days)
        if written := [day[2] for day in days if day[2]]:
            return cls(min(max(written) + 1, today.year), today)
        latest = max((day[:2] for day in days), default=(1, 1))
        return cls(today.year - (latest > (today.month, today.day)), today)

    def published(self, day: Day) -> str | None:
        """Return a date as ISO 8601; the month only where the year written lacks the day."""
        # A February 29 was in a leap year, whatever the other dates say: the last one before,
        # at most eight years back. A February 30 was in none.
        for year in [day[2]] if day[2] else range(self.year, self.year - 9, -1):
            with suppress(ValueError):
                found = date(year, *day[:2])
                if day[2] or found <= self.latest:
                    return found.isoformat()
        return f"{day[2]}-{day[0]:02}" if day[2] else None
