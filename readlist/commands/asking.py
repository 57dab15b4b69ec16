"""Asks, on the terminal, about doubtful matches, each shown beside the user's paper."""

import sys
from collections.abc import Iterator, Sequence

from readlist.commands.terminal import fitted, line_width, styled
from readlist.filling.asked import Asked
from readlist.filling.filled import Sought
from readlist.filling.side_by_side import LABEL, side_by_side
from readlist.paper import Paper
from readlist.text import cells, readable

_WIDEST = 160
_KEYS = "y yes   n no, another   s skip for now   q skip the rest"


def decide(doubtful: Sequence[Sought], asked: Asked, now: str) -> None:
    """Ask about each doubtful match; what the user says is the same paper is taken to be it."""
    for number, one in enumerate(doubtful, start=1):
        told = one.doubtful
        if told is None:
            continue
        _say("")
        what = f"{number} of {len(doubtful)} doubtful" if len(doubtful) > 1 else "doubtful"
        _say(f"{what}: {told.match.verdict.reason}")
        for line in beside(one.paper, told.match.found, f"found at {told.who}", _width()):
            _say(line)
        answer = _answer()
        if answer == "y":
            one.accept()
        elif answer == "n":
            asked.reject(one.paper, told.match.found, now)
            one.doubtful = None
        elif answer == "q":
            return


def beside(kept: Paper, found: Paper, heading: str, width: int) -> Iterator[str]:
    """Yield lines that show two accounts beside each other, in so many cells."""
    room = max(16, (width - LABEL - 4) // 2)
    yield styled(f"{'':<{LABEL}}{fitted('yours', room)}  {heading}", "2")
    for name, ours, theirs in side_by_side(kept, found, room, cells):
        label = styled(f"{name:<{LABEL}}", "2")
        yield f"{label}{fitted(ours, room)}  {theirs}".rstrip()


def short(line: str) -> str:
    """Return a line of a result as wide as the terminal; piped, it is whole."""
    line = readable(line)
    width = line_width()
    return line if width is None or cells(line) <= width else fitted(line, width)


def _width() -> int:
    return min(line_width() or 100, _WIDEST)


def _answer() -> str:
    """Return what is typed, by its first letter; at the end of input, that the rest is skipped."""
    while True:
        sys.stderr.write(f"the same paper?   {_KEYS} ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            return "q"
        letter = line.strip().lower()[:1]
        if letter in ("y", "n", "s", "q"):
            return letter


def _say(line: str) -> None:
    print(line, file=sys.stderr)
