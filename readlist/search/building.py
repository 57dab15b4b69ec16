"""Papers to a segment of the index."""

from array import array
from functools import lru_cache

import numpy as np

from readlist.search.contents import Contents
from readlist.search.keys import SOURCE
from readlist.search.segment import (
    FIELD_SHIFT,
    FIELDS_SHIFT,
    FIRST,
    REST_MOST,
    REST_SHIFT,
    TITLE_MOST,
    Array,
    Memory,
    Segment,
)
from readlist.search.tokens import Tokens
from readlist.search.words import FIELDS, placed

MOST = 4_096
"""Papers that are worth a segment, however short they are."""
_LARGE = 1_500_000
"""Characters that are worth one: 1,000 abstracts, whose segment is made in 20 ms."""
_AT_ONCE = 200_000
"""Characters that are taken apart at once: in 10 ms; of fewer, each takes longer."""
_WORD_BITS, _SLOT_BITS, _PLACE_BITS = 20, 12, 31
_TITLE, _KEY = FIELDS.index("title"), len(FIELDS) - 1
_REST = tuple(FIELDS.index(name) for name in ("abstract", "note"))
# How often a field of each code counts, both counts in one number; and its flag.
_REST_COUNT, _TITLES = 32, 2**32 - 1
_COUNTED = np.zeros(len(FIELDS), np.int64)
_COUNTED[_TITLE] = 1
_COUNTED[list(_REST)] = 1 << _REST_COUNT
_HAS = (1 << FIELDS_SHIFT + np.arange(len(FIELDS))).astype(np.uint16)

Rows = tuple[Array, Array, Array]
"""Parallel arrays, a row for each word that stands somewhere: word, slot, position."""


