"""`readlist pdf`: get the PDFs of papers; note which file is the PDF of one."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readlist import change, config
from readlist.change import Change
from readlist.commands.arguments import NotDoneError, Parser, Run, UsageError
from readlist.commands.progress_bar import progress_shown
from readlist.commands.selecting import opened, select_to_change
from readlist.commands.terminal import put, put_json, say, tell
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.sources.problems import as_one
from readlist.text import clean_line, few, quote

if TYPE_CHECKING:
    from readlist.pdf.fetching import Outcome
    from readlist.pdf.folder import PdfFolder

_EXAMPLES = """\
examples:
  readlist pdf get is:to-read -has:files   those of papers to read that have none
  readlist pdf get 3 7
  readlist pdf add 3 ~/Downloads/paper.pdf
"""


def add_pdf(parser: Parser) -> Run:
    """Declare `pdf`."""
    parser.usage = (
        "readlist pdf get [--dry-run] [--json] QUERY\n       readlist pdf add [--json] ID FILE"
    )
    parser.add_argument(
        "action",
        choices=("get", "add"),
        metavar="get | add",
        help="get: fetch PDFs into the folder that [pdf] in the settings names, and note them; "
        "add: note that a file is the paper's PDF",
    )
    parser.add_query("which papers: a query, or ids")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be fetched")
    parser.add_json()
    parser.epilog = _EXAMPLES
    return _pdf


def _pdf(args: argparse.Namespace) -> int:
    return _get(args) if args.action == "get" else _add(args)


def _get(args: argparse.Namespace) -> int:
    from readlist.pdf.fetching import FAILED, NOWHERE, fetch_all, note, summary
    from readlist.pdf.folder import FolderError, PdfFolder

    settings = config.load()
    outcomes: list[Outcome] = []
    with opened(args) as library:
        found = select_to_change(library, args.query)
        papers = list(library.papers(found.ids))
        folder = PdfFolder(settings.pdf, library.path)
        if args.dry_run:
            return max(_plan(papers, folder, settings, as_json=args.json), found.exit_code)
        try:
            with progress_shown() as progress:
                fetch_all(papers, folder, settings.sources, outcomes.append, progress)
        except FolderError as error:
            raise NotDoneError(clean_line(str(error))) from error
        finally:  # what came before it was stopped is there
            applied = note(library, outcomes)
    if args.json:
        put_json([vars(one) for one in outcomes])
    for one in outcomes:
        if one.file and not args.json:
            put(clean_line(one.file))
    lines = list(_problems(outcomes))
    for line in lines:
        say(line)
    if len(lines) != 1 or not all(one.problem for one in outcomes):
        say(summary(outcomes))
    if applied and applied.conflicts:
        say(applied.conflicts[0])
    is_short = any(one.result in (FAILED, NOWHERE) for one in outcomes)
    return max(int(is_short), found.exit_code)


def _problems(outcomes: "Sequence[Outcome]") -> Iterator[str]:
    """Yield why PDFs are not there: a line for each reason, one for all who gave no answer."""
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        if one.problem:
            groups.setdefault("" if one.is_unanswered else one.problem, []).append(one)
    for some in groups.values():
        names = few([f"{one.paper} {quote(clean_line(one.title))}" for one in some])
        yield f"{names}: {clean_line(as_one([one.problem for one in some]))}"


def _plan(
    papers: Sequence[Paper],
    folder: "PdfFolder",
    settings: config.Config,
    *,
    as_json: bool,
) -> int:
    """Say what would be fetched from where, and what it would be called; return the exit code."""
    from readlist.pdfs import file_name, own_file, places

    rows = []
    for paper in papers:
        if own_file(paper, [folder.path]) is None:
            found = places(paper, settings.sources)
            name = file_name(paper, settings.pdf.name)
            rows.append({"paper": paper.id, "url": found[0].url if found else "", "name": name})
    if as_json:
        put_json(rows)
    for row in rows:
        if row["url"] and not as_json:
            put(f"{clean_line(str(row['url']))}  {row['name']}")
        if not row["url"]:
            say(f"{row['paper']}: no address of a PDF is known")
    say(f"into {clean_line(str(folder.path))}; a dry run: nothing was fetched")
    return int(not all(row["url"] for row in rows))


def _add(args: argparse.Namespace) -> int:
    from readlist.pdf.folder import is_pdf

    *words, name = args.query or [""]
    if not words:
        raise UsageError("a paper and a file are wanted, as readlist pdf add 3 paper.pdf")
    path = Path(name).expanduser().absolute()
    try:
        if not is_pdf(path):
            raise NotDoneError(f"{clean_line(str(path))} is no PDF")
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotDoneError(f"{clean_line(str(path))} cannot be read: {reason}") from error
    with opened(args) as library:
        number = _one(library, words)

        def build(papers: Sequence[Paper], now: str) -> Change:
            return change.add_files(papers, {number: str(path)}, now)

        applied = library.edit([number], build)
    return tell(applied, as_json=args.json)


def _one(library: Library, words: Sequence[str]) -> int:
    found = select_to_change(library, words).ids
    if len(found) > 1:
        raise UsageError(f"which paper? {len(found):,} are meant; an id tells one")
    return found[0]
