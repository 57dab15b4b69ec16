"""What the sidebar and the list need of papers without reading them: state, star, order, tags."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import compress

from readlist.library.chosen import Chosen
from readlist.library.columns import Columns
from readlist.library.disk import LibraryError
from readlist.library.table import DocumentTable
from readlist.paper import Document, Paper, Status

_CODES = {status: code for code, status in enumerate(Status)}
_ARCHIVED = _CODES[Status.ARCHIVED]
_NO_TAGS: frozenset[str] = frozenset()


def column_values(document: Document) -> tuple[int, bool, int, bool]:
    """Return a paper's columns: the code of its status, its star, when it was added, and whether
    it may have tags.

    The time is a number as 20261120071200; 0 when it is not known.
    """
    try:
        added = int("".join(filter(str.isdigit, document["added"]))[:14])
    except (KeyError, TypeError, ValueError):
        added = 0
    status = document.get("status")
    code = _CODES.get(status, 0) if isinstance(status, str) else 0  # type: ignore[call-overload]
    return code, document.get("starred") is True, added, bool(document.get("tags"))


class Overview:
    """States and stars from the columns that the library keeps; tags from a scan, once asked for.

    The default order is: newest import first, and in that in the source's own order.
    """

    def __init__(self, columns: Callable[[], Columns], papers: DocumentTable) -> None:
        self._columns = columns
        self.tag_index = TagIndex(columns, papers)

    def __len__(self) -> int:
        return len(self._columns().ids)

    def order(self) -> Sequence[int]:
        """Return all ids in the default order, to read, not to alter or to hold on to."""
        return self._columns().ids

    def where(self, *statuses: Status, starred: bool = False) -> Sequence[int]:
        """Return the ids of papers in one of these states, in the default order."""
        columns = self._columns()
        codes = {_CODES[status] for status in statuses}
        wanted = columns.status.translate(bytes(code in codes for code in range(256)))
        if starred:
            both = int.from_bytes(wanted, "little") & int.from_bytes(columns.starred, "little")
            wanted = bytearray(both.to_bytes(len(wanted), "little"))
        tallies = columns.tallies.items()
        length = sum(n for (code, star), n in tallies if code in codes and star >= starred)
        return Chosen(columns.ids, bytes(wanted), length)

    def counts(self) -> Counter[Status]:
        """Return how many papers there are in each state."""
        counts = self._columns().counts()
        return Counter({status: counts.get(code, 0) for status, code in _CODES.items()})

    def starred(self) -> int:
        """Return how many papers are starred and not archived."""
        tallies = self._columns().tallies.items()
        return sum(n for (code, starred), n in tallies if starred and code != _ARCHIVED)

    def tags(self) -> Counter[str]:
        """Return how many papers, archived ones left out, have each tag or one nested in it."""
        self.tag_index.scan()
        return self.tag_index.counts()

    def tagged(self, tag: str) -> Sequence[int]:
        """Return the ids of papers with a tag or one nested in it, archived ones left out."""
        self.tag_index.scan()
        found = self.tag_index.papers_with(tag)
        return [number for number in self.order() if number in found] if found else []

    def all_tagged(self, tag: str) -> Sequence[int]:
        """Return the ids of papers with a tag or one nested in it, archived ones too."""
        self.tag_index.scan()
        return sorted(self.tag_index.all_with(tag))


class _Tagged:
    """Papers by tags, with those that these are nested in; and tags by papers, as they are."""

    def __init__(self) -> None:
        self.tags_of: dict[int, frozenset[str]] = {}
        self.papers_with: dict[str, set[int]] = {}

    def set(self, number: int, tags: frozenset[str]) -> None:
        """Take in which tags a paper has now."""
        before = self.tags_of.pop(number, _NO_TAGS)
        if tags:
            self.tags_of[number] = tags
        if tags != before:
            was, is_now = _with_those_above(before), _with_those_above(tags)
            for tag in was - is_now:
                self.papers_with[tag].discard(number)
            for tag in is_now - was:
                self.papers_with.setdefault(tag, set()).add(number)

    def counts(self) -> Counter[str]:
        """Return how many papers have each tag."""
        return Counter({tag: len(papers) for tag, papers in self.papers_with.items() if papers})


class TagIndex:
    """Which papers have which tags, or one nested in them; read in slices from the papers that have
    any, then kept true. Archived papers are apart.
    """

    def __init__(self, columns: Callable[[], Columns], papers: DocumentTable) -> None:
        self._columns = columns
        self._papers = papers
        self._waiting: Iterator[int] | None = None
        self._is_complete = False
        self._alive = _Tagged()
        self._archived = _Tagged()

    def scan(self, most: int | None = None) -> bool:
        """Read `most` more papers with tags (all, without it); return whether all were read."""
        if self._waiting is None:
            columns = self._columns()
            self._waiting = iter(array("q", compress(columns.ids, columns.tagged)))
        while not self._is_complete and most != 0:
            number = next(self._waiting, None)
            if number is None:
                self._is_complete = True
                break
            with suppress(LibraryError):  # one that cannot be read is not shown either
                document = self._papers.get(doc_id=number)
                self.update(number, document if isinstance(document, dict) else None)
            most = most - 1 if most is not None else None
        return self._is_complete

    def update(self, number: int, document: Document | None) -> None:
        """Take in what a paper is now; None when it is no more."""
        tags = _NO_TAGS
        if document and document.get("tags"):
            tags = frozenset(Paper.of(document, number).tags)
        is_archived = document is not None and document.get("status") == Status.ARCHIVED
        self._alive.set(number, _NO_TAGS if is_archived else tags)
        self._archived.set(number, tags if is_archived else _NO_TAGS)

    def counts(self) -> Counter[str]:
        """Return how many of the papers read so far have each tag; archived ones left out."""
        return self._alive.counts()

    def archived_counts(self) -> Counter[str]:
        """Return how many of the archived papers read so far have each tag."""
        return self._archived.counts()

    def papers_with(self, tag: str) -> set[int]:
        """Return the papers with a tag, of those read so far. To read, not to alter."""
        return self._alive.papers_with.get(tag, set())

    def all_with(self, tag: str) -> set[int]:
        """Return the papers with a tag, archived ones too, of those read so far."""
        return self.papers_with(tag) | self._archived.papers_with.get(tag, set())

    def all_tags(self) -> set[str]:
        """Return the tags of all papers read so far."""
        return {*self._alive.counts(), *self._archived.counts()}

    def counts_among(self, numbers: Iterable[int]) -> Counter[str]:
        """Return how many of these papers have each tag, or one nested in it."""
        counts: Counter[str] = Counter()
        for tags, papers in self._alike(numbers):
            for tag in _with_those_above(tags):
                counts[tag] += papers
        return counts

    def own_counts_among(self, numbers: Iterable[int]) -> Counter[str]:
        """Return how many of these papers, of those read so far, have each tag itself."""
        counts: Counter[str] = Counter()
        for tags, papers in self._alike(numbers):
            for tag in tags:
                counts[tag] += papers
        return counts

    def _alike(self, numbers: Iterable[int]) -> Iterable[tuple[frozenset[str], int]]:
        """Return how many of these papers have the same tags; few do differ in them."""
        alive, archived = self._alive.tags_of, self._archived.tags_of
        return Counter(alive.get(n) or archived.get(n, _NO_TAGS) for n in numbers).items()


def _with_those_above(tags: Iterable[str]) -> frozenset[str]:
    return frozenset(part for tag in tags for part in lineage(tag))


def lineage(tag: str) -> Iterator[str]:
    """Yield a tag and those that it is nested in: `rl/offline` is `rl`, then `rl/offline`."""
    end = tag.find("/")
    while end != -1:
        yield tag[:end]
        end = tag.find("/", end + 1)
    yield tag
