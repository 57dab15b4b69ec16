"""Which papers a query finds, and in what order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from readlist.paper import Paper, Status
from readlist.search.conditions import Moment, test_of
from readlist.search.index import Index
from readlist.search.lookup import Lookup
from readlist.search.matches import Matched
from readlist.search.names import TEXTS
from readlist.search.query import Query
from readlist.search.rank import Hits, add_titles, scores
from readlist.search.sorting import sort_ids
from readlist.search.tree import And, Field, Not, Or, Phrase, Regex, Term, Word
from readlist.search.words import needle, split

_HIGHLIGHTED = ("title", "abstract", "note")
"""Fields whose words are highlighted in texts; those of people and places would only mislead."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: ids, in the order to show them in.

    `archived` match too, but are left out because the query does not ask for archived papers.
    `forgiven`: for each mistyped word (folded), the words of the papers that it was taken for.
    """

    ids: list[int]
    archived: list[int]
    matched: Matched
    forgiven: dict[str, tuple[str, ...]]


class Searcher:
    """Papers that can be searched. For one thread at a time.

    Words are taken in when a query first asks for some, 0.1 ms a paper, or before, by `prepare`;
    a query by state, tag, date and the like needs none of that.
    """

    def __init__(self, papers: Iterable[Paper] = ()) -> None:
        self._index = Index(papers)

    def update(self, paper: Paper) -> None:
        """Take in a paper that is new or has changed."""
        self._index.update(paper)

    def remove(self, number: int) -> None:
        """Forget a paper; one that is not there is no error."""
        self._index.remove(number)

    def prepare(self, most: int | None = None) -> bool:
        """Take in the words of `most` more papers (of all, without it); say whether all are in.

        Who has keys to answer calls it again and again: 100 papers take about 10 ms.
        """
        return self._index.prepare(most)

    def find(
        self,
        query: Query,
        *,
        order: Sequence[int] | None = None,
        forgiving: bool = False,
        last_import: frozenset[int] = frozenset(),
        now: datetime | None = None,
    ) -> Answer:
        """Return the papers that a query finds.

        Only papers in `order` are sought; it is the order of the answer without words and `sort:`,
        and that of equals. Without it: all, in the order in which they came. `forgiving`: a word
        that no paper has stands for those that it is nearest to.
        """
        papers = self._index.papers
        known = [n for n in order if n in papers] if order is not None else list(papers)
        moment = Moment(now or datetime.now(UTC), last_import)
        search = _Search(self._index, moment, forgiving)
        found = search.ids(query.where, set(known))
        ids = [number for number in known if number in found]
        if query.sort:
            ids = sort_ids(papers, ids, query.sort)
        elif search.hits:
            score = search.scores(query, found)
            ids.sort(key=score.__getitem__, reverse=True)  # stable: equals stay as they were
        archived: list[int] = []
        if not query.mentions_archived:
            archived = [n for n in ids if papers[n].status == Status.ARCHIVED]
            ids = [n for n in ids if papers[n].status != Status.ARCHIVED]
        return Answer(ids, archived, search.matched(), search.lookup.forgiven)


def matches(
    query: Query,
    paper: Paper,
    *,
    last_import: frozenset[int] = frozenset(),
    now: datetime | None = None,
) -> bool:
    """Say whether a query, as written, is true of a paper; archived ones are not left out."""
    answer = Searcher([paper]).find(query, last_import=last_import, now=now)
    return bool(answer.ids or answer.archived)


class _Search:
    """One evaluation of a query, and what it learns on the way for rank and highlights."""

    def __init__(self, index: Index, moment: Moment, forgiving: bool) -> None:
        self.index = index
        self.moment = moment
        self.lookup = Lookup(index, forgiving)
        self.hits: list[Hits] = []
        self.patterns: list[str] = []

    def ids(self, term: Term | None, among: set[int], asked: bool = True) -> set[int]:
        """Return those `among` some papers that a term finds; `asked`: not one to exclude."""
        match term:
            case None:
                return among
            case And(terms):
                for inner in sorted(terms, key=_cost):
                    among = self.ids(inner, among, asked)
                return among
            case Or(terms):
                return set[int]().union(*(self.ids(inner, among, asked) for inner in terms))
            case Not(inner):
                return among - self.ids(inner, among, not asked)
            case Word() | Phrase():
                hits = self.lookup.hits(term, asked=asked)
                if asked:
                    self.hits.append(hits)
                return among & hits.papers
            case Field() if term.name in TEXTS:
                return self.in_field(term, among, asked)
            case _:
                if isinstance(term, Regex) and asked:
                    self.patterns.append(term.pattern)
                test, papers = test_of(term, self.moment), self.index.papers
                return {number for number in among if test(papers[number])}

    def in_field(self, term: Field, among: set[int], asked: bool) -> set[int]:
        parts = split(term.text)
        wanted = [needle(parts, partial=term.partial)]
        if len(parts) > 1 and not term.quoted:
            wanted.append(needle(["".join(parts)], partial=term.partial))
        if asked and term.name in _HIGHLIGHTED:
            self.lookup.note(parts, partial=term.partial)
        texts = self.index.texts(TEXTS[term.name], among)
        found: set[int] = set()
        for words in wanted:
            found.update(number for number in among if words in texts[number])
        return found

    def scores(self, query: Query, found: set[int]) -> dict[int, float]:
        """Return how well each paper found has the words that were sought."""
        score = scores(self.hits, found, len(self.index.papers))
        words = [word for term in query.words for word in split(term.text)]
        last = query.words[-1]
        is_partial = isinstance(last, Word) and last.partial
        add_titles(score, self.index.texts("title", found), words, partial=is_partial)
        return score

    def matched(self) -> Matched:
        """Return what to highlight in the papers found."""
        lookup = self.lookup
        return Matched(frozenset(lookup.whole), frozenset(lookup.begun), tuple(self.patterns))


def _cost(term: Term) -> int:
    """Return a rank by effort: what is cheap leaves fewer papers to what is not."""
    match term:
        case Word() | Phrase():
            return 0
        case And(terms) | Or(terms):
            return max(map(_cost, terms))
        case Not(inner):
            return _cost(inner)
        case Field() if term.name in TEXTS:
            return 2
        case Regex():
            return 3
        case _:
            return 1
