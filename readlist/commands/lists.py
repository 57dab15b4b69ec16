"""`readlist list` and `readlist show`."""

import argparse

from readlist.commands import arguments
from readlist.commands.arguments import Parser, Run, UsageError
from readlist.commands.periods import add_periods, nothing_on, said_of, view_asked
from readlist.commands.selecting import (
    NothingFoundError,
    Selection,
    opened,
    select,
)
from readlist.commands.terminal import put_bytes, put_json, say
from readlist.formats.native import to_json
from readlist.paper import Paper
from readlist.text import count

_QUERY = "words and fields, as tag:rl is:unread added:7d; or ids"
_EXAMPLES = """\
examples:
  readlist list                          all that is not archived
  readlist list offline rl -is:read      words; without those that are read
  readlist list tag:rl added:7d --sort -upvotes
  readlist list --view inbox --json
  readlist list --day yesterday is:new   of yesterday's page, what is still new
"""


def add_list(parser: Parser) -> Run:
    """Declare `list`."""
    parser.add_query(_QUERY)
    parser.add_argument("--view", metavar="NAME", help="in a view; readlist views lists them")
    add_periods(parser)
    parser.add_argument(
        "--sort", metavar="KEYS", help="the order, as -published,title; - turns one round"
    )
    parser.add_argument("--limit", metavar="N", type=arguments.number, help="the first N only")
    parser.add_json("print an array of papers with all fields")
    parser.add_argument("--jsonl", action="store_true", help="the same, a paper a line")
    parser.epilog = _EXAMPLES
    return _list


def add_show(parser: Parser) -> Run:
    """Declare `show`."""
    parser.add_query("the paper's id, or words that find it", name="ID")
    parser.add_json("print the paper with all fields")
    return _show


def _list(args: argparse.Namespace) -> int:
    view = view_asked(args)
    is_day = view is not None and view.name.startswith("day:")
    with opened(args, to_change=False) as library:
        try:
            found = select(library, args.query, forgiving=True, view=view, sort=args.sort)
        except NothingFoundError as error:
            if args.json:
                put_json([])
            if view is None or not is_day or not len(library):
                raise
            raise NothingFoundError(nothing_on(library, view, " ".join(args.query))) from error
        papers = list(library.papers(found.ids[: args.limit]))
        summary = said_of(view, library.papers(found.ids)) if view is not None and is_day else ""
    if args.jsonl:
        for paper in papers:
            put_bytes(to_json(paper.export()))
    elif args.json:
        put_json([paper.export() for paper in papers])
    else:
        from readlist.commands.table import put_table

        put_table(papers, upvotes=is_day)
        if summary:
            say(summary)
    _say_archived(found)
    return found.exit_code


def _show(args: argparse.Namespace) -> int:
    if not args.query:
        raise UsageError("which paper? Its id is wanted, or words that find it")
    with opened(args, to_change=False) as library:
        found = select(library, args.query, forgiving=True)
        papers: list[Paper] = list(library.papers(found.ids))
    if args.json:
        put_json(papers[0].export())
    else:
        from readlist.commands.whole import put_whole

        put_whole(papers[0])
    if len(papers) > 1:
        say(f"and {count(len(papers) - 1, 'more paper')}; readlist list shows them")
    return found.exit_code


def _say_archived(found: Selection) -> None:
    if found.archived:
        say(f"{found.archived:,} archived left out; is:any shows them")
