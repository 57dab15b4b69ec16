import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.search.parts import parts
from readlist.search.query import QueryError, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("offline rl", ["offline", "rl"]),
        ('#rl "a b" -is:read sort:-added', ["tag:rl", '"a b"', "-is:read", "sort:-added"]),
        ("a OR b", ["a OR b"]),
        ("(a OR b) c", ["(a OR b)", "c"]),
        ("a tag:", ["a"]),
        ("sort:title", ["sort:title"]),
    ],
)  # fmt: skip
def test_parts_are_what_a_paper_must_fulfil(text: str, expected: list[str]):
    assert parts(text) == expected


@given(
    st.lists(st.sampled_from(["a", "#rl", "(", ")", "OR", "-b", '"x y"', "sort:title", "is:new"]))
)
def test_joined_they_are_the_query(words: list[str]):
    text = " ".join(words)
    try:
        found = parts(text)
    except QueryError:
        return
    assert parse(" ".join(found)) == parse(text, typing=True)
