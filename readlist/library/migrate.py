"""The schema of a library's tables: an older library is brought up to date, a newer one refused."""

from collections.abc import Callable

from tinydb.table import Document as Row

from readlist.library.backup import Backups
from readlist.library.database import JournalDB
from readlist.library.disk import LibraryError, explain

Step = Callable[[JournalDB], None]

STEPS: tuple[Step, ...] = ()
"""What brings a library from one schema to the next: the first from 1 to 2, and so on.

A step changes tables with TinyDB's own methods. What was deleted and the history count too: an
undo must not bring back a paper of the schema before.
"""

_ROW = 1  # the one row of the table "meta"


def newest() -> int:
    """Return the schema that this readlist writes; one with a higher number is refused."""
    return len(STEPS) + 1


def schema_of(db: JournalDB) -> int:
    """Return the schema of a library; one that does not say is of the first, as a script's own.

    An empty one has the newest. Raises `LibraryError` when it does not say it in a number.
    """
    if not db.tables():
        return newest()
    row = db.table("meta").get(doc_id=_ROW)
    schema = row.get("schema", 1) if isinstance(row, Row) else 1
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        reason = f"its schema is {str(schema)[:20]!r}, which is none"
        raise LibraryError(db.storage.path, reason, "restore a backup")
    return schema


def note_schema(db: JournalDB) -> None:
    """Write down, in a library that does not say, that it is of the newest schema."""
    meta = db.table("meta")
    if not meta.contains(doc_id=_ROW):
        meta.insert(Row({"schema": newest()}, doc_id=_ROW))


def up(db: JournalDB, backups: Backups) -> None:
    """Bring a library to the newest schema: all of it or nothing, with a backup before.

    Raises `LibraryError` for a newer one, and when it cannot be backed up or changed.
    """
    schema = schema_of(db)
    if schema > newest():
        raise LibraryError(
            db.storage.path,
            f"it was made by a newer readlist (schema {schema}, this one knows {newest()})",
            "update readlist to open it",
        )
    if schema == newest():
        return
    with db.writing():
        schema = schema_of(db)  # somebody else may have done it meanwhile
        if schema >= newest():
            return
        try:
            kept = backups.make(db.storage, label=f"-schema{schema}")
        except OSError as error:
            raise explain(error, backups.folder) from error
        for step in STEPS[schema - 1 :]:
            step(db)
        db.table("meta").upsert(Row({"schema": newest()}, doc_id=_ROW))
    db.notices.append(
        f"{db.storage.path.name} was brought to the form of this readlist; as it was it is in"
        f" {kept.parent.name}/{kept.name}"
    )
