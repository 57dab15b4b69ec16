"""Two accounts of what may be one paper, in lines beside each other."""

from collections.abc import Callable, Iterator

from readlist.filling.filled import in_words
from readlist.paper import Paper
from readlist.text import clean_line, count, readable, wrapped

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
        left = wrapped(ours or "–", room, cells, most)
        right = wrapped(theirs or "–", room, cells, most)
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
