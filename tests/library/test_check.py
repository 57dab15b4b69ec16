"""Looking a library through, and repairing it."""

import os
import sys
from itertools import count
from pathlib import Path

import pytest
from tinydb.table import Document

from readlist.library import documents
from readlist.library.check import Report, check, repair
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import Status
from tests.library.test_library import add, mark


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.json"
    library = Library(path)
    add(library, "A", "B", "C")
    for number in (1, 2, 3):
        library.mend({number: {"citekey": f"key{number}"}})
    library.compact()
    library.close()
    return path


def repaired(library: Library) -> list[str]:
    numbers = count(1)
    return repair(library, check(library), lambda _paper: f"new{next(numbers)}")


def test_a_sound_library(path: Path) -> None:
    library = Library(path)
    report = check(library)
    assert report.problems == []
    assert report.tables == {"history": 1, "meta": 1, "papers": 3}
    assert report.size == path.stat().st_size
    assert repaired(library) == []


def test_an_empty_library(tmp_path: Path) -> None:
    assert check(Library(tmp_path / "none.json")) == Report()


def test_what_cannot_be_read_is_named_and_set_aside(path: Path) -> None:
    text = path.read_bytes()
    path.write_bytes(text.replace(b'"title":"B"', b'"title":"B,', 1))
    library = Library(path)
    with pytest.raises(LibraryError, match="check --repair"):
        library.paper(2)
    report = check(library)
    assert report.problems == ["2 in papers cannot be read"]
    done = repaired(library)
    assert "backed up as" in done[0]
    (damaged,) = path.parent.glob("library.json.damaged-*")
    assert done[1] == f"1 document that cannot be read went to {damaged.name}"
    assert b'"title":"B,' in damaged.read_bytes()
    again = Library(path)
    assert [paper.title for paper in again.papers()] == ["A", "C"]
    assert check(again).problems == []
    assert check(again).set_aside == [damaged.name]
    assert add(again, "D") == (4,)  # the number is not given again


@pytest.mark.parametrize(
    ("field", "value", "default"),
    [
        ("status", "lost", "new"),
        ("tags", "rl", []),
        ("authors", [1], []),
        ("upvotes", "3", None),
        ("starred", 1, False),
        ("added", "yesterday", None),
        ("title", "", "(no title)"),
        ("note", None, ""),
        ("urls", {"pdf": "javascript:x"}, {}),
    ],
)
def test_fields_that_no_paper_can_have(
    path: Path, field: str, value: object, default: object
) -> None:
    library = Library(path)
    library.database.table("papers").update({field: value}, doc_ids=[2])
    assert check(library).problems == [f"paper 2: no paper can have this {field}"]
    assert repaired(library)[-1] == "fields of 1 paper were put right"
    again = Library(path)
    assert check(again).problems == []
    assert again.database.table("papers").get(doc_id=2)[field] == default
    assert library.paper(2) == again.paper(2)


def test_names_that_are_shared_or_missing(path: Path) -> None:
    library = Library(path)
    one = library.paper(1)
    library.mend({2: {"uid": one.uid, "citekey": one.citekey}, 3: {"uid": "", "citekey": ""}})
    assert check(library).problems == [
        f"2 papers with the same uid {one.uid}: 1, 2",
        "2 papers with the same citekey key1: 1, 2",
        "1 paper with no uid: 3",
        "1 paper with no citekey: 3",
    ]
    repaired(library)
    assert check(library).problems == []
    assert library.paper(1) == one
    assert library.paper(2).citekey == "new1"


def test_a_side_file_that_lies(path: Path) -> None:
    side = path.with_name("library.json.offsets")
    data = side.read_bytes()
    offset = path.read_bytes().index(b'"2":{').to_bytes(8, sys.byteorder)
    assert data.count(offset) == 1
    wrong = path.read_bytes().index(b'"3":{').to_bytes(8, sys.byteorder)
    side.write_bytes(data.replace(offset, wrong))
    library = Library(path)
    report = check(library)
    assert "side file" in report.problems[0]
    assert repair(library, report, str)[-1] == "the side file was made anew"
    assert check(Library(path)).problems == []


def test_a_backup_that_cannot_be_used(path: Path) -> None:
    library = Library(path)
    kept = library.backups.make(library.database.storage)
    kept.write_bytes(kept.read_bytes()[:50])
    (problem,) = check(library).problems
    assert problem.startswith(f"the newest backup cannot be used: {kept.name}: ")


def spoil(path: Path, *, secretly: bool) -> None:
    """Damage paper 2 in its file; `secretly` as a disk does it, the time of change as it was."""
    before = path.stat()
    text = path.read_bytes().replace(b'"title":"B"', b'"title":"B,', 1)
    path.write_bytes(text)
    if secretly:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_what_cannot_be_read_does_not_take_the_others(path: Path) -> None:
    watching = Library(path)
    assert len(watching) == 3
    spoil(path, secretly=False)
    watching.refresh()
    for library in (watching, Library(path, interface=True)):
        library.notices.clear()
        assert sorted(library.overview.order()) == [1, 3]
        (notice,) = library.notices
        assert notice == "1 document cannot be read and left out; run readlist check --repair"
        assert library.overview.tags() == {}
        mark(library, 3)
        assert library.overview.counts()[Status.READ] == 1
        library.undo()
        with pytest.raises(LibraryError, match="2 in papers cannot be read; run readlist check"):
            library.paper(2)
    watching.database.table("papers").update({"status": "read"}, doc_ids=[2, 3])
    assert sorted(watching.overview.order()) == [1, 3]
    assert check(watching).problems == ["2 in papers cannot be read"]


@pytest.mark.parametrize("secretly", [False, True])
@pytest.mark.parametrize("columns", [False, True])
def test_after_a_repair_all_is_as_without_what_could_not_be_read(
    path: Path, secretly: bool, columns: bool
) -> None:
    spoil(path, secretly=secretly)
    library = Library(path)
    if columns and secretly:
        assert len(library) == 3
    repaired(library)
    for found in (library, Library(path)):
        assert sorted(found.overview.order()) == [1, 3]
        assert [paper.id for paper in found.papers()] == [1, 3]
    assert add(library, "D") == (4,)
    library.compact()
    assert sorted(Library(path).overview.order()) == [1, 3, 4]


@pytest.mark.parametrize("late", [0, 50])
def test_who_left_out_what_could_not_be_read_sees_what_takes_its_place(
    path: Path, monkeypatch: pytest.MonkeyPatch, late: int
) -> None:
    monkeypatch.setattr(documents, "_LATE", late)  # with 0, columns are made anew at each change
    spoil(path, secretly=False)
    watching = Library(path)
    like = watching.database.table("papers").get(doc_id=1)
    assert sorted(watching.overview.order()) == [1, 3]
    other = Library(path)
    repaired(other)
    watching.refresh()
    mark(watching, 3)
    assert sorted(watching.overview.order()) == [1, 3]
    other.database.table("papers").insert(Document(like, 2))
    watching.refresh()
    assert sorted(watching.overview.order()) == [1, 2, 3]
    mark(watching, 2)
    assert sorted(watching.overview.order()) == [1, 2, 3]
    assert watching.overview.counts()[Status.READ] == 2
