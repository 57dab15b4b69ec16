"""What the papers that best answer a question have in common, beyond the question's own words.

Nobody asks in all the words that papers answer in. So words that tell the first few papers from
all others are sought too: pseudo-relevance feedback, with terms chosen as by Robertson (1990, "On
Term Selection for Query Expansion"). It changes the order of what is shown, and adds nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from readlist.paper import Paper
from readlist.search.index import Index
from readlist.search.rank import SATURATION, TEXT, TITLE, Hits, Ranking
from readlist.search.segment import Array
from readlist.search.stems import is_stemmed, stem
from readlist.search.words import STOP, split
from readlist.text import readable

BEST, MOST = 5, 10
"""How many papers tell which words are related, and how many words at most."""
RELATED = 0.4
"""What the most telling one of the related words counts, beside a word of the question."""


class Feedback:
    """Related words of one question, and which papers have them."""

    def __init__(self, index: Index, ranking: Ranking, hits: Sequence[Hits]) -> None:
        self._index = index
        self._ranking = ranking
        self._own = {stem(word) for hit in hits for word in hit.words} | STOP

    def added(self, best: Iterable[tuple[Paper, float]], slots: Array) -> Array:
        """Return what is to be added to scores of papers, from the best, each with its score."""
        added = np.zeros(len(slots), np.float32)
        for words, worth in self._related(best):
            weights = np.zeros(len(slots), np.float32)
            for word in words:
                weights += self._weights(word, slots)
            added += worth * weights / (weights + SATURATION)
        return added

    def _related(self, best: Iterable[tuple[Paper, float]]) -> list[tuple[set[str], float]]:
        """Return words that tell some papers from all others, by stem, each with its worth."""
        shares: dict[str, float] = defaultdict(float)
        forms: dict[str, set[str]] = {}
        for paper, score in best:
            for found, times in self._counted(paper, forms).items():
                shares[found] += score * times / (times + SATURATION)
        rarities = {
            found: self._ranking.rarity(sum(map(self._index.count, words)))
            for found, words in forms.items()
        }
        telling = {found: share * rarities[found] for found, share in shares.items()}
        first = sorted(telling, key=telling.__getitem__, reverse=True)[:MOST]
        return [
            (forms[found], RELATED * rarities[found] * telling[found] / telling[first[0]])
            for found in first
        ]

    def _counted(self, paper: Paper, forms: dict[str, set[str]]) -> dict[str, float]:
        """Return how often stems stand in a paper; `forms` learns which words have them."""
        counts: dict[str, float] = defaultdict(float)
        for text, times in ((readable(paper.title), TITLE), (readable(paper.abstract), TEXT)):
            for word in split(text):
                if is_stemmed(word) and (found := stem(word)) not in self._own:
                    forms.setdefault(found, set()).add(word)
                    counts[found] += times
        return counts

    def _weights(self, word: str, slots: Array) -> Array:
        """Return how much of a word each of some papers has."""
        weights = np.zeros(len(slots), np.float32)
        having, flags = self._index.postings(word)
        if len(having):
            at = np.minimum(np.searchsorted(having, slots), len(having) - 1)
            there = having[at] == slots
            weights[there] = self._ranking.weigh(slots[there], flags[at[there]])
        return weights
