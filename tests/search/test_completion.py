import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.search.completion import Candidate, Typed, candidates, completed, typed_at

TAGS = {"rl": 14, "rl/offline": 9, "robotics": 3, "llm/rlhf": 2, "vision": 20}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("tag:r", Typed(4, "tag", "r")),
        ("a -tags:r", Typed(8, "tag", "r")),
        ("#", Typed(1, "tag", "")),
        ("(@sut", Typed(2, "author", "sut")),
        ("is:", Typed(3, "is", "")),
        ("of aut", Typed(3, None, "aut")),
        ("", Typed(0, None, "")),
        ("keyword:x", None),
        ("https://x", None),
    ],
)
def test_what_is_typed(text: str, typed: Typed | None):
    assert typed_at(text, len(text)) == typed


def test_in_the_middle_of_a_word_nothing_is_completed():
    assert typed_at("tag:rl", 5) is None
    assert typed_at("tag:r x", 5) == Typed(4, "tag", "r")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("r", ["rl", "rl/offline", "robotics", "llm/rlhf"]),
        ("rl", ["rl/offline", "llm/rlhf"]),
        ("off", ["rl/offline"]),
        ("visoin", ["vision"]),
        ("vi", ["vision"]),
        ("zz", []),
    ],
)
def test_which_it_may_become(typed: str, names: list[str]):
    assert [c.text for c in candidates(typed, TAGS)] == names


def test_counts_come_along():
    assert candidates("vis", TAGS) == [Candidate("vision", 20)]
    assert candidates("ye", {"year": None}) == [Candidate("year")]


@pytest.mark.parametrize(
    ("text", "cursor", "chosen", "after"),
    [
        ("a tag:r", 7, "rl", "a tag:rl "),
        ("tag:r is:new", 5, "rl", "tag:rl is:new"),
        ("@su", 3, "Richard Sutton", '@"Richard Sutton" '),
        ("aut", 3, "author", "author:"),
    ],
)
def test_the_query_afterwards(text: str, cursor: int, chosen: str, after: str):
    typed = typed_at(text, cursor)
    assert typed is not None
    found, place = completed(text, cursor, typed, chosen)
    assert found == after
    assert found[:place].rstrip(' "').endswith(chosen if typed.field else f"{chosen}:")


@given(st.text(st.sampled_from('ab:#@-()"/ tagisé')), st.integers(0, 20))
def test_any_text_can_be_asked(text: str, cursor: int):
    typed = typed_at(text, min(cursor, len(text)))
    if typed is not None:
        candidates(typed.text, TAGS)
