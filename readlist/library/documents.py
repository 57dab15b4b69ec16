"""The documents of a library: a snapshot, over it the journal, over that a change being made."""

import heapq
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import RLock, get_ident

from readlist.library import disk, snapshot
from readlist.library.columns import Columns, ColumnValues, Row
from readlist.library.layer import Document, Layer, encode, patched
from readlist.library.offsets import Contents, MovedError, Positions
from readlist.library.snapshot import Snapshot
from readlist.record import Record

_MOST_HELD = 32 << 20  # letters of new documents in a change; of more, they go into a file
_AT_ONCE = 50_000  # documents: what is made of them to have their columns takes much room
_LATE = 50_000  # documents, at most, that the columns do not say: of more they are made anew


class Watch(Record):
    """Which table has columns, and what a document's are."""

    table: str = "papers"
    values: ColumnValues | None = None


class Documents:
    """Tables of documents, each read and parsed when it is looked at. Nothing here writes.

    `layers` are the changes of the journal by table; `pending` those of a change being made, seen
    by the thread that makes it, None when none is. `left_out` are ids that need no columns if they
    cannot be read.
    """

    def __init__(self, base: Snapshot, watch: "Watch") -> None:
        self.base = base
        self.watch = watch
        self.layers: dict[str, Layer] = {}
        self.pending: dict[str, Layer] | None = None
        self._owner = 0
        self._weight = 0
        self._columns: Columns | None = None
        self._late: dict[int, bool] = {}  # what the columns do not say yet; if they have that id
        self._bringing = RLock()
        self.keep: Callable[[Columns], None] | None = None
        self.left_out: set[int] = set()

    def begin(self) -> None:
        """Begin a change, of this thread."""
        self._owner = get_ident()
        self.pending = {}
        self._weight = 0

    def end(self) -> dict[str, Layer]:
        """End the change; return it. It is in force once it is settled."""
        pending, self.pending = self.pending, None
        return pending or {}

    def resume(self, pending: dict[str, Layer]) -> None:
        """Go on with a change that was ended."""
        self._owner, self.pending = get_ident(), pending

    def abandon(self) -> None:
        """Forget the change, if it was not ended and settled."""
        self.pending = None

    def take_over(self, other: "Documents") -> None:
        """Go on with the change that was being made on what was read before."""
        self.pending, self._owner, self._weight = other.pending, other._owner, other._weight

    def tables(self) -> set[str]:
        """Return the names of all tables."""
        names = set(self.base.contents.tables)
        for layers in (self.layers, self._seen()):
            names |= layers.keys()
            names -= {name for name, layer in layers.items() if layer.dropped}
        return names

    def has(self, name: str, number: int) -> bool:
        """Whether a table has a document of that id."""
        for layer in self._over(name):
            if number in layer.put:
                return True
            if layer.cleared or number in layer.gone:
                return False
        return self.base.has(name, number)

    def count(self, name: str) -> int:
        """Return how many documents a table has."""
        count = len(self.base.positions(name).ids)
        for layer in reversed(self._over(name)):
            count = (0 if layer.cleared else count) - len(layer.gone) + len(layer.put)
        return count

    def numbers(self, name: str) -> Iterator[int]:
        """Return the ids of a table, ascending, as they are found."""
        ids: Iterable[int] = self.base.positions(name).ids
        for layer in reversed(self._over(name)):
            ids = over(ids, layer)
        return iter(ids)

    def document(self, name: str, number: int) -> Document | None:
        """Return a document, sharing nothing with what is stored; None when it is not there.

        Raises `MovedError` when another program wrote the snapshot.
        """
        return self._read(self._over(name), name, number)

    def settled(self, name: str, number: int) -> Document | None:
        """Return a document as `document` does, without the change that is being made."""
        layer = self.layers.get(name)
        return self._read([layer] if layer else [], name, number)

    def line(self, name: str, number: int) -> bytes:
        """Return a document as a snapshot has it, without parsing it where that can be."""
        return self._line([self.layers[name]] if name in self.layers else [], name, number)

    def _line(self, layers: list[Layer], name: str, number: int) -> bytes:
        for layer in layers:
            text = layer.put.get(number)
            if text is None and number in layer.patches:
                text = encode(self._read(layers, name, number))
            if text is not None:
                return snapshot.line(number, text)
        return self.base.line(name, number)

    def line_if_any(self, name: str, number: int) -> bytes | None:
        """Return what `line` does; None for a document that is not there or cannot be read."""
        if not self.has(name, number):
            return None
        try:
            return self.line(name, number)
        except MovedError:
            return None

    def checksum(self, name: str, number: int) -> int:
        """Return the CRC-32 of a document's line, which is read only if it changed; 0 for none."""
        layer, base = self.layers.get(name), self.base.positions(name)
        place = base.find(number)
        if place >= 0 and (layer is None or not layer.touches(number)):
            return base.sums[place]
        return zlib.crc32(self.line_if_any(name, number) or b"")

    def checksums(self, name: str) -> tuple[Sequence[int], Sequence[int], set[int]]:
        """Return ids and checksums of a table in the snapshot, and the ids changed since."""
        layer = self.layers.get(name, Layer())
        base = Positions.none() if layer.cleared else self.base.positions(name)
        return base.ids[:], base.sums[:], layer.touched

    def write_to(self, path: Path, *, follows: list[str]) -> Contents:
        """Write all that is there as a snapshot to a new file, synced; return what it holds.

        With a change that is being made, that too. `follows` names the generations that it takes
        the place of. Raises `OSError` and `MovedError`; nothing stays of half a file then.
        """
        tables = ((name, self._lines(name)) for name in sorted(self.tables()))
        brings, next_ids = bool(self._seen()), self.next_ids()
        file = disk.create(path)
        try:
            return snapshot.write(file, tables, follows=follows, next_ids=next_ids, brings=brings)
        except BaseException:
            disk.remove(path)
            raise
        finally:
            disk.close(file)

    def _lines(self, name: str) -> Iterator[tuple[int, bytes]]:
        layers = self._over(name)
        for number in self.numbers(name):
            yield number, self._line(layers, name, number)

    def rest(self, name: str, number: int) -> bytes:
        """Return what is left of a document that cannot be read, and its changes, as lines."""
        layer = self.layers.get(name, Layer())
        patch = encode(layer.patches.get(number, {})) if number in layer.patches else ""
        return b"%b\n%b" % (self.base.raw(name, number), f"{patch}\n".encode() if patch else b"")

    def next_id(self, name: str) -> int:
        """Return the id of the next document: more than any that was ever given."""
        ids = self.base.positions(name).ids
        known = [1, self.base.contents.next_ids.get(name, 1), ids[-1] + 1 if ids else 1]
        known += [layer.next_id for layer in self._over(name)]
        return max(known)

    def next_ids(self) -> dict[str, int]:
        """Return the next id of each table, also of those that are gone."""
        contents = self.base.contents
        names = sorted({*contents.next_ids, *contents.tables, *self.layers, *self._seen()})
        return {name: self.next_id(name) for name in names}

    def fold(self, name: str, layer: Layer) -> None:
        """Take changes of a table into the change that is being made. Raises `OSError`."""
        if self.pending is None:
            raise RuntimeError("no change is being made")
        self._weight += sum(map(len, layer.put.values()))
        self._fold(name, layer)
        if self._weight > _MOST_HELD:
            for large in self.pending.values():
                large.spool(self.base.path.parent)

    def _fold(self, name: str, layer: Layer) -> None:
        assert self.pending is not None
        if not (layer or layer.dropped or layer.next_id) and name in self.tables():
            return
        if name not in self.pending:
            self.pending[name] = layer
            return
        below = self.layers.get(name)

        def stands(number: int) -> bool:
            if below is not None and (number in below.put or number in below.gone or below.cleared):
                return number in below.put
            return self.base.has(name, number)

        self.pending[name].merge(layer, stands)

    def settle(self, changes: dict[str, Layer]) -> int:
        """Take changes into the journal's layers. The columns say them when they are asked for.

        Returns how many were to documents that are not there any more.
        """
        with self._bringing:
            watched = changes.get(self.watch.table)
            if watched is not None:
                if self._columns is not None:
                    self._put_off(watched)
                # what takes the place of one that could not be read is one like any other
                self.left_out.difference_update(watched.gone, watched.put)
            return self._merge(changes)

    def _put_off(self, layer: Layer) -> None:
        table, late = self.watch.table, self._late
        for number in layer.touched:
            if number not in late:
                late[number] = number not in self.left_out and self.has(table, number)
        if layer.cleared or len(late) > _LATE:
            self._columns = None
            late.clear()

    def _merge(self, changes: dict[str, Layer]) -> int:
        lost = 0
        for name, layer in changes.items():
            below = self.layers.get(name)
            if below is None:
                below = self.layers[name] = Layer()
            lost += len(below.merge(layer, partial(self.base.has, name)))
        return lost

    @property
    def columns(self) -> Columns:
        """The columns of the table that is watched, without the change that is being made.

        They come from the side file; without it each document is read, once. Raises `MovedError`.
        Of a table that nobody watches they are empty.
        """
        if self.watch.values is None:
            return Columns()
        with self._bringing:
            self._bring()
            if self._columns is None:
                try:
                    self._columns = self._made_columns()
                except KeyError:  # the side file lied
                    self.base.scanned = True
                    self._columns = self._made_columns()
            return self._columns

    def _bring(self) -> None:
        """Have the columns say what they do not say yet; if they cannot, they are made anew."""
        late, self._late = self._late, {}
        if self._columns is not None and late:
            try:
                there = {number for number, is_there in late.items() if is_there}
                self._columns.change(there, self._rows(late))
            except KeyError:  # the side file lied
                self.base.scanned, self._columns = True, None
            except MovedError:  # to be told by who makes them anew
                self._columns = None

    def _made_columns(self) -> Columns:
        table = self.watch.table
        layer = self.layers.get(table, Layer())
        columns = Columns() if layer.cleared else self._base_columns()
        there = set() if layer.cleared else {n for n in layer.touched if self.base.has(table, n)}
        columns.change(there - self.left_out, self._rows(layer.touched))
        return columns

    def known_columns(self) -> Columns | None:
        """Return the columns for the side file of the next snapshot; None when none are wanted."""
        return None if self.watch.values is None else self.columns

    def rebase(self, base: Snapshot) -> "Documents":
        """Return the same documents on a snapshot that has them all."""
        documents = Documents(base, self.watch)
        if not base.contents.brings:
            documents._columns, documents._late = self._columns, self._late
        documents.left_out = self.left_out
        return documents

    def _base_columns(self) -> Columns:
        base, table = self.base, self.watch.table
        found = base.columns()
        if found is None:
            found = Columns()
            ids = base.positions(table).ids
            for start in range(0, len(ids), _AT_ONCE):
                found.change(set(), self._base_rows(ids[start : start + _AT_ONCE]))
            if self.keep is not None and base.stamp is not None:
                self.keep(found)
        return found

    def _rows(self, ids: Iterable[int]) -> dict[int, Row]:
        """Return the rows of documents as they are, of those that are there."""
        return self._rows_of(ids, self.settled, {})

    def _base_rows(self, ids: Iterable[int]) -> dict[int, Row]:
        """Return the rows of the snapshot; any for what cannot be read, if it is gone by now."""
        gone = self.layers.get(self.watch.table, Layer()).gone
        return self._rows_of(ids, self.base.document, dict.fromkeys(gone, Row(0, False, 0)))

    def _rows_of(
        self,
        ids: Iterable[int],
        read: Callable[[str, int], Document | None],
        instead: Mapping[int, Row],
    ) -> dict[int, Row]:
        values, table = self.watch.values, self.watch.table
        found: dict[int, Row] = {}
        if values is None:
            return found
        for number in ids:
            try:
                document = read(table, number)
            except MovedError:
                if number in instead:
                    found[number] = instead[number]
                elif number not in self.left_out:
                    raise
            else:
                if document is not None:
                    found[number] = Row(*values(document))
        return found

    def _seen(self) -> dict[str, Layer]:
        return self.pending if self.pending and self._owner == get_ident() else {}

    def _over(self, name: str) -> list[Layer]:
        """Return the layers of a table, the uppermost first."""
        found = [self.layers[name]] if name in self.layers else []
        seen = self._seen()
        return [seen[name], *found] if name in seen else found

    def _read(self, layers: list[Layer], name: str, number: int) -> Document | None:
        patches = []
        for layer in layers:
            text = layer.put.get(number)
            if text is not None:
                document: Document | None = json.loads(text)
                break
            if layer.cleared or number in layer.gone:
                return None
            patch = layer.patches.get(number)
            if patch is not None:
                patches.append(patch)
        else:
            document = self.base.document(name, number)
        if document is not None:
            for patch in reversed(patches):
                patched(document, patch)
        return document


def over(ids: Iterable[int], layer: Layer) -> Iterable[int]:
    """Return ids, ascending, as a layer over them leaves them."""
    if layer.cleared:
        ids = ()
    elif layer.gone:
        gone = layer.gone
        ids = (number for number in ids if number not in gone)
    return heapq.merge(ids, layer.new) if layer.put else ids
