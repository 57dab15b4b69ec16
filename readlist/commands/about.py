"""`readlist formats`, `keys` and `views`: what there is."""

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from readlist.commands.arguments import Parser, Run
from readlist.commands.terminal import fitted, put, put_json
from readlist.text import cells

_Rows = list[dict[str, Any]]


def add_formats(parser: Parser) -> Run:
    """Declare `formats`."""
    return _add(parser, _formats)


def add_keys(parser: Parser) -> Run:
    """Declare `keys`."""
    return _add(parser, _keys)


def add_views(parser: Parser) -> Run:
    """Declare `views`."""
    return _add(parser, _views)


def _add(parser: Parser, rows: Callable[[], _Rows]) -> Run:
    parser.add_argument("--markdown", action="store_true", help="print a table for a document")
    parser.add_json("print it as JSON")

    def run(args: argparse.Namespace) -> int:
        found = rows()
        if args.json:
            put_json(found)
        elif args.markdown:
            put(markdown(found))
        else:
            _put(found)
        return 0

    return run


def _formats() -> _Rows:
    from readlist.formats.catalogue import FORMATS

    return [
        {
            "format": f.name,
            "in": f.is_read,
            "out": f.writer is not None,
            "endings": list(f.endings),
            "what": f.what,
        }
        for f in FORMATS
    ]


def _keys() -> _Rows:
    from readlist.bindings import display, in_force
    from readlist.commands.selecting import settings_told

    settings = settings_told()
    return [
        {"keys": display(key.keys), "does": key.help, "id": key.id, "group": key.group}
        for key in in_force(settings.keys)
    ]


def _views() -> _Rows:
    from readlist.commands.selecting import all_views

    return [
        {
            "key": str(place) if place < 10 else "",
            "name": view.name,
            "title": view.title,
            "query": view.query,
        }
        for place, view in enumerate(all_views(), start=1)
    ]


def markdown(rows: Sequence[dict[str, Any]]) -> str:
    """Return rows as a Markdown table."""
    lines = [list(rows[0]), ["---"] * len(rows[0])]
    lines += [[_shown(value).replace("|", "\\|") for value in row.values()] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _put(rows: Sequence[dict[str, Any]]) -> None:
    widths = {name: max(cells(_shown(row[name])) for row in rows) for name in rows[0]}
    for row in rows:
        put("  ".join(fitted(_shown(row[name]), width) for name, width in widths.items()).rstrip())


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, list) else str(value)
