"""Papers to a segment of the index."""

from array import array

import numpy as np

from readlist.paper import Paper
from readlist.search.keys import SOURCE, keys_of
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
from readlist.search.words import FIELDS, placed, texts_of

_SMALL = 2**16
_TITLE, _KEY = FIELDS.index("title"), len(FIELDS) - 1
_REST = tuple(FIELDS.index(name) for name in ("abstract", "note"))


class _Numbers(dict[str, int]):
    """Words to numbers, as they come."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class Builder:
    """Takes papers in, one after the other, and makes a segment of them."""

    def __init__(self) -> None:
        self.size = 0
        self._numbers = _Numbers()
        self._words = array("I")
        self._positions = array("I")
        self._ends = array("Q", [0])  # of each paper's part of the two

    def add(self, paper: Paper) -> tuple[int, int]:
        """Take in a paper; return how many words its title has, and all its other fields."""
        lengths = [0, 0]
        for code, field in enumerate(FIELDS):
            start = 0
            for text in texts_of(paper, field):
                words, joined = placed(text)
                if code == _KEY:
                    words = [SOURCE + word for word in words]
                    joined = [(SOURCE + word, place) for word, place in joined]
                self._take(words, code, start)
                for word, place in joined:
                    self._words.append(self._numbers[word])
                    self._positions.append((code << FIELD_SHIFT) + start + place)
                lengths[code != _TITLE] += len(words)
                start += len(words) + 1  # a gap, so that no phrase spans two items
        self._take(dict.fromkeys(keys_of(paper)), _KEY, 0)
        self._ends.append(len(self._words))
        self.size += 1
        return lengths[0], lengths[1]

    def _take(self, words: "list[str] | dict[str, None]", code: int, start: int) -> None:
        self._words.extend(map(self._numbers.__getitem__, words))
        base = code << FIELD_SHIFT
        self._positions.extend(range(base + start, base + start + len(words)))

    def segment(self) -> Segment:
        """Return the segment of the papers taken in."""
        order = sorted(self._numbers)
        rank = np.empty(len(order), np.uint32)
        rank[[self._numbers[word] for word in order]] = np.arange(len(order), dtype=np.uint32)
        ends = np.frombuffer(self._ends, np.uint64).astype(np.int64)
        slots = np.repeat(np.arange(self.size, dtype=np.uint32), np.diff(ends))
        words = rank[np.frombuffer(self._words, np.uint32)]
        positions = np.frombuffer(self._positions, np.uint32).copy()
        return _segment(order, self.size, *_sorted(words, slots, positions))


def _sorted(words: Array, slots: Array, positions: Array) -> tuple[Array, Array, Array]:
    """Return parallel arrays sorted by word, slot and position.

    As one number of 63 bits they are sorted ten times as fast; a segment's words and slots have
    16 each, unless somebody builds a very large one.
    """
    if max(words.max(initial=0), slots.max(initial=0)) >= _SMALL:
        by_place = np.lexsort((positions, slots, words))
        return words[by_place], slots[by_place], positions[by_place]
    keys = words.astype(np.int64) << 47 | slots.astype(np.int64) << 31 | positions
    keys.sort()
    return (
        (keys >> 47).astype(np.uint32),
        (keys >> 31 & (_SMALL - 1)).astype(np.uint32),
        (keys & (FIRST - 1)).astype(np.uint32),
    )


def _segment(order: list[str], size: int, words: Array, slots: Array, positions: Array) -> Segment:
    """Return a segment of parallel arrays, a row for each word that stands somewhere, sorted."""
    is_first = np.ones(len(words), bool)
    is_first[1:] = (words[1:] != words[:-1]) | (slots[1:] != slots[:-1])
    firsts = np.flatnonzero(is_first)
    fields = positions >> FIELD_SHIFT
    flags = np.zeros(len(firsts), np.uint16)
    if len(firsts):
        titles = np.add.reduceat(fields == _TITLE, firsts, dtype=np.int64)
        rest = np.add.reduceat(np.isin(fields, _REST), firsts, dtype=np.int64)
        has = np.bitwise_or.reduceat(np.left_shift(1, fields.astype(np.int64)), firsts)
        flags = (
            np.minimum(titles, TITLE_MOST)
            | np.minimum(rest, REST_MOST) << REST_SHIFT
            | has << FIELDS_SHIFT
        ).astype(np.uint16)
    places = np.arange(len(order) + 1)
    posting_ends = np.searchsorted(words[firsts], places).astype(np.int64)
    position_ends = np.searchsorted(words, places).astype(np.int64)
    positions[is_first] |= np.uint32(FIRST)
    arrays = {"slots": slots[firsts], "flags": flags, "positions": positions}
    return Segment(size, order, posting_ends, position_ends, Memory(arrays))
