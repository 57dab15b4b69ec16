"""Views: queries with names, those that are there without asking and the user's own."""

from collections.abc import Iterable

from readlist import days
from readlist.record import Record
from readlist.text import fold


class View(Record):
    """A query with a name: `name` for the command line, `title` for the interface."""

    name: str
    title: str
    query: str


BUILT_IN: tuple[View, ...] = (
    View("inbox", "Inbox", "is:new"),
    View("to-read", "To read", "is:to-read"),
    View("reading", "Reading", "is:reading"),
    View("starred", "Starred", "is:starred"),
    View("read", "Read", "is:read"),
    View("all", "All", ""),
)
"""In the order of the sidebar: the first is behind the key 1."""


def day_view(day: str) -> View:
    """Return the view of a day (`2026-08-21`), week (`2026-W34`) or month (`2026-08`): all its
    papers, as on the page of that day."""
    return View(f"day:{day}", days.readable(day), f"day:{day} is:any sort:-upvotes")


def view_of(title: str, query: str) -> View:
    """Return the view of the user's that has a title: `RL, unread` is called `rl-unread`.

    Raises `ValueError`, in a line, for a title without letters and digits, for that of another
    view, and (as `QueryError`) for a query that cannot be read.
    """
    from readlist.search.query import parse

    letters = (c if c.isalnum() else " " for c in fold(title))
    name = "-".join("".join(letters).split())
    if not name:
        raise ValueError("a name with letters or digits is wanted")
    if any(name == view.name for view in BUILT_IN):
        raise ValueError(f"{title} is a view of readlist's own; another name is wanted")
    parse(query)
    return View(name, title, query)


def views_of(saved: Iterable[tuple[str, str]]) -> tuple[tuple[View, ...], list[str]]:
    """Return the user's views, each with its own name, and a line for each that is none."""
    views: dict[str, View] = {}
    problems = []
    for title, query in saved:
        try:
            view = view_of(title, query)
        except ValueError as error:
            problems.append(f"the view {title!r} is left out: {error}")
            continue
        if view.name in views:
            problems.append(f"the view {title!r} is left out: {views[view.name].title!r} is alike")
        else:
            views[view.name] = view
    return tuple(views.values()), problems
