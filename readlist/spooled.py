"""Papers that are too many for memory: on the disk, while they come in."""

import marshal
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from readlist.change import AddPaper, Change, Edit
from readlist.large import Numbers
from readlist.library import disk
from readlist.library.spool import Row, Spool
from readlist.paper import Paper, Status


def spool_of_papers(library: Path) -> Spool[Paper]:
    """Return a spool beside the library at `library`; elsewhere if nothing can be written there."""
    return Spool(_folder(library), _packed, _unpacked)


def spooled(papers: Iterable[Paper], library: Path) -> Collection[Paper]:
    """Return papers that can be gone through again and again, and of which one is in memory.

    Raises `OSError` when there is no room for them.
    """
    return Row(papers, _folder(library), _packed, _unpacked)


def _folder(library: Path) -> Path:
    folder = library.resolve().parent
    try:
        disk.close(disk.nameless(folder))
    except OSError:
        from tempfile import gettempdir

        return Path(gettempdir())
    return folder


def _packed(paper: Paper) -> bytes:
    return marshal.dumps(paper.export())


def _unpacked(data: bytes) -> Paper:
    values = marshal.loads(data)
    values["status"] = Status(values["status"])
    return Paper(**values)


class Arrivals(Mapping[int, Sequence[Edit]]):
    """The edits that take papers in: each of those that are `added` is read when its turn comes."""

    def __init__(
        self,
        added: Numbers,
        papers: Mapping[int, Paper],
        merged: Numbers,
        edits: Mapping[int, Sequence[Edit]],
    ) -> None:
        self._added, self._papers, self._merged, self._edits = added, papers, merged, edits

    def __getitem__(self, number: int) -> Sequence[Edit]:
        if number in self._added:
            return [AddPaper(self._papers[number].document())]
        return self._edits[number]

    def __contains__(self, number: object) -> bool:
        return number in self._added or number in self._merged

    def __iter__(self) -> Iterator[int]:
        return chain(self._added, self._merged)

    def __len__(self) -> int:
        return len(self._added) + len(self._merged)


class Joined(Mapping[int, Sequence[Edit]]):
    """The edits of several changes, of each paper in their order."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._each = [change.edits for change in changes]
        self._numbers = Numbers(chain.from_iterable(self._each))

    def __getitem__(self, number: int) -> Sequence[Edit]:
        found = [edits[number] for edits in self._each if number in edits]
        if not found:
            raise KeyError(number)
        return [edit for own in found for edit in own]

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)
