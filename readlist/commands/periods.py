"""`--day`, `--week` and `--month` of `readlist list`: the papers of a day, as on its page."""

import argparse
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from readlist import days
from readlist.commands.arguments import Parser, UsageError
from readlist.commands.selecting import view_named
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.search.views import View, day_view
from readlist.text import clean_line, count

_KINDS = ("day", "week", "month")


def add_periods(parser: Parser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--day",
        metavar="DAY",
        type=_day,
        help="the papers of a day, as on its page: archived ones too, most upvotes first; "
        "2026-08-21, today or yesterday",
    )
    parser.add_argument(
        "--week", metavar="WEEK", type=_week, help="those of a week: 2026-W34, or a day in it"
    )
    parser.add_argument(
        "--month", metavar="MONTH", type=_month, help="those of a month: 2026-08, or a day in it"
    )


def view_asked(args: argparse.Namespace) -> View | None:
    """Return the view that the options name: a day's, a week's, a month's, or one by its name.

    Raises `UsageError`, also when there are two.
    """
    names = [name for name in (*_KINDS, "view") if getattr(args, name, None)]
    if len(names) > 1:
        raise UsageError(f"--{names[0]} or --{names[1]} is wanted, not both")
    if not names:
        return None
    value: str = getattr(args, names[0])
    return view_named(value) if names == ["view"] else day_view(value)


def said_of(view: View, papers: Iterable[Paper]) -> str:
    """Return how many papers of a day there are in which state: `57 papers · 12 new · …`."""
    found = Counter(paper.status for paper in papers)
    return " · ".join([view.title, count(found.total(), "paper"), *days.states(found)])


def nothing_on(library: Library, view: View, words: str) -> str:
    """Return, in a line, that a day has no papers, and which one before it has."""
    if words:
        return f"no paper of {view.title} matches {clean_line(words)}"
    asked = view.name.removeprefix("day:")
    first = days.begin(asked).isoformat()
    known = (days.day_of(paper) or "" for paper in library.papers())
    before = max((day for day in known if len(day) == len(first) and day < first), default="")
    message = f"no papers of {view.title}"
    return f"{message}; the last day before that has some is {before}" if before else message


def _day(text: str) -> str:
    named = {"today": 0, "yesterday": 1}
    today = date.today()
    if text.lower() in named:
        return (today - timedelta(days=named[text.lower()])).isoformat()
    try:
        if len(text) == len("2026-08-21"):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    example = "a day is wanted, as 2026-08-21, today or yesterday"
    raise argparse.ArgumentTypeError(f"{clean_line(text)!r}: {example}")


def _week(text: str) -> str:
    year, _, week = text.upper().partition("-W")
    try:
        if len(year) == 4 and len(week) == 2:
            return days.week_of(date.fromisocalendar(int(year), int(week), 1))
        return days.week_of(date.fromisoformat(_day(text)))
    except (ValueError, argparse.ArgumentTypeError):
        example = "a week is wanted, as 2026-W34, or a day in it"
        raise argparse.ArgumentTypeError(f"{clean_line(text)!r}: {example}") from None


def _month(text: str) -> str:
    try:
        if len(text) == len("2026-08"):
            return date.fromisoformat(f"{text}-01").isoformat()[:7]
        return _day(text)[:7]
    except (ValueError, argparse.ArgumentTypeError):
        example = "a month is wanted, as 2026-08, or a day in it"
        raise argparse.ArgumentTypeError(f"{clean_line(text)!r}: {example}") from None
