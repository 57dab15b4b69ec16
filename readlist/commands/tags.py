"""`readlist tag` and `readlist tags`."""

import argparse
from collections.abc import Callable

from readlist import change
from readlist.commands import arguments
from readlist.commands.arguments import Parser, Run, UsageError
from readlist.commands.selecting import NothingFoundError, opened, select_to_change
from readlist.commands.terminal import put, put_json, say, tell
from readlist.text import quote


def add_tag(parser: Parser) -> Run:
    """Declare `tag`."""
    parser.add_query("which papers: a query, or ids")
    for name, what, read in (
        ("--add", "put this tag on", arguments.new_tag),
        ("--remove", "take this tag off", arguments.tag),
    ):
        parser.add_argument(
            name,
            metavar="T",
            type=read,
            action="append",
            default=[],
            help=f"{what}; can be given several times",
        )
    parser.add_json()
    return _tag


def add_tags(parser: Parser) -> Run:
    """Declare `tags`."""
    parser.usage = "readlist tags [-h] [--json] [rename OLD NEW | delete TAG]"
    parser.add_argument(
        "words",
        nargs="*",
        metavar="rename OLD NEW | delete TAG",
        help="give a tag, and those nested in it, another name (one that is there is joined), or "
        "take them off all papers",
    )
    parser.add_json()
    return _tags


def _tag(args: argparse.Namespace) -> int:
    if not args.add and not args.remove:
        raise UsageError("which tags? Name some with --add T or --remove T")
    with opened(args) as library:
        found = select_to_change(library, args.query)
        applied = library.edit(
            found.ids, lambda papers, now: change.edit_tags(papers, args.add, args.remove, now)
        )
    return max(tell(applied, as_json=args.json), found.exit_code)


def _tags(args: argparse.Namespace) -> int:
    if args.words:
        return _edit(args)
    with opened(args, to_change=False) as library:
        counts = sorted(library.overview.tags().items())
    if args.json:
        put_json([{"tag": tag, "papers": papers} for tag, papers in counts])
    if not counts:
        raise NothingFoundError("no paper has a tag")
    if not args.json:
        width = max(len(tag) for tag, _ in counts)
        for tag, papers in counts:
            put(f"{tag:<{width}}  {papers:>5,}")
    return 0


def _edit(args: argparse.Namespace) -> int:
    from readlist import tags

    match args.words:
        case ["rename", old, new]:
            old, new = _read(old, arguments.tag), _read(new, arguments.new_tag)
        case ["delete", old]:
            old, new = _read(old, arguments.tag), None
        case _:
            raise UsageError(
                "readlist tags alone lists them; readlist tags rename OLD NEW renames one, "
                "readlist tags delete TAG takes it off all papers"
            )
    with opened(args) as library:
        applied = tags.delete(library, old) if new is None else tags.rename(library, old, new)
    if not applied.ids and old != new:
        raise NothingFoundError(f"no paper has the tag {old}")
    if new is not None:
        _rename_in_views(old, new)
    return tell(applied, as_json=args.json)


def _rename_in_views(old: str, new: str) -> None:
    """Have the user's views ask for a tag by its new name, and say which do."""
    from readlist.config import load
    from readlist.config_file import save_view
    from readlist.search.renaming import with_tag_renamed

    for title, query in load().views:
        renamed = with_tag_renamed(query, old, new)
        if renamed != query:
            save_view(title, renamed)
            say(f"the view {quote(title)} asks for {renamed} now")


def _read(text: str, read: Callable[[str], str]) -> str:
    try:
        return read(text)
    except argparse.ArgumentTypeError as error:
        raise UsageError(str(error)) from None
