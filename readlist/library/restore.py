"""Put a library back as a file has it: one of its backups, or any plain TinyDB file of papers."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tinydb.table import Document as Row

from readlist.change import AddPaper, Change, DeletePaper, Edit, SetField
from readlist.library import disk, migrate, recovery
from readlist.library.beside import beside
from readlist.library.database import JournalDB
from readlist.library.disk import LibraryError
from readlist.library.documents import Documents, Watch
from readlist.library.files import Files
from readlist.library.layer import Layer
from readlist.library.library import Library
from readlist.library.offsets import MovedError
from readlist.library.snapshot import Snapshot
from readlist.paper import Document, Paper
from readlist.text import clean_line, count

_KEPT = {"papers", "history", "history_parts", "meta"}
"""Tables that are not replaced as they are: papers are one change of them, which can be undone."""

_EXPORT = re.compile(rb'\A\s*\{\s*"format"\s*:\s*"readlist"')


class RestoreError(Exception):
    """A file cannot be restored from; one line: which, why, what to do."""


class Restored(NamedTuple):
    """What a restore did: papers that the file has; ids that came, went, changed; the backup of
    the library before, None when there was nothing."""

    papers: int
    added: Sequence[int]
    removed: Sequence[int]
    changed: Sequence[int]
    backup: Path | None


@contextmanager
def source(file: Path) -> Iterator[Snapshot]:
    """Open a file to restore from, every document in it read once; of the newest schema.

    Raises `RestoreError`.
    """
    with tempfile.TemporaryDirectory(prefix="readlist-") as folder:
        found = _opened(file)
        try:
            schema = _validated(found, file)
            if schema < migrate.newest():
                found.close()
                found = _opened(_migrated(file, Path(folder) / "library.json"))
            yield found
        finally:
            found.close()


def _opened(file: Path) -> Snapshot:
    try:
        return Snapshot.open(file, file.with_name(f"{file.name}.none"), trust=False)
    except LibraryError as error:
        if _is_export(file):
            hint = "it is an export of readlist; readlist import --restore takes it in"
            raise RestoreError(f"{_name(file)}: {hint}") from None
        raise RestoreError(f"{_name(file)}: {error.reason}, so it cannot be restored") from None
    except OSError as error:
        raise RestoreError(f"{_name(file)} cannot be read: {error.strerror or error}") from None


def _validated(found: Snapshot, file: Path) -> int:
    """Return the schema of the file. Raises `RestoreError` if it is not a whole library."""
    if found.stamp is None:
        raise RestoreError(f"{_name(file)} cannot be read: there is no such file")
    if "papers" not in found.contents.tables and not found.contents.generation:
        raise RestoreError(f"{_name(file)}: it has no table of papers")
    for name, table in found.contents.tables.items():
        for number in table.ids:
            _document(found, name, number, file)
    row = _document(found, "meta", 1, file) if found.has("meta", 1) else {}
    schema = row.get("schema", 1)
    if not isinstance(schema, int) or schema > migrate.newest():
        raise RestoreError(f"{_name(file)}: a newer readlist made it; update readlist")
    return schema


def _document(found: Snapshot, name: str, number: int, file: Path) -> Document:
    try:
        return found.document(name, number) or {}
    except (MovedError, OSError):
        reason = f"{number} in {name} cannot be read, so it is not restored"
        raise RestoreError(f"{_name(file)}: {reason}") from None


def _migrated(file: Path, target: Path) -> Path:
    shutil.copyfile(file, target)
    library = Library(target)
    library.compact()
    library.close()
    return target


def _is_export(file: Path) -> bool:
    with file.open("rb") as opened:
        return _EXPORT.match(opened.read(1000)) is not None


# Into a library that can be opened


def restore(library: Library, found: Snapshot, file: Path) -> Restored:
    """Make the library as the source of `file` has it, in one change that can be undone.

    What it was is backed up first. Ids that were given are not given again; the history stays.
    Raises `LibraryError`, and `OSError` when it cannot be backed up; nothing is done then.
    """
    storage = library.database.storage
    differing = _differing(library, found)
    spoilt = [number for number in differing if not storage.is_readable("papers", number)]
    kept = None
    with library.writing():
        if disk.look(storage.path) is not None:
            kept = library.backups.make(storage, spare=file)
        if spoilt:
            storage.drop_unreadable(("papers", number) for number in spoilt)
    with library.writing():  # others may have changed something in between
        change = _change(library, found, file, _differing(library, found))
        applied = library.apply(change)
        _put_others(library.database, found)
        counter = Layer()
        counter.next_id = found.contents.next_ids.get("papers", 0)
        if counter.next_id > storage.next_id("papers"):
            storage.fold("papers", counter)
    kinds = {number: type(change.edits[number][0]) for number in applied.ids}
    return Restored(
        len(found.positions("papers").ids),
        [number for number, kind in kinds.items() if kind is AddPaper],
        [number for number, kind in kinds.items() if kind is DeletePaper],
        [number for number, kind in kinds.items() if kind is SetField],
        kept,
    )


def _differing(library: Library, found: Snapshot) -> list[int]:
    """Return the ids of papers that are not the same, byte for byte, here and there."""
    storage = library.database.storage
    numbers = {*found.positions("papers").ids, *storage.numbers("papers")}

    def there(number: int) -> bytes | None:
        return found.line("papers", number) if found.has("papers", number) else None

    return [n for n in sorted(numbers) if storage.line("papers", n) != there(n)]


def _change(library: Library, found: Snapshot, file: Path, differing: Sequence[int]) -> Change:
    edits: dict[int, list[Edit]] = {}
    for number in differing:
        document = found.document("papers", number)
        if document is None:
            edits[number] = [DeletePaper(None)]
            continue
        whole = {**document, **Paper.of(document, number).document()}
        if number not in library:
            edits[number] = [AddPaper(whole)]
        else:
            edits[number] = [SetField(name, value) for name, value in whole.items()]
    papers = count(len(found.positions("papers").ids), "paper")
    return Change(f"Restored {_name(file)}: {papers}", edits)


def _put_others(db: JournalDB, found: Snapshot) -> None:
    """Make the tables of the file, but for those that are kept, as they are there."""
    for name in {"deleted", *found.contents.tables} - _KEPT:
        table, there = db.table(name), found.positions(name).ids
        same = {n for n in there if table.get(doc_id=n) == found.document(name, n)}
        table.remove(doc_ids=[n for n in table.doc_ids() if n not in same])
        papers = db.table("papers") if name == "deleted" else None
        table.insert_multiple(
            Row(found.document(name, n) or {}, doc_id=n)
            for n in there
            if not table.contains(doc_id=n) and not (papers and papers.contains(doc_id=n))
        )


# In the place of one that cannot


def replace_broken(path: Path, found: Snapshot) -> Path:
    """Put a source in the place of a library that is no library any more; return where that is.

    Raises `LibraryError` and `OSError`; the broken one stays in its place then.
    """
    path = path.resolve()
    passing = beside(path, "new")
    with Files(path, Watch(), read_only=False).held():
        Documents(found, Watch()).write_to(passing, follows=[])
        try:
            aside = recovery.free_name(path, "broken")
            disk.link(path, aside)
            disk.sync_folder(path.parent)  # the second name first: else both may be lost
            disk.replace(passing, path)
        except BaseException:
            disk.remove(passing)
            raise
        disk.sync_folder(path.parent)
    return aside


def _name(file: Path) -> str:
    return clean_line(os.fspath(file))
