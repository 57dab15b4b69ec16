"""What can be asked of one paper without its words: states, dates, numbers, tags, identifiers."""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from readlist.days import day_of, page_of
from readlist.paper import Paper, Status
from readlist.search import keys, ranges
from readlist.search.tree import Dates, Field, Has, LastImport, Numbers, Regex, State
from readlist.text import readable

Test = Callable[[Paper], bool]

LONGEST_SCANNED = 20_000
"""Characters of a text that a regular expression sees. A pattern that backtracks without end
cannot be stopped in Python's `re`; this keeps merely slow ones bearable."""

STATES: dict[str, Test] = {
    **{str(s): (lambda paper, s=s: paper.status == s) for s in Status},  # type: ignore[misc]
    "unread": lambda paper: paper.is_unread,
    "starred": lambda paper: paper.starred,
    "any": lambda paper: True,  # noqa: ARG005
}


def _has_pdf(paper: Paper) -> bool:
    return "pdf" in paper.urls or any(name.lower().endswith(".pdf") for name in paper.files)


HAS: dict[str, Test] = {
    "note": lambda p: bool(p.note),
    "tags": lambda p: bool(p.tags),
    "authors": lambda p: bool(p.authors),
    "abstract": lambda p: bool(p.abstract),
    "venue": lambda p: bool(p.venue),
    "org": lambda p: bool(p.organization),
    "categories": lambda p: bool(p.categories),
    "published": lambda p: bool(p.published),
    "doi": lambda p: "doi" in p.identifiers,
    "arxiv": lambda p: "arxiv" in p.identifiers,
    "pdf": _has_pdf,
    "code": lambda p: "code" in p.urls,
    "project": lambda p: "project" in p.urls,
    "files": lambda p: bool(p.files),
    "comments": lambda p: bool(p.comments),
    "upvotes": lambda p: bool(p.upvotes),
    "page": lambda p: page_of(p, is_known=True) is not None,
}
HAS_OTHER_NAMES = {
    "notes": "note", "tag": "tags", "author": "authors", "organization": "org",
    "category": "categories", "year": "published", "date": "published", "file": "files",
    "comment": "comments",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """What a condition may depend on besides the paper.

    `now` in any time zone, or naive in the system's; days are the system's own in any case.
    """

    now: datetime
    last_import: frozenset[int] = frozenset()


Condition = Field | State | Has | Dates | Numbers | LastImport | Regex


def test_of(condition: Condition, moment: Moment) -> Test:
    """Return the test of a paper that a condition stands for; a field is one of `names.EXACT`."""
    match condition:
        case State(name):
            return STATES[name]
        case Has(name):
            return HAS[name]
        case Dates(name, text):
            first, last = ranges.days(text, moment.now.astimezone().date())
            if name == "day":
                return _on_days(first, last)
            if name in ("year", "published"):
                return _published(first, last)
            return _stamped(name, first, last)
        case Numbers(name, text):
            return _numbered(name, *ranges.numbers(text))
        case LastImport():
            return lambda paper: paper.id in moment.last_import
        case Regex(pattern):
            return _matching(compiled(pattern))
        case Field():
            return lambda paper: keys.has(paper, condition)


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a regular expression of a query, compiled: case does not matter.

    Raises `re.error`, `ValueError`, `OverflowError` or `RecursionError` for what is none.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "[[" may mean something else in a later Python
        return re.compile(pattern, re.IGNORECASE)


def _published(first: date, last: date) -> Test:
    low, high = first.isoformat(), last.isoformat()

    def test(paper: Paper) -> bool:
        # known to the year only, a paper is in every range that has a day of that year
        known = paper.published
        return known is not None and low[: len(known)] <= known <= high[: len(known)]

    return test if low <= high else lambda paper: False  # noqa: ARG005


def _on_days(first: date, last: date) -> Test:
    def test(paper: Paper) -> bool:
        # known to the month only, a paper is in no range that has not all of the month
        known = day_of(paper)
        if known is None:
            return False
        whole = ranges.days(known, first)
        return first <= whole[0] and whole[1] <= last

    return test


def _stamped(name: str, first: date, last: date) -> Test:
    low, high = _utc(first, time.min), _utc(last, time(23, 59, 59))

    def test(paper: Paper) -> bool:
        stamp: str | None = getattr(paper, name)
        return stamp is not None and low <= stamp <= high

    return test


def _utc(day: date, clock: time) -> str:
    """Return a local time of a day as papers keep moments."""
    moment = datetime.combine(day, clock)
    if 1970 < day.year < 3000:  # beyond, systems differ on whether they know their local time
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(timespec="seconds") + "Z"


def _numbered(name: str, low: int, high: int) -> Test:
    attribute = "number_of_authors" if name == "authors" else name

    def test(paper: Paper) -> bool:
        number: int | None = getattr(paper, attribute)
        return number is not None and low <= number <= high

    return test


def _matching(pattern: re.Pattern[str]) -> Test:
    def test(paper: Paper) -> bool:
        return (
            pattern.search(readable(paper.title), 0, LONGEST_SCANNED) is not None
            or pattern.search(readable(paper.abstract), 0, LONGEST_SCANNED) is not None
        )

    return test
