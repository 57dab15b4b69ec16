from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.library.chosen import Chosen

CHOICES = st.lists(st.booleans(), max_size=1200)


def chosen(choices: list[bool]) -> tuple[Chosen, list[int]]:
    ids = array("q", range(7, 7 + len(choices)))
    return Chosen(ids, bytes(choices), sum(choices)), [
        i for i, is_in in zip(ids, choices, strict=True) if is_in
    ]


@given(CHOICES, st.integers(-1300, 1300), st.integers(-1300, 1300), st.sampled_from([1, 2, -1]))
def test_it_is_as_the_list_of_those_chosen(choices, start, stop, step):
    found, expected = chosen(choices)
    assert len(found) == len(expected)
    assert list(found) == expected
    assert [found[place] for place in range(len(expected))] == expected
    assert found[start:stop:step] == expected[start:stop:step]
    if -len(expected) <= start < len(expected):
        assert found[start] == expected[start]
    else:
        with pytest.raises(IndexError):
            found[start]


@given(CHOICES)
def test_it_knows_where_each_stands(choices):
    found, expected = chosen(choices)
    for number in range(5, 9 + len(choices)):
        assert (number in found) == (number in expected)
    assert [found.index(number) for number in expected] == list(range(len(expected)))
    for other in (6, "7", None):
        assert other not in found
        with pytest.raises(ValueError, match="not there"):
            found.index(other)  # type: ignore[arg-type]
