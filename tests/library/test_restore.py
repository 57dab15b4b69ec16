"""Putting a library back: what comes, what goes, what is refused, and kills on the way."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tinydb

from readlist.change import delete
from readlist.library import migrate
from readlist.library.backup import write_copy
from readlist.library.library import Library
from readlist.library.restore import Restored, RestoreError, replace_broken, restore, source
from tests.library.test_library import add, content, mark
from tests.library.test_library import delete as delete_papers

RESTORE = """
import sys
from pathlib import Path
from readlist.library.library import Library
from readlist.library.restore import restore, source
file = Path(sys.argv[2])
library = Library(Path(sys.argv[1]))
with source(file) as found:
    print("go", flush=True)
    restore(library, found, file)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.json"


@pytest.fixture
def library(path: Path) -> Library:
    library = Library(path)
    add(library, "A", "B", "C")
    delete_papers(library, 3)
    return library


@pytest.fixture
def file(library: Library, tmp_path: Path) -> Path:
    """A copy of the library, which then goes on: 1 is read, 2 deleted, 4 added, 3 brought back."""
    file = tmp_path / "copy.json"
    write_copy(library.database.storage, file)
    mark(library, 1)
    library.undo()  # of the reading
    mark(library, 1)
    delete_papers(library, 2)
    add(library, "D")
    return file


def restored(library: Library, file: Path) -> Restored:
    with source(file) as found:
        return restore(library, found, file)


def papers_of(file: Path) -> dict[int, dict[str, object]]:
    with tinydb.TinyDB(file, access_mode="r") as db:
        return {paper.doc_id: dict(paper) for paper in db.table("papers")}


def test_all_is_as_the_file_has_it(library: Library, file: Path) -> None:
    before = content(library)
    done = restored(library, file)
    assert (done.papers, done.added, done.removed, done.changed) == (2, [2], [4], [1])
    for found in (library, Library(library.path)):
        assert {p.id: p.document() for p in found.papers()} == papers_of(file)
        assert [grave["id"] for grave in found.deleted()] == [3]
        assert found.log()[-1].label == f"Restored {file}: 2 papers"
    assert done.backup is not None
    assert list(papers_of(done.backup)) == [paper["id"] for paper in before]


def test_undo_and_redo(library: Library, file: Path) -> None:
    before, graves = content(library), list(library.deleted())
    restored(library, file)
    after = content(library)
    library.undo()
    assert content(library) == content(Library(library.path)) == before
    assert [g["id"] for g in library.deleted()] == [g["id"] for g in graves]
    library.redo()
    assert content(library) == content(Library(library.path)) == after


def test_other_processes_see_it(library: Library, file: Path) -> None:
    other = Library(library.path)
    assert len(content(other)) == 2
    restored(library, file)
    assert other.refresh()
    assert content(other) == content(library)
    assert other.notices == []


def test_no_id_is_used_twice_here_or_there(library: Library, file: Path, path: Path) -> None:
    restored(library, file)
    assert add(Library(path), "E") == (5,)
    target = Library(path.with_name("other.json"))
    add(target, "X")
    restored(target, file)
    assert [paper.title for paper in target.papers()] == ["A", "B"]
    assert add(Library(target.path), "Y") == (4,)  # 3 was deleted there


def test_into_an_empty_library(library: Library, file: Path, tmp_path: Path) -> None:
    empty = Library(tmp_path / "new" / "library.json")
    assert restored(empty, file).backup is None
    assert {p.id: p.document() for p in empty.papers()} == papers_of(file)


def test_the_same_again_changes_nothing(library: Library, file: Path) -> None:
    restored(library, file)
    before = len(library.log())
    assert restored(library, file)[1:4] == ([], [], [])
    assert len(library.log()) == before


