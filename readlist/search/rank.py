"""Which papers come first: those that have the words exactly, in the title, and near each other.

The sum of BM25F over the words (Robertson and Zaragoza 2009, "The Probabilistic Relevance
Framework", 3.6), once for the word as written and once with its other endings; and the nearness of
neighbours, as in the sequential dependence model (Metzler and Croft 2005). The constants are tuned
with tests/benchmarks/bench_relevance.py, on half of its queries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from readlist.search.index import Index, field_mask
from readlist.search.segment import (
    FIELD_SHIFT,
    FIELDS_SHIFT,
    REST_MOST,
    REST_SHIFT,
    TITLE_MOST,
    Array,
)

TITLE, NAMES, PLACES, TEXT = 3.0, 2.5, 1.0, 1.0
"""Weights of the title, of authors and tags, of organisation and venue, of abstract and note."""
ENDING, BEGUN, FORGIVEN = 0.8, 0.4, 0.4
"""What a word with another ending, one that is only begun, a forgiven one counts as."""
SATURATION, TITLE_LENGTH, TEXT_LENGTH = 3.0, 0.4, 0.5
"""BM25's k1, and its b for the title and for the rest."""
LOOSE, LOOSE_IN_QUESTIONS = 0.3, 0.9
"""The share of the score that words with other endings have; where no paper has all words."""
IN_TITLE, IN_NAME = 0.6, 1.0
"""Added, of the rarity of all words, when the title has all of them; of that as they are written,
when one author's name has."""
NEAR, NEAR_IN_QUESTIONS, NEAR_IN_TITLE, FAR = 0.5, 0.2, 0.3, 4
"""Added, of the rarity of two words, when they are neighbours; where no paper has all; further in
the title; no nearness beyond."""
BEST = 200
"""How many papers are compared by the nearness of words."""
COSTLY = 60_000
"""Words that stand so often anywhere tell nothing by their nearness, and take long to read."""


@dataclass(slots=True, eq=False)
class Hits:
    """The papers that one word or phrase finds, by slot: which, and how much they have of it.

    `strict` counts the word as written, `loose` also others that stand for it; `near`: papers that
    have only words like it. `words`: those that stand for it, for nearness.
    """

    mask: Array
    title: Array
    strict: Array
    loose: Array
    words: list[str] = field(default_factory=list)
    near: Array | None = None
    counts: tuple[int, int] | None = None
    authors: Array | None = None  # where its words stand in the names of authors, once asked for

    def count(self) -> tuple[int, int]:
        """Return in how many papers the word stands as written, and in any way."""
        if self.counts is None:
            self.counts = int(np.count_nonzero(self.strict)), int(np.count_nonzero(self.loose))
        return self.counts

    @classmethod
    def none(cls, size: int) -> "Hits":
        """Return what a word finds that no paper has."""
        weights = np.zeros((2, size), np.float32)
        return cls(np.zeros(size, bool), np.zeros(size, bool), weights[0], weights[1])


