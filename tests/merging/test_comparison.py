"""Two papers side by side."""

from typing import Any

from readlist.merging.comparison import Field, compare, differences
from readlist.merging.uniting import united
from readlist.paper import Paper


def fields(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Field]:
    first = Paper(**{"id": 1, "uid": "u1", "citekey": "k1", "title": "A Title"} | one)
    second = Paper(**{"id": 2, "uid": "u2", "citekey": "k2", "title": "A Title"} | other)
    return {field.name: field for field in compare(first, second, united(first, [second]))}


def test_what_neither_says_is_left_out():
    assert list(fields({}, {})) == ["title", "type", "citation key", "state"]


def test_it_is_said_whose_value_the_merged_paper_has():
    found = fields(
        {"identifiers": {"arxiv": "1"}, "published": "2024", "note": "One", "tags": ["a"]},
        {"identifiers": {"arxiv": "2", "doi": "3"}, "published": "2024-05", "note": "Two"},
    )
    assert found["title"].takes == (True, True)
    assert found["title"].is_same
    assert found["published"].takes == (False, True)
    assert found["identifiers"].takes == (True, False)
    assert found["note"].takes == (True, True)
    assert (found["note"].merged, found["note"].is_new) == ("One\n\nTwo", True)
    assert found["tags"].takes == (True, False)
    assert (found["tags"].one, found["tags"].other, found["tags"].is_new) == ("#a", "", False)
    assert found["citation key"].takes == (True, False)


def test_differences_are_words():
    one, other = "A deep study of rl", "A study of deep rl"
    ours, theirs = differences(one, other)
    assert [one[a:b] for a, b in ours] == ["deep"]
    assert [other[a:b] for a, b in theirs] == ["deep"]
    assert differences("", "new  words") == ([], [(0, 10)])
    assert differences("same", "same") == ([], [])
