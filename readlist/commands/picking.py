"""`readlist pick`."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readlist import config
from readlist.commands.arguments import Parser, Run, UsageError, one_of
from readlist.commands.selecting import EMPTY, NothingFoundError, opened
from readlist.commands.terminal import put, put_file, put_json

_TERMINAL = "/dev/tty"
_EXAMPLES = r"""formats: key (one a line), commas (a,b), latex (\cite{a,b}), markdown ([@a; @b]),
typst (@a @b)

The screen is the terminal's, also when stdin and stdout are pipes. enter takes the paper
under the cursor, or those selected with space; escape takes none, and the exit code is 1.
"""


def add_pick(parser: Parser) -> Run:
    """Declare `pick`."""
    parser.add_query("what to begin with; all but the archived papers without it")
    parser.add_argument("--format", metavar="F", default="key", help="how the keys are printed")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write them to a file, and not to stdout"
    )
    parser.add_json("print an array of the papers with all fields")
    parser.epilog = _EXAMPLES
    return _pick


def _pick(args: argparse.Namespace) -> int:
    from readlist.citing import FORMS, citing
    from readlist.search.query import ids_in, parse

    form = one_of(FORMS, args.format)
    ids = ids_in(args.query)
    query = " OR ".join(f"id:{number}" for number in ids) if ids else " ".join(args.query)
    parse(query)
    settings = config.load()
    with opened(args, to_change=False) as library:
        if not len(library):
            raise NothingFoundError(EMPTY)
    from readlist.library.opening import Opening

    with _at_the_terminal():
        opening = Opening(config.library_path(args.library), lambda: settings.backup)
        from readlist.tui.picking import pick

        papers = pick(opening, settings, query)
    if not papers:
        return 1
    if args.json:
        put_json([paper.export() for paper in papers])
    elif args.output:
        put_file(Path(args.output).expanduser(), f"{citing(papers, form)}\n".encode())
    else:
        put(citing(papers, form))
    return 0


@contextmanager
def _at_the_terminal() -> Iterator[None]:
    """Put the terminal in the place of the three streams for a while: an editor that waits for the
    keys has its own there. Raises `UsageError` where there is none."""
    if getattr(sys.stdout, "columns", None) is not None:
        raise UsageError("papers are picked from a shell or an editor, not from here")
    try:
        terminal = os.open(_TERMINAL, os.O_RDWR)
    except OSError:
        raise UsageError("the interface needs a terminal, and there is none here") from None
    sys.stdout.flush()
    sys.stderr.flush()
    kept = {number: os.dup(number) for number in (0, 1, 2)}
    try:
        for number in kept:
            os.dup2(terminal, number)
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, stream in kept.items():
            os.dup2(stream, number)
            os.close(stream)
        os.close(terminal)
