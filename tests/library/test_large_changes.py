"""Changes of more papers than memory holds: whole or not at all, and undone as one."""

import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
import tinydb

from readlist.change import AddPaper, Change
from readlist.library import documents, history
from readlist.library import library as library_module
from readlist.library.backup import write_copy
from readlist.library.library import Library
from readlist.library.restore import restore, source
from readlist.operations import (
    ImportOptions,
    export,
    read_file,
    read_input,
    take_in,
    take_in_all,
)
from readlist.paper import Paper, Status
from tests.library.test_library import add, content, delete, mark
from tests.library.test_processes import python

SEVERAL = [str(number) for number in range(7)]


@pytest.fixture(autouse=True)
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "_AT_ONCE", 2)
    monkeypatch.setattr(documents, "_MOST_HELD", 500)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.json"


def parts(path: Path) -> int:
    return len(json.loads(path.read_text()).get("history_parts", {}))


def test_it_is_one_change_that_is_undone_and_made_again(path: Path) -> None:
    library = Library(path)
    first = add(library, "A")
    before = content(library)
    add(library, *SEVERAL)
    after = content(library)
    assert len(library.log()) == 2
    assert library.last_import() == set(range(2, 9))
    assert (library.reach("undo"), len(list(library.overview.order()))) == (7, 8)
    library.close()
    library = Library(path)
    assert library.undo().ids == tuple(range(2, 9))  # type: ignore[union-attr]
    assert content(library) == before
    assert [grave["undone"] for grave in library.deleted()] == [True] * 7
    assert library.redo().ids == tuple(range(2, 9))  # type: ignore[union-attr]
    assert content(library) == after
    assert library.last_import() == set(range(2, 9))
    assert sorted(library.overview.order()) == [*first, *range(2, 9)]
    delete(library, *range(1, 6))
    library.undo()
    assert content(library) == after


def test_what_was_done_before_each_status_is_known(path: Path) -> None:
    library = Library(path)
    numbers = add(library, *SEVERAL)
    mark(library, *numbers, status=Status.READING)
    mark(library, *numbers)
    assert library.statuses_before_read([1, 6]) == {1: Status.READING, 6: Status.READING}


def test_a_paper_that_was_changed_since_is_spared_by_undo(path: Path) -> None:
    library = Library(path)
    numbers = add(library, *SEVERAL)
    other = Library(path)
    mark(other, numbers[3])
    undone = library.undo()
    assert undone is not None
    assert len(undone.ids) == 6
    assert undone.conflicts == ("“3” was changed since and stays",)
    assert [paper.title for paper in library.papers()] == ["3"]


def test_it_is_forgotten_with_its_parts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(path)
    add(library, *SEVERAL)
    assert parts(path) == 3  # the last papers are in the history itself
    monkeypatch.setattr(history, "LIMIT", 2)
    for _ in range(2):
        mark(library, 1)
        library.undo()
    library.compact()
    assert parts(path) == 0
    assert len(library) == 7


def test_it_goes_into_the_snapshot_at_once(path: Path) -> None:
    library = Library(path)
    add(library, "A")
    mark(library, 1)
    add(library, *SEVERAL)
    library.close()
    assert len(path.with_name(f"{path.name}.journal").read_bytes().strip().splitlines()) == 1
    with tinydb.TinyDB(path) as plain:
        titles = [paper["title"] for paper in plain.table("papers")]
    assert titles == ["A", *SEVERAL]
    assert {file.name for file in path.parent.iterdir()} == {
        f"library.json{end}" for end in ("", ".backups", ".journal", ".lock", ".offsets")
    }


def test_others_learn_of_it(path: Path) -> None:
    empty, library = Library(path), Library(path)
    add(library, "A")
    other = Library(path)
    assert other.paper(1).title == "A"
    add(library, *SEVERAL)
    for one in (other, empty):
        assert one.refresh().everything
        assert content(one) == content(library)
        assert list(one.overview.order()) == list(library.overview.order())
        assert not one.notices
    mark(other, 8)
    library.refresh()
    assert library.paper(8).status is Status.READ
    assert Library(path).overview.counts() == library.overview.counts()


def test_after_an_exception_nothing_was_done(path: Path) -> None:
    library = Library(path)
    add(library, "A")
    whole = path.read_bytes()

    def broken() -> dict[int, list[AddPaper]]:
        raise RuntimeError

    with pytest.raises(RuntimeError), library.writing():
        add(library, *SEVERAL)
        broken()
    assert path.read_bytes() == whole
    assert [paper.title for paper in library.papers()] == ["A"]
    assert len(library.overview.order()) == 1
    add(library, "B")
    assert [paper.id for paper in library.papers()] == [1, 2]


def test_it_can_be_undone_after_a_backup_was_restored(path: Path, tmp_path: Path) -> None:
    library, copy = Library(path), tmp_path / "copy.json"
    add(library, "A")
    write_copy(library.database.storage, copy)
    add(library, *SEVERAL)
    after = content(library)
    with source(copy) as found:
        restore(library, found, copy)
    assert [paper.title for paper in library.papers()] == ["A"]
    library.undo()
    assert content(library) == after
    library.undo()
    assert [paper.title for paper in library.papers()] == ["A"]


