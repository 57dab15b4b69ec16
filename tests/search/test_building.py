"""Segments: however they are sorted and merged, they have the same words at the same places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.paper import Paper
from readlist.search import building
from readlist.search.building import Builder
from readlist.search.contents import Contents
from readlist.search.index import Index
from readlist.search.segment import LONG, Segment

TEXTS = st.lists(
    st.lists(st.sampled_from(["a", "fine-tuning", "b", "λ", "学b"]), max_size=6).map(" ".join),
    min_size=1,
    max_size=9,
)


def built(texts: list[str]) -> Segment:
    builder = Builder()
    for number, text in enumerate(texts, 1):
        builder.add(Contents.of(Paper(id=number, title=text or "x", note=text, tags=["t"])))
    return builder.segment()


def same(one: Segment, other: Segment) -> bool:
    ends = (len(one.words), int(one.posting_ends[-1]), int(one.position_ends[-1]))
    lengths = {"slots": ends[1], "flags": ends[1], "positions": ends[2]}
    return one.words == other.words and all(
        np.array_equal(one.source.read(name, 0, lengths[name]), other.source.read(name, 0, 10**6))
        for name in LONG
    )


@given(TEXTS)
def test_a_large_segment_is_sorted_as_a_small_one(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "_WORD_BITS", 0)
        large = built(texts)
    assert same(built(texts), large)


@given(TEXTS, st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)))
def test_merged_segments_are_as_one_built_at_once(
    texts: list[str], cuts: set[int], gone: set[int]
) -> None:
    index = Index()
    for number, text in enumerate(texts, 1):
        index.update(Paper(id=number, title=text or "x", note=text, tags=["t"]))
        if number in cuts:
            index.flush()
    for number in gone:
        index.remove(number)
    for _ in index.merge():
        pass
    kept = [text for number, text in enumerate(texts, 1) if number not in gone]
    (merged,) = index.segments
    expected = built(kept)
    assert set(expected.words) <= set(merged.words)  # words that are gone stay, without papers
    for word in merged.words:
        place = expected.place(word)
        slots = expected.positions(place, place + 1) if place >= 0 else ([], [])
        at = merged.place(word)
        for one, other in zip(merged.positions(at, at + 1), slots, strict=True):
            assert list(one) == list(other)
