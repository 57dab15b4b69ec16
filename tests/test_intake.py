"""What comes in takes little memory, however many papers it is of."""

import errno
import json
import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from readlist import large
from readlist.formats import streamed
from readlist.library import documents, library, snapshot, spool
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.merging import known
from readlist.operations import ImportOptions, read_file, take_in
from readlist.paper import Paper


@pytest.fixture
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "MOST", 100)
    monkeypatch.setattr(known, "_MOST_KEYS", 300)
    monkeypatch.setattr(large, "_FILTER", 1 << 16)
    monkeypatch.setattr(library, "_AT_ONCE", 50)
    monkeypatch.setattr(documents, "_MOST_HELD", 5_000)
    monkeypatch.setattr(documents, "_AT_ONCE", 500)
    for module in (streamed, spool, snapshot):
        name = "BLOCK" if module is streamed else "_BLOCK"
        monkeypatch.setattr(module, name, 1 << 14)


def lines(number: int) -> Iterator[bytes]:
    for n in range(number):
        place = f"{2001 + n // 9000}.{n % 9000:05}"
        record = {"id": place, "title": f"World models {n}", "categories": "cs.LG"}
        record |= {"authors": f"Ada Lovelace{n % 97}, Bo Wu", "update_date": "2024-01-02"}
        yield json.dumps(record).encode() + b"\n"


def peak(path: Path, number: int, options: ImportOptions) -> int:
    """Return the most bytes of memory that an import of so many papers takes."""
    file = path / f"{number}.json"
    file.write_bytes(b"".join(lines(number)))
    library = Library(path / f"{number}-library.json")
    tracemalloc.start()
    with file.open("rb") as opened:
        report = take_in(library, read_file(opened, "x"), "x", options)
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    library.close()
    assert len(report.added) == number
    return found


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize("dry_run", [True, False])
def test_the_memory_of_a_stream_does_not_grow(tmp_path: Path, *, dry_run: bool) -> None:
    options = ImportOptions(dry_run=dry_run)
    peak(tmp_path, 10, options)
    few, many = peak(tmp_path, 1000, options), peak(tmp_path, 4000, options)
    assert many - few < 100 * 3000  # bytes a paper; as dictionaries it was 600


def taken(path: Path) -> list[Paper]:
    library = Library(path)
    with path.with_name("papers.json").open("rb") as opened:
        take_in(library, read_file(opened, "x"), "x")
    found = list(library.papers())
    library.close()
    return [paper.but(uid="", added=None, sources=[]) for paper in found]


def test_of_many_papers_the_same_comes_as_of_few(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    twice = [*lines(400), *lines(500)]
    (tmp_path / "papers.json").write_bytes(b"".join(twice))
    as_few = taken(tmp_path / "few.json")
    request.getfixturevalue("little_memory")
    assert len(as_few) == 500
    assert taken(tmp_path / "many.json") == as_few
    assert taken(tmp_path / "many.json") == as_few
    assert len({paper.citekey for paper in as_few}) == 500


@pytest.mark.usefixtures("little_memory")
def test_no_room_for_what_is_known_leaves_the_library_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> sqlite3.Connection:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    (tmp_path / "papers.json").write_bytes(b"".join(lines(400)))
    monkeypatch.setattr(sqlite3, "connect", full)
    with pytest.raises(LibraryError, match="no room for temporary files; make room") as told:
        taken(tmp_path / "library.json")
    assert isinstance(told.value.__cause__, OSError)
    assert told.value.__cause__.errno == errno.ENOSPC
    library = Library(tmp_path / "library.json")
    assert len(library) == 0
    library.close()
