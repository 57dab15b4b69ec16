"""`readlist undo`, `redo` and `log`, which also knows what was reported."""

import argparse

from readlist.commands import arguments
from readlist.commands.arguments import Parser, Run
from readlist.commands.selecting import NothingFoundError, opened
from readlist.commands.terminal import put, put_json, styled, tell
from readlist.commands.whole import local

_DONE = {"undo": "Undone: ", "redo": "Redone: "}


def add_undo(parser: Parser) -> Run:
    """Declare `undo`."""
    parser.add_json()
    return _undo


def add_redo(parser: Parser) -> Run:
    """Declare `redo`."""
    parser.add_json()
    return _redo


def add_log(parser: Parser) -> Run:
    """Declare `log`."""
    parser.add_argument("--limit", metavar="N", type=arguments.number, help="the newest N only")
    parser.add_argument(
        "--notices", action="store_true", help="what was reported, here and in the interface"
    )
    parser.add_json("print an array of changes, newest first")
    return _log


def _undo(args: argparse.Namespace) -> int:
    with opened(args) as library:
        applied = library.undo()
    if applied is None:
        raise NothingFoundError("nothing to undo")
    return tell(applied, as_json=args.json, done=_DONE["undo"])


def _redo(args: argparse.Namespace) -> int:
    with opened(args) as library:
        applied = library.redo()
    if applied is None:
        raise NothingFoundError("nothing to redo")
    return tell(applied, as_json=args.json, done=_DONE["redo"])


def _log(args: argparse.Namespace) -> int:
    if args.notices:
        return _notices(args)
    with opened(args, to_change=False) as library:
        entries = library.log()[::-1][: args.limit]
    if args.json:
        names = ("id", "at", "label", "kind", "of")
        put_json([{n: getattr(e, n) for n in names} | {"ids": sorted(e.ids)} for e in entries])
    if not entries:
        raise NothingFoundError("nothing was changed yet")
    if not args.json:
        for entry in entries:
            put(f"{styled(local(entry.at), '2')}  {_DONE.get(entry.kind, '')}{entry.label}")
    return 0


def _notices(args: argparse.Namespace) -> int:
    with opened(args, to_change=False) as library:
        notices = library.reported.read()[::-1][: args.limit]
    if args.json:
        put_json([{"at": notice.at, "text": notice.text} for notice in notices])
    if not notices:
        raise NothingFoundError("nothing was reported yet")
    if not args.json:
        for notice in notices:
            put(f"{styled(local(notice.at), '2')}  {notice.text}")
    return 0
