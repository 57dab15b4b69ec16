"""`readlist add`."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from readlist import config
from readlist.commands.arguments import NotDoneError, Parser, Run, UsageError
from readlist.commands.importing import as_json, finish
from readlist.commands.progress_bar import progress_shown
from readlist.commands.selecting import opened
from readlist.commands.terminal import put, put_json, say
from readlist.formats.incoming import Incoming
from readlist.intake import Holdings, Report
from readlist.library.library import Library
from readlist.operations import ImportOptions, take_in_all
from readlist.references import Reference, references
from readlist.text import clean_line, quote, shorten

_WIDEST = 100


def add_add(parser: Parser) -> Run:
    """Declare `add`."""
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help="an arXiv id, a DOI, or a link (arXiv, Hugging Face, OpenReview, ACL Anthology, "
        "Semantic Scholar, OpenAlex, a publisher's page, a PDF, a page of Daily Papers); "
        "- for a text with any number of them on stdin",
    )
    parser.add_argument("--clipboard", action="store_true", help="take those in the clipboard")
    parser.add_tags()
    parser.add_status("to-read, and new from a page of Daily Papers")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_json("print a report of each service as JSON")
    return _add


def _add(args: argparse.Namespace) -> int:
    from readlist.adding.by_id import look_for  # and with it what speaks HTTP

    asked, refused = _asked(args)
    if not asked:
        raise NotDoneError("; ".join(refused))
    settings = config.load().sources
    with opened(args) as library:
        with progress_shown() as progress:
            named = look_for(asked, Holdings(library, progress), settings, progress)
            options = ImportOptions(tags=tuple(args.tag), status=args.to, dry_run=args.dry_run)
            reports = take_in_all(library, named.inputs, options, progress, label=named.label)
        problems = [*refused, *named.problems()]
        if args.json:
            put_json([*map(as_json, reports), *({"error": problem} for problem in problems)])
        else:
            for (_, incoming), report in zip(named.inputs, reports, strict=True):
                _tell(library, incoming, report, dry_run=args.dry_run)
        for problem in problems:
            say(problem)
        if args.dry_run:
            say("a dry run: nothing was changed")
        else:
            finish(library, reports)
    return 1 if problems or any(report.refusals for report in reports) else 0


def _asked(args: argparse.Namespace) -> tuple[list[Reference], list[str]]:
    """Return what is asked for, each once, and why some of it cannot be."""
    texts = [("stdin", _stdin()) if word == "-" else ("", word) for word in args.ids]
    if args.clipboard:
        texts.append(("the clipboard", _clipboard()))
    if not texts and not sys.stdin.isatty():
        texts.append(("stdin", _stdin()))
    if not texts:
        raise UsageError("which papers? Name ids or links, or - for what is typed or piped in")
    asked: dict[tuple[str, str], Reference] = {}
    refused = []
    for place, text in texts:
        found = references(text)
        if not found:
            refused.append(_nothing_in(place, text))
        for one in found:
            asked.setdefault((one.kind, one.value), one)
    return list(asked.values()), refused


def _nothing_in(place: str, text: str) -> str:
    if place:
        return f"in {place} there is no id of a paper, and no link to one"
    with suppress(OSError, ValueError):
        if Path(text).expanduser().is_file():
            return f"{clean_line(text)} is a file: readlist import takes it in"
    return f"{quote(clean_line(text))} is no id of a paper, and no link"


def _stdin() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _clipboard() -> str:
    import pyperclip

    try:
        return str(pyperclip.paste())
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        raise NotDoneError(
            "the clipboard cannot be read; paste into `readlist add -` instead"
        ) from None


def _tell(library: Library, incoming: Incoming, report: Report, *, dry_run: bool) -> None:
    """Print what became of each paper that was named; of a listing, how many there were."""
    if dry_run or not incoming.is_named:
        put(f"{report.name}: {report.summary()}")
        for paper in incoming.papers if incoming.is_named else ():
            put(f"  {shorten(paper.title, _WIDEST)}")
        return
    from readlist.adding.by_id import KEPT

    new = "kept" if incoming.format == KEPT else "added"
    became = {new: report.added, "updated": report.merged, "known": report.unchanged}
    for word, ids in became.items():
        for paper in library.papers(ids):
            state = f" ({paper.status.words})" if word != new else ""
            put(f"{word} {paper.id}{state}: {shorten(paper.title, _WIDEST)}")
