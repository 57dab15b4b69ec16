"""Where documents lie is found without reading where all of them do."""

import os
from array import array
from bisect import bisect_left
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.library import disk, offsets
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
    _, found = stored(tmp_path)
    monkeypatch.setattr(disk, "read", lambda *where: lengths.append(where[1]) or read(*where))
    for number in range(1, 101, 2):
        assert found.find(number) == number // 2
        assert found.offsets[number // 2] == 1_000 * (number // 2)
    assert set(lengths) == {8}
    for place in range(10_000):
        assert found.ids[place] == 2 * place + 1
    assert lengths.count(8 * 10_000) == 1
    assert len(lengths) < 6_000


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
