"""A doubtful match, shown beside the user's paper and asked about."""

import sys
from collections.abc import Iterator, Sequence

from readlist.asked import Asked
from readlist.commands.terminal import cells, fitted, line_width, styled
from readlist.filled import Sought, in_words
from readlist.paper import Paper
from readlist.services import SERVICES
from readlist.text import clean_line, count, readable

_NAMES = 13  # cells, of the names of fields
_WIDEST = 160
_FIELDS = ("title", "authors", "published", "venue", "identifiers", "abstract")
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
        title = SERVICES[told.service].title
        for line in beside(one.paper, told.match.found, f"found at {title}", _width()):
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
    room = max(16, (width - _NAMES - 4) // 2)
    yield styled(f"{'':<{_NAMES}}{fitted('yours', room)}  {heading}", "2")
    for name in _FIELDS:
        ours, theirs = _told(kept, name), _told(found, name)
        if not (ours or theirs):
            continue
        most = 4 if name == "abstract" else 3
        left, right = _wrapped(ours or "–", room, most), _wrapped(theirs or "–", room, most)
        for row in range(max(len(left), len(right))):
            first = left[row] if row < len(left) else ""
            second = right[row] if row < len(right) else ""
            label = styled(f"{name if not row else '':<{_NAMES}}", "2")
            yield f"{label}{fitted(first, room)}  {second}".rstrip()


def _told(paper: Paper, name: str) -> str:
    if name == "abstract":
        return readable(clean_line(paper.abstract))
    if name == "identifiers":
        return "  ".join(f"{kind} {value}" for kind, value in paper.identifiers.items())
    if name == "authors" and not paper.authors and paper.number_of_authors:
        return count(paper.number_of_authors, "author")
    return in_words(name, getattr(paper, name), paper)


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """Return a text in at most so many lines of so many cells."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if cells(longer) <= width or not lines[-1]:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = fitted(f"{lines[-1]} {word}", width).rstrip()
            break
        else:
            lines.append(word)
    return [fitted(line, width).rstrip() for line in lines]


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
