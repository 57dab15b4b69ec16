"""The library as a TinyDB database: TinyDB's own API and queries, on a snapshot and a journal."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB

from readlist.library.columns import Columns, ColumnValues
from readlist.library.files import OnReplace
from readlist.library.layer import Touched
from readlist.library.storage import JournalStorage
from readlist.library.table import DocumentTable


class JournalDB(TinyDB):
    """TinyDB that never loses a change and does not care how large it is."""

    table_class = DocumentTable
    default_storage_class = JournalStorage  # type: ignore[assignment]

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

        `interface` says that this one stays open: the last to close compacts. `column_values`
        gives the columns of each document of the table `columns_of`; `on_replace` goes around each
        replacement of the snapshot. Raises `LibraryError`.
        """
        super().__init__(
            path,
            read_only=read_only,
            interface=interface,
            column_values=column_values,
            columns_of=columns_of,
            on_replace=on_replace,
        )

    @property
    def storage(self) -> JournalStorage:
        """The storage, which all methods here ask."""
        return cast(JournalStorage, self._storage)

    @property
    def columns(self) -> Columns:
        """Status, star and default order of the papers. Ask for it anew after each change."""
        return self.storage.columns

    @property
    def notices(self) -> list[str]:
        """What was found and done that the user should know, a line each; empty it when shown."""
        return self.storage.notices

    @property
    def needs_compaction(self) -> bool:
        """Whether the journal is large beside the snapshot, so that opening takes longer."""
        return self.storage.needs_compaction

    def table(self, name: str, **kwargs: Any) -> DocumentTable:
        """Return a table; it is made by its first change."""
        return cast(DocumentTable, super().table(name, **kwargs))

    def tables(self) -> set[str]:
        """Return the names of all tables."""
        return self.storage.tables()

    def drop_table(self, name: str) -> None:
        """Drop a table. Its ids are not given again."""
        self.storage.drop(name)
        self._tables.pop(name, None)

    def drop_tables(self) -> None:
        """Drop all tables. Their ids are not given again."""
        with self.writing():
            for name in self.tables():
                self.storage.drop(name)
        self._tables.clear()

    def writing(self) -> AbstractContextManager[None]:
        """Make one change of all that is written inside: on the disk at its end, all or nothing.

        Raises `LibraryError` when it cannot be written, and leaves everything as it was, as does
        any exception inside. Raises `UncertainError` when it is in force but may be lost.
        """
        return self.storage.writing()

    def refresh(self) -> Touched:
        """Take in what others changed; return what since the last time. Raises `LibraryError`."""
        return self.storage.refresh()

    def next_id(self, name: str) -> int:
        """Return the id that a table would give next: more than any that it ever gave."""
        return self.storage.next_id(name)

    def compact(self) -> None:
        """Write everything into a new snapshot, so that plain TinyDB sees it."""
        self.storage.compact()

    def go_on_with(self, other: "JournalDB") -> None:
        """Take over the files of another object for the same library, which gets these and closes.

        What the other one has read or written, this one need not read. Not while a change is made.
        """
        mine, theirs = self.storage, other.storage
        mine._files, theirs._files = theirs._files, mine._files
        mine.notices[:0] = theirs.notices
        mine._touched.everything = True
        other.close()
