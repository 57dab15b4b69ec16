"""The files of a library, kept in step: read, appended to, mended, begun anew."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from enum import Enum, auto
from pathlib import Path

from readlist.library import disk, offsets, recovery, scanning
from readlist.library.beside import beside
from readlist.library.columns import Columns
from readlist.library.disk import LibraryError
from readlist.library.documents import Documents, Watch
from readlist.library.journal import Journal
from readlist.library.layer import Layer, record_of
from readlist.library.recovery import Fit, counted
from readlist.library.snapshot import Snapshot, explained

_TRIES = 5
_PAUSE = 0.05
_SHARE = 4
_LEAST = 1 << 20
_MOST = 4 << 20


OnReplace = Callable[[Path, list[str]], AbstractContextManager[None]]
"""What goes around the snapshot's replacement, told its path and a list for notices."""


class There(Enum):
    """What is there, beside what was read."""

    SAME = auto()
    MORE = auto()  # in the journal
    OTHER = auto()


class Files:
    """`library.json` and beside it `.journal`, `.offsets` and `.lock`.

    Methods say whether the lock must be held. `notices` gets a line for what the user should know.
    """

    def __init__(
        self, path: Path, watch: Watch, *, read_only: bool, on_replace: OnReplace | None = None
    ) -> None:
        self.path = path
        self._name = str(path)  # a Path is turned into one at each call
        self.read_only = read_only
        self.notices: list[str] = []
        self._on_replace = on_replace
        self._journal_path = beside(self.path, "journal")
        self.lock = disk.Lock(beside(self.path, "lock"))
        self.documents = Documents(Snapshot(path, beside(self.path, "offsets")), watch)
        self.journal: Journal | None = None
        self.fit = Fit.NONE
        self._unsure = False
        self._news: list[str] = []
        self._told = False

    def close(self) -> None:
        """Close all files."""
        self.documents.base.close()
        if self.journal is not None:
            self.journal.close()
            self.journal = None
        self.lock.close()

    # Reading: without the lock

    def load(self, *, trust: bool = True) -> None:
        """Read snapshot and journal as they are now; `trust` the side file.

        Raises `LibraryError` or `OSError`; what was read before stays in force then.
        """
        for _ in range(_TRIES):
            base = Snapshot.open(self.path, beside(self.path, "offsets"), trust=trust)
            try:
                journal = Journal.open(self._journal_path)
            except BaseException:
                base.close()
                raise
            if disk.look(self.path) == base.stamp:
                break
            base.close()  # replaced between the two
            if journal is not None:
                journal.close()
            time.sleep(_PAUSE)
        else:
            raise LibraryError(self.path, "it keeps changing", "try again")
        self._install(Documents(base, self.documents.watch), journal)
        self.fit = recovery.fit(base, journal)
        self._news, self._told = [], False
        self._replay()
        if base.scanned and base.stamp is not None:
            self._save_side()

    def read_on(self) -> Iterator[dict[str, Layer]]:
        """Take in what others appended to the journal; yield each change."""
        if self.journal is not None:
            for record in self.journal.records():
                changes = recovery.layers_of(record)
                self.documents.settle(changes)
                yield changes

    def lacks_journal(self) -> bool:
        """Whether another program took away the journal, and nothing else."""
        if self.journal is None or self.read_only or disk.look(self._journal_path) is not None:
            return False
        return disk.look(self._name) == self.documents.base.stamp

    def compare(self, *, quick: bool = False) -> There:
        """Return whether the files are those that were loaded, or hold more.

        `quick` does not look for a journal that was taken away or replaced by other programs: on
        Linux, to ask for a file's times makes the next sync of it half as slow again (6.13, with
        its multigrain timestamps: each write then has a new time to keep).
        """
        if disk.look(self._name) != self.documents.base.stamp:
            return There.OTHER
        journal = self.journal
        if not quick or journal is None or self.fit is not Fit.BOUND:
            there = disk.look(self._journal_path)
            if there is None or journal is None:
                return There.SAME if there is None and journal is None else There.OTHER
            if there.number != journal.number or there.size < journal.end:
                return There.OTHER
        if journal.ended:
            return There.OTHER
        return There.MORE if self.fit is Fit.BOUND and journal.has_more else There.SAME

    def _replay(self) -> None:
        journal = self.journal
        if journal is None or self.fit in (Fit.NONE, Fit.STALE, Fit.STRANGE):
            return
        if self.fit is not Fit.EDITED:
            for record in journal.records():
                self.documents.settle(recovery.layers_of(record))
            return
        records = list(journal.records())
        moved, lost = recovery.replay_on_edited(self.documents, records)
        if records:
            self._news.append(
                f"{self.path.name} was changed by another program; on top of that"
                f" {counted(len(records), 'change')} made here meanwhile are kept"
            )
        if moved:
            self._news.append(f"{counted(moved, 'document')} that it added got new numbers")
        if lost:
            self._news.append(f"{counted(lost, 'change')} to what it removed are left out")

    def _install(self, documents: Documents, journal: Journal | None) -> None:
        if documents.base is not self.documents.base:
            documents.take_over(self.documents)
            self.documents.base.close()
        if self.journal is not None and self.journal is not journal:
            self.journal.close()
        self.documents, self.journal = documents, journal
        documents.keep = self._save_side

    def _save_side(self, columns: Columns | None = None) -> None:
        """Write the side file, if nobody holds the lock and the folder lets us."""
        with suppress(LibraryError), self.held(patience=0):
            self.documents.base.save_side(columns)

    # Writing: with the lock

    def hold(self, patience: float = 10.0) -> None:
        """Take the lock, of process and thread; again within is fine. Raises `LibraryError`."""
        if self.read_only:
            raise LibraryError(self.path, "it was opened to be read", "nothing was changed")
        try:
            taken = self.lock.hold(patience)
        except OSError as error:
            raise disk.explain(error, self.lock.path) from error
        if not taken:
            raise LibraryError(self.path, "another program is holding its lock", "try again")

    @contextmanager
    def held(self, patience: float = 10.0) -> Iterator[None]:
        """Hold the lock within. Raises `LibraryError`."""
        self.hold(patience)
        try:
            yield
        finally:
            self.lock.let_go()

    def make_ready(self) -> None:
        """Make sure that a change can be appended. The state is current; the lock is held.

        Raises `LibraryError`.
        """
        journal = self.journal
        sound = journal and not (journal.torn or journal.damaged or journal.ended)
        if sound and self.fit is Fit.BOUND and not self._unsure and not self.lock.marked:
            return
        with explained(self.path):
            if self._unsure or self.lock.marked:
                self.compact()
                self.lock.mark(False)
                self._unsure = False
            elif not self.documents.base.contents.generation:
                self._set_aside()
                self.compact()
            elif self.fit is not Fit.BOUND or not journal or journal.damaged or journal.ended:
                self._mend()
            if self.journal is not None and self.journal.torn:
                self.journal.cut()

    def append(self, changes: dict[str, Layer]) -> None:
        """Write changes and sync them, then take them in: they are in force.

        Raises `LibraryError` when they are not, `UncertainError` when they may not be on the disk.
        """
        journal = self.journal
        if journal is None:
            raise RuntimeError("make_ready comes first")
        try:
            journal.append(record_of(changes))
        except BaseException as error:
            self._take_back(journal)
            if isinstance(error, OSError):
                raise disk.explain(error, journal.path) from error
            raise
        try:
            self.documents.settle(changes)  # not behind the sync, when the processor is cold
        finally:
            self._sync(journal)

    def bring(self, changes: dict[str, Layer]) -> None:
        """Write changes into a new snapshot, with all else: what is too much for a journal.

        Raises as `append`.
        """
        before = self.documents.base.stamp
        self.documents.resume(changes)
        try:
            with explained(self.path):
                self.compact()
                self.documents.known_columns()  # they are kept beside it
        except LibraryError as error:
            if disk.look(self._name) == before:
                raise
            self._distrust()
            self.documents.abandon()
            with explained(self.path):
                self.load()
            raise recovery.uncertain(self.path) from error

    def _sync(self, journal: Journal) -> None:
        try:
            disk.sync(journal.file)
        except OSError as error:
            self._distrust()
            raise recovery.uncertain(journal.path) from error

    def repair(self) -> None:
        """Bring together what does not fit, or set it aside. Takes the lock itself."""
        if self._told or not self.is_broken:
            return
        try:
            with self.held():
                self.load()
                if self.is_broken:
                    self._mend()
        except (OSError, LibraryError) as error:
            self.notices += [*self._news, f"{self.path.name} needs mending, which failed: {error}"]
        self._told = True

    def side_file_fits(self) -> bool:
        """Whether the side file says what a scan of the snapshot finds. Raises `OSError`."""
        base = self.documents.base
        if base.file is None:
            return True
        found = scanning.scan(self.path, base.file)
        stored = offsets.load(base.side, disk.stamp(base.file))  # may not be what is in use
        return base.contents == found and stored in (None, found)

    @property
    def is_broken(self) -> bool:
        """Whether something must be mended, and the user told."""
        if self.journal is None or self.documents.base.stamp is None:
            return False
        if self.fit is Fit.STRANGE:
            return self.journal.has_changes
        return self.fit in (Fit.EDITED, Fit.DAMAGED) or bool(self.journal.damaged)

    @property
    def is_told(self) -> bool:
        """Whether mending will tell the user of another program's change."""
        return bool(self._news) or (self.fit is Fit.STRANGE and self.is_broken)

    @property
    def needs_compaction(self) -> bool:
        """Whether the journal is large beside the snapshot, so that opening takes longer."""
        contents = self.documents.base.contents
        if contents.plain or not contents.generation:
            return self.documents.base.stamp is not None
        share = min(max(contents.size // _SHARE, _LEAST), _MOST)
        return self.journal is not None and self.journal.end > share

    @property
    def is_compact(self) -> bool:
        """Whether the snapshot alone holds everything."""
        return not any(self.documents.layers.values())

    def compact(self) -> None:
        """Write everything into a new snapshot and begin a new journal.

        Raises `OSError`, or `MovedError` when another program writes the snapshot meanwhile.
        """
        columns = None if self.documents.pending else self.documents.known_columns()
        follows = [self.documents.base.contents.generation]
        if self.journal is not None and self.journal.binding is not None:
            follows.append(self.journal.binding.generation)
        target = beside(self.path, "new")
        made = self.documents.write_to(target, follows=list(dict.fromkeys(follows)))
        if not disk.REPLACES_OPEN_FILES:
            self.documents.base.close()
        keep = self._on_replace
        try:
            with keep(self.path, self.notices) if keep else nullcontext():
                disk.replace(target, self.path)
        except BaseException:
            disk.remove(target)
            raise
        base = Snapshot.written(self.path, beside(self.path, "offsets"), made)
        try:
            disk.sync_folder(self.path.parent)
        except OSError:
            base.close()
            self._distrust()
            raise
        base.save_side(columns)
        self._install(self.documents.rebase(base), self.journal)
        self.fit = Fit.STALE
        self.start_journal()

    def start_journal(self) -> None:
        """Put a new journal in the place of the old, with all that is not in the snapshot.

        The state is current; the lock is held. Raises `OSError`.
        """
        base = self.documents.base
        disk.sync_folder(self.path.parent)  # the snapshot it is bound to stays
        if self.journal is not None and not disk.REPLACES_OPEN_FILES:
            self.journal.close()
            self.journal = None
        layers = {n: layer for n, layer in self.documents.layers.items() if layer or layer.next_id}
        text = record_of(layers, whole=True) if layers else None
        journal = Journal.start(self._journal_path, recovery.binding_of(base), text)
        self._install(self.documents, journal)
        self.fit = Fit.BOUND
        try:
            disk.sync_folder(self.path.parent)
        except OSError:
            self._distrust()
            raise

    def _mend(self) -> None:
        self._set_aside()
        if self.journal is not None and self.fit in (Fit.BOUND, Fit.DAMAGED):
            self.journal.finish()
        self.notices += self._news
        self._news = []
        self.start_journal()

    def _set_aside(self) -> None:
        """Keep what a new journal will not hold in a file of its own."""
        journal = self.journal
        if journal is None:
            return
        if journal.damaged:
            target = recovery.set_aside(self.path, "damaged", b"\n".join(journal.damaged) + b"\n")
            self.notices.append(
                f"damaged: {counted(len(journal.damaged), 'change')} of {journal.path.name} cannot"
                f" be read and went to {target.name}; those behind are kept"
            )
        if self.fit is Fit.STRANGE and journal.has_changes:
            target = recovery.set_aside(self.path, "journal", journal.all())
            self.notices.append(
                f"{self.path.name} was replaced by another program; the changes that belonged to"
                f" the former one went to {target.name}"
            )
        elif self.fit is Fit.EDITED and journal.has_changes:
            recovery.set_aside(self.path, "journal", journal.all())

    def _take_back(self, journal: Journal) -> None:
        try:
            journal.cut()
        except OSError:
            self._distrust()

    def _distrust(self) -> None:
        """Have the next change, whoever makes it, write a new snapshot first."""
        try:
            self.lock.mark(True)
        except OSError:
            self._unsure = True  # this process at least knows
