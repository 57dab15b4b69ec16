"""`readlist cite`."""

import argparse

from readlist import config
from readlist.commands.arguments import NotDoneError, Parser, Run, UsageError, one_of
from readlist.commands.selecting import opened, select
from readlist.commands.terminal import put, put_json
from readlist.formats.reference import WRITTEN, joined, references

_EXAMPLES = """examples:
  readlist cite tag:thesis --style apa
  readlist cite 3 7 --style chicago-author-date --format markdown

Styles are those of citationstyles.org, by their names: apa, ieee, nature,
modern-language-association, … or a .csl file. They want pip install 'readlist[cite]';
without --style and without [cite] style in the settings, references are plain.
"""


def add_cite(parser: Parser) -> Run:
    """Declare `cite`."""
    parser.add_query("ids, or a query; its order is that of plain references")
    parser.add_argument("--style", metavar="NAME", help="apa, ieee, … or a .csl file")
    parser.add_argument(
        "--format", metavar="F", default="text", help=f"{', '.join(WRITTEN)}; text without it"
    )
    parser.add_json("print an array of ids, keys and references")
    parser.epilog = _EXAMPLES
    return _cite


def _cite(args: argparse.Namespace) -> int:
    if not args.query:
        raise UsageError("which papers? Ids or a query are wanted; is:any means all")
    kind = one_of(WRITTEN, args.format)
    style = args.style or config.load().style
    with opened(args, to_change=False) as library:
        found = select(library, args.query)
        papers = list(library.papers(found.ids))
    try:
        references_found = references(papers, style, kind)
    except ValueError as error:
        raise NotDoneError(str(error)) from error
    if args.json:
        put_json(
            [
                {"id": paper.id, "citekey": paper.citekey, "reference": text}
                for paper, text in references_found
            ]
        )
    else:
        put(joined(references_found, kind))
    return found.exit_code
