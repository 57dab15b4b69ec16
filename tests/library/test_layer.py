"""Layers of changes: merged, written as a line and read again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.library.layer import (
    GONE,
    Layer,
    difference,
    encode,
    fresh,
    patched,
    plain,
    same,
)

VALUES = st.none() | st.booleans() | st.integers(0, 2) | st.floats(0, 2) | st.lists(st.booleans())
DOCUMENTS = st.dictionaries(st.sampled_from("abc"), VALUES)


@given(old=DOCUMENTS, new=DOCUMENTS)
def test_the_difference_makes_one_of_the_other(old: dict, new: dict) -> None:
    made = patched(json.loads(json.dumps(old)), difference(old, new))
    assert json.dumps(made, sort_keys=True) == json.dumps(new, sort_keys=True)


def test_one_and_true_differ() -> None:
    assert not same(1, True)
    assert not same([1], [1.0])
    assert same({"a": [1]}, {"a": [1]})


def test_what_is_kept_is_what_json_keeps() -> None:
    given_list = [1]
    assert fresh(given_list) is not given_list
    assert plain({"a": (1, 2), "b": {3: 4}}) == {"a": [1, 2], "b": {"3": 4}}


def test_a_layer_survives_its_line() -> None:
    layer = Layer()
    layer.drop(2, below=True)
    layer.add(9, '{"title":"new"}')
    layer.patch(3, {"status": "read", "decided": GONE})
    record = json.loads(layer.record(whole=True))
    assert record == {
        "drop": [2],
        "put": {"9": {"title": "new"}},
        "set": {"3": {"status": "read"}},
        "unset": {"3": ["decided"]},
        "next": 10,
    }
    again = Layer.of(record)
    assert again.record(whole=True) == layer.record(whole=True)
    assert again.touched == {2, 3, 9}


def test_a_patch_of_what_is_gone_is_told() -> None:
    below, above = Layer(), Layer()
    below.drop(1, below=True)
    above.patch(1, {"a": 1})
    above.patch(2, {"a": 1})
    assert below.merge(above, lambda number: number in (1, 2)) == [1]


def test_clearing_takes_what_was_there() -> None:
    below, above = Layer(), Layer()
    below.add(5, "{}")
    below.patch(1, {"a": 1})
    above.clear()
    above.add(6, "{}")
    below.merge(above, lambda number: number == 1)
    assert json.loads(below.record()) == {"clear": True, "put": {"6": {}}}
    assert below.next_id == 7


@given(st.recursive(VALUES | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)))
def test_what_is_encoded_is_what_json_writes(value: object) -> None:
    assert encode(value) == json.dumps(value, separators=(",", ":"))


def test_what_json_cannot_hold_is_told() -> None:
    in_itself: dict = {}
    in_itself["it"] = in_itself
    with pytest.raises(ValueError, match="Circular"):
        encode(in_itself)
    with pytest.raises(TypeError, match="set"):
        encode({"tags": {"a"}})