class Ranking:
    """The weights of postings in an index as it is now, and the scores of papers."""

    def __init__(self, index: Index) -> None:
        self._index = index
        columns = index.columns
        alive = columns["alive"]
        self._total = max(1, int(alive.sum()))
        self._shorter = [
            _shorter(columns[name], alive, slope)
            for name, slope in (("title", TITLE_LENGTH), ("rest", TEXT_LENGTH))
        ]

    def weigh(self, slots: Array, flags: Array) -> Array:
        """Return how much of a word each posting is worth."""
        title, rest = self._shorter
        worth = (flags & TITLE_MOST).astype(np.float32)
        worth *= TITLE
        worth *= title.take(slots)
        others = (flags >> REST_SHIFT & REST_MOST).astype(np.float32)
        others *= TEXT
        others *= rest.take(slots)
        worth += others
        worth += _NAMES.take(flags >> FIELDS_SHIFT)
        return worth

    def rarity(self, count: int) -> float:
        """Return the inverse document frequency of what `count` papers have."""
        return float(np.log1p((self._total - count + 0.5) / (count + 0.5)))

    def scores(
        self,
        hits: Sequence[Hits],
        slots: Array,
        *,
        named: Array | None = None,
        closest: bool = False,
    ) -> Array:
        """Return the score of each of some papers, without nearness.

        `named`: how sure it is, by slot, that the words are the name of one of its authors.
        """
        share = LOOSE_IN_QUESTIONS if closest else LOOSE
        found = np.zeros(len(slots), np.float32)
        in_title = np.ones(len(slots), bool)
        rarities = as_written = 0.0
        for hit in hits:
            strictly, loosely = map(self.rarity, hit.count())
            found += _saturated(hit.strict, slots, (1 - share) * strictly)
            found += _saturated(hit.loose, slots, share * loosely)
            in_title &= hit.title.take(slots)
            rarities += loosely
            as_written += strictly
        found += in_title * np.float32(IN_TITLE * rarities)
        if named is not None:
            found += IN_NAME * as_written * named.take(slots)
        return found

    def nearness(self, hits: Sequence[Hits], slots: Array, *, closest: bool = False) -> Array:
        """Return what is to be added to the scores because words are near each other."""
        weight = NEAR_IN_QUESTIONS if closest else NEAR
        added = np.zeros(len(slots), np.float32)
        among = np.zeros(self._index.columns.size, bool)
        among[slots] = True
        place = np.zeros(self._index.columns.size, np.int64)
        place[slots] = np.arange(len(slots))
        keys = [self._keys(hit, among) for hit in hits]
        rarities = [self.rarity(hit.count()[1]) for hit in hits]
        for one, other in _pairs(len(hits)):
            first, second = keys[one], keys[other]
            if not (len(first) and len(second)):
                continue
            worth, at = closeness(first, second)
            worth *= np.where(at >> FIELD_SHIFT & 7 == 0, 1 + NEAR_IN_TITLE, 1)
            sums = np.bincount(place[at >> 32], worth, len(slots))
            added += weight * (rarities[one] + rarities[other]) * sums / (sums + 1)
        return added

    def _keys(self, hit: Hits, among: Array) -> Array:
        words = [w for w in hit.words if self._index.positions_count(w) <= COSTLY]
        return self._index.positions(words, among)


def _saturated(weights: Array, slots: Array, worth: float) -> Array:
    """Return what the weights at slots come to: `worth` times BM25's share."""
    is_most = 2 * len(slots) > len(weights)  # it takes less time then to work all of them out
    of_these = weights if is_most else weights.take(slots)
    found = np.float32(worth) * of_these
    found /= of_these + np.float32(SATURATION)
    return found.take(slots) if is_most else found


def best_first(scores: Array) -> Array:
    """Return the places of scores, the highest first; equals stay as they were.

    The first `BEST` are in exact order, those behind them to one in 65,535 of the range.
    """
    if not len(scores):
        return np.zeros(0, np.int64)
    if len(scores) <= BEST:
        return np.argsort(-scores, kind="stable")
    low, high = float(scores.min()), float(scores.max())
    steps = high - scores
    steps *= 65_535 / max(high - low, 1e-9)
    order = np.argsort(
        steps.astype(np.uint16), kind="stable"
    )  # a radix sort: ten times as fast as of floats
    first = order[:BEST]
    order[:BEST] = first[np.argsort(-scores[first], kind="stable")]
    return order


def closeness(first: Array, second: Array) -> tuple[Array, Array]:
    """Return, for each place of a word where the other is near, 1 divided by how far, and it.

    The other way round neighbours count as two apart.
    """
    after = np.minimum(np.searchsorted(second, first, "right"), len(second) - 1)
    before = np.maximum(np.searchsorted(second, first, "left") - 1, 0)
    ahead, behind = second[after] - first, first - second[before] + 1
    ahead = np.where(ahead > 0, ahead, FAR + 1)
    behind = np.where(behind > 1, behind, FAR + 1)
    distance = np.minimum(ahead, behind)
    near = distance <= FAR
    return 1 / distance[near], first[near]


def _pairs(count: int) -> list[tuple[int, int]]:
    """Return which words are compared: neighbours; of a few words, each with each."""
    if count <= 4:
        return [(one, other) for one in range(count) for other in range(one + 1, count)]
    return [(one, one + 1) for one in range(count - 1)]


def _shorter(lengths: Array, alive: Array, slope: float) -> Array:
    """Return by how much a word counts more in papers with less text: 1 at the mean length."""
    mean = float(lengths[alive].mean()) if alive.any() else 1.0
    return (1 / (1 - slope + slope * lengths / max(mean, 1.0))).astype(np.float32)


_FIELDS = np.arange(2**16 >> FIELDS_SHIFT) << FIELDS_SHIFT
_NAMES = (
    NAMES * (_FIELDS & field_mask(("authors", "tags")) != 0)
    + PLACES * (_FIELDS & field_mask(("organization", "venue")) != 0)
).astype(np.float32)
