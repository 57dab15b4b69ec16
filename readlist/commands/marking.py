"""`readlist mark` and `readlist delete`."""

import argparse
from collections.abc import Sequence

from readlist import change
from readlist.change import Change
from readlist.commands.arguments import Parser, Run, UsageError
from readlist.commands.selecting import opened, select_to_change
from readlist.commands.terminal import tell
from readlist.paper import Paper, Status
from readlist.spelling import meant
from readlist.text import clean_line

_STARS = {"starred": True, "unstarred": False}
_MARKS = (*Status, *_STARS)


def add_mark(parser: Parser) -> Run:
    """Declare `mark`."""
    parser.add_argument("status", metavar="STATUS", type=_mark_named, help=", ".join(_MARKS))
    parser.add_query("which papers: a query, or ids")
    parser.add_json()
    return _mark


def add_delete(parser: Parser) -> Run:
    """Declare `delete`."""
    parser.add_query("which papers: a query, or ids")
    parser.add_json()
    return _delete


def _mark(args: argparse.Namespace) -> int:
    def build(papers: Sequence[Paper], now: str) -> Change:
        if args.status in _STARS:
            return change.set_star(papers, _STARS[args.status], now)
        return change.set_status(papers, Status(args.status), now)

    with opened(args) as library:
        found = select_to_change(library, args.query)
        applied = library.edit(found.ids, build)
    return max(tell(applied, as_json=args.json), found.exit_code)


def _delete(args: argparse.Namespace) -> int:
    with opened(args) as library:
        found = select_to_change(library, args.query)
        applied = library.edit(found.ids, lambda papers, _now: change.delete(papers))
    return max(tell(applied, as_json=args.json), found.exit_code)


def _mark_named(text: str) -> str:
    name = text.lower()
    if name not in _MARKS:
        raise UsageError(
            f"{clean_line(text)!r} is no state: there are {', '.join(_MARKS)}{meant(name, _MARKS)}"
        )
    return name
