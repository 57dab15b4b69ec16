"""The history: every change that was made, taken back or made again, across restarts.

The edits of a change of many papers are in parts, of which only one at a time is in memory: rows
of a table of their own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from tinydb.table import Document as Row

from readlist.change import (
    Change,
    Edit,
    TagEdit,
    tag_edit_of,
)
from readlist.library.database import JournalDB
from readlist.library.edits_json import ManyEdits, Rows, edits_from_json, edits_to_json
from readlist.paper import Status
from readlist.record import Record

LIMIT = 1000
"""How many changes are remembered."""
_RECENT = 100


class Entry(Record):
    """A line of the history. `kind` is `change`, `import`, `undo` or `redo`; the latter two name
    the change that they are about in `of`."""

    id: int
    at: str
    label: str
    kind: str
    of: int | None
    session: str
    edits_json: list[list[Any]] | Rows

    @property
    def edits(self) -> Mapping[int, Sequence[Edit]]:
        """The edits of each paper, resolved."""
        rows = self.edits_json
        return edits_from_json(rows) if isinstance(rows, list) else ManyEdits(rows)

    @property
    def ids(self) -> frozenset[int]:
        """The papers that were touched."""
        return frozenset(row[0] for row in self.edits_json)


class History:
    """The changes in a table, and which of them `undo` and `redo` mean.

    A change counts as made "from here" when this session made it, or when it was there before
    this session began: what others do meanwhile is theirs to take back.
    """

    def __init__(self, db: JournalDB, session: str):
        self._table = db.table("history")
        self._parts = db.table("history_parts")
        self._session = session
        self._start = self._last_id()
        self._last_import: tuple[int, frozenset[int]] | None = None

    def of_same_session(self, db: JournalDB) -> "History":
        """Return the same history in another object; what it records is from here."""
        other = History(db, self._session)
        other._start = self._start
        return other

    def put_down(self, edits: Mapping[int, Sequence[Edit]]) -> int:
        """Write down a part of a resolved change, ahead of the change; return which it is."""
        return self._parts.insert({"edits": edits_to_json(edits)})

    def record(
        self,
        change: Change,
        at: str,
        *,
        of: int | None = None,
        parts: Sequence[int] = (),
        number_of_papers: int = 0,
    ) -> None:
        """Write down a resolved change, and forget the oldest beyond `LIMIT`.

        `parts` of it were put down before; it is of `number_of_papers` in all then.
        """
        number = self._last_id() + 1
        row: dict[str, Any] = {
            "at": at,
            "label": change.label,
            "kind": change.kind,
            "of": of,
            "session": self._session,
            "edits": edits_to_json(change.edits),
        }
        if parts:
            row |= {"parts": list(parts), "papers": number_of_papers}
        self._table.insert(Row(row, doc_id=number))
        if len(self._table) > LIMIT:
            self._forget(min(self._table.doc_ids()))

    def _forget(self, number: int) -> None:
        row = self._table.get(doc_id=number)
        if isinstance(row, Row) and "parts" in row:
            self._parts.remove(doc_ids=row["parts"])
        self._table.remove(doc_ids=[number])

    def entries(self) -> list[Entry]:
        """Return all that is remembered, oldest first."""
        return [self._entry(row) for row in self._table]

    def last_done(self) -> Entry | None:
        """Return the newest change from here that is in force, as it was last made."""
        return next((e for e in self._latest() if e.kind != "undo"), None)

    def last_undone(self) -> Entry | None:
        """Return how the change that was taken back last was taken back, unless one followed."""
        in_force = 0  # the newest change that is: what had been taken back before it stays so
        for entry in self._latest():
            if entry.kind == "undo":
                return entry if entry.id > in_force else None
            in_force = max(in_force, entry.of or entry.id)
        return None

    def last_import(self) -> frozenset[int]:
        """Return the papers that the last import in force added or merged."""
        newest = self._last_id()
        if self._last_import is None or self._last_import[0] != newest:
            self._last_import = newest, self._find_last_import()
        return self._last_import[1]

    def look_again(self) -> None:
        """Forget what was read: the library is another."""
        self._last_import = None

    def _find_last_import(self) -> frozenset[int]:
        for entry in self._latest(from_anywhere=True):
            if entry.kind != "undo" and "import" in (entry.kind, self._kind_of(entry.of)):
                return entry.ids
        return frozenset()

    def statuses_before(self, papers: Iterable[int], status: Status) -> dict[int, Status]:
        """Return what status each of these papers had before it last got `status`; those of which
        it is forgotten are left out. All that is remembered is gone through once at most."""
        wanted = set(papers)
        found: dict[int, Status] = {}
        for entry in self._backwards():
            if not wanted:
                break
            if entry.kind == "undo":
                continue
            for number, *edits in entry.edits_json:
                if number in wanted:
                    for kind, *rest in edits:
                        if kind == "set" and rest[:2] == ["status", status]:
                            found[number] = Status(rest[2])
                            wanted.discard(number)
        return found

    def last_tag_edit(self) -> TagEdit | None:
        """Return what tags were last put on papers and taken off; None when it is forgotten."""
        labels = (row["label"] for row in self._rows_backwards() if row["kind"] == "change")
        return next(filter(None, map(tag_edit_of, islice(labels, _RECENT))), None)

    def _latest(self, *, from_anywhere: bool = False) -> Iterator[Entry]:
        """Yield, newest first, what was last done with each change: made, undone, made again."""
        seen = set()
        for entry in self._backwards():
            change = entry.of or entry.id
            if change not in seen and (from_anywhere or self._is_from_here(entry)):
                seen.add(change)
                yield entry

    def _backwards(self) -> Iterator[Entry]:
        """Yield what is remembered, newest first; each is read when its turn comes."""
        return map(self._entry, self._rows_backwards())

    def _rows_backwards(self) -> Iterator[Row]:
        for number in reversed(list(self._table.doc_ids())):
            row = self._table.get(doc_id=number)
            if isinstance(row, Row):
                yield row

    def _is_from_here(self, entry: Entry) -> bool:
        return entry.session == self._session or entry.id <= self._start

    def _kind_of(self, number: int | None) -> str | None:
        row = self._table.get(doc_id=number) if number is not None else None
        return row["kind"] if isinstance(row, Row) else None

    def _last_id(self) -> int:
        return max(self._table.doc_ids(), default=0)

    def _entry(self, row: Row) -> Entry:
        edits = row["edits"]
        if "parts" in row:
            edits = Rows(self._parts, row["parts"], edits, row["papers"])
        return Entry(
            row.doc_id, row["at"], row["label"], row["kind"], row["of"], row["session"], edits
        )
