"""`readlist import`."""

import argparse
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from readlist.commands import arguments
from readlist.commands.arguments import Parser, Run, UsageError
from readlist.commands.progress_bar import progress_shown
from readlist.commands.selecting import opened
from readlist.commands.terminal import put, put_json, say
from readlist.formats.incoming import FormatError, Incoming, watched
from readlist.formats.streamed import Stream
from readlist.intake import Report
from readlist.library.library import Library
from readlist.operations import ImportOptions, read_file, take_in_all, tidy
from readlist.progress import Progress
from readlist.text import clean_line

if TYPE_CHECKING:
    from readlist.search.query import Query

_IDS = ("added", "merged", "unchanged", "by_title")


def add_import(parser: Parser) -> Run:
    """Declare `import`."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="a file, or - for stdin")
    parser.add_argument("--format", metavar="F", help="the format, else it is found out")
    parser.add_argument(
        "--page-date",
        metavar="YYYY-MM-DD",
        type=arguments.day,
        help="the day that a page was of: decides the year of dates without one",
    )
    parser.add_tags()
    parser.add_status("new, and to-read from reference managers")
    parser.add_argument(
        "--restore",
        action="store_true",
        help="bring deleted papers back, and of readlist's own JSON state, stars and notes, "
        "where they were changed later than here",
    )
    parser.add_argument(
        "--only",
        metavar="QUERY",
        help="take in only the papers that a query finds, of a file too large for all of it",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_json("print a report of each file as JSON")
    return _import


def _import(args: argparse.Namespace) -> int:
    with ExitStack() as files:  # of which papers are still read when they are taken in
        return _import_from(files, args)


def _import_from(open_files: ExitStack, args: argparse.Namespace) -> int:
    options = ImportOptions(
        format=args.format,
        page_date=args.page_date,
        tags=tuple(args.tag),
        status=args.to,
        restore=args.restore,
        dry_run=args.dry_run,
        only=_query(args.only) if args.only is not None else None,
    )
    with progress_shown() as progress:
        inputs, refused = _read(_files(args), options, progress, open_files)
    reports: list[Report] = []
    if inputs:
        with opened(args) as library:
            with progress_shown() as progress:
                reports = take_in_all(library, inputs, options, progress)
            _tell(reports, refused, args)
            if not args.dry_run:
                finish(library, reports)
    else:
        _tell(reports, refused, args)
    return 1 if refused or any(report.refusals for report in reports) else 0


def _read(
    files: list[str], options: ImportOptions, progress: Progress, open_files: ExitStack
) -> tuple[list[tuple[str, Incoming | Stream]], list[tuple[str, str]]]:
    """Return what can be read of files, each with its name, and why others cannot."""
    inputs: list[tuple[str, Incoming | Stream]] = []
    refused: list[tuple[str, str]] = []
    for file in files:
        name = "stdin" if file == "-" else clean_line(file)
        progress.begin(f"reading {name}")
        try:
            with watched(progress):
                inputs.append((name, read_file(_open(file, open_files), name, options)))
        except FormatError as error:
            refused.append((name, str(error)))
        except OSError as error:
            refused.append((name, f"{name} cannot be read: {error.strerror or error}"))
    return inputs, refused


def finish(library: Library, reports: Iterable[Report]) -> None:
    """Do what takes its time, once the user knows that the papers are there."""
    from readlist.library.second_place import copy_if_due

    sys.stdout.flush()
    for report in reports:
        for notice in report.notices():
            library.reported.keep(notice)
    tidy(library)
    copy_if_due(library)


def _files(args: argparse.Namespace) -> list[str]:
    if args.format:
        from readlist.formats.catalogue import named

        try:
            named(args.format)
        except FormatError as error:
            raise UsageError(str(error)) from None
    if not args.files and sys.stdin.isatty():
        raise UsageError("which files? Name some, or - for what is typed or piped in")
    return args.files or ["-"]


def _open(file: str, open_files: ExitStack) -> IO[bytes]:
    if file == "-":
        return sys.stdin.buffer
    return open_files.enter_context(Path(file).expanduser().open("rb"))


def _query(text: str) -> "Query":
    from readlist.search.query import parse

    return parse(text)


def _tell(reports: list[Report], refused: list[tuple[str, str]], args: argparse.Namespace) -> None:
    if args.json:
        failed = [{"name": name, "error": reason} for name, reason in refused]
        put_json([*map(as_json, reports), *failed])
    for report in reports:
        if not args.json:
            put(f"{report.name}: {report.summary()}")
        for note in report.notes:
            say(f"{report.name}: {note}")
        for refusal in report.refusals:
            say(f"{report.name}: {refusal.place} refused: {refusal.reason}")
    for _, reason in refused:
        say(reason)
    if args.dry_run:
        say("a dry run: nothing was changed")


def as_json(report: Report) -> dict[str, Any]:
    """Return a report as JSON tells it."""
    ids = {name: list(getattr(report, name)) for name in _IDS}
    return {**vars(report), **ids, "refusals": [vars(refusal) for refusal in report.refusals]}
