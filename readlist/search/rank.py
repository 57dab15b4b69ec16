"""Which papers come first: those that have the words exactly, in the title, and the rare ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log

from readlist.search.vocabulary import NAMES, REST, TITLE
from readlist.search.words import needle

EXACT, BEGUN, FORGIVEN = 1.0, 0.5, 0.4
WEIGHTS = {TITLE: 4.0, NAMES: 2.5, REST: 1.0}
SIDE_BY_SIDE = 1.5
"""Added, for each word, when the title has all of them side by side; twice when it has no other."""


@dataclass(slots=True)
class Hits:
    """The papers that one word or phrase finds, in tiers: (weight, ids). A paper may be in many."""

    tiers: list[tuple[float, Iterable[int]]] = field(default_factory=list)
    papers: set[int] = field(default_factory=set)

    def add(self, group: int, exactness: float, ids: Iterable[int]) -> None:
        """Add the papers that have it in a group of fields."""
        self.tiers.append((WEIGHTS[group] * exactness, ids))
        self.papers.update(ids)


def scores(hits: Iterable[Hits], among: set[int], total: int) -> dict[int, float]:
    """Return a score for each paper in `among`: the sum over the words that it has.

    Each word counts by its rarity in `total` papers.
    """
    found = dict.fromkeys(among, 0.0)
    for hit in hits:
        rarity = log(1 + total / max(1, len(hit.papers)))
        for weight, ids in hit.tiers:
            worth = weight * rarity
            for number in among.intersection(ids):
                found[number] += worth
    return found


def add_titles(
    found: dict[int, float], titles: Mapping[int, str], words: list[str], *, partial: bool
) -> None:
    """Raise the scores of papers whose title (`spaced`) has all the words side by side."""
    wanted = needle(words, partial=partial)
    whole = needle(words, partial=False)
    worth = SIDE_BY_SIDE * len(words)
    for number in found:
        title = titles[number]
        if wanted in title:
            found[number] += worth * (2 if title == whole else 1)
