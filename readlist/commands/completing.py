"""`readlist complete`."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from readlist import config
from readlist.commands.arguments import Parser, Run
from readlist.commands.progress_bar import progress_shown
from readlist.commands.selecting import EMPTY, NothingFoundError, opened, select_to_change
from readlist.commands.terminal import put, put_json, say
from readlist.filling.asked import Asked
from readlist.filling.completing import Found, fill_in, lacking, look_up, remember, unpublished
from readlist.filling.filled import Sought
from readlist.library.library import Applied, Library
from readlist.paper import Paper
from readlist.text import clean_line, count, quote

_SHOWN = 5  # pairs of papers that are one
_EXAMPLES = """\
examples:
  readlist complete                  papers that lack authors, identifiers or a title
  readlist complete --dry-run        only show what would change
  readlist complete tag:thesis       these, whatever they lack; also where they were published
  readlist complete --published      preprints that have been published meanwhile
"""


def add_complete(parser: Parser) -> Run:
    """Declare `complete`."""
    parser.add_query("which papers: a query, or ids; else those that lack something")
    parser.add_argument("--dry-run", action="store_true", help="only show what would change")
    parser.add_argument(
        "--published",
        action="store_true",
        help="without a query: look for what has become of preprints",
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="also ask for papers that were asked for within a week, in vain",
    )
    parser.add_argument(
        "--yes", action="store_true", help="ask nothing; what is doubtful is left alone"
    )
    parser.add_json()
    parser.epilog = _EXAMPLES
    return _complete


def _complete(args: argparse.Namespace) -> int:
    with opened(args) as library:
        now, asked = library.now(), Asked(library.path)
        papers, code = _papers(args, library, asked, now)
        if not papers:
            if args.json:
                _put_json(args, Found([]), None, [])
            return code
        settings = config.load().sources
        published = bool(args.published or args.query)
        try:
            with progress_shown() as progress:
                found = look_up(papers, settings, progress, asked, now, published=published)
        except KeyboardInterrupt:
            say("stopped: nothing was changed; what was fetched need not be fetched again today")
            raise
        if _asks(args):
            from readlist.commands.asking import decide

            decide(found.doubtful, asked, now)
        applied = None
        if not args.dry_run:
            applied = fill_in(library, found.certain) if found.certain else None
            remember(asked, found, now)
        pairs = _twice(library, found, applied)
        code = max(code, _tell(args, found, applied, pairs))
        for one, other in pairs[:_SHOWN]:
            title = quote(clean_line(library.paper(one).title))
            found_out = "would be there twice" if args.dry_run else "is there twice now"
            say(f"{title} {found_out}: readlist duplicates --merge {one} {other}")
        if len(pairs) > _SHOWN:
            say(f"and {len(pairs) - _SHOWN:,} more; readlist duplicates lists them")
        return code


def _twice(library: Library, found: Found, applied: Applied | None) -> list[tuple[int, int]]:
    """Return the papers that turn out to be one, in pairs; of a dry run, that would."""
    from readlist.filling.twice import twice

    if applied is None:
        filled = {one.paper.id: one.now for one in found.certain}
    else:
        filled = {paper.id: paper for paper in library.papers(applied.ids)}
    return twice(library.papers(), filled) if filled else []


def _papers(
    args: argparse.Namespace, library: Library, asked: Asked, now: str
) -> tuple[list[Paper], int]:
    """Return the papers to ask for, and the exit code as far as it is known."""
    from readlist.search.query import ids_in

    code, are_named = 0, False
    if args.query:
        selection = select_to_change(library, args.query)
        numbers, code = selection.ids, selection.exit_code
        are_named = ids_in(args.query) is not None
    else:
        numbers = unpublished(library, now) if args.published else lacking(library)
    papers = list(library.papers(numbers))
    if not papers:
        if not len(library):
            raise NothingFoundError(EMPTY)
        what = "every preprint is young, or known to be published"
        say(what if args.published else "no paper lacks authors, identifiers or its title")
        return [], code
    if args.again or are_named:
        return papers, code
    due = [p for p in papers if not asked.is_settled(p, now, doubtful_too=not _asks(args))]
    if len(due) < len(papers):
        settled = count(len(papers) - len(due), "paper")
        say(f"{settled} not asked for again: in vain within the last week; --again does")
    return due, code


def _asks(args: argparse.Namespace) -> bool:
    """Say whether somebody is there who can be asked."""
    is_there = sys.stdin.isatty() and sys.stdout.isatty()
    return is_there and not (args.yes or args.dry_run or args.json)


def _tell(
    args: argparse.Namespace,
    found: Found,
    applied: Applied | None,
    pairs: Sequence[tuple[int, int]],
) -> int:
    """Print what was found, and what became of it; return the exit code."""
    if args.json:
        _put_json(args, found, applied, pairs)
    else:
        done = found.certain if applied is None else _of(found, applied.ids)
        for one in done:
            _put_whole(one) if args.dry_run else _put_line(one)
        if applied is not None and applied.ids:
            put(applied.label)
    for conflict in applied.conflicts if applied else ():
        say(conflict)
    for one in found.doubtful:
        assert one.doubtful is not None
        title = clean_line(one.paper.title)
        say(f"{one.paper.id} doubtful: {title}: {one.doubtful.match.verdict.reason}")
    if found.doubtful:
        ids = " ".join(str(one.paper.id) for one in found.doubtful[:5])
        say(f"readlist complete {ids}, in a terminal, asks about {_them(found.doubtful)}")
    missing = [one for one in found.sought if not one.told and not one.doubtful]
    if missing and found.has_answer:
        say(f"nothing was found of {count(len(missing), 'paper')}")
    for failure in found.problems:
        say(failure)
    if args.dry_run:
        say("a dry run: nothing was changed")
    is_vain = not any(one.told for one in found.sought)
    return int(bool(is_vain or found.failures or (applied and applied.conflicts)))


def _of(found: Found, ids: Sequence[int]) -> list[Sought]:
    return [one for one in found.certain if one.paper.id in ids]


def _them(doubtful: Sequence[Sought]) -> str:
    return "it" if len(doubtful) == 1 else "them"


def _put_line(one: Sought) -> None:
    """Print a paper that was filled in, and what it got, in a line or two."""
    from readlist.commands.asking import short

    names = ", ".join(step.name for step in one.steps)
    put(short(f"{one.paper.id:>4}  {one.now.title}"))
    put(short(f"      {one.published or names}" + (f"; {names}" if one.published else "")))


def _put_whole(one: Sought) -> None:
    """Print all that would change of a paper."""
    from readlist.commands.asking import short
    from readlist.commands.terminal import styled

    put(styled(short(f"{one.paper.id:>4}  {one.now.title}"), "1"))
    for service, reason in one.reasons:
        put(styled(f"      {service}: {reason}", "2"))
    for step in one.steps:
        old = f"{step.old} → " if step.old else ""
        put(short(f"      {step.name:<13}{old}{step.new}"))
    if one.published:
        put(f"      {one.published}")


def _put_json(
    args: argparse.Namespace,
    found: Found,
    applied: Applied | None,
    pairs: Sequence[tuple[int, int]],
) -> None:
    put_json(
        {
            "label": applied.label if applied else None,
            "ids": list(applied.ids) if applied else [],
            "conflicts": list(applied.conflicts) if applied else [],
            "dry_run": args.dry_run,
            "papers": [_as_json(one) for one in found.sought],
            "twice": pairs,
            "failures": found.failures,
        }
    )


def _as_json(one: Sought) -> dict[str, Any]:
    """Return what was found of a paper; `changes` have old and new values as the paper has them."""
    doubtful = one.doubtful if not one.told else None
    told = one.told or ([doubtful] if doubtful else [])
    return {
        "id": one.paper.id,
        "title": one.paper.title,
        "verdict": "same" if one.told else "doubtful" if doubtful else "none",
        "told": [
            {
                "service": record.service,
                "reason": record.match.verdict.reason,
                "title": record.match.found.title,
                "identifiers": record.match.found.identifiers,
            }
            for record in told
        ],
        "changes": [{"field": name, "old": old, "new": new} for name, old, new in one.changes],
        "published": one.published or None,
    }
