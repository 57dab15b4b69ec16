"""The words of all papers for the filter, read a few papers at a time between two keys."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from readlist.library.library import Library

if TYPE_CHECKING:  # nothing of the search is imported before the first frame
    from readlist.search.evaluate import Searcher

_EAGER = 20_000  # papers; a larger library is read when a filter is first typed


class Indexing:
    """A searcher over the papers read so far."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._waiting: Iterator[int] | None = None
        self._is_read = False
        self._number_read = 0
        self.is_going = False

    @cached_property
    def searcher(self) -> "Searcher":
        """What answers queries, over the papers read so far."""
        from readlist.search.evaluate import Searcher

        return Searcher()

    @property
    def is_cheap(self) -> bool:
        """Whether the library is small enough to be read before anybody filters."""
        return len(self._library) <= _EAGER

    @property
    def progress(self) -> str:
        """How many of the papers have been read, "" when all have."""
        if self._is_read:
            return ""
        return f"{self._number_read:,} of {len(self._library):,} papers read"

    def step(self, most: int) -> bool:
        """Read `most` more papers; return whether all have been read."""
        if self._waiting is None:
            self._waiting = iter(list(self._library.overview.order()))
        for number in self._waiting:
            if number in self._library:
                self.searcher.update(self._library.paper(number))
            self._number_read += 1
            most -= 1
            if not most:
                return False
        self._is_read = self.searcher.prepare(200)
        return self._is_read

    def take_in(self, numbers: Iterable[int]) -> None:
        """Take in papers that changed, came or went."""
        if self._waiting is None:  # none has been read yet
            return
        for number in numbers:
            if number in self._library:
                self.searcher.update(self._library.paper(number))
            else:
                self.searcher.remove(number)
