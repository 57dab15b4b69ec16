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
from readlist.search.keys import SOURCE, keys_of
from readlist.search.segment import (
    FIELD_SHIFT,
    FIELDS_SHIFT,
    LONG,
    PLACE_MASK,
    REST_MOST,
    REST_SHIFT,
    TITLE_MOST,
    Segment,
)
from readlist.search.words import FIELDS, placed, split, texts_of

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


def obvious(papers: list[Paper]) -> dict[str, list[tuple[int, int, int]]]:
    """Return where each word stands, by slot, field and place, word by word."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for slot, paper in enumerate(papers):
        for code, field in enumerate(FIELDS):
            before, start = SOURCE if field == "sources" else "", 0
            for text in texts_of(paper, field):
                words, joined = placed(text)
                for word, place in [*zip(words, range(len(words)), strict=True), *joined]:
                    found.setdefault(before + word, []).append((slot, code, start + place))
                start += len(words) + 1
        for place, key in enumerate(dict.fromkeys(keys_of(paper))):
            found.setdefault(key, []).append((slot, len(FIELDS) - 1, place))
    return {word: sorted(places) for word, places in found.items()}


TEXT = st.text("aB1 -_.\n\0\xa0\u2010\u0301éλό学ß´ﬁ\ud800\U0001d7d8", max_size=12)
PAPER = st.builds(
    Paper,
    title=TEXT,
    abstract=TEXT,
    note=TEXT,
    authors=st.lists(TEXT, max_size=3),
    venue=st.none() | TEXT,
    sources=st.lists(TEXT.map(lambda name: {"name": name}), max_size=2),
    citekey=st.sampled_from("ab"),
)


@given(st.lists(PAPER, max_size=6), st.sampled_from([1, 20, 1_000]))
def test_a_segment_has_each_word_where_it_stands(papers: list[Paper], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "_AT_ONCE", at_once)
        builder = Builder()
        for paper in papers:
            builder.add(Contents.of(paper))
        segment = builder.segment()
    expected = obvious(papers)
    assert list(segment.words) == sorted(expected)
    for at, word in enumerate(segment.words):
        slots, positions = segment.positions(at, at + 1)
        fields, places = positions >> FIELD_SHIFT, positions & PLACE_MASK
        assert list(zip(slots, fields, places, strict=True)) == expected[word]
        for slot, flags in zip(*segment.postings(at, at + 1), strict=True):
            own = [code for other, code, _ in expected[word] if other == slot]
            in_rest = sum(FIELDS[code] in ("abstract", "note") for code in own)
            assert flags & TITLE_MOST == min(own.count(0), TITLE_MOST)
            assert flags >> REST_SHIFT & REST_MOST == min(in_rest, REST_MOST)
            assert flags >> FIELDS_SHIFT == sum(1 << code for code in set(own))
    title, rest = builder.sizes()
    for paper, *sizes in zip(papers, title, rest, strict=True):
        words = [len(placed(text)[0]) for f in FIELDS for text in texts_of(paper, f)]
        assert sizes == [len(split(paper.title)), sum(words) - len(split(paper.title))]


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
