"""Two accounts of what may be one paper, in lines beside each other."""

from collections.abc import Callable, Iterator

from readlist.filling.filled import in_words
from readlist.paper import Paper
from readlist.text import clean_line, count, readable

LABEL = 13
"""Cells of the names of fields."""
_FIELDS = ("title", "authors", "published", "venue", "identifiers", "abstract")
_MOST = {"abstract": 4}  # lines
_USUALLY = 3


def side_by_side(
    kept: Paper, found: Paper, room: int, cells: Callable[[str], int]
) -> Iterator[tuple[str, str, str]]:
    """Yield lines: the name of a field, of the first of its lines; what the one account has, and
    what the other, each in at most `room` cells, which `cells` counts."""
    for name in _FIELDS:
        ours, theirs = _told(kept, name), _told(found, name)
        if not (ours or theirs):
            continue
        most = _MOST.get(name, _USUALLY)
        left = wrapped(ours or "–", room, most, cells)
        right = wrapped(theirs or "–", room, most, cells)
        for row in range(max(len(left), len(right))):
            yield (
                "" if row else name,
                left[row] if row < len(left) else "",
                right[row] if row < len(right) else "",
            )


def _told(paper: Paper, name: str) -> str:
    if name == "abstract":
        return readable(clean_line(paper.abstract))
    if name == "identifiers":
        return "  ".join(f"{kind} {value}" for kind, value in paper.identifiers.items())
    if name == "authors" and not paper.authors and paper.number_of_authors:
        return count(paper.number_of_authors, "author")
    return in_words(name, getattr(paper, name), paper)


def wrapped(text: str, width: int, most: int, cells: Callable[[str], int]) -> list[str]:
    """Return a text in at most so many lines of so many cells; what has no room ends in `…`."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if cells(longer) <= width:
            lines[-1] = longer
        elif len(lines) < most and lines[-1]:
            lines.append(_cut(word, width, cells))
        else:
            lines[-1] = _cut(longer, width, cells)
            break
    return lines


def _cut(text: str, width: int, cells: Callable[[str], int]) -> str:
    if cells(text) <= width:
        return text
    while text and cells(text) > width - 1:
        text = text[: -max(1, (cells(text) - width) // 2)]
    return text.rstrip() + "…"
