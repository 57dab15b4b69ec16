"""The papers that are searched, and their words, kept true as papers change.

What `evaluate` asks of it is the face that an index on disk will have.
"""

from collections.abc import Iterable
from itertools import islice

from readlist.paper import Paper
from readlist.search.vocabulary import GROUPS, Vocabulary
from readlist.search.words import FieldTexts

_TEXT_FIELDS = (*GROUPS, "sources")


class Index:
    """Papers by id, and their words as far as they were asked for."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self.papers = {paper.id: paper for paper in papers}
        self._texts = FieldTexts()
        self._vocabulary = Vocabulary()
        self._waiting = dict.fromkeys(self.papers)  # whose words are not in it yet; ordered

    def update(self, paper: Paper) -> None:
        """Take in a paper that is new or has changed."""
        number = paper.id
        before = self.papers.get(number)
        if before is None:
            self.papers[number] = paper
            self._waiting[number] = None
            return
        changed = [f for f in _TEXT_FIELDS if getattr(before, f) != getattr(paper, f)]
        if not changed:
            self.papers[number] = paper
            return
        old = self._words_of(number)
        self.papers[number] = paper
        self._texts.forget(number, changed)
        self._replace(number, old, self._words_of(number))

    def remove(self, number: int) -> None:
        """Forget a paper; one that is not there is no error."""
        if number in self.papers:
            self._replace(number, self._words_of(number), [set() for _ in range(3)])
            self._texts.forget(number)
            self._waiting.pop(number, None)
            del self.papers[number]

    def prepare(self, most: int | None = None) -> bool:
        """Take in the words of `most` more papers (of all, without it); say whether all are in."""
        for number in list(islice(self._waiting, most)):
            del self._waiting[number]
            for group, words in enumerate(self._words_of(number)):
                self._vocabulary.add(number, group, words)
        return not self._waiting

    def words(self) -> Vocabulary:
        """Return the words of all papers."""
        self.prepare()
        return self._vocabulary

    def texts(self, field: str, wanted: Iterable[int]) -> dict[int, str]:
        """Return the `spaced` texts of a field, of the `wanted` papers at least, by id."""
        return self._texts.of(field, self.papers, wanted)

    def _words_of(self, number: int) -> list[set[str]]:
        """Return the words of a paper by group, as the vocabulary has them: none if it waits."""
        found: list[set[str]] = [set(), set(), set()]
        if number not in self._waiting:
            for field, group in GROUPS.items():
                found[group].update(self.texts(field, (number,))[number].split())
                found[group].discard("|")
        return found

    def _replace(self, number: int, old: list[set[str]], new: list[set[str]]) -> None:
        for group, (was, now) in enumerate(zip(old, new, strict=True)):
            self._vocabulary.discard(number, group, was - now)
            self._vocabulary.add(number, group, now - was)
