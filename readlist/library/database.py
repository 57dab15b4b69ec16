"""The library's TinyDB database: one file, written whole, once for each change."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from readlist.library import disk
from readlist.library.disk import LibraryError

Tables = dict[str, dict[str, Any]]
_Signature = tuple[int, int, int]


class WholeFile(Storage):
    """TinyDB's storage: a JSON file that is read once and replaced for each transaction."""

    def __init__(self, path: Path):
        self.path = path
        self._tables: Tables | None = None
        self._signature: _Signature | None = None
        self._pending: Tables | None = None
        self._in_transaction = False

    def read(self) -> Tables | None:
        """Return all tables, or None before the first change."""
        return self._pending if self._pending is not None else self._tables

    def write(self, data: Tables) -> None:
        """Take in all tables; they go to disk when the transaction ends, or at once without."""
        if self._in_transaction:
            self._pending = data
        else:
            self._save(data)

    def load(self) -> bool:
        """Read the file if it is not the one that was read last; return whether it was not."""
        signature = self._sign()
        if signature == self._signature:
            return False
        self._tables = self._parse() if signature else None
        self._signature = signature
        return True

    @contextmanager
    def transaction(self) -> Iterator[bool]:
        """Hold the lock, and write all that happens inside at once, or nothing of it.

        Gives whether another process had written in between.
        """
        if self._in_transaction:
            yield False
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with disk.locked(self.path.with_name(self.path.name + ".lock")):
                moved = self.load()
                self._in_transaction = True
                try:
                    yield moved
                    if self._pending is not None:
                        self._save(self._pending)
                except BaseException:
                    self._signature = None  # TinyDB updates documents in place: read them again
                    raise
                finally:
                    self._in_transaction = False
                    self._pending = None
                    self.load()
        except OSError as error:
            raise LibraryError(_why_not_written(self.path, error)) from error

    def _save(self, tables: Tables) -> None:
        disk.replace_file(self.path, _dump(tables))
        self._tables = tables
        self._signature = self._sign()

    def _sign(self) -> _Signature | None:
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LibraryError(f"{self.path} cannot be read: {error.strerror}") from error
        return stat.st_ino, stat.st_size, stat.st_mtime_ns

    def _parse(self) -> Tables:
        try:
            tables = json.loads(self.path.read_bytes())
        except OSError as error:
            raise LibraryError(f"{self.path} cannot be read: {error.strerror}") from error
        except (ValueError, RecursionError):
            tables = None
        if not isinstance(tables, dict) or not all(isinstance(t, dict) for t in tables.values()):
            raise LibraryError(
                f"{self.path} is no library: no TinyDB database is in it. "
                "Name another with --library, or move this file away."
            )
        return tables


class Database(TinyDB):
    """The tables of a library; what is written inside `writing()` is written at once."""

    def __init__(self, path: Path):
        super().__init__(path, storage=WholeFile)
        self._file: WholeFile = self.storage  # type: ignore[assignment]
        self._file.load()

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Hold the library's lock; on entry, take in what other processes wrote.

        Gives whether there was anything. All that is written inside is on disk when this ends,
        or, after an exception, nothing. Raises `LibraryError`.
        """
        with self._file.transaction() as moved:
            yield moved

    def refresh(self) -> bool:
        """Take in what other processes wrote; return whether there was anything."""
        return self._file.load()


def _dump(tables: Tables) -> bytes:
    """Return the tables as JSON, one document a line, so that `diff` shows papers."""
    chunks = []
    for name, table in tables.items():
        rows = ",\n".join(f"{json.dumps(str(i))}: {json.dumps(doc)}" for i, doc in table.items())
        chunks.append(f"{json.dumps(name)}: {{\n{rows}\n}}")
    return ("{" + ",\n".join(chunks) + "}\n").encode("ascii")


def _why_not_written(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{path} cannot be written: {reason}. Nothing was changed."