def test_edits_may_come_from_anywhere(path: Path) -> None:
    library = Library(path)
    edits = {n: [AddPaper(Paper(title=f"{n}", added=library.now()).document())] for n in (9, 3, 5)}
    library.apply(Change("Added", edits))
    assert [paper.id for paper in library.papers()] == [3, 5, 9]


# Files that are read as they come


LINES = [
    {"id": "2401.00001", "title": "One", "abstract": "a", "authors": "Ada Lovelace"},
    {"id": "2401.00002", "title": "Two", "abstract": "b", "authors": "Bob Smith"},
    {"id": "2401.00003", "title": "One", "abstract": "c", "authors": "Carl Gauss"},
    {"id": "2401.00002", "title": "Two", "abstract": "a longer one", "authors": "Bob Smith"},
    {"title": "no id", "abstract": 3, "authors": []},
    {"id": "2401.00004", "title": "Four", "abstract": "d", "authors": "Dora Vier"},
]


def lines(tmp_path: Path, number: int = 0) -> Path:
    more = [{**LINES[0], "id": f"2402.{n:05}", "title": f"More {n}"} for n in range(number)]
    file = tmp_path / "snapshot.json"
    every = [{"categories": "cs.LG", "update_date": "2024-01-02", **line} for line in LINES + more]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in every))
    return file


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_stream_comes_in_as_the_same_papers_do_at_once(tmp_path: Path, dry_run: bool) -> None:
    file = lines(tmp_path)
    options = ImportOptions(dry_run=dry_run)
    (tmp_path / "a").mkdir()
    one, other = Library(tmp_path / "a" / "one.json"), Library(tmp_path / "a" / "other.json")
    for library in (one, other):
        add(library, "Four")
    with file.open("rb") as opened:
        streamed = take_in(one, read_file(opened, "x"), "x", options)
    whole = take_in(other, read_input(file.read_bytes(), "x"), "x", options)
    assert streamed == whole
    assert (len(whole.added), len(whole.merged), whole.repeated) == (3, 1, 1)
    found = [
        [paper.but(uid="", added=None, changed=None, sources=[]) for paper in library.papers()]
        for library in (one, other)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == (1 if dry_run else 4)
    assert not [f for f in (tmp_path / "a").iterdir() if f.name.startswith("tmp")]


def test_a_library_of_ones_own_comes_in_from_a_stream_as_it_was(tmp_path: Path) -> None:
    one, other = Library(tmp_path / "one.json"), Library(tmp_path / "other.json")
    add(one, *SEVERAL)
    mark(one, 2, 5)
    delete(one, 3)
    file = tmp_path / "mine.jsonl"
    file.write_bytes(export(one.papers(), "jsonl"))
    for _ in range(2):
        with file.open("rb") as opened:
            report = take_in(other, read_file(opened, "x"), "x", ImportOptions(restore=True))
        keyed = [paper.but(citekey="") for paper in other.papers()]
        assert keyed == list(one.papers())
    assert (len(report.added), len(report.unchanged)) == (0, 6)


def test_several_streams_are_one_change(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.json")
    file = lines(tmp_path, 4)
    with file.open("rb") as first, file.open("rb") as second:
        streams = [
            (name, read_file(opened, name)) for name, opened in (("a", first), ("b", second))
        ]
        reports = take_in_all(library, streams)
    assert [len(report.added) for report in reports] == [8, 0]
    assert sorted(reports[1].unchanged + reports[1].merged) == list(library.overview.order())
    assert len(library) == 8
    assert library.undo() is not None
    assert len(library) == 0


IMPORT = """
import os, sys
from pathlib import Path
from readlist.library import documents
from readlist.library import library as library_module
from readlist.library.library import Library
from readlist.operations import read_file, take_in
documents._MOST_HELD, library_module._AT_ONCE = 20_000, 50
library = Library(Path(sys.argv[1]))
with open(sys.argv[2], "rb") as file:
    os.write(1, b"ready\\n")
    take_in(library, read_file(file, "x"), "x")
os.write(1, b"done\\n")
"""


def test_killed_at_any_moment_all_of_it_is_there_or_nothing(path: Path, tmp_path: Path) -> None:
    file = lines(tmp_path, 1500)
    library = Library(path)
    add(library, "Mine")
    library.close()
    chance, kinds = random.Random(1), set()
    for _ in range(8):
        told = killed(path, file, chance.uniform(0, 1.5))
        library = Library(path)
        assert not library.notices
        is_there = len(library) > 1
        kinds.add(is_there)
        assert is_there or not told
        assert len(library) == len(list(library.papers())) == (1505 if is_there else 1)
        assert len(library.log()) % 2 == (0 if is_there else 1)
        if is_there:
            undone = library.undo()
            assert undone is not None
            assert len(undone.ids) == 1504
        assert [paper.title for paper in library.papers()] == ["Mine"]
        library.close()
    assert kinds


def killed(path: Path, file: Path, seconds: float) -> bool:
    """Kill a process that imports a file; return whether it said that it had done so."""
    worker: subprocess.Popen[bytes] = python(IMPORT, path, file)
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"ready\n"
    time.sleep(seconds)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    told = os.read(worker.stdout.fileno(), 100)
    worker.stdout.close()
    return told == b"done\n"
