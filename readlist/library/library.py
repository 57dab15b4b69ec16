"""The library: papers on disk, the one way to change them, and the history of changes."""

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tinydb.table import Document as Row

from readlist.change import Change, Edit, Resolved, TagEdit, resolve
from readlist.config import BackupSettings
from readlist.large import Numbers
from readlist.library import migrate
from readlist.library.backup import Backups, Settings
from readlist.library.beside import beside
from readlist.library.database import JournalDB
from readlist.library.history import Entry, History
from readlist.library.layer import Touched
from readlist.library.notices import Notices
from readlist.library.overview import Overview, column_values
from readlist.paper import Document, Paper, Status, timestamp
from readlist.record import Record
from readlist.text import quote

_CACHED = 5_000  # papers that are kept once they were read
_AT_ONCE = 2_000  # papers of a change that are worked on together


class Applied(Record):
    """What became of a change: its label, the papers that it touched, and what it left alone."""

    label: str
    ids: Sequence[int]
    conflicts: tuple[str, ...] = ()


class Library:
    """Papers by their ids, and every change of them.

    Raises `LibraryError` from any method that finds the file unreadable or not writable.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        interface: bool = False,
        settings: Settings = BackupSettings,
        session: str | None = None,
    ) -> None:
        """Open the library at `path`; `interface` says that it stays open while the user works.

        `settings` are asked for once a backup is made. What is done here counts as done in
        `session`, if another's is named. A library of an older schema is migrated.
        """
        self.path = path
        self._clock = clock
        self._settings = settings
        self.backups = Backups(beside(path, "backups"), settings=settings, clock=clock)
        self._db = JournalDB(
            path,
            interface=interface,
            column_values=column_values,
            on_replace=self.backups.keeping,
        )
        self._papers = self._db.table("papers")
        self._deleted = self._db.table("deleted")
        try:
            migrate.up(self._db, self.backups)
        except BaseException:
            self._db.close()
            raise
        self.session = session or os.urandom(4).hex()
        self._history = History(self._db, session=self.session)
        self.overview = Overview(lambda: self._db.columns, self._papers)
        self.reported = Notices(path, self.now)
        self._cache: dict[int, Paper] = {}
        self._depth = 0
        self._written = Numbers()

    @property
    def database(self) -> JournalDB:
        """The database, for what concerns the files and not the papers."""
        return self._db

    @property
    def notices(self) -> list[str]:
        """What the user should know of the files, a line each; whoever shows them empties it."""
        return self._db.notices

    @property
    def state(self) -> str:
        """A text that is another once anything was changed; for what is kept beside the library."""
        return self._db.storage.state

    def checksum(self, number: int) -> int:
        """Return a checksum of a paper as it is kept, 32 bits; it is hardly ever read for that."""
        return self._db.storage.documents.checksum("papers", number)

    def checksums(self) -> tuple[Sequence[int], Sequence[int], set[int]]:
        """Return ids and checksums of papers when the library was last compacted, and the ids of
        those that changed since, or came or went. To read, not to alter or to hold on to.
        """
        return self._db.storage.documents.checksums("papers")

    @property
    def is_read_only(self) -> bool:
        """Whether the library can be read but not changed."""
        place = self.path.parent
        while not place.exists():
            place = place.parent
        writable = os.access(place, os.W_OK | os.X_OK)
        return not writable or (self.path.exists() and not os.access(self.path, os.W_OK))

    # Reading

    def __len__(self) -> int:
        return len(self.overview)

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and self._papers.contains(doc_id=number)

    def paper(self, number: int) -> Paper:
        """Return the paper with an id. Raises `KeyError` when there is none."""
        found = self._cache.get(number)
        if found is None:
            found = self.paper_once(number)
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[number] = found
        return found

    def paper_once(self, number: int) -> Paper:
        """Return the paper with an id, read anew and not kept, for who goes through all of them.

        Raises `KeyError` when there is none.
        """
        document = self._db.storage.document("papers", number)
        if document is None:
            raise KeyError(number)
        return Paper.of(document, number)

    def papers(self, numbers: Iterable[int] | None = None) -> Iterator[Paper]:
        """Yield the papers with these ids, those that are there; without `numbers` all, by id."""
        if numbers is None:
            for row in self._papers:
                yield Paper.of(row, row.doc_id)
            return
        for number in numbers:
            if number in self:
                yield self.paper(number)

    def deleted(self) -> Iterator[Document]:
        """Yield what is remembered of deleted papers: `id`, `uid`, `title`, `identifiers`, their
        first author in `authors`; of those that went as their coming was undone, `undone`."""
        for row in self._deleted:
            yield {"id": row.doc_id, **row}

    def log(self) -> list[Entry]:
        """Return the history, oldest first."""
        return self._history.entries()

    def last_import(self) -> frozenset[int]:
        """Return the ids of the papers that the last import added or merged."""
        return self._history.last_import()

    def last_tag_edit(self) -> TagEdit | None:
        """Return the last change of tags that was made of papers; None when it is forgotten."""
        return self._history.last_tag_edit()

    def statuses_before_read(self, numbers: Iterable[int]) -> dict[int, Status]:
        """Return the status that each of these papers had before it was read, if it is known."""
        return self._history.statuses_before(numbers, Status.READ)

    # Changing

    def now(self) -> str:
        """Return the time that a change made now gets."""
        return timestamp(self._clock())

    @contextmanager
    def writing(self) -> Iterator[Touched]:
        """Hold the lock, so that a change can be built from the papers as they are now; give what
        others had changed, as `refresh` does.

        Changes applied inside are on disk when this ends; after an exception none of them is.
        """
        self._depth += 1
        try:
            with self._db.writing():
                touched = self._db.refresh()
                self._take_in(touched)
                yield touched
        except BaseException:
            if self._depth == 1:
                self._look_again(self._written)  # what was applied inside may not be so
            raise
        finally:
            self._depth -= 1
            if not self._depth:
                self._written = Numbers()

    def edit(
        self, numbers: Iterable[int], build: Callable[[Sequence[Paper], str], Change]
    ) -> Applied:
        """Apply the change that `build` makes of these papers, as they are now, and the time."""
        with self.writing():
            papers = list(self.papers(numbers))
            return self._perform(build(papers, self.now()), known={p.id: p for p in papers})

    def apply(self, change: Change) -> Applied:
        """Make a change: it is on disk, and on the history, when this (and `writing`) ends."""
        with self.writing():
            return self._perform(change)

    def mend(self, fields: Mapping[int, Document]) -> None:
        """Give fields of papers, by id, values in the place of ones that no paper can have.

        It is not on the history: there is no way back to those.
        """
        with self.writing():
            self._written.update(fields)
            self._papers.update_each(fields)
            self._look_again(fields)

    def undo(self) -> Applied | None:
        """Take back the last change made from here, else the library's last; None without one."""
        with self.writing():
            entry = self._history.last_done()
            return self._reverse(entry, "undo") if entry else None

    def redo(self) -> Applied | None:
        """Make again the change that was taken back last; None without one."""
        with self.writing():
            entry = self._history.last_undone()
            return self._reverse(entry, "redo") if entry else None

    def reach(self, step: str) -> int:
        """Return how many papers the next `undo` or `redo` touches."""
        history = self._history
        entry = history.last_done() if step == "undo" else history.last_undone()
        return len(entry.edits_json) if entry else 0

    @property
    def last_id(self) -> int:
        """The highest id that any paper has had."""
        return self._db.next_id("papers") - 1

    def refresh(self) -> Touched:
        """Take in what other processes changed; return what, which is false when nothing was."""
        touched = self._db.refresh()
        self._take_in(touched)
        return touched

    def compact(self) -> None:
        """Write all papers into `library.json` itself, so that plain TinyDB reads them there."""
        self._db.compact()

    def close(self) -> None:
        """Let go of the files; the last interface to close compacts them."""
        self._db.close()
        self.reported.write()

    # Other threads

    def twin(self) -> "Library":
        """Open the same library once more, for another thread; its changes are made from here."""
        twin = Library(self.path, self._clock, settings=self._settings)
        twin._history = self._history.of_same_session(twin._db)
        return twin

    def go_on_with(self, twin: "Library") -> None:
        """Take over a twin's files: what it has read and written is not read again.

        The twin is of no use any more. The next `refresh` says that everything has changed.
        """
        self._db.go_on_with(twin._db)

    # Inside

    def _reverse(self, entry: Entry, kind: str) -> Applied:
        back = Change(entry.label, entry.edits, kind).inverse()
        return self._perform(back, of=entry.of or entry.id)

    def _perform(
        self, change: Change, *, of: int | None = None, known: Mapping[int, Paper] | None = None
    ) -> Applied:
        """Make a change. Papers that are `known` as they are now are not read again.

        Of many papers, some at a time are in memory.
        """
        ids = Numbers()
        conflicts: list[str] = []
        parts: list[int] = []
        done: dict[int, list[Edit]] = {}
        rest = iter(change.edits.items())
        while some := list(itertools.islice(rest, _AT_ONCE)):
            if done:
                parts.append(self._history.put_down(done))
            found = self._resolved(some, known or {}, conflicts, strict=of is not None)
            self._write(found, undone=change.kind == "undo")
            done = {number: resolved.edits for number, resolved in found.items()}
            ids.update(found)
        if ids or of is not None:  # an undo that finds nothing left to do is done all the same
            resolved = Change(change.label, done, change.kind)
            self._history.record(
                resolved, self.now(), of=of, parts=parts, number_of_papers=len(ids)
            )
        return Applied(change.label, ids, tuple(conflicts))

    def _resolved(
        self,
        edits: Iterable[tuple[int, Sequence[Edit]]],
        known: Mapping[int, Paper],
        conflicts: list[str],
        *,
        strict: bool,
    ) -> dict[int, Resolved]:
        found: dict[int, Resolved] = {}
        for number, own in edits:
            paper = known.get(number)
            if paper is None and number in self:
                paper = self.paper(number)
            before = paper.document() if paper is not None else None
            resolved = resolve(own, before, strict=strict)
            if resolved.edits:
                found[number] = resolved
            conflicts += [_conflict(name, before, number) for name in resolved.conflicts]
        return found

    def _write(self, found: Mapping[int, Resolved], *, undone: bool) -> None:
        """Write what edits came to on the papers with these ids."""
        self._written.update(found)
        added, changed, gone = [], {}, []
        for number, resolved in found.items():
            if resolved.document is None:
                gone.append(self.paper(number))
            elif number in self:
                changed[number] = resolved.changed_fields
            else:
                added.append(Row(resolved.document, doc_id=number))
        self._papers.update_each(changed)
        self._add(added)
        self._remove(gone, undone=undone)
        for number, resolved in found.items():
            self._cache.pop(number, None)
            self.overview.tag_index.update(number, resolved.document)

    def _add(self, rows: list[Row]) -> None:
        if rows:
            self._papers.insert_multiple(rows)
            if len(self._deleted):
                back = [row.doc_id for row in rows if self._deleted.contains(doc_id=row.doc_id)]
                self._deleted.remove(doc_ids=back)
            migrate.note_schema(self._db)

    def _remove(self, papers: list[Paper], *, undone: bool) -> None:
        if papers:
            self._papers.remove(doc_ids=[paper.id for paper in papers])
            self._deleted.insert_multiple(_tombstone(paper, undone) for paper in papers)

    def _take_in(self, touched: Touched) -> None:
        """Forget what was known of papers that others changed."""
        if touched.everything:
            self._cache.clear()
            self._history.look_again()
            self.overview = Overview(lambda: self._db.columns, self._papers)
        else:
            self._look_again({number for table, number in touched.documents if table == "papers"})

    def _look_again(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._cache.pop(number, None)
            row = self._papers.get(doc_id=number)
            self.overview.tag_index.update(number, row if isinstance(row, Row) else None)


def _tombstone(paper: Paper, undone: bool) -> Row:
    names = ("uid", "title", "identifiers")
    kept = {name: getattr(paper, name) for name in names} | {"authors": paper.authors[:1]}
    return Row({**kept, "undone": True} if undone else kept, doc_id=paper.id)


def _conflict(name: str, document: Document | None, number: int) -> str:
    title = quote((document or {}).get("title", f"paper {number}"))
    what = title if name == "paper" else f"{name} of {title}"
    return f"{what} was changed since and stays"
