"""The authors whose name a query's words are, or would be but for a mistake in one of them.

A mistyped name is seldom a word that nobody has: `yilun` is somebody, `wang` is somebody, and
papers with one of each are many. So it is asked whether they are one and the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np

from readlist.search.index import MANY, Index, field_mask
from readlist.search.rank import Hits, closeness
from readlist.search.segment import FIELD_SHIFT, Array
from readlist.search.words import FIELDS

LONG = 5
"""Letters of a word, from which on it may be a mistake although it is somebody's name."""
PARTS = range(2, 6)
"""How many words a name may have."""
MOSTLY = 0.2
"""The share of the papers with a word that have it in an author's name when it is a name."""
APART = 2
"""How far apart the words of a name are at most: an initial may stand between."""
AGAIN = 0.75
"""What a further paper of an author counts who is one of several that may be meant."""


@dataclass(slots=True, eq=False)
class Named:
    """Papers by authors that a query names.

    `worth`: for each slot, 0, or how sure it is, up to 1. `meant`: by its place in the query, what
    a mistyped word is taken for.
    """

    worth: Array
    meant: dict[int, tuple[str, ...]]


class Persons:
    """Looks names up in an index as it is now."""

    def __init__(self, index: Index, near: Callable[[str, bool], Sequence[str]]) -> None:
        """Take an index, and what gives the words that a mistyped one, maybe begun, stands for."""
        self._index = index
        self._near = near
        self._counts: dict[tuple[str, bool], tuple[int, int]] = {}

    def named(self, hits: Sequence[Hits], words: Sequence[str], begun: str = "") -> Named | None:
        """Return the papers by authors that have all of some words in their name; None: no names.

        When nobody has, one of the words is a mistake. `hits`: what the words find, each; `begun`:
        the last one while it is typed.
        """
        if len(hits) not in PARTS or not all(self._are_names(hit.words) for hit in hits[:-1]):
            return None
        if begun and self._index.count_begun(begun) > MANY:
            return None  # looking would take too long
        if not self._are_names(hits[-1].words, begun):
            return None
        begins = ["" for _ in hits[1:]] + [begun]
        parts = list(map(self._places, hits, words, begins))
        unknown = {at: hit.words for at, hit in enumerate(hits) if hit.near is not None}
        if unknown:
            return self._alike(parts, unknown)
        slots = self._alive(together(parts))
        if len(slots):
            worth = np.zeros(self._index.columns.size, np.float32)
            worth[slots] = 1
            return Named(worth, {})
        doubted = [at for at, word in enumerate(words) if len(word) >= LONG]
        last = len(words) - 1 if begun else -1
        return self._alike(parts, {at: self._near(words[at], at == last) for at in doubted})

    def _alike(self, parts: list[Array], alike: Mapping[int, Sequence[str]]) -> Named | None:
        """Return the papers by authors who have another word in the place of one of the query's.

        `parts`: where the words stand; `alike`: the other words, by place. Each of the authors has
        one paper before all others', the last that was added.
        """
        worth = np.zeros(self._index.columns.size, np.float32)
        meant: dict[int, tuple[str, ...]] = {}
        for at, words in alike.items():
            if not len(together([*parts[:at], self._stand(words), *parts[at + 1 :]])):
                continue
            found = []
            for word in words:
                by_one = [*parts[:at], self._stand([word]), *parts[at + 1 :]]
                slots = self._alive(together(by_one))
                if len(slots):
                    found.append(word)
                    worth[slots] = np.maximum(worth[slots], AGAIN)
                    worth[slots[-1]] = 1
            if found:
                meant[at] = tuple(found)
        return Named(worth, meant) if meant else None

    def _are_names(self, words: Sequence[str], begun: str = "") -> bool:
        """Say whether words, or those `begun` so, stand in authors' names, often enough."""
        counts = [*map(self._count, words), *([self._count(begun, begun=True)] if begun else [])]
        authors, every = np.sum(counts, axis=0).tolist()
        return bool(0 < authors >= MOSTLY * every)

    def _count(self, word: str, *, begun: bool = False) -> tuple[int, int]:
        """Return in how many papers a word is an author's name, and in how many it is anything."""
        if (word, begun) not in self._counts:
            flags = self._index.postings(word, begun=begun).flags
            self._counts[word, begun] = int(np.count_nonzero(flags & _AUTHORS)), len(flags)
        return self._counts[word, begun]

    def _places(self, hit: Hits, word: str, begun: str) -> Array:
        """Return where a word stands in the names of authors, which have no other endings."""
        if hit.authors is None:
            hit.authors = self._stand([word] if hit.near is None else hit.words, begun)
        return hit.authors

    def _stand(self, words: Sequence[str], begun: str = "") -> Array:
        """Return where words, or any `begun` so, stand in the names of authors."""
        places = self._index.positions(words, begun=begun)
        found: Array = places[places >> FIELD_SHIFT & 7 == FIELDS.index("authors")]
        return found

    def _alive(self, slots: Array) -> Array:
        found: Array = slots[self._index.columns["alive"][slots]]
        return found


def together(parts: Sequence[Array]) -> Array:
    """Return the slots of the papers where words stand beside each other, in any order."""
    found: list[Array] = []
    for one, other in pairwise(parts):
        if not (len(one) and len(other)):
            return np.zeros(0, np.int64)
        worth, at = closeness(one, other)
        found.append(at[worth >= 1 / APART] >> 32)
    return reduce(np.intersect1d, found[1:], np.unique(found[0]))


_AUTHORS = np.uint16(field_mask(("authors",)))
