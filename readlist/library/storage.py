"""TinyDB's storage on a snapshot and a journal: one change, one line, on disk when it returns."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from readlist.library import disk, recovery
from readlist.library.beside import beside
from readlist.library.columns import Columns, ColumnValues
from readlist.library.disk import LibraryError
from readlist.library.documents import Documents, Watch, over
from readlist.library.files import Files, OnReplace, There
from readlist.library.layer import Document, Layer, Touched, encode
from readlist.library.offsets import MovedError
from readlist.library.recovery import Fit, counted
from readlist.library.snapshot import explained
from readlist.library.writing import Writing

_TRIES = 5
_PAUSE = 0.05


class JournalStorage(Storage):
    """The library as TinyDB sees it.

    One object is for one thread at a time; `writing` keeps others out. `notices` tells what was
    found and done that the user should know, a line each; whoever shows them takes them out.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        read_only: bool = False,
        interface: bool = False,
        column_values: ColumnValues | None = None,
        columns_of: str = "papers",
        on_replace: OnReplace | None = None,
    ) -> None:
        """Open the library at `path`; a missing one is empty, and made by the first change.

        `interface` says that this stays open: the last one to close compacts. `on_replace` goes
        around each replacement of the snapshot. Raises `LibraryError`.
        """
        super().__init__()
        self.path = Path(path).resolve()
        watch = Watch(columns_of, column_values)
        self._files = Files(self.path, watch, read_only=read_only, on_replace=on_replace)
        self._presence = disk.Lock(beside(self.path, "open")) if interface else None
        self._given: dict[str, int] = {}
        self._touched = Touched()
        with explained(self.path):
            self._files.load()
        self._files.repair()
        self._announce()

    @property
    def notices(self) -> list[str]:
        """What the user should know of, a line each."""
        return self._files.notices

    # Reading

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return everything, as TinyDB's own storages do; for scripts, as it parses all."""
        return {
            name: {str(number): self.document(name, number) for number in self.numbers(name)}
            for name in self.tables()
        }

    def tables(self) -> set[str]:
        """Return the names of all tables."""
        return self._files.documents.tables()

    def has(self, name: str, number: int) -> bool:
        """Whether a table has a document of that id."""
        return self._files.documents.has(name, number)

    def count(self, name: str) -> int:
        """Return how many documents a table has, without looking at them."""
        return self._files.documents.count(name)

    def numbers(self, name: str, layer: Layer | None = None) -> Iterator[int]:
        """Return a table's ids, ascending; with `layer`, as they are under these changes."""
        ids = self._files.documents.numbers(name)
        return ids if layer is None else iter(over(ids, layer))

    def document(self, name: str, number: int) -> Document | None:
        """Return a document, parsed anew; None when it is not there. Raises `LibraryError`."""
        for _ in range(_TRIES):
            try:
                return self._files.documents.document(name, number)
            except MovedError:
                self._reload()
            except OSError as error:
                raise disk.explain(error, self.path) from error
        raise self._spoilt(name, number)

    def line(self, name: str, number: int) -> bytes | None:
        """Return a document as a snapshot has it, before any change that is being made.

        None for one that is not there or cannot be read.
        """
        return self.documents.line_if_any(name, number)

    @property
    def documents(self) -> Documents:
        """The documents, for what need not be parsed. Asked for anew each time."""
        return self._files.documents

    def is_readable(self, name: str, number: int) -> bool:
        """Whether a document can be read, or is not there."""
        return not self._unreadable([(name, number)])

    def unreadable(self) -> list[tuple[str, int]]:
        """Return table and id of each document that cannot be read; reads all."""
        found = self._unreadable((n, number) for n in self.tables() for number in self.numbers(n))
        if not found:
            return []
        self._reload()  # another program may have been writing
        return self._unreadable(place for place in found if self.has(*place))

    def _unreadable(self, places: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
        found = []
        for name, number in places:
            try:
                self._files.documents.document(name, number)
            except MovedError:
                found.append((name, number))
        return found

    def _name_unreadable(self) -> None:
        for name, number in self.unreadable():
            raise self._spoilt(name, number) from None

    def _spoilt(self, name: str, number: int) -> LibraryError:
        reason = f"{number} in {name} cannot be read"
        return LibraryError(self.path, reason, "run readlist check --repair")

    def drop_unreadable(self, places: Iterable[tuple[str, int]]) -> Path:
        """Move what is left of documents into a file of its own; return which.

        One change. Raises `LibraryError`.
        """
        with self.writing():
            places = list(places)
            with explained(self.path):
                rests = [self._files.documents.rest(*place) for place in places]
                kept = recovery.set_aside(self.path, "damaged", b"".join(rests))
            for name, number in places:
                layer = Layer()
                layer.drop(number, below=True)
                self.fold(name, layer)
        return kept

    @property
    def columns(self) -> Columns:
        """The columns of the table that has them, as last settled. Asked for anew each time.

        A document that cannot be read has none, so that the others can be seen; it is a notice.
        """
        try:
            return self._files.documents.columns
        except MovedError:
            found = self.unreadable()  # else another program was writing
        if found:
            what = counted(len(found), "document")
            self.notices.append(f"{what} cannot be read and left out; run readlist check --repair")
        self._files.documents.left_out.update(number for _, number in found)
        return self._files.documents.columns

    # Writing

    def writing(self) -> Writing:
        """Make one change of all that is written inside: all of it or nothing; see `writing`.

        It is on the disk when the block ends. An exception inside leaves everything as it was.
        Raises `LibraryError` when it cannot be written, `UncertainError` when it may be lost.
        """
        return Writing(self._files, self._begin)

    def _begin(self) -> None:
        self._take_in(quick=True)
        self._files.documents.begin()
        self._given.clear()

    def fold(self, name: str, layer: Layer) -> None:
        """Take changes of a table into the change that is being made.

        Raises `LibraryError` when there is no room for what is too much for memory.
        """
        try:
            self._files.documents.fold(name, layer)
        except OSError as error:
            raise disk.explain(error, self.path) from error

    def take_id(self, name: str) -> int:
        """Return the next id of a table; it is given once."""
        number = self.next_id(name)
        self._given[name] = number + 1
        return number

    def next_id(self, name: str) -> int:
        """Return the id that a table would give next: more than any that it ever gave."""
        return max(self._files.documents.next_id(name), self._given.get(name, 1))

    def give_id(self, name: str, number: int) -> None:
        """Note that an id was given from outside."""
        self._given[name] = max(self._given.get(name, 1), number + 1)

    def drop(self, name: str) -> None:
        """Drop a table, if it is there."""
        with self.writing():
            if name in self.tables():
                layer = Layer()
                layer.cleared = layer.dropped = True
                self.fold(name, layer)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace everything, as TinyDB's own storages do."""
        with self.writing():
            for name in self.tables() - data.keys():
                self.drop(name)
            for name, table in data.items():
                layer = Layer()
                layer.cleared = True
                for number, document in table.items():
                    layer.add(int(number), encode(document))
                self.fold(name, layer)

    # Others

    def refresh(self) -> Touched:
        """Take in what others changed; return what since the last time. Two calls of `stat`.

        Raises `LibraryError` when the file cannot be read, as while another program writes it;
        what was read before stays in force.
        """
        if self._files.documents.pending is None:
            self._take_in()
            self._files.repair()
        touched, self._touched = self._touched, Touched()
        return touched

    def compact(self) -> None:
        """Write everything into a new snapshot, so that plain TinyDB sees it. O(library).

        Raises `LibraryError`; nothing is lost then.
        """
        if self._files.documents.pending is not None:
            raise RuntimeError("a change is being made")
        with self._files.held(), explained(self.path):
            self._take_in()
            self._files.make_ready()
            try:
                self._files.compact()
            except MovedError:
                self._name_unreadable()
                raise

    def copy_to(self, path: Path) -> None:
        """Write all that is there now as one file of plain TinyDB JSON, synced.

        Raises `LibraryError`, and `OSError` for trouble with the copy.
        """
        self._take_in()
        for _ in range(_TRIES):
            try:
                self._files.documents.write_to(path, follows=[])
                return
            except MovedError:
                self._reload()
        self._name_unreadable()
        raise LibraryError(self.path, "it keeps changing", "try again")

    @property
    def sizes(self) -> tuple[int, int]:
        """Bytes of the snapshot, and of the journal without the room at its end."""
        journal = self._files.journal
        return self._files.documents.base.contents.size, journal.end if journal else 0

    @property
    def state(self) -> str:
        """What tells whether anything changed, in any process, since it was last the same."""
        contents, journal = self._files.documents.base.contents, self._files.journal
        written = journal.end if journal else 0
        return f"{contents.generation}.{contents.crc}.{contents.size}.{written}"

    def side_file_fits(self) -> bool:
        """Whether the side file says of the snapshot what a scan of it finds."""
        with explained(self.path):
            return self._files.side_file_fits()

    def rebuild(self) -> None:
        """Make the side file anew from the snapshot. Raises `LibraryError`."""
        self._reload()

    @property
    def needs_compaction(self) -> bool:
        """Whether the journal is large beside the snapshot, so that opening takes longer."""
        return self._files.needs_compaction

    def close(self) -> None:
        """Close the files. The last interface compacts first; what prevents it is a notice."""
        presence = self._presence
        try:
            if presence and not self._files.is_compact and presence.take(patience=0):
                self.compact()
        except (OSError, LibraryError) as error:
            self.notices.append(f"not compacted: {error}")
        finally:
            if presence:
                presence.close()
            self._files.close()

    def _announce(self) -> None:
        """Let others know that this stays open."""
        try:
            if self._presence and self.path.parent.is_dir():
                self._presence.take(shared=True, patience=0)
        except OSError:
            self._presence = None  # read-only: it will not compact

    def _take_in(self, *, quick: bool = False) -> None:
        try:
            there = self._files.compare(quick=quick)
            if there is There.MORE:
                self._read_on()
                there = self._files.compare(quick=quick)
            if there is There.OTHER:
                self._swap()
        except OSError as error:
            raise disk.explain(error, self.path) from error

    def _read_on(self) -> None:
        for changes in self._files.read_on():
            self._touched.add(changes)

    def _swap(self, *, trust: bool = True) -> None:
        """Take in a new snapshot, or a journal that was begun anew; `trust` the side file."""
        files = self._files
        if files.lacks_journal():
            with files.held():
                files.start_journal()
            self.notices.append("another program removed the journal, which was written anew")
            return
        before = files.documents.base
        if files.fit is Fit.BOUND:
            self._read_on()  # what came into the old one before it was replaced
        for attempt in range(_TRIES):
            try:
                if before.stamp is not None and disk.look(self.path) is None:
                    raise LibraryError(self.path, "it was removed", "put it back, or start anew")
                files.load(trust=trust)
                break
            except LibraryError:
                if attempt == _TRIES - 1:
                    raise
                time.sleep(_PAUSE)  # it may be in the middle of being written
        self._touched.add(files.documents.layers)
        now = files.documents.base.contents
        is_next = before.contents.generation in now.follows or before.stamp is None
        if is_next and not now.brings:
            return
        same_generation = now.generation == before.contents.generation
        if same_generation and now.crc == before.contents.crc:
            return
        self._touched.everything = True
        by_others = same_generation or files.fit not in (Fit.BOUND, Fit.STALE)
        if by_others and not files.is_told:
            self.notices.append(f"{self.path.name} was changed by another program")

    def _reload(self) -> None:
        """Read the files anew: a document was not where it should be."""
        time.sleep(_PAUSE)
        with explained(self.path):
            self._swap(trust=False)
        self._files.repair()
