"""A part of the index that never changes: which of its papers have which words, and where.

Everything lies in arrays sorted by word, so all words that begin alike are one slice. The arrays
are in memory, or in a file of which only what a query asks for is read.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
"""A column of numbers."""

POSTINGS = ("slots", "flags")
LONG = (*POSTINGS, "positions")
"""The arrays that may stay in the file: `slots`, the papers with a word, by word, ascending;
`flags`, how each has it; `positions`, where, by word, paper and place."""
TYPES = {"slots": np.uint32, "flags": np.uint16, "positions": np.uint32}

# A position: whether it is the first in its paper, the field's code, the place in the field.
FIRST = 1 << 31
FIELD_SHIFT = 28
PLACE_MASK = (1 << FIELD_SHIFT) - 1
# Flags: how often in the title (up to 3), how often in abstract and note (up to 31), which fields.
TITLE_MOST, REST_SHIFT, REST_MOST, FIELDS_SHIFT = 3, 2, 31, 7
# The highest of a word's letters; sorts behind all that a word begins with.
LAST = "\U0010ffff"


class Source(Protocol):
    """Where the long arrays are."""

    def read(self, name: str, start: int, end: int) -> Array:
        """Return the elements from `start` to `end` of an array, one of `LONG`."""


@dataclass
class Memory:
    """The long arrays in memory."""

    arrays: dict[str, Array]

    def read(self, name: str, start: int, end: int) -> Array:
        """Return a slice of an array."""
        return self.arrays[name][start:end]


@dataclass
class Segment:
    """The words of `size` papers, which are called by their slots, from 0.

    Of the word at place `n`, the postings stand from `posting_ends[n]` to `posting_ends[n + 1]`,
    the positions likewise.
    """

    size: int
    words: tuple[str, ...]  # which the garbage collector passes over, other than a list
    posting_ends: Array
    position_ends: Array
    source: Source
    _masks: Array | None = field(default=None, repr=False)
    _begun: dict[str, tuple[Array, Array]] = field(default_factory=dict, repr=False)

    def place(self, word: str) -> int:
        """Return the place of a word; -1 when no paper has it."""
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else -1

    def starting(self, beginning: str) -> tuple[int, int]:
        """Return the places of the words that begin so: (first, behind the last)."""
        start = bisect_left(self.words, beginning)
        return start, bisect_left(self.words, beginning + LAST, start)

    def postings(self, first: int, end: int) -> tuple[Array, Array]:
        """Return slots and flags of the words from a place to another."""
        start, stop = int(self.posting_ends[first]), int(self.posting_ends[end])
        return self.source.read("slots", start, stop), self.source.read("flags", start, stop)

    def positions(self, first: int, end: int) -> tuple[Array, Array]:
        """Return slots and positions (unmarked) of the words from a place to another."""
        slots, _ = self.postings(first, end)
        start, stop = int(self.position_ends[first]), int(self.position_ends[end])
        found = self.source.read("positions", start, stop)
        which = np.cumsum(found >> 31, dtype=np.int64) - 1
        return slots[which], found & (FIRST - 1)

    def begun(self, beginning: str) -> tuple[Array, Array]:
        """Return which papers have a word that begins so, and which have it in the title: masks.

        They are kept, a bit for each paper: for beginnings that very many words have.
        """
        found = self._begun.get(beginning)
        if found is None:
            slots, flags = self.postings(*self.starting(beginning))
            masks = np.zeros((2, self.size), bool)
            masks[0, slots] = True
            masks[1, slots[flags & TITLE_MOST != 0]] = True
            found = self._begun[beginning] = np.packbits(masks[0]), np.packbits(masks[1])
        one, other = (np.unpackbits(bits, count=self.size).view(bool) for bits in found)
        return one, other

    def letters(self) -> Array:
        """Return, for each word, which letters it has: bits of an integer of 64."""
        if self._masks is None:
            self._masks = letter_masks(self.words)
        return self._masks


def letter_masks(words: Sequence[str]) -> Array:
    """Return the letters of each word as the bits of a 64-bit integer.

    Letters and digits have a bit of their own; other bytes of UTF-8 share the rest.
    """
    if not words:
        return np.zeros(0, np.uint64)
    text = np.frombuffer(("\n".join(words) + "\n").encode("utf-8", "surrogatepass"), np.uint8)
    bits = np.left_shift(np.uint64(1), _BITS[text])
    bits[text == ord("\n")] = 0
    ends = np.flatnonzero(text == ord("\n")) + 1
    return np.bitwise_or.reduceat(bits, np.concatenate(([0], ends[:-1])))


def _bit_of(byte: int) -> int:
    sign = chr(byte)
    if "a" <= sign <= "z":
        return byte - ord("a")
    if "0" <= sign <= "9":
        return 26 + byte - ord("0")
    return 36 + byte % 28


_BITS = np.array([_bit_of(byte) for byte in range(256)], np.uint64)
