"""`--explain`, of every verb that takes a query: how it is understood, and how many it finds."""

import argparse
from datetime import datetime

from readlist.commands.periods import view_asked
from readlist.commands.selecting import NothingFoundError, asked_for, opened, select
from readlist.commands.terminal import put
from readlist.text import clean_line, count


def explain(args: argparse.Namespace, *, forgiving: bool) -> int:
    """Print how the query is understood, and do nothing else. Raises what the verb would."""
    from readlist.search.explain import explained
    from readlist.search.query import ids_in

    view, sort = view_asked(args), getattr(args, "sort", None)
    with opened(args, to_change=False) as library:
        if ids_in(args.query) is None:
            query = asked_for(args.query, view, sort)
            put(clean_line(f"query: {query}"))
            for line in explained(query, datetime.now().astimezone().date()):
                depth = len(line) - len(line.lstrip(" "))
                put(" " * depth + clean_line(line))
        else:
            put("papers with these ids, archived ones too")
        try:
            found = select(library, args.query, forgiving=forgiving, view=view, sort=sort)
        except NothingFoundError:
            put("finds no paper")
        else:
            put(f"finds {count(len(found.ids), 'paper')}")
    return 0
