"""`readlist duplicates`."""

import argparse
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from readlist.commands.arguments import Parser, Run, UsageError
from readlist.commands.progress_bar import progress_shown
from readlist.commands.selecting import NothingFoundError, opened, select
from readlist.commands.terminal import fitted, line_width, put, put_json, say, styled, tell
from readlist.insight.duplicates import Pair, find
from readlist.library.library import Library
from readlist.merging.comparison import Field, compare
from readlist.paper import Paper
from readlist.text import cells, clean_line, count, wrapped

_WIDEST = 72  # cells of a paper beside another
_LONGEST = 400  # characters of an abstract or a note
_LEFT_OUT = ("abstract", "sources", "categories", "added")
"""Fields that are not shown where both papers have the same."""
_EPILOG = """\
Of each pair the fields are printed that tell most; ≠ marks those that differ, * what the merged
paper would have. Merged papers are those that --merge names, into the first; nothing that was done
to any of them is lost, and readlist undo takes it back.

examples:
  readlist duplicates tag:thesis         pairs with one of these papers in them
  readlist duplicates --merge 12 845     merge 845 into 12
  readlist duplicates --apart 12 845     they are not the same: never list them again
"""


def add_duplicates(parser: Parser) -> Run:
    """Declare `duplicates`."""
    parser.add_query("only pairs with these papers in them; with --merge or --apart, ids")
    parser.add_argument("--merge", action="store_true", help="merge papers into the first of them")
    parser.add_argument("--apart", action="store_true", help="remember that they are not the same")
    parser.add_json("print an array of pairs, each with both papers; or what was done")
    parser.epilog = _EPILOG
    return _duplicates


def _duplicates(args: argparse.Namespace) -> int:
    if args.merge or args.apart:
        return _decide(args)
    with opened(args, to_change=False) as library:
        wanted = set(select(library, args.query).ids) if args.query else None
        with progress_shown() as progress:
            progress.begin("reading", len(library))
            pairs = find(library.papers(), library.paper, progress)
        if wanted is not None:
            pairs = [pair for pair in pairs if pair.one in wanted or pair.other in wanted]
        _put(library, pairs, as_json=args.json)
    if not pairs:
        asked = f" of {clean_line(' '.join(args.query))}" if args.query else ""
        raise NothingFoundError(f"no paper{asked} seems to be there twice")
    return 0


def _decide(args: argparse.Namespace) -> int:
    """Merge papers, or note that they are not the same."""
    from readlist.merging import uniting
    from readlist.search.query import ids_in

    name = "--merge" if args.merge else "--apart"
    if args.merge and args.apart:
        raise UsageError("--merge and --apart do not go together")
    numbers = ids_in(args.query)
    if numbers is None or len(numbers) < 2:
        raise UsageError(f"{name} wants the ids of two papers or more")
    build = uniting.merge_papers if args.merge else uniting.tell_apart
    with opened(args) as library, library.writing():
        missing = [str(number) for number in numbers if number not in library]
        if missing:
            raise NothingFoundError(f"nothing is changed: no paper has the id {', '.join(missing)}")
        applied = library.edit(numbers, build)
    return tell(applied, as_json=args.json)


# What is printed


def _put(library: Library, pairs: Sequence[Pair], *, as_json: bool) -> None:
    if as_json:
        put_json([_as_json(library, pair) for pair in pairs])
        return
    for place, pair in enumerate(pairs):
        if place:
            put()
        _put_pair(library, pair)
    if pairs:
        say(f"{count(len(pairs), 'pair')}: --merge ID ID makes one of two, --apart ID ID does not")


def _as_json(library: Library, pair: Pair) -> dict[str, Any]:
    kept, other, fields = _compared(library, pair)
    return {
        "ids": [kept.id, other.id],
        "reason": pair.reason,
        "differences": [field.name for field in fields if not field.is_same],
        "papers": [kept.export(), other.export()],
    }


def _compared(library: Library, pair: Pair) -> tuple[Paper, Paper, list[Field]]:
    """Return two papers, first the one that the other would be merged into, and their fields."""
    from readlist.merging.uniting import best_first, united

    kept, other = best_first((library.paper(pair.one), library.paper(pair.other)))
    return kept, other, compare(kept, other, united(kept, [other]))


def _put_pair(library: Library, pair: Pair) -> None:
    kept, other, fields = _compared(library, pair)
    rows = [("", " ", f"  id {kept.id}", f"  id {other.id}")]
    for field in fields:
        if field.is_same and field.name in _LEFT_OUT:
            continue
        sign = " " if field.is_same else "≠"
        ours, theirs = (
            f"{'*' if takes and not field.is_same else ' '} {' '.join(text[:_LONGEST].split())}"
            for takes, text in zip(field.takes, (field.one, field.other), strict=True)
        )
        rows.append((field.name, sign, ours, theirs))
    put(styled(pair.reason, "1"))
    _put_rows(rows)


def _put_rows(rows: Sequence[tuple[str, str, str, str]]) -> None:
    """Print rows, as wide as the terminal; nothing is cut."""
    names = max(len(row[0]) for row in rows)
    line = line_width()
    width = min(_WIDEST, max(cells(row[2]) for row in rows))
    room = _WIDEST if line is None else max(16, (line - names - 7) // 2)
    for name, sign, ours, theirs in rows:
        columns = _lines(ours, min(width, room)), _lines(theirs, room)
        for place, (left, right) in enumerate(zip_longest(*columns, fillvalue="")):
            head = " " * (names + 2) if place else f"{name:<{names}} {sign}"
            put(f"{styled(head, '2')} {fitted(left, min(width, room))}  {right}".rstrip())


def _lines(text: str, width: int) -> list[str]:
    """Return what one of two papers says, behind its mark."""
    mark, said = text[:2], text[2:]
    first, *others = wrapped(said, width - 2, cells)
    return [mark + first, *(f"  {line}" for line in others)]