def test_a_plain_tinydb_file(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "plain.json"
    with tinydb.TinyDB(file, indent=1) as db:
        db.table("papers").insert({"title": "Ünï", "mine": 1, "status": 3})
    restored(library, file)
    (paper,) = library.papers()
    assert (paper.title, paper.status) == ("Ünï", "new")
    assert library.database.table("papers").get(doc_id=1)["mine"] == 1


def test_over_a_paper_that_cannot_be_read(library: Library, file: Path, path: Path) -> None:
    library.compact()
    library.close()
    path.write_bytes(path.read_bytes().replace(b'"title":"A"', b'"title":"A,'))
    again = Library(path)
    restored(again, file)
    assert {p.id: p.document() for p in Library(path).papers()} == papers_of(file)
    assert len(list(path.parent.glob("library.json.damaged-*"))) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ('{"papers": {"1": {"title"', "it is no TinyDB library"),
        ('{"_default": {"1": {}}}', "it has no table of papers"),
        ('{"format": "readlist", "version": 1, "papers": []}', "readlist import --restore"),
        ('{"papers": {}, "meta": {"1": {"schema": 2}}}', "a newer readlist made it"),
        ('{\n"papers":{\n"1":{"a":},\n"2":{}\n}\n}\n', "1 in papers cannot be read"),
        (None, "there is no such file"),
    ],
)
def test_what_is_no_backup_is_refused(
    library: Library, tmp_path: Path, text: str | None, reason: str
) -> None:
    file = tmp_path / "some.json"
    if text is not None:
        file.write_text(text)
    before = content(library)
    with pytest.raises(RestoreError, match=reason) as caught:
        restored(library, file)
    assert str(file) in str(caught.value)
    assert content(library) == before
    assert library.backups.all() == []


def test_an_older_file_is_migrated(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shout(db: object) -> None:
        papers = db.table("papers")  # type: ignore[attr-defined]
        papers.update_each({p.doc_id: {"title": p["title"] * 2} for p in papers})

    monkeypatch.setattr(migrate, "STEPS", (shout,))
    again = Library(library.path)
    restored(again, file)
    assert [paper.title for paper in again.papers()] == ["AA", "BB"]
    assert papers_of(file)[1]["title"] == "A"


def test_without_room_for_a_backup_nothing_is_restored(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = content(library)
    monkeypatch.setattr(library.backups, "make", full)
    with pytest.raises(OSError, match="No space"):
        restored(library, file)
    assert content(library) == content(Library(library.path)) == before


def test_in_the_place_of_a_broken_library(library: Library, file: Path, path: Path) -> None:
    broken = path.read_bytes()[:100]
    library.close()
    path.write_bytes(broken)
    with source(file) as found:
        aside = replace_broken(path, found)
    assert aside.read_bytes() == broken
    again = Library(path)
    assert {p.id: p.document() for p in again.papers()} == papers_of(file)
    assert any("went to library.json.journal-" in notice for notice in again.notices)


def test_killed_while_restoring(path: Path, tmp_path: Path) -> None:
    library, chance = Library(path), random.Random(5)
    add(library, *(f"old {n}" for n in range(300)))
    file = tmp_path / "copy.json"
    write_copy(library.database.storage, file)
    library.edit(range(1, 200), lambda papers, _now: delete(papers))
    add(library, *(f"new {n}" for n in range(300)))
    before, after = content(library), list(papers_of(file).values())
    library.close()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    for number in range(6):
        place = tmp_path / f"round {number}" / path.name
        place.parent.mkdir()
        for one in (path, path.with_name(f"{path.name}.journal")):
            shutil.copy(one, place.parent)
        command = [sys.executable, "-c", RESTORE, place, file]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        assert process.stdout is not None
        with process.stdout:
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            process.send_signal(signal.SIGKILL)
            process.wait(30)
        again = Library(place)
        assert content(again) == before or [p.document() for p in again.papers()] == after
        restored(again, file)
        assert [p.document() for p in Library(place).papers()] == after


@pytest.mark.soak
def test_a_hundred_thousand_papers(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.json"
    library = Library(path)
    add(library, *(f"Paper {n}" for n in range(100_000)))
    library.compact()
    write_copy(library.database.storage, file)
    library.edit(range(1, 50_001), lambda papers, _now: delete(papers))
    mark(library, *range(60_000, 70_001))
    add(library, *(f"New {n}" for n in range(10_000)))
    before = content(library)
    done = restored(library, file)
    sizes = [len(found) for found in (done.added, done.removed, done.changed)]
    assert (done.papers, *sizes) == (100_000, 50_000, 10_000, 10_001)
    again = Library(path)
    assert {p.id: p.document() for p in again.papers()} == papers_of(file)
    again.undo()
    assert content(again) == before
    assert len(again.overview) == len(before)
