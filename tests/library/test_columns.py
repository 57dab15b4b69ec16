"""Columns stay those of the papers, whatever comes, goes or changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.library.columns import Columns, Row

ROWS = st.builds(Row, st.integers(0, 3), st.booleans(), st.integers(-2, 2), st.booleans())
PAPERS = st.dictionaries(st.integers(1, 20), ROWS, max_size=20)


def listed(columns: Columns) -> list[tuple[int, ...]]:
    ids, moments, status, starred, tagged = columns.arrays
    return list(zip(moments, ids, starred, status, tagged, strict=True))


@given(before=PAPERS, changes=st.lists(PAPERS, max_size=3), gone=st.sets(st.integers(1, 20)))
def test_changed_columns_are_those_made_anew(
    before: dict[int, Row], changes: list[dict[int, Row]], gone: set[int]
) -> None:
    columns, now = Columns.of(before.items()), dict(before)
    for change in changes:
        touched = change.keys() | gone
        there = touched & now.keys()
        now = {number: row for number, row in now.items() if number not in gone} | change
        columns.change(there, {number: now[number] for number in touched if number in now})
        anew = Columns.of(now.items())
        assert listed(columns) == listed(anew)
        assert columns.counts() == anew.counts()
        assert +columns.tallies == anew.tallies
        gone = set()


def test_the_newest_come_first_then_by_id() -> None:
    columns = Columns.of((n, Row(n % 2, False, n // 3)) for n in range(1, 7))
    assert list(columns.ids) == [6, 3, 4, 5, 1, 2]
    assert columns.counts() == {0: 3, 1: 3}


@pytest.mark.parametrize("now", [{}, {1: Row(0, False, 5)}])
def test_a_paper_that_should_be_there_and_is_not(now: dict[int, Row]) -> None:
    with pytest.raises(KeyError):
        Columns.of([(2, Row(0, False, 5))]).change({1}, now)
