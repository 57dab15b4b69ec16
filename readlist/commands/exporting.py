"""`readlist export`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from readlist.commands.arguments import Parser, Run, UsageError
from readlist.commands.selecting import Selection, opened, select
from readlist.commands.terminal import put, put_bytes, put_file, put_json, say
from readlist.formats.catalogue import for_ending, named
from readlist.formats.incoming import FormatError
from readlist.operations import export
from readlist.paper import Paper
from readlist.text import clean_line, count


def add_export(parser: Parser) -> Run:
    """Declare `export`."""
    parser.add_query("which papers: a query, or ids; else all, archived ones too")
    parser.add_argument("--format", metavar="F", help="readlist formats lists them")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to; its ending names the format"
    )
    parser.add_argument(
        "--share", action="store_true", help="leave out what is yours: state, star, note, files"
    )
    parser.add_json("print what was written where as JSON (with -o)")
    return _export


def _export(args: argparse.Namespace) -> int:
    path = None if args.output in (None, "-") else Path(args.output).expanduser()
    name = _format_name(args.format, path)
    with opened(args, to_change=False) as library:
        is_all = not " ".join(args.query).strip()
        found = Selection(list(library.overview.order())) if is_all else select(library, args.query)
        papers = list(library.papers(found.ids))
        exported = library.now()
    content = export(papers, name, share=args.share, exported=exported)
    if path is None:
        put_bytes(content)
    else:
        put_file(path, content)
        _tell(papers, path, name, as_json=args.json)
    if found.archived:
        say(f"{found.archived:,} archived left out; is:any writes them too")
    return found.exit_code


def _format_name(name: str | None, path: Path | None) -> str:
    """Return the format that is meant: the one named, that of the file's ending, else JSON."""
    try:
        if name:
            return named(name, to_write=True).name
        return for_ending(path).name if path else "json"
    except FormatError as error:
        raise UsageError(str(error)) from None


def _tell(papers: Sequence[Paper], path: Path, name: str, *, as_json: bool) -> None:
    if as_json:
        put_json({"file": str(path), "format": name, "papers": len(papers)})
    else:
        put(f"{count(len(papers), 'paper')} written to {clean_line(str(path))}")