class Builder:
    """Takes papers in, one after the other, and makes a segment of them.

    `tokens` are those that others met before.
    """

    def __init__(self, tokens: Tokens | None = None) -> None:
        self.size = 0
        self.tokens = Tokens() if tokens is None else tokens
        self._codes = bytearray()  # of the texts that wait to be taken apart
        self._texts: list[str] = []
        self._ends = array("I", [0])  # of each paper's part of the texts, and of the keys
        self._key_ends = array("I", [0])
        self._keys, self._key_positions = array("I"), array("I")
        self._source_sizes = array("I")
        self._waiting = self._taken = 0  # characters
        self._rows: list[Rows] = []
        self._sizes: list[Array] = []

    @property
    def is_full(self) -> bool:
        """Whether the papers taken in are worth a segment."""
        return self.size >= MOST or self._taken >= _LARGE

    def add(self, contents: Contents) -> None:
        """Take in a paper."""
        self._codes += contents.codes
        self._texts += contents.texts
        self._ends.append(len(self._texts))
        self._source_sizes.append(self._take_sources(contents.sources))
        self._take_keys(contents.keys, 0)
        self._key_ends.append(len(self._keys))
        self.size += 1
        self._waiting += sum(map(len, contents.texts))
        if self._waiting >= _AT_ONCE:
            self._take_texts()

    def _take_keys(self, keys: list[str], start: int) -> None:
        self._keys.extend(map(self.tokens.words.__getitem__, keys))
        base = (_KEY << FIELD_SHIFT) + start
        self._key_positions.extend(range(base, base + len(keys)))

    def _take_sources(self, names: list[str]) -> int:
        """Take in the names of sources, of which there are few; return how many words they have."""
        start = size = 0
        for name in names:
            words, joined = _source_words(name)
            self._take_keys(words, start)
            for word, place in joined:
                self._take_keys([word], start + place)
            size += len(words)
            start += len(words) + 1
        return size

    def _take_texts(self) -> None:
        """Take apart the texts that wait."""
        ends = np.array(self._ends, np.int64)
        papers = len(ends) - 1
        slots = np.repeat(np.arange(papers), ends[1:] - ends[:-1])
        codes = np.frombuffer(bytes(self._codes), np.uint8).astype(np.int64)
        found = self.tokens.take(self._texts)
        starts = _starts(slots * len(FIELDS) + codes, found.sizes) + (codes << FIELD_SHIFT)
        begins = np.cumsum(found.sizes) - found.sizes
        positions = np.arange(len(found.words)) + np.repeat(starts - begins, found.sizes)
        joined = starts[found.joined_texts] + found.joined_places
        slot_of = np.append(np.repeat(slots, found.sizes), slots[found.joined_texts])
        self._rows.append(
            (
                np.append(found.words, found.joined),
                (slot_of + self.size - papers).astype(np.uint32),
                np.append(positions, joined).astype(np.uint32),
            )
        )
        sizes = np.bincount(slots * 2 + (codes != _TITLE), found.sizes, papers * 2)
        self._sizes.append(sizes.astype(np.int64).reshape(papers, 2).T)
        self._codes, self._texts, self._ends = bytearray(), [], array("I", [0])
        self._taken, self._waiting = self._taken + self._waiting, 0

    def segment(self) -> Segment:
        """Return the segment of the papers taken in."""
        self._take_texts()
        words, slots, positions = map(
            np.concatenate, zip(*self._rows, self._key_rows(), strict=True)
        )
        names = list(self.tokens.words)
        order = sorted(np.flatnonzero(np.bincount(words)).tolist(), key=names.__getitem__)
        rank = np.empty(len(names), np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        rows = _sorted(rank[words], slots, positions)
        return _segment(tuple(names[number] for number in order), self.size, *rows)

    def _key_rows(self) -> Rows:
        ends = np.array(self._key_ends, np.int64)
        return (
            np.array(self._keys, np.uint32),
            np.repeat(np.arange(self.size, dtype=np.uint32), ends[1:] - ends[:-1]),
            np.array(self._key_positions, np.uint32),
        )

    def sizes(self) -> tuple[Array, Array]:
        """Return how many words the titles have, and all other fields, once there is a segment."""
        title, rest = np.concatenate(self._sizes, axis=1)
        return title, rest + np.array(self._source_sizes, np.int64)


@lru_cache(maxsize=1_000)
def _source_words(name: str) -> tuple[list[str], list[tuple[str, int]]]:
    words, joined = placed(name)
    return [SOURCE + word for word in words], [(SOURCE + word, place) for word, place in joined]


def _starts(fields: Array, sizes: Array) -> Array:
    """Return where texts begin in their fields: with a gap between, so that no phrase spans two.

    `fields` says of each text which one it is in.
    """
    begins = np.cumsum(sizes + 1) - (sizes + 1)
    is_first = np.ones(len(fields), bool)
    is_first[1:] = fields[1:] != fields[:-1]
    firsts: Array = np.maximum.accumulate(np.where(is_first, np.arange(len(fields)), 0))
    starts: Array = begins - begins[firsts]
    return starts


def _sorted(words: Array, slots: Array, positions: Array) -> Rows:
    """Return rows sorted by word, slot and position.

    As one number of 63 bits they are sorted ten times as fast; that has room for a segment's words
    and slots, unless somebody builds a very large one.
    """
    if words.max(initial=0) >> _WORD_BITS or slots.max(initial=0) >> _SLOT_BITS:
        by_place = np.lexsort((positions, slots, words))
        return words[by_place], slots[by_place], positions[by_place]
    keys = words.astype(np.int64) << (_SLOT_BITS + _PLACE_BITS)
    keys |= slots.astype(np.int64) << _PLACE_BITS | positions
    keys.sort()
    return (
        (keys >> (_SLOT_BITS + _PLACE_BITS)).astype(np.uint32),
        (keys >> _PLACE_BITS & ((1 << _SLOT_BITS) - 1)).astype(np.uint32),
        (keys & (FIRST - 1)).astype(np.uint32),
    )


def _segment(
    order: tuple[str, ...], size: int, words: Array, slots: Array, positions: Array
) -> Segment:
    """Return a segment of sorted rows."""
    is_first = np.ones(len(words), bool)
    is_first[1:] = (words[1:] != words[:-1]) | (slots[1:] != slots[:-1])
    firsts = np.flatnonzero(is_first)
    fields = (positions >> FIELD_SHIFT).astype(np.uint8)
    flags = np.zeros(len(firsts), np.uint16)
    if len(firsts):
        counts = np.add.reduceat(_COUNTED[fields], firsts)
        has = np.bitwise_or.reduceat(_HAS[fields], firsts)
        flags |= np.minimum(counts & _TITLES, TITLE_MOST).astype(np.uint16)
        flags |= np.minimum(counts >> _REST_COUNT, REST_MOST).astype(np.uint16) << REST_SHIFT
        flags |= has
    posting_ends = _ends(words[firsts], len(order))
    position_ends = _ends(words, len(order))
    positions[is_first] |= np.uint32(FIRST)
    arrays = {"slots": slots[firsts], "flags": flags, "positions": positions}
    return Segment(size, order, posting_ends, position_ends, Memory(arrays))


def _ends(words: Array, number: int) -> Array:
    """Return the ends of the rows of each of a number of words."""
    return np.append(0, np.cumsum(np.bincount(words, minlength=number))).astype(np.uint32)
