"""Orders that a user can ask for: `sort:-starred,title`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readlist.days import day_of
from readlist.paper import Paper, Status
from readlist.text import fold

_PROGRESS = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class SortKey:
    """A field to sort by; the name is a key of `SORTS`."""

    field: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.field}" if self.descending else self.field


def _first_author(paper: Paper) -> tuple[str, str] | None:
    """Return the first author as lists of names are sorted: by family name."""
    names = fold(paper.authors[0]).split() if paper.authors else []
    return (names[-1], " ".join(names)) if names else None


# A value to compare, or None where a paper has none.
SORTS: dict[str, Callable[[Paper], Any]] = {
    "title": lambda p: fold(p.title),
    "authors": _first_author,
    "venue": lambda p: fold(p.venue) if p.venue else None,
    "org": lambda p: fold(p.organization) if p.organization else None,
    "citekey": lambda p: fold(p.citekey) or None,
    "published": lambda p: p.published,
    "day": day_of,
    "added": lambda p: p.added,
    "decided": lambda p: p.decided,
    "started": lambda p: p.started,
    "finished": lambda p: p.finished,
    "changed": lambda p: p.changed,
    "upvotes": lambda p: p.upvotes,
    "comments": lambda p: p.comments,
    "status": lambda p: _PROGRESS[p.status],
    "starred": lambda p: p.starred,
    "id": lambda p: p.id,
}
OTHER_NAMES = {"author": "authors", "year": "published", "organization": "org"}


def sort_ids(papers: Mapping[int, Paper], ids: Iterable[int], keys: Sequence[SortKey]) -> list[int]:
    """Return `ids` sorted by the first key, ties by the next, then as they were.

    Papers without a value stand last in both directions. Raises `KeyError` for a field that is
    not in `SORTS`: keys come from `query.parse` and `query.parse_sort`, which only make known ones.
    """
    found = list(ids)
    for key in reversed(keys):
        value_of = SORTS[key.field]
        values = {number: value_of(papers[number]) for number in found}
        present = [number for number in found if values[number] is not None]
        missing = [number for number in found if values[number] is None]
        present.sort(key=values.__getitem__, reverse=key.descending)
        found = present + missing
    return found
