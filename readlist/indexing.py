"""The search index of a library: kept beside it, checked against it, built a little at a time."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from readlist.library.beside import beside
from readlist.library.library import Library

if TYPE_CHECKING:  # nothing of the search is imported before the first frame
    from readlist.search.evaluate import Searcher
    from readlist.search.index import Index

T = TypeVar("T")

_EAGER = 20_000  # papers; a larger library is read when a filter is first typed, unless it was kept
_WORTH_KEEPING = 1_000  # papers; fewer are indexed faster than anybody notices
_FEW = 2_000  # papers; as many are read again at each start, before what was kept is made anew
_TRIES = 3
_PATIENCE = 0.02  # seconds


class Indexing:
    """A searcher over the papers that were read so far.

    What is kept, `library.json.words`, is disposable: it is made anew when it is damaged. When the
    library changed since it was written, the checksums of the papers in it are compared with those
    that the library has, and only papers are read that have another.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._path = path_of(library.path.resolve())
        self._work: Iterator[None] | None = None
        self._state = ""
        self._is_begun = False  # NumPy is there, and so is the index
        self._is_read = False
        self._is_behind = False  # what was kept, by so much that it is worth keeping anew
        self._number_read = 0
        self._has_keys = True  # somebody types
        self.is_going = False
        self._searcher: Searcher | None = None

    @property
    def searcher(self) -> "Searcher":
        """What answers queries, over the papers read so far."""
        if self._searcher is None:
            from readlist.search.evaluate import Searcher

            self._searcher = Searcher(read=self._library.paper)
        return self._searcher

    @property
    def is_cheap(self) -> bool:
        """Whether the library is to be read before anybody filters: it is small, or was kept."""
        return len(self._library) <= _EAGER or self.is_kept

    @property
    def is_kept(self) -> bool:
        """Whether there is an index beside the library, made before."""
        return self._path.exists()

    @property
    def progress(self) -> str:
        """How many of the papers have been read, "" when all have."""
        if self._is_read:
            return ""
        return f"{self._number_read:,} of {len(self._library):,} papers read"

    @property
    def share(self) -> float | None:
        """How much of the library has been read, from 0 to 1; None when little is left to read."""
        left = len(self._library) - self._number_read
        return None if self._is_read or left < _FEW else self._number_read / len(self._library)

    def step(self, most: int) -> bool:
        """Read `most` more papers, or work for as long as a key may wait; return whether all is
        done.
        """
        if self._work is None:
            self._work = self._steps()
        end = perf_counter() + _PATIENCE
        for _ in range(most):
            if next(self._work, self) is self:
                return True
            if perf_counter() > end:
                break
        return False

    def complete(self) -> "Searcher":
        """Do all at once, and return the searcher."""
        self._has_keys = False
        while not self.step(1_000):
            pass
        return self.searcher

    def take_in(self, numbers: Iterable[int]) -> None:
        """Take in papers that changed, came or went."""
        if self._work is None:  # none has been read yet
            return
        for number in numbers:
            if number in self._library:
                self._update(number)
            else:
                self.searcher.remove(number)

    def _update(self, number: int) -> None:
        self.searcher.update(self._library.paper(number), self._library.checksum(number))
        if self._is_begun:
            self.searcher.prepare()

    def _steps(self) -> Iterator[None]:
        """Yield after each paper, and after each piece of other work that takes a while."""
        is_kept = self._take_up((yield from _in_thread(lambda: _loaded(self._path))))
        yield
        if not (is_kept and self._state == self._library.state):
            yield from self._compare()
        self._is_read = True
        yield
        is_old = not is_kept or self._is_behind or self.searcher.index.is_scattered
        if is_old and len(self._library) >= _WORTH_KEEPING:
            yield from self._keep()
        if self._has_keys:
            yield from self.searcher.warm()

    def _take_up(self, kept: "tuple[Index, str] | None") -> bool:
        """Go on with what was kept, if there is something that can be read; say whether."""
        from readlist.search.evaluate import Searcher
        from readlist.search.index import Index
        from readlist.search.kept import Spill

        index, self._state = kept or (Index(), "")
        if not kept:
            with suppress(OSError):
                index = Index(Spill(self._path.parent))
        early = self.searcher
        self._searcher = Searcher(read=self._library.paper, index=index)
        early.pass_on(self._searcher)
        self._is_begun = True
        return bool(self._state)

    def _compare(self) -> Iterator[None]:
        """Take in each paper that is not in the index as it is in the library."""
        from readlist.search.differences import differences

        library, columns = self._library, self.searcher.index.columns
        changed, gone = differences(columns, library.overview.order(), library.checksums())
        for number in gone:
            self.searcher.remove(number)
        self._number_read = len(library) - len(changed)
        yield
        for number in changed:
            if number in library:
                line = library.checksum(number)
                index = self.searcher.index  # another one when its file was damaged
                if index.line_of(number) != line:
                    index.update(library.paper_once(number), line)
            self._number_read += 1
            yield
        self._is_behind = len(changed) > max(_FEW, len(library) // 20)

    def _keep(self) -> Iterator[None]:
        """Merge the index into a file, and put that in its place; else only merge it."""
        from readlist.search.kept import Writer

        for _ in range(_TRIES):
            index, state = self.searcher.index, self._library.state
            index.flush()
            writer: Writer | None = None
            with suppress(OSError):
                writer = Writer(self._path, index.lengths())
            try:
                for _part in index.merge(writer, state):
                    yield
            except OSError:  # a full disk
                if writer:
                    writer.drop()
                return
            if len(index.segments) == 1:
                if writer:
                    Thread(target=writer.finish, name="keep the index").start()
                return
            if writer:
                writer.drop()


def _in_thread(action: Callable[[], T]) -> Generator[None, None, T]:
    """Do what takes long in a thread, so that keys come in between; return what it returns."""
    found: list[T] = []
    thread = Thread(target=lambda: found.append(action()), name="load the search")
    thread.start()
    while thread.is_alive():
        thread.join(0.002)
        yield
    return found[0]


def _loaded(path: Path) -> "tuple[Index, str] | None":
    """Return the index that was kept and its state, None without one; import the search."""
    import readlist.search.lookup
    from readlist.search import kept

    del readlist
    try:
        return kept.load(path)
    except (OSError, kept.DamagedError):
        return None


def path_of(library: Path) -> Path:
    """Return where the index of a library is kept."""
    return beside(library, "words")
