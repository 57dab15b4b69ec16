"""Where documents lie is found without reading where all of them do."""

import gc
import json
import os
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist import change
from readlist.library import disk, offsets
from readlist.library.library import Library
from readlist.library.offsets import Contents, MovedError, Positions

pytestmark = pytest.mark.skipif(
    not disk.REPLACES_OPEN_FILES, reason="open files cannot be replaced here: all is read at once"
)
IDS = st.lists(st.integers(-5, 60), unique=True, max_size=30).map(sorted)


@given(IDS)
def test_a_document_is_found_by_its_id(ids):
    table = Positions(array("q", ids), array("q"), array("I"), array("I"))
    for number in range(-7, 63):
        assert table.find(number) == (ids.index(number) if number in ids else -1)


def stored(path: Path, count: int = 10_000) -> tuple[Positions, Positions]:
    """Positions as they were saved, and as they are read."""
    table = Positions.none()
    for number in range(count):
        table.add(2 * number + 1, 1_000 * number, b"%d" % number)
    library = path / "library.json"
    library.write_bytes(b"{}")
    with library.open() as file:
        stamp = disk.stamp(file.fileno())
    side = path / "library.json.offsets"
    offsets.save(side, stamp, Contents(tables={"papers": table}), None)
    found = offsets.load(side, stamp)
    assert found is not None
    return table, found.tables["papers"]


def test_numbers_are_those_of_the_file(tmp_path):
    for saved, read in zip(*stored(tmp_path), strict=True):
        assert len(read) == len(saved)
        assert [read[place] for place in (0, 7, -1)] == [saved[place] for place in (0, 7, -1)]
        for place in (len(saved), -len(saved) - 1):
            with pytest.raises(IndexError):
                read[place]
        assert list(read[5:9]) == list(saved[5:9])
        assert list(read) == list(saved)
        assert bytes(read) == bytes(saved)
        assert read == saved
        assert saved == read
        assert read != saved[1:]


def test_numbers_that_ascend_can_be_searched(tmp_path):
    _, found = stored(tmp_path)
    assert bisect_left(found.offsets, 77_000) == 77


def test_a_few_are_read_alone_and_many_at_once(tmp_path, monkeypatch):
    lengths = []
    read = disk.read
    _, found = stored(tmp_path, 100_000)
    monkeypatch.setattr(disk, "read", lambda *where: lengths.append(where[1]) or read(*where))
    for number in range(1, 11, 2):
        assert found.find(number) == number // 2
        assert found.offsets[number // 2] == 1_000 * (number // 2)
    assert set(lengths) == {8}
    for place in range(100_000):
        assert found.ids[place] == 2 * place + 1
    assert lengths.count(8 * 100_000) == 1
    assert len(lengths) < 200


def test_a_file_that_was_replaced_is_read_as_it_was(tmp_path):
    saved, found = stored(tmp_path)
    disk.write_file(tmp_path / "library.json.offsets", b"other")
    assert found.find(2_001) == 1_000
    assert list(found.offsets) == list(saved.offsets)


def test_a_file_that_was_cut_short_is_told(tmp_path):
    _, found = stored(tmp_path)
    os.truncate(tmp_path / "library.json.offsets", 5_000)
    for ask in (lambda: found.sums[3], lambda: list(found.offsets)):
        with pytest.raises(MovedError):
            ask()


def _open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))


def test_the_file_is_closed_with_what_reads_it(tmp_path):
    before = _open_files()
    _, found = stored(tmp_path)
    assert _open_files() == before + 1
    del found
    assert _open_files() == before


def _spoil(side: Path, start: int, length: int = 1 << 20) -> None:
    """Write into the side file what is none of its numbers, without another name or size."""
    with side.open("r+b") as file:
        file.seek(start)
        file.write(bytes(min(length, side.stat().st_size - start)))


@pytest.mark.parametrize("spoil", [lambda side: os.truncate(side, 2_000), lambda s: _spoil(s, 800)])
@pytest.mark.parametrize("columns_too", [False, True])
def test_who_has_the_library_open_goes_on_when_the_side_file_is_written_into(
    tmp_path, spoil, columns_too
):
    path = tmp_path / "library.json"
    papers = {str(n): {"title": f"Paper {n}", "added": "2026-11-01"} for n in range(-3, 3_000, 3)}
    path.write_text(json.dumps({"papers": papers}))
    for _ in range(2):
        library = Library(path)
        library.overview.order()
        library.compact()
        library.close()
    library = Library(path)
    assert isinstance(library.database.storage.documents.base.positions("papers").ids, Sequence)
    if columns_too:
        assert len(library.overview.order()) == 1_001
    spoil(tmp_path / "library.json.offsets")
    assert -3 in library
    assert -2 not in library
    assert library.last_id == 2_997
    assert library.paper(999).title == "Paper 999"
    assert [len(column) for column in library.checksums()[:2]] == [1_001, 1_001]
    library.edit([-3, 2_997], lambda papers, now: change.delete(papers))
    assert len(library.overview.order()) == 999
    library.edit([0], lambda papers, now: change.set_star(papers, True, now))
    library.compact()
    library.undo()
    library.undo()
    assert len(library.overview.order()) == 1_001
    assert sum(1 for _ in library.papers()) == 1_001
    library.close()
    assert library.notices == []


def test_a_check_tells_of_a_side_file_that_was_written_into(tmp_path):
    path = tmp_path / "library.json"
    path.write_text(json.dumps({"papers": {str(n): {"title": "A"} for n in range(1, 500)}}))
    library = Library(path)
    library.compact()
    library.close()
    library = Library(path)
    assert library.database.storage.side_file_fits()
    _spoil(tmp_path / "library.json.offsets", 800)
    assert library.paper(7).title == "A"
    assert not library.database.storage.side_file_fits()
    library.database.storage.rebuild()
    assert library.database.storage.side_file_fits()
    library.close()


def test_a_library_that_is_done_with_leaves_no_file_open(tmp_path):
    path = tmp_path / "library.json"
    path.write_text(json.dumps({"papers": {"1": {"title": "A"}}}))
    Library(path).close()
    gc.collect()
    gc.disable()
    try:
        before = _open_files()
        library = Library(path)
        library.overview.order()
        during = _open_files()
        for _ in range(3):
            library.edit([1], change.toggle_star)
            library.overview.order()
            library.compact()
            library.refresh()
            assert _open_files() <= during + 2  # lock and journal
        storage = library.database.storage
        base = storage.documents.base
        storage.rebuild()
        assert storage.documents.base is not base
        library.close()
        del library, storage, base
        gc.collect()
        assert _open_files() == before
    finally:
        gc.enable()


def test_an_empty_table_is_not_taken_for_one_that_was_written_into(tmp_path):
    path = tmp_path / "library.json"
    path.write_text(json.dumps({"papers": {"1": {"title": "A"}}, "deleted": {}}))
    library = Library(path)
    library.compact()
    library.close()
    library = Library(path)
    base = library.database.storage.documents.base
    assert list(base.positions("deleted").ids) == list(library.deleted()) == []
    assert not base.scanned
    library.close()
