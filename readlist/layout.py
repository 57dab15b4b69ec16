"""How the main screen is divided: `[layout]` in the settings."""

from typing import Any

from readlist.record import Record
from readlist.spelling import meant

COLUMNS = ("authors", "date", "upvotes", "tags")
"""What a row of the list can show behind the title."""

LEAST_SIDEBAR, MOST_SIDEBAR = 14, 60
LEAST_ABSTRACT, MOST_ABSTRACT = 24, 160


class Layout(Record):
    """Which panes there are beside the list, and how wide, in cells.

    An `abstract_width` of 0 is a share of the screen. `unread_tags` hides tags without unread
    papers; `columns` are those of the list, the title apart, in their order.
    """

    sidebar: bool = True
    abstract: bool = True
    sidebar_width: int = 26
    abstract_width: int = 0
    unread_tags: bool = False
    columns: tuple[str, ...] = COLUMNS


def read(values: dict[str, Any]) -> Layout:
    """Return the layout of a table of the settings. Raises `ValueError` with what is wrong."""
    known = [name for name in Layout.names if name in values]
    return Layout(**{name: _checked(name, values[name]) for name in known})


def _checked(name: str, value: Any) -> Any:
    default = getattr(Layout(), name)
    if name == "columns":
        return _columns(value)
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        raise ValueError(f"layout.{name}: true or false is wanted")
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10_000:
        raise ValueError(f"layout.{name}: a number of cells is wanted, as {name} = 30")
    return value


def _columns(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError('layout.columns: a list is wanted, as columns = ["authors", "date"]')
    for name in value:
        if name not in COLUMNS:
            known = ", ".join(COLUMNS)
            raise ValueError(f"layout.columns: no {name!r}{meant(name, COLUMNS)} ({known})")
    return tuple(dict.fromkeys(value))
