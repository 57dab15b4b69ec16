"""The words of many papers, and which papers have them: what a search by words looks up.

In plain Python, built in memory; the face behind which an index on disk can stand.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

Postings = dict[str, list[int]]

TITLE, NAMES, REST = range(3)
GROUPS: dict[str, int] = {
    "title": TITLE,
    "authors": NAMES,
    "tags": NAMES,
    "abstract": REST,
    "note": REST,
    "organization": REST,
    "venue": REST,
}
"""The group of each field that bare words are sought in; a word in a title weighs most."""


class Vocabulary:
    """Words to the ids of the papers that have them, for each group of fields."""

    def __init__(self) -> None:
        self._groups: tuple[Postings, ...] = ({}, {}, {})
        self._known: set[str] = set()
        self._sorted: list[str] = []
        self._unsorted: list[str] = []
        self._near: dict[tuple[str, bool], tuple[str, ...]] = {}

    def add(self, number: int, group: int, words: Iterable[str]) -> None:
        """Note that a paper has some words, each given once and not noted before, in a group."""
        postings = self._groups[group]
        for word in words:
            ids = postings.get(word)
            if ids is None:
                postings[word] = [number]
                if word not in self._known:
                    self._known.add(word)
                    self._unsorted.append(word)
                    self._near.clear()
            else:
                ids.append(number)

    def discard(self, number: int, group: int, words: Iterable[str]) -> None:
        """Note that a paper has some words, noted before, no more."""
        postings = self._groups[group]
        for word in words:
            postings[word].remove(number)
        self._near.clear()

    def papers(self, word: str, group: int) -> list[int]:
        """Return the ids of the papers with a word in a group; not to be changed."""
        return self._groups[group].get(word, [])

    def has(self, word: str) -> bool:
        """Say whether some paper has a word."""
        return any(postings.get(word) for postings in self._groups)

    def starting(self, beginning: str) -> list[str]:
        """Return the words that begin so, in order of the alphabet."""
        words = self._all()
        return words[bisect_left(words, beginning) : bisect_right(words, beginning + "\U0010ffff")]

    def near(self, word: str, *, partial: bool) -> tuple[str, ...]:
        """Return the words that `word`, which no paper has, was probably meant to be.

        Those with the fewest mistakes: at most 1 in a word of 4 letters or more, 2 from 7 on.
        `partial`: also words whose beginning it was meant to be, if the first letter is right or
        swapped with the second. A number with a mistake is another number.
        """
        allowed = 0 if len(word) < 4 or word.isdecimal() else 1 if len(word) < 7 else 2
        if not allowed:
            return ()
        key = (word, partial)
        if key not in self._near:
            found = _closest(word, self._all(), allowed)
            if partial:
                for beginning, mistakes in self._near_beginnings(word, allowed):
                    found.setdefault(mistakes, []).extend(self.starting(beginning))
            best = found.get(min(found, default=0), [])
            self._near[key] = tuple(sorted({other for other in best if self.has(other)}))
        return self._near[key]

    def _near_beginnings(self, word: str, allowed: int) -> list[tuple[str, int]]:
        words = self.starting(word[0])
        if word[1] != word[0]:
            words += self.starting(word[1])
        found = []
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            beginnings = {other[:length] for other in words if len(other) > length}
            for mistakes, close in _closest(word, beginnings, allowed).items():
                found += [(beginning, mistakes) for beginning in close]
        return found

    def _all(self) -> list[str]:
        if self._unsorted:
            self._sorted += self._unsorted
            self._sorted.sort()
            self._unsorted = []
        return self._sorted


def _closest(word: str, others: Iterable[str], allowed: int) -> dict[int, list[str]]:
    """Return the others within `allowed` mistakes, by their number of mistakes."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    found: dict[int, list[str]] = {}
    pairs = extract(word, list(others), scorer=OSA.distance, score_cutoff=allowed, limit=None)
    for other, mistakes, _ in pairs:
        found.setdefault(int(mistakes), []).append(other)
    return found
