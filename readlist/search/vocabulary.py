"""The words that a mistyped one was probably meant to be."""

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from readlist.search.index import Index
from readlist.search.keys import BEHIND_KEYS
from readlist.search.segment import LAST, Array, Segment, letter_masks

_MOST = 60
"""Words that a mistyped one may stand for: those in the most papers."""


def allowed(word: str) -> int:
    """Return how many mistakes are forgiven: 1 from 3 letters, 2 from 7 on, none in a number.

    Of 3 letters one may be missing.
    """
    return 0 if len(word) < 3 or word.isdecimal() else 1 if len(word) < 7 else 2


def near(index: Index, word: str, *, partial: bool) -> tuple[str, ...]:
    """Return the words, other than `word`, with the fewest mistakes, in order of the alphabet.

    `partial`: also words whose beginning it was meant to be, if the first letter is right or
    swapped with the second.
    """
    most = allowed(word)
    if not most:
        return ()
    mask = letter_masks([word])[0]
    best = _Best(word, most)
    for segment in index.segments:
        best.take(_similar(segment, word, mask, best.most))
        if partial and len(word) > 3:
            for beginning, words in _beginnings(segment, word, mask, best.most).items():
                best.take([beginning], words)
    counts = {other: index.count(other) for other in best.words}
    found = sorted((other for other in counts if counts[other]), key=lambda o: (-counts[o], o))
    return tuple(sorted(found[:_MOST]))


class _Best:
    """The words with the fewest mistakes so far."""

    def __init__(self, word: str, most: int) -> None:
        self.word = word
        self.most = most
        self.words: set[str] = set()

    def take(self, candidates: list[str], stand_for: Iterable[str] = ()) -> None:
        """Compare some words; in the place of the one that is near, others may be meant."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found = extract(
            self.word, candidates, scorer=OSA.distance, score_cutoff=self.most, limit=None
        )
        for other, mistakes, _ in found:
            if other == self.word:
                continue
            if mistakes < self.most:
                self.most = max(1, int(mistakes))
                self.words.clear()
            if mistakes <= self.most:
                self.words.update(stand_for or (other,))


def _similar(segment: Segment, word: str, mask: Array, most: int) -> list[str]:
    """Return the words that could have so few mistakes, by their letters and their length."""
    masks = segment.letters()
    close = np.bitwise_count(masks & ~mask) <= most
    close &= np.bitwise_count(mask & ~masks) <= most
    close[: bisect_left(segment.words, BEHIND_KEYS)] = False
    candidates = (segment.words[at] for at in np.flatnonzero(close).tolist())
    if len(word) == 3:
        return [other for other in candidates if len(other) == 4]
    return [other for other in candidates if abs(len(other) - len(word)) <= most]


def _beginnings(segment: Segment, word: str, mask: Array, most: int) -> dict[str, list[str]]:
    """Return beginnings of words that could be near, each with the words that begin so."""
    masks = segment.letters()
    found: dict[str, list[str]] = {}
    for letter in dict.fromkeys(word[:2]):
        start = bisect_left(segment.words, letter)
        end = bisect_left(segment.words, letter + LAST)
        close = np.bitwise_count(mask & ~masks[start:end]) <= most
        for at in np.flatnonzero(close).tolist():
            other = segment.words[start + at]
            for length in range(len(word) - most, min(len(word) + most + 1, len(other))):
                found.setdefault(other[:length], []).append(other)
    return found
