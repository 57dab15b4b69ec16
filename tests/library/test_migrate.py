"""An older schema is migrated after a backup, a newer one refused."""

import errno
from pathlib import Path

import pytest
import tinydb

from readlist.library import disk, migrate
from readlist.library.database import JournalDB
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from tests.library.test_library import add


def shout(db: JournalDB) -> None:
    for paper in db.table("papers"):
        db.table("papers").update({"title": paper["title"].upper()}, doc_ids=[paper.doc_id])


def fail(db: JournalDB) -> None:
    shout(db)
    raise LibraryError(db.storage.path, "a step failed", "nothing is changed")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.json"
    library = Library(path)
    add(library, "a", "b")
    library.close()
    return path


def titles(library: Library) -> list[str]:
    return [paper.title for paper in library.papers()]


def test_an_older_library_is_backed_up_and_migrated(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "STEPS", (shout, lambda _db: None))
    library = Library(path)
    assert titles(library) == ["A", "B"]
    assert migrate.schema_of(library.database) == 3
    (kept,) = library.backups.all()
    assert (kept.lasting, kept.path.name.endswith("-schema1.json")) == (True, True)
    with tinydb.TinyDB(kept.path, access_mode="r") as db:
        assert [paper["title"] for paper in db.table("papers")] == ["a", "b"]
    assert kept.path.name in library.notices[0]
    again = Library(path)
    assert (titles(again), again.notices) == (["A", "B"], [])
    assert len(again.backups.all()) == 1


def test_a_script_s_file_is_of_the_first_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "STEPS", (shout,))
    path = tmp_path / "plain.json"
    with tinydb.TinyDB(path) as db:
        db.table("papers").insert({"title": "plain"})
    assert titles(Library(path)) == ["PLAIN"]


def test_a_new_library_has_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "STEPS", (shout,))
    library = Library(tmp_path / "library.json")
    assert list(tmp_path.iterdir()) == []
    add(library, "a")
    assert titles(Library(library.path)) == ["a"]
    assert library.backups.all() == []


def test_a_step_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "STEPS", (shout, fail))
    with pytest.raises(LibraryError, match="a step failed"):
        Library(path)
    monkeypatch.setattr(migrate, "STEPS", ())
    assert titles(Library(path)) == ["a", "b"]


def test_without_a_backup_there_is_no_migration(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(migrate, "STEPS", (shout,))
    monkeypatch.setattr(disk, "create", full)
    with pytest.raises(LibraryError, match="make room"):
        Library(path)
    monkeypatch.undo()
    assert titles(Library(path)) == ["a", "b"]


@pytest.mark.parametrize("schema", [2, "new", True, 0])
def test_a_newer_one_and_nonsense_are_refused(path: Path, schema: object) -> None:
    with JournalDB(path) as db:
        db.table("meta").update({"schema": schema})
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="newer readlist" if schema == 2 else "which is none"):
        Library(path)
    assert path.read_bytes() == before
