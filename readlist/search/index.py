"""The papers that are searched, by slots, and their words: segments, kept true as papers change.

A paper whose texts change moves to a new slot at the end; the old one is no longer alive.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from readlist.paper import Paper
from readlist.search.building import Builder
from readlist.search.columns import Columns
from readlist.search.contents import Contents
from readlist.search.merging import MemorySink, Merge
from readlist.search.recent import Recent
from readlist.search.segment import FIELDS_SHIFT, Array, Segment
from readlist.search.words import FIELDS

if TYPE_CHECKING:
    from readlist.search.kept import Spill, Writer

MOST_SEGMENTS = 4
"""More than these are worth merging."""
MANY = 30_000
"""Postings of words that are only begun, beyond which they are not weighed one by one."""

PLACES = 8 << 20
"""Bytes: so much of where words stand is kept."""


class Postings(NamedTuple):
    """The papers with some words, by slot, and how they have them: `segment` says what flags are.

    A slot may be there several times, once for each word.
    """

    slots: Array
    flags: Array


class Index:
    """Papers by slot: their columns, and their words in segments."""

    def __init__(self, spill: "Spill | None" = None) -> None:
        """Make an empty index; its segments' long arrays go to `spill`, if there is one."""
        self.spill = spill
        self.columns = Columns()
        self.segments: list[Segment] = []
        self.bases: list[int] = []
        self.generation = 0  # another whenever words change
        self.slot_of: dict[int, int] = {}
        self._builder = Builder()
        self._places: Recent[Array] = Recent(PLACES, lambda places: places.nbytes)
        self._order: tuple[Array, Array] | None = None
        self._sorted: tuple[Array, Array] | None = None

    @classmethod
    def of(cls, segment: Segment, columns: Columns) -> "Index":
        """Return an index of one segment; all its slots are alive."""
        index = cls()
        index.columns = columns
        index.segments, index.bases = [segment], [0]
        index.slot_of = dict(zip(columns["id"].tolist(), range(columns.size), strict=True))
        return index

    def __len__(self) -> int:
        return len(self.slot_of)

    # Changes

    def update(self, paper: Paper, line: int = 0) -> None:
        """Take in a paper that is new or has changed; `line` is kept with it for the caller."""
        columns, contents = self.columns, Contents.of(paper)
        digest, slot = contents.digest(), self.slot_of.get(paper.id)
        if slot is None or columns["hash"][slot] != digest:
            self.remove(paper.id)
            if self._builder.is_full:
                self.flush()
            slot = self.slot_of[paper.id] = columns.append()
            self._builder.add(contents)
            self._changed()
        columns.set(slot, paper, digest, line)

    def remove(self, number: int) -> None:
        """Forget a paper; one that is not there is no error."""
        slot = self.slot_of.pop(number, None)
        if slot is not None:
            self.columns["alive"][slot] = False
            self._changed()

    def ids(self) -> set[int]:
        """Return the ids of all papers."""
        return set(self.slot_of)

    def line_of(self, number: int) -> int | None:
        """Return what was kept with a paper for the caller; None when it is not there."""
        slot = self.slot_of.get(number)
        return None if slot is None else int(self.columns["line"][slot])

    def flush(self) -> None:
        """Make a segment of the papers taken in last."""
        builder = self._builder
        if builder.size:
            segment = builder.segment()
            if self.spill is not None:
                segment.source = self.spill.put(segment.source)
            base = self.columns.size - builder.size
            self.columns.set_sizes(base, *builder.sizes())
            self.segments.append(segment)
            self.bases.append(base)
            self._builder = Builder(None if builder.tokens.is_large else builder.tokens)

    @property
    def is_scattered(self) -> bool:
        """Whether there are so many segments, or papers that are no more, that a merge is due."""
        return len(self.segments) > MOST_SEGMENTS or 2 * len(self) < self.columns.size

    def merge(self, writer: "Writer | None" = None, signature: str = "") -> Iterator[float]:
        """Merge all segments, a step at a time; yield how much is done.

        Into a file, with `writer`, which then only has to be finished. When papers' texts change
        in between, nothing comes of it: `segments` are as many as before.
        """
        self.flush()
        sink = MemorySink() if writer is None else writer
        generation = self.generation
        merge, slots = self._merger()
        yield from merge.steps(sink)
        if generation != self.generation:
            return
        segment = Segment(
            len(slots), tuple(merge.words), *merge.ends(), sink.source(), merge.letters
        )
        self._replace(segment, slots)
        if writer is not None:
            writer.hold(segment, self.columns.only(np.arange(self.columns.size)), signature)

    def lengths(self) -> dict[str, int]:
        """Return how long the long arrays of all segments are, together."""
        postings = sum(int(segment.posting_ends[-1]) for segment in self.segments)
        positions = sum(int(segment.position_ends[-1]) for segment in self.segments)
        return {"slots": postings, "flags": postings, "positions": positions}

    def _merger(self) -> tuple[Merge, Array]:
        """Return a merge of all segments, and the present slot of each slot that it makes."""
        alive = self.columns["alive"]
        slots = np.flatnonzero(alive)
        new = np.where(alive, np.cumsum(alive) - 1, -1)
        parts = [
            new[base : base + segment.size]
            for base, segment in zip(self.bases, self.segments, strict=True)
        ]
        return Merge(self.segments, parts), slots

    def _replace(self, segment: Segment, slots: Array) -> None:
        """Put a segment in the place of all; `slots` are those that its papers had."""
        if len(slots) < self.columns.size:
            other = Index.of(segment, self.columns.only(slots))
            self.columns, self.slot_of = other.columns, other.slot_of
        self.segments, self.bases = [segment], [0]
        self._builder = Builder()
        self._changed()

    def _changed(self) -> None:
        self.generation += 1
        self._places.clear()
        self._order = self._sorted = None

    # Words

    def starting(self, beginning: str) -> Iterator[str]:
        """Yield the words that begin so; one that two segments have comes twice."""
        for segment in self.segments:
            first, end = segment.starting(beginning)
            yield from segment.words[first:end]

    def has(self, word: str) -> bool:
        """Say whether a paper has, or had, a word."""
        return any(segment.place(word) >= 0 for segment in self.segments)

    def count(self, word: str) -> int:
        """Return in how many papers a word stands, those included that changed since."""
        places = ((segment, segment.place(word)) for segment in self.segments)
        return sum(int(s.posting_ends[at + 1] - s.posting_ends[at]) for s, at in places if at >= 0)

    def postings(self, word: str, *, begun: bool = False) -> Postings:
        """Return the papers with a word, or with any that begins so."""
        found = []
        for segment, base in zip(self.segments, self.bases, strict=True):
            first, end = self._range(segment, word, begun=begun)
            if 0 <= first < end:
                slots, flags = segment.postings(first, end)
                found.append((slots if not base else slots + np.uint32(base), flags))
        if len(found) == 1:
            return Postings(*found[0])
        return Postings(
            np.concatenate([np.zeros(0, np.uint32), *(slots for slots, _ in found)]),
            np.concatenate([np.zeros(0, np.uint16), *(flags for _, flags in found)]),
        )

    def count_begun(self, beginning: str) -> int:
        """Return how many postings the words have that begin so."""
        ranges = ((segment, segment.starting(beginning)) for segment in self.segments)
        return sum(int(s.posting_ends[end] - s.posting_ends[first]) for s, (first, end) in ranges)

    def begun(self, beginning: str) -> tuple[Array, Array]:
        """Return masks of the papers that have a word that begins so: anywhere, in the title."""
        masks = np.zeros((2, self.columns.size), bool)
        for segment, base in zip(self.segments, self.bases, strict=True):
            masks[:, base : base + segment.size] = segment.begun(beginning)
        return masks[0], masks[1]

    def beginnings(self) -> Iterator[str]:
        """Yield the beginnings, of one and two letters, that are worth keeping: see `begun`."""
        letters = "abcdefghijklmnopqrstuvwxyz0123456789"
        for one in letters:
            if self.count_begun(one) > MANY:
                yield one
                yield from (one + o for o in letters if self.count_begun(one + o) > MANY)

    def positions(
        self, words: Iterable[str], among: Array | None = None, *, begun: str = ""
    ) -> Array:
        """Return where words stand, ascending: the slot in the upper 32 bits, then the position.

        And all words that have `begun` so. `among`: only in the papers of this mask.
        """
        found = [self._places.get(word, partial(self._placed, word)) for word in words]
        if among is not None:
            found = [places.compress(among.take(places >> 32)) for places in found]
        if begun:
            found.append(self._placed(begun, among, begun=True))
        elif len(found) == 1:
            return found[0]
        every = np.sort(np.concatenate([np.zeros(0, np.int64), *found]))
        is_new = np.ones(len(every), bool)
        is_new[1:] = every[1:] != every[:-1]
        return every[is_new]

    def _placed(self, word: str, among: Array | None = None, *, begun: bool = False) -> Array:
        """Return where one word stands, or all that begin so; then not in order."""
        found = [np.zeros(0, np.int64)]
        for segment, base in zip(self.segments, self.bases, strict=True):
            first, end = self._range(segment, word, begun=begun)
            if not 0 <= first < end:
                continue
            slots, positions = segment.positions(first, end)
            if base:
                slots = slots + np.uint32(base)
            if among is not None:
                kept = among[slots]
                slots, positions = slots[kept], positions[kept]
            found.append(slots.astype(np.int64) << 32 | positions)
        return found[1] if len(found) == 2 else np.concatenate(found)

    @staticmethod
    def _range(segment: Segment, word: str, *, begun: bool) -> tuple[int, int]:
        """Return the places of a word, or of all that begin so: (first, behind the last)."""
        if begun:
            return segment.starting(word)
        first = segment.place(word)
        return first, first + 1

    def positions_count(self, word: str) -> int:
        """Return how often a word stands anywhere: what `positions` costs."""
        places = ((segment, segment.place(word)) for segment in self.segments)
        return sum(
            int(s.position_ends[at + 1] - s.position_ends[at]) for s, at in places if at >= 0
        )

    # Slots

    def slots(self, order: Sequence[int] | None) -> Array:
        """Return the slots of papers in an order, those that are there; without it, of all."""
        if order is None:
            return np.flatnonzero(self.columns["alive"])
        ids = np.asarray(order, np.int64)
        if self._order is None or not np.array_equal(self._order[0], ids):
            self._order = ids.copy(), self._slots_of(ids)
        return self._order[1]

    def _slots_of(self, ids: Array) -> Array:
        if self._sorted is None:
            alive = np.flatnonzero(self.columns["alive"])
            by_id = np.argsort(self.columns["id"][alive])
            self._sorted = self.columns["id"][alive][by_id], alive[by_id]
        known, slots = self._sorted
        if not len(known):
            return np.zeros(0, np.int64)
        places = np.minimum(np.searchsorted(known, ids), len(known) - 1)
        found: Array = slots[places][known[places] == ids]
        return found


def field_mask(fields: Iterable[str]) -> int:
    """Return the flags of postings that stand in one of these fields."""
    return sum(1 << FIELDS.index(name) + FIELDS_SHIFT for name in fields)
