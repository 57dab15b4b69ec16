"""The views that are there without asking: names for queries."""

from typing import NamedTuple


class View(NamedTuple):
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
