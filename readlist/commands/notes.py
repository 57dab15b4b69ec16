"""`readlist note`."""

import argparse
import sys
from collections.abc import Sequence

from readlist import change, editor
from readlist.change import Change
from readlist.commands.arguments import NotDoneError, Parser, Run, UsageError
from readlist.commands.selecting import NothingFoundError, opened
from readlist.commands.terminal import put, say, tell
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.text import clean, clean_line


def add_note(parser: Parser) -> Run:
    """Declare `note`."""
    parser.add_argument("id", metavar="ID", help="the paper's id")
    parser.add_argument(
        "--text", metavar="T", help='the note, as Markdown; "" takes it. Without: your editor opens'
    )
    parser.add_json()
    return _note


def _note(args: argparse.Namespace) -> int:
    if not (args.id.isascii() and args.id.isdigit()):
        raise UsageError(f"{clean_line(args.id)!r} is no id; readlist list shows ids")
    words = _editor() if args.text is None else []
    with opened(args) as library:
        paper = _paper(library, args.id)
        text = args.text if args.text is not None else _edited(paper, words)
        note = clean(text).strip()

        def build(papers: Sequence[Paper], now: str) -> Change:
            if args.text is None and papers and papers[0].note != paper.note:
                put(note)
                raise NotDoneError("the note was changed elsewhere; yours, above, was not taken")
            return change.set_note(papers[0] if papers else paper, note, now)

        if note == paper.note:
            say("the note is as it was")
            return 0
        return tell(library.edit([paper.id], build), as_json=args.json)


def _paper(library: Library, number: str) -> Paper:
    try:
        return library.paper(int(number) if len(number) < 19 else 0)
    except KeyError:
        raise NothingFoundError(f"no paper has the id {number}") from None


def _editor() -> list[str]:
    words = editor.command()
    if not words:
        raise UsageError("what note? Give it with --text, or name an editor in $VISUAL or $EDITOR")
    if not _has_terminal():
        raise UsageError("an editor needs a terminal; give the note with --text")
    return words


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _edited(paper: Paper, words: list[str]) -> str:
    """Return the paper's note as the user leaves it in the editor."""
    try:
        return editor.edited(paper.note, f"{paper.id}.md", words)
    except editor.EditorError as error:
        raise NotDoneError(str(error)) from None
