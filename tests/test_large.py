"""Large mappings and lists hold what small ones do, in little memory."""

import errno
import sqlite3
import sys
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist import large
from readlist.large import LargeDict, Numbers

numbers = st.one_of(st.integers(-9, 9), st.integers(-(2**63), 2**63 - 1))
values = st.one_of(numbers, st.text(max_size=3), st.binary(max_size=3))
steps = st.lists(st.tuples(st.sampled_from(["put", "take", "default", "look"]), numbers, values))


@pytest.fixture
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "_FILTER", 1 << 12)


@pytest.mark.usefixtures("little_memory")
@given(steps, st.integers(0, 4))
def test_a_large_dict_holds_what_a_dict_holds(
    steps: list[tuple[str, int, int | str | bytes]], most: int
) -> None:
    ours, plain = LargeDict[int | str | bytes](most), dict[int, int | str | bytes]()
    for step, number, value in steps:
        if step == "put":
            ours[number] = plain[number] = value
        elif step == "default":
            assert ours.setdefault(number, value) == plain.setdefault(number, value)
        elif step == "take":
            assert ours.pop(number, None) == plain.pop(number, None)
        assert (number in ours, ours.get(number)) == (number in plain, plain.get(number))
        assert bool(ours) == bool(plain)
    assert len(ours) == len(plain)
    assert dict(ours.pairs()) == dict(ours) == plain
    assert ours == plain


def filled(most: int, *, keys: int = 100) -> LargeDict[str]:
    found = LargeDict[str](most)
    for number in range(keys):
        found[number] = f"value {number}"
    return found


def test_what_is_not_there_is_not_found() -> None:
    found = filled(7)
    with pytest.raises(KeyError):
        found[100]
    with pytest.raises(KeyError):
        del found[100]
    assert found[0] == "value 0"


def test_where_python_has_no_database_memory_has_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    assert list(filled(7).pairs()) == [(n, f"value {n}") for n in range(100)]


def test_a_disk_that_is_full_is_told_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def small(*given: object, **named: object) -> sqlite3.Connection:
        file = connect(*given, **named)  # type: ignore[call-overload]
        file.execute("PRAGMA max_page_count = 3")
        return file  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(OSError, match="no room for temporary files") as told:
        filled(1000, keys=10_000)
    assert told.value.errno == errno.ENOSPC


def test_other_trouble_with_the_file_is_told_with_what_sqlite_says() -> None:
    found = filled(7)
    assert found._file is not None
    found._file.execute("DROP TABLE known")
    with pytest.raises(OSError, match="temporary file: no such table") as told:
        found[0]
    assert told.value.errno == errno.EIO


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("traced")
def test_its_memory_does_not_grow() -> None:
    found = LargeDict[int](1000)
    for number in range(2000):
        found[hash((number,))] = number
    before, _ = tracemalloc.get_traced_memory()
    for number in range(2000, 22_000):
        found[hash((number,))] = number
    after, _ = tracemalloc.get_traced_memory()
    assert after - before < 200_000  # of a dict it is 2 MB
    assert len(found) == 22_000


@given(st.lists(numbers), numbers)
def test_numbers_are_different_ones_in_order(given_numbers: list[int], other: int) -> None:
    found = Numbers(given_numbers)
    plain = list(dict.fromkeys(given_numbers))
    assert found == plain
    assert plain == found
    assert tuple(plain) == found
    assert found != [*plain, other]
    assert (found != plain[1:]) or not plain
    assert (len(found), other in found, "x" in found) == (len(plain), other in plain, False)
    assert list(found[1:]) == plain[1:]
    assert found + (other,) == [*plain, other]  # noqa: RUF005


@pytest.mark.usefixtures("traced")
def test_numbers_take_little_memory() -> None:
    before, _ = tracemalloc.get_traced_memory()
    found = Numbers(range(500_000, 600_000))
    after, _ = tracemalloc.get_traced_memory()
    assert after - before < 15 * len(found)
    assert repr(Numbers([3, 1])) == "Numbers([3, 1])"
