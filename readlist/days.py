"""Which day a paper belongs to, as the pages of a day, a week and a month have it.

The rule: the day of the listing that it came from; else the day it was published, of a preprint
that has become an article its own; else, when nothing is known, the day it was added. A listing
comes first because that is what is meant by "the page of Friday": its papers were published days
before it; and it does not change with what is learned of a paper later. A paper known to have been
published in a month or a year belongs to that, and to none of its days: all of 2017 would stand on
each of them.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from readlist.paper import Paper, Status

SUBMITTED = "submittedOnDailyAt"
"""What Hugging Face calls the day of the page, in UTC; it stays in a paper's `extra`."""
PREPRINT = "preprint"
"""The key in `extra` of the day of a preprint that has been published on another one."""
ASSUMED = "assumed"
"""The key in `extra` of the names of fields that are a guess; in a source, which its `day` may be:
that on which a page without a day was taken in."""

_KNOWN = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"  # compiled by the first that needs it


def day_of(paper: Paper) -> str | None:
    """Return the day of a paper, or its month or year, as ISO 8601; None when it has none."""
    if listed := page_of(paper):
        return listed
    if PREPRINT in paper.extra and (preprint := _day(paper.extra[PREPRINT])):
        return preprint
    if paper.published and (published := _checked(paper.published)):
        return published
    return _local_day(paper.added) if paper.added else None


def page_of(paper: Paper, *, is_known: bool = False) -> str | None:
    """Return the day of the page that a paper was listed on, None when it is known of none; with
    `is_known`, days that were assumed are none."""
    for source in paper.sources:
        is_right = "day" in source and not (is_known and ASSUMED in source)
        if is_right and (listed := _day(source["day"])):
            return listed
    return _day(paper.extra[SUBMITTED]) if SUBMITTED in paper.extra else None


def listed_on(paper: Paper, page: date | None) -> str | None:
    """Return the day of the page that a paper comes from: what it says itself is more exact than
    `page`, the day that the whole page was of, which may have been a week's."""
    return _day(paper.extra.get(SUBMITTED)) or (page.isoformat() if page else None)


@lru_cache(maxsize=1_000)
def week_of(day: date) -> str:
    """Return the week of a day, as `2026-W34` (ISO 8601: it begins on Monday)."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def begin(text: str) -> date:
    """Return the first day of what `readable` takes."""
    if "W" in text:
        return date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :])


def end(text: str) -> date:
    """Return the last day of what `readable` takes."""
    first = begin(text)
    if "W" in text:
        return first + timedelta(days=6)
    if len(text) == len("2026-08-21"):
        return first
    month = 12 if len(text) == len("2026") else first.month
    following = date(first.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def readable(text: str) -> str:
    """Return a day, week, month or year as a title: `Fri 21 Aug 2026`, `17 to 23 Aug 2026`."""
    if "W" in text:
        first, last = begin(text), end(text)
        begins = f"{first.day}"
        begins += f" {first:%b}" * (first.month != last.month)
        begins += f" {first.year}" * (first.year != last.year)
        return f"{begins} to {last.day} {last:%b} {last.year}"
    if len(text) == len("2026-08"):
        return f"{begin(text):%B} {text[:4]}"
    if len(text) == len("2026"):
        return text
    day = begin(text)
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def states(counts: Mapping[Status, int]) -> list[str]:
    """Return how many papers are in each state that some are in: `12 new`, `6 to read`."""
    found = ((status.words, counts.get(status, 0)) for status in Status)
    return [f"{number:,} {words}" for words, number in found if number]


def _day(text: object) -> str | None:
    """Return the day that a text begins with, None when it is none."""
    return _checked(text[:10]) if isinstance(text, str) and len(text) >= 10 else None


@lru_cache(maxsize=1_000)  # a listing gives all its papers one
def _checked(text: str) -> str | None:
    """Return a day, a month or a year that there is; None for anything else."""
    if not re.fullmatch(_KNOWN, text):
        return None
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return None
    return text


@lru_cache(maxsize=1_000)  # an import gives all its papers one
def _local_day(stamp: str) -> str | None:
    """Return the day, where readlist runs, of a moment in UTC."""
    try:
        return datetime.fromisoformat(stamp).astimezone().date().isoformat()
    except (ValueError, OverflowError, OSError):
        return None
