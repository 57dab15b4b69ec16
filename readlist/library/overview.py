"""What the sidebar and the list need of every paper, without reading it: state, star, order."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from readlist.paper import Paper, Status


class Row(NamedTuple):
    """What is kept of one paper."""

    status: Status
    starred: bool
    added: str
    tags: tuple[str, ...]


class Overview:
    """A row for each paper; ids in the default order: newest import first, in its own order."""

    def __init__(self) -> None:
        self._rows: dict[int, Row] = {}
        self._order: list[int] | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, number: object) -> bool:
        return number in self._rows

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __getitem__(self, number: int) -> Row:
        return self._rows[number]

    def put(self, paper: Paper) -> None:
        """Take in a paper, or its new state."""
        before = self._rows.get(paper.id)
        row = Row(paper.status, paper.starred, paper.added or "", tuple(paper.tags))
        self._rows[paper.id] = row
        if before is None or before.added != row.added:
            self._order = None

    def remove(self, number: int) -> None:
        """Forget a paper."""
        del self._rows[number]
        self._order = None

    def order(self) -> list[int]:
        """Return all ids in the default order. The list is the caller's to read, not to alter."""
        if self._order is None:
            self._order = sorted(self._rows)
            self._order.sort(key=lambda i: self._rows[i].added, reverse=True)  # stable
        return self._order

    def where(self, *statuses: Status, starred: bool = False) -> list[int]:
        """Return the ids of papers in one of these states, in the default order."""
        rows = self._rows
        return [
            i for i in self.order() if rows[i].status in statuses and rows[i].starred >= starred
        ]

    def tagged(self, tag: str) -> list[int]:
        """Return the ids of papers with a tag or one nested in it, archived ones left out."""
        rows, nested = self._rows, tag + "/"
        return [
            i
            for i in self.order()
            if rows[i].status is not Status.ARCHIVED
            and any(t == tag or t.startswith(nested) for t in rows[i].tags)
        ]

    def counts(self) -> Counter[Status]:
        """Return how many papers there are in each state."""
        return Counter(row.status for row in self._rows.values())

    def starred(self) -> int:
        """Return how many papers are starred and not archived."""
        return sum(r.starred and r.status is not Status.ARCHIVED for r in self._rows.values())

    def tags(self) -> Counter[str]:
        """Return how many papers, archived ones left out, have each tag or one nested in it."""
        found: Counter[str] = Counter()
        for row in self._rows.values():
            if row.tags and row.status is not Status.ARCHIVED:
                found.update({part for tag in row.tags for part in lineage(tag)})
        return found


def lineage(tag: str) -> Iterator[str]:
    """Yield a tag and those that it is nested in: `rl/offline` is `rl`, then `rl/offline`."""
    end = tag.find("/")
    while end != -1:
        yield tag[:end]
        end = tag.find("/", end + 1)
    yield tag
