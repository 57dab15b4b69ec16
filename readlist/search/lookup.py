"""The papers that have a bare word or phrase, and how well they have it."""

from collections.abc import Iterable

from readlist.identifiers import find_arxiv, find_doi, normalise
from readlist.search.index import Index
from readlist.search.rank import BEGUN, EXACT, FORGIVEN, Hits
from readlist.search.tree import Phrase, Word
from readlist.search.vocabulary import GROUPS, TITLE
from readlist.search.words import needle, split


class Lookup:
    """Looks words up for one query, and notes what to highlight and what it forgave."""

    def __init__(self, index: Index, forgiving: bool) -> None:
        self.index = index
        self.forgiving = forgiving
        self.forgiven: dict[str, tuple[str, ...]] = {}
        self.whole: set[tuple[str, ...]] = set()
        self.begun: set[tuple[str, ...]] = set()

    def note(self, words: Iterable[str], *, partial: bool = False) -> None:
        """Note words, alone or side by side, that are to be highlighted."""
        (self.begun if partial else self.whole).add(tuple(words))

    def hits(self, term: Word | Phrase, *, asked: bool) -> Hits:
        """Return the papers that have a term in a field of words.

        `asked`: not one to exclude; only then mistakes are forgiven, so nothing goes missing by a
        near miss.
        """
        parts = split(term.text)
        if isinstance(term, Phrase):
            if asked:
                self.note(parts)
            return self._side_by_side(parts, partial=False)
        if len(parts) == 1:
            found = self._word(parts[0], term.partial, asked)
        else:
            found = self._parts(parts, term.partial, asked)
        identified = self._identified(term.text)
        if identified:
            found.add(TITLE, EXACT, identified)
        return found

    def _word(self, word: str, partial: bool, asked: bool) -> Hits:
        found = Hits()
        self._add(found, word, partial)
        if asked and self.forgiving and not found.papers:
            meant = self.index.words().near(word, partial=partial)
            if meant:
                self.forgiven[word] = meant
                self._add_any(found, FORGIVEN, meant)
                self.whole.update((other,) for other in meant)
                return found
        if asked:
            self.note([word], partial=partial)
        return found

    def _parts(self, parts: list[str], partial: bool, asked: bool) -> Hits:
        """Return the papers that have the parts of a hyphenated word side by side, or joined.

        When none has, and mistakes may be forgiven, those that have each part somewhere.
        """
        found = self._side_by_side(parts, partial)
        self._add(found, "".join(parts), partial)
        if found.papers or not (asked and self.forgiving):
            if asked:
                self.note(parts, partial=partial)
            return found
        *firsts, last = parts
        hits = [self._word(part, False, asked) for part in firsts]
        hits.append(self._word(last, partial, asked))
        tiers = [tier for hit in hits for tier in hit.tiers]
        return Hits(tiers, set.intersection(*(hit.papers for hit in hits)))

    def _side_by_side(self, parts: list[str], partial: bool) -> Hits:
        found = Hits()
        candidates = self._with_all(parts, partial)
        wanted = needle(parts, partial=partial)
        for field, group in GROUPS.items():
            texts = self.index.texts(field, candidates)
            ids = {number for number in candidates if wanted in texts[number]}
            if ids:
                found.add(group, EXACT, ids)
        return found

    def _with_all(self, parts: list[str], partial: bool) -> set[int]:
        """Return the papers that have each of some words anywhere."""
        words = self.index.words()
        groups = set(GROUPS.values())
        found: set[int] | None = None
        for place, part in enumerate(parts, 1):
            meant = words.starting(part) if partial and place == len(parts) else [part]
            ids = set[int]().union(*(words.papers(word, g) for word in meant for g in groups))
            found = ids if found is None else found & ids
        return found or set()

    def _add(self, found: Hits, word: str, partial: bool) -> None:
        self._add_any(found, EXACT, [word])
        if partial:
            others = self.index.words().starting(word)
            self._add_any(found, BEGUN, [other for other in others if other != word])

    def _add_any(self, found: Hits, exactness: float, meant: Iterable[str]) -> None:
        words = self.index.words()
        for group in set(GROUPS.values()):
            ids = set[int]().union(*(words.papers(word, group) for word in meant))
            if ids:
                found.add(group, exactness, ids)

    def _identified(self, text: str) -> set[int]:
        """Return the papers whose arXiv id or DOI a word is, or is a link to."""
        arxiv, doi = find_arxiv(text), find_doi(text)
        if arxiv:
            name, value = "arxiv", arxiv
        elif doi:
            name, value = normalise("doi", doi)
        else:
            return set()
        papers = self.index.papers
        return {n for n, paper in papers.items() if paper.identifiers.get(name) == value}
