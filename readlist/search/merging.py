"""Many segments to one, a range of words at a time, so that keys come in between."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Protocol

import numpy as np

from readlist.search.segment import (
    FIRST,
    LAST,
    LONG,
    TYPES,
    Array,
    Memory,
    Segment,
    Source,
    letter_masks,
)

AT_ONCE = 200_000
"""Positions that are merged in one step: about 20 ms."""
WORDS_AT_ONCE = 50_000
"""Words of segments that are brought together in one step: about 10 ms."""
_SHORT = 2**16


class Sink(Protocol):
    """Where the long arrays of the merged segment go, piece by piece."""

    def write(self, name: str, piece: Array) -> None:
        """Add a piece to the end of an array, one of `LONG`."""

    def source(self) -> Source:
        """Return the arrays written."""


class MemorySink:
    """Collects the pieces in memory."""

    def __init__(self) -> None:
        self.pieces: dict[str, list[Array]] = {name: [] for name in LONG}

    def write(self, name: str, piece: Array) -> None:
        """Keep a piece."""
        self.pieces[name].append(piece)

    def source(self) -> Memory:
        """Return what was kept, each array in one piece."""
        found = {}
        for name, pieces in self.pieces.items():
            found[name] = np.concatenate([np.zeros(0, TYPES[name]), *pieces])
            pieces.clear()
        return Memory(found)


class Merge:
    """One merge: `steps` does it; then `words`, `letters`, `ends` are those of the new segment.

    `slots[n]` says which slot each paper of segment `n` gets, -1 for one that is left out; they
    ascend, and those of a segment lie behind those of the one before it.
    """

    def __init__(self, segments: Sequence[Segment], slots: Sequence[Array]) -> None:
        self._segments = segments
        self._slots = slots
        self.words: list[str] = []
        self._places: list[Array] = []
        self.letters = np.zeros(0, np.uint64)
        self.postings = self.positions = np.zeros(0, np.int64)

    def steps(self, sink: Sink) -> Iterator[float]:
        """Merge a range of words a step, into `sink`; yield how much is done, from 0 to 1."""
        yield from self._unite()
        sizes = np.zeros(len(self.words), np.int64)
        for segment, places in zip(self._segments, self._places, strict=True):
            sizes[places] += np.diff(segment.position_ends)
            yield 0.0
        total = np.concatenate(([0], np.cumsum(sizes)))
        start = 0
        while start < len(self.words):
            end = int(np.searchsorted(total, total[start] + AT_ONCE, "right")) - 1
            end = max(end, start + 1)
            self._merge(start, end, sink)
            start = end
            yield start / len(self.words)

    def _unite(self) -> Iterator[float]:
        """Find the words of all segments, and the place of each segment's among them.

        A range of words at a time, as the largest segment has them.
        """
        largest = max((segment.words for segment in self._segments), key=len, default=())
        number = sum(len(segment.words) for segment in self._segments)
        stride = 1 + WORDS_AT_ONCE * len(largest) // max(number, 1)
        places: list[list[Array]] = [[np.zeros(0, np.uint32)] for _ in self._segments]
        letters = [np.zeros(0, np.uint64)]
        starts = [0] * len(places)
        for bound in [*largest[stride::stride], LAST]:
            parts = []
            for which, segment in enumerate(self._segments):
                end = bisect_left(segment.words, bound, starts[which])
                parts.append(segment.words[starts[which] : end])
                starts[which] = end
            words = sorted(set[str]().union(*parts))
            place = dict(zip(words, count(len(self.words)), strict=False))
            for own, part in zip(places, parts, strict=True):
                own.append(np.fromiter(map(place.__getitem__, part), np.uint32, len(part)))
            self.words += words
            letters.append(letter_masks(words))
            yield 0.0
        for own in places:
            self._places.append(np.concatenate(own))
            yield 0.0
        self.letters = np.concatenate(letters)
        self.postings = np.zeros(len(self.words), np.int64)
        self.positions = np.zeros(len(self.words), np.int64)

    def ends(self) -> tuple[Array, Array]:
        """Return the ends of postings and positions of the new segment."""
        return _ends(self.postings), _ends(self.positions)

    def _merge(self, start: int, end: int, sink: Sink) -> None:
        pieces: list[tuple[Array, Array, Array, Array, Array]] = []
        for segment, places, new in zip(self._segments, self._places, self._slots, strict=True):
            low, high = np.searchsorted(places, (start, end))
            if low < high:
                pieces.append(_piece(segment, int(low), int(high), places, new))
        if not pieces:
            return
        words, slots, flags, lengths, positions = (
            np.concatenate([piece[part] for piece in pieces]) for part in range(5)
        )
        words = words - start
        if end - start <= _SHORT:
            words = words.astype(np.uint16)  # which are sorted by their digits
        order = np.argsort(words, kind="stable")
        firsts = np.cumsum(lengths) - lengths
        lengths = lengths[order]
        moved = np.repeat(firsts[order] - (np.cumsum(lengths) - lengths), lengths)
        sink.write("slots", slots[order])
        sink.write("flags", flags[order])
        sink.write("positions", positions[moved + np.arange(len(moved))])
        self.postings[start:end] = np.bincount(words, minlength=end - start)
        self.positions[start:end] = np.bincount(words[order], lengths, end - start)


def _piece(
    segment: Segment, low: int, high: int, places: Array, new: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """Return the words (their new places), slots (new), flags, lengths and positions of a range.

    Without the papers that are left out.
    """
    slots, flags = segment.postings(low, high)
    ends = segment.posting_ends[low : high + 1]
    words = np.repeat(places[low:high], ends[1:] - ends[:-1])
    start, end = segment.position_ends[low], segment.position_ends[high]
    positions = segment.source.read("positions", int(start), int(end))
    firsts = np.flatnonzero(positions >= FIRST)
    lengths = np.empty(len(firsts), np.int64)
    np.subtract(firsts[1:], firsts[:-1], out=lengths[:-1])
    lengths[-1:] = len(positions) - firsts[-1:]
    slots = new[slots]
    kept = slots >= 0
    if not kept.all():
        positions = positions[np.repeat(kept, lengths)]
        words, slots, flags, lengths = words[kept], slots[kept], flags[kept], lengths[kept]
    return words, slots.astype(np.uint32), flags, lengths, positions


def _ends(counts: Array) -> Array:
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
