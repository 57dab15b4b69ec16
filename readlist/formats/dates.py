"""Dates that a page prints without their year."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import lru_cache
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


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The beginnings of the names of the months."""

_NUMBERS = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?![\d])")
_NAMED = re.compile(
    rf"(?i)(?:(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\W{{1,2}})?\b({'|'.join(MONTHS)})[a-z]*\.?"
    r"(?:\W{1,2}(\d{1,2})(?!\d))?"
)
_YEAR = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)(?!\d)")


def written(text: str) -> str | None:
    """Return the first day, month or year that is written in a text, as ISO 8601.

    `2024-01-02T…`, `2024/1`, `12 March 2020`, `Mar 2020`, `Tue, 23 Aug 2024 00:00:00 -0400`, and
    of `c. 1998` or `{1973}1981` the last year. A part that no calendar has is left out.
    """
    return _written(text.strip()[:200])


@lru_cache(maxsize=1000)  # years and months are met again and again
def _written(text: str) -> str | None:
    if match := _NUMBERS.match(text):
        return iso(*match.groups())
    years = _YEAR.findall(text)
    if not years:
        return None
    if match := _NAMED.search(text):
        return iso(years[-1], month_number(match[2]), match[1] or match[3])
    return iso(years[-1], None, None)


def month_number(text: str) -> int | None:
    """Return the month that a text names, in English or as a number."""
    text = text.strip().lower()
    if text.isascii() and text.isdigit():
        return int(text) if 1 <= int(text[:4]) <= 12 else None
    return MONTHS.index(text[:3]) + 1 if text[:3] in MONTHS else None


def iso(year: str | int, month: str | int | None, day: str | int | None) -> str | None:
    """Return a date at the precision that is given and possible, or None for no year."""
    known = (year,) if month is None else (year, month) if day is None else (year, month, day)
    parts = [int(part) for part in known if part is not None]
    while parts:
        with suppress(ValueError):
            date(*[*parts, 1, 1][:3])
            return "-".join(f"{part:0{2 if place else 4}}" for place, part in enumerate(parts))
        parts.pop()
    return None
