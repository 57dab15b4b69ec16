"""The power fails, or readlist is killed, while a library is saved, mended or replaced.

Each step of the disk's calls is replayed; to be killed there is one of the ways.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import tinydb

from readlist.library import storage
from readlist.library.backup import Backups, write_copy
from readlist.library.check import check, repair
from readlist.library.library import Library
from readlist.library.restore import replace_broken, restore, source
from tests.library.recorder import Recorder, power_cuts
from tests.library.test_faults import KEPT, put
from tests.library.test_library import add, mark


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.json"


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    return Recorder(monkeypatch)


def made(path: Path) -> Library:
    """Return a library of A and B in the snapshot, C in the journal."""
    library = Library(path)
    add(library, "A", "B")
    library.compact()
    add(library, "C")
    return library


def replayed(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch, path: Path, action: Callable[[], object]
) -> Iterator[tuple[Path, bool]]:
    """Do something; yield the library as each power cut leaves it, and if it was acknowledged."""
    start = len(recorder.log)
    action()
    log, place = list(recorder.log), path.parent / "after"
    monkeypatch.undo()  # no more is recorded
    monkeypatch.setattr(storage, "_PAUSE", 0)
    for steps, files in power_cuts(log, start):
        put(files, path.parent, place)
        yield place / path.name, steps == len(log)


def titles(path: Path) -> list[str]:
    library = Library(path)
    found = [paper.title for paper in library.papers()]
    library.close()
    return found


def holds(folder: Path, text: bytes) -> bool:
    return any(text in file.read_bytes() for file in folder.glob("library.json*") if file.is_file())


def test_a_backup_that_was_told_of_is_there(recorder, monkeypatch, path: Path) -> None:
    library = made(path)
    make = partial(library.backups.make, library.database.storage)
    for place, told in replayed(recorder, monkeypatch, path, make):
        kept = Backups(place.with_name(KEPT)).all()
        assert len(kept) == 1 if told else len(kept) < 2
        for backup in kept:
            assert titles(backup.path) == ["A", "B", "C"]
        assert titles(place) == ["A", "B", "C"]


def test_an_edited_library_is_mended(recorder, monkeypatch, path: Path) -> None:
    made(path).close()
    with tinydb.TinyDB(path) as plain:
        plain.table("papers").update({"note": "theirs"}, doc_ids=[1])
    recorder.another_program_wrote(path)
    for place, _ in replayed(recorder, monkeypatch, path, Library(path).close):
        for _ in range(2):
            again = Library(place)
            assert [p.title for p in again.papers()] == ["A", "B", "C"]
            assert again.paper(1).note == "theirs"
            again.close()


def test_a_broken_library_is_replaced(recorder, monkeypatch, path: Path) -> None:
    library, copy = made(path), path.with_name("copy.json")
    write_copy(library.database.storage, copy)
    add(library, "D")
    library.close()
    broken = path.read_bytes()[:200]
    path.write_bytes(broken)
    recorder.another_program_wrote(path)

    def replace(path: Path, copy: Path) -> None:
        with source(copy) as found:
            replace_broken(path, found)

    for place, told in replayed(recorder, monkeypatch, path, lambda: replace(path, copy)):
        assert any(f.read_bytes() == broken for f in place.parent.glob("library.json*"))
        if place.read_bytes() == broken:
            assert not told
            replace(place, place.with_name(copy.name))
        assert titles(place) == ["A", "B", "C"]
        assert holds(place.parent, b'"title":"D"')  # in the journal, or where that was set aside


def test_what_cannot_be_read_is_set_aside(recorder, monkeypatch, path: Path) -> None:
    made(path).close()
    path.write_bytes(path.read_bytes().replace(b'"title":"A"', b'"title":"A,'))
    recorder.another_program_wrote(path)

    def mend(path: Path) -> list[str]:
        library = Library(path)
        repair(library, check(library), lambda paper: f"key{paper.id}")
        library.close()
        return check(library).problems

    for place, told in replayed(recorder, monkeypatch, path, lambda: mend(path)):
        assert holds(place.parent, b'"title":"A,')
        if told:
            assert len(Backups(place.with_name(KEPT)).all()) == 1
        mend(place)
        assert titles(place) == ["B", "C"]
        assert holds(place.parent, b'"title":"A,')


def test_a_backup_is_restored(recorder, monkeypatch, path: Path) -> None:
    library, copy = made(path), path.with_name("copy.json")
    write_copy(library.database.storage, copy)
    add(library, "D")
    mark(library, 1)

    def go_back() -> None:
        with source(copy) as found:
            restore(library, found, copy)

    for place, told in replayed(recorder, monkeypatch, path, go_back):
        again = Library(place)
        is_restored = len(again) == 3
        assert is_restored or not told
        assert again.paper(1).status == ("new" if is_restored else "read")
        kept = again.backups.all()
        assert kept if is_restored else len(kept) < 2
        assert all(titles(backup.path) == ["A", "B", "C", "D"] for backup in kept)
        again.close()
