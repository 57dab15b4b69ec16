"""Which papers a query finds, and in what order."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from readlist.paper import Paper, Status
from readlist.search.conditions import Moment
from readlist.search.matches import Matched
from readlist.search.memory import Memory
from readlist.search.plain import needs_words, test_whole
from readlist.search.query import Query
from readlist.search.sorting import sort_ids
from readlist.search.tree import Regex, leaves

if TYPE_CHECKING:
    from readlist.search.index import Index
    from readlist.search.lookup import Lookup


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: ids, in the order to show them in.

    `archived` match too, but are left out because the query does not ask for archived papers.
    `forgiven`: for each mistyped word (folded), the words of the papers that it was taken for.
    `closest`: no paper has all the words; these have some, the best first.
    """

    ids: "array[int]"
    archived: "array[int]"
    matched: Matched
    forgiven: dict[str, tuple[str, ...]]
    closest: bool = False


class GivenUpError(Exception):
    """The answer is not wanted any more."""


class Searcher:
    """Papers that can be searched. For one thread at a time.

    An index is made when a query first asks for words, 0.1 ms a paper, or before, by `prepare`;
    until then a query by state, tag, date and the like reads each paper, and needs no NumPy.
    """

    def __init__(
        self,
        papers: Iterable[Paper] = (),
        *,
        read: Callable[[int], Paper] | None = None,
        index: "Index | None" = None,
    ) -> None:
        """Take papers in. `read` gives the paper with an id: then none is kept in memory once its
        words are in the index. `index`: one that is there already; it needs `read`.
        """
        self._papers: dict[int, Paper] = {}
        self._waiting: dict[int, tuple[Paper, int]] = {}  # not in the index yet; ordered
        self._read = read
        self._index = index
        self._lookup: Lookup | None = None
        self._memory = Memory()
        for paper in papers:
            self.update(paper)

    @property
    def index(self) -> "Index":
        """The index, with all that was taken in. Imports NumPy."""
        from readlist.search.index import Index

        if self._index is None:
            self._index = Index()
        self.prepare()
        return self._index

    def update(self, paper: Paper, line: int = 0) -> None:
        """Take in a paper that is new or has changed; `line`: what its index keeps with it."""
        self._waiting[paper.id] = paper, line
        self._memory.forget(paper.id)
        if self._read is None:
            self._papers[paper.id] = paper

    def remove(self, number: int) -> None:
        """Forget a paper; one that is not there is no error."""
        self._waiting.pop(number, None)
        self._papers.pop(number, None)
        self._memory.forget(number)
        if self._index is not None:
            self._index.remove(number)

    def prepare(self, most: int | None = None) -> bool:
        """Take in the words of `most` more papers (of all, without it); say whether all are in.

        Who has keys to answer calls it again and again: 100 papers take about 10 ms.
        """
        from readlist.search.index import Index

        if self._index is None:
            self._index = Index()
        for number in list(islice(self._waiting, most)):
            self._index.update(*self._waiting.pop(number))
        return not self._waiting

    def warm(self) -> Iterator[None]:
        """Do, a step at a time, what the first keys of a query would wait for: about 1 s, 100k."""
        index = self.index
        for beginning in index.beginnings():
            index.begun(beginning)
            yield

    def paper(self, number: int) -> Paper:
        """Return a paper that was taken in."""
        if self._read is None:
            return self._papers[number]
        return self._read(number)

    def pass_on(self, other: "Searcher") -> None:
        """Let another searcher take in what this one has not prepared yet."""
        for paper, line in self._waiting.values():
            other.update(paper, line)

    def find(
        self,
        query: Query,
        *,
        order: Sequence[int] | None = None,
        forgiving: bool = False,
        last_import: frozenset[int] = frozenset(),
        now: datetime | None = None,
        is_wanted: Callable[[], bool] | None = None,
    ) -> Answer:
        """Return the papers that a query finds.

        Only papers in `order` are sought; it is the order of the answer without words and `sort:`,
        and that of equals. Without it: all, in the order in which they came. `forgiving`: a word
        that hardly any paper has also stands for those that it is nearest to, and when no paper
        has all words, those are found that come closest.

        Raises `GivenUpError` when `is_wanted`, asked at each paper that is read, says no.
        """
        moment = Moment(now or datetime.now(UTC), last_import)
        if self._index is None and self._read is None and not needs_words(query.where):
            return self._scanned(query, order, moment)
        from readlist.search.kept import DamagedError

        try:
            return self._looked_up(query, order, moment, forgiving, is_wanted)
        except DamagedError:
            self._make_anew()
            return self._looked_up(query, order, moment, forgiving, is_wanted)

    def _make_anew(self) -> None:
        """Make the index from the papers: its file was damaged under it."""
        known = self._index.ids() if self._index is not None else set[int]()
        self._index = None
        for number in sorted(known):
            with suppress(KeyError):
                self.update(self.paper(number))

    def _scanned(self, query: Query, order: Sequence[int] | None, moment: Moment) -> Answer:
        """Answer a query without words by reading each paper."""
        papers, test = self._papers, test_whole(query.where, moment)
        known = papers if order is None else [number for number in order if number in papers]
        ids = sort_ids(papers, [n for n in known if test(papers[n])], query.sort)
        archived: list[int] = []
        if not query.mentions_archived:
            archived = [n for n in ids if papers[n].status == Status.ARCHIVED]
            ids = [n for n in ids if papers[n].status != Status.ARCHIVED]
        patterns = tuple(
            t.pattern for t, asked in leaves(query.where) if asked and isinstance(t, Regex)
        )
        return Answer(array("q", ids), array("q", archived), Matched(patterns=patterns), {})

    def _looked_up(
        self,
        query: Query,
        order: Sequence[int] | None,
        moment: Moment,
        forgiving: bool,
        is_wanted: Callable[[], bool] | None,
    ) -> Answer:
        from readlist.search.columns import code_of
        from readlist.search.lookup import Lookup
        from readlist.search.ordering import sort_slots
        from readlist.search.search import Search

        index = self.index
        index.flush()
        if self._lookup is None or self._lookup.generation != index.generation:
            self._lookup = Lookup(index)
        read = self.paper if is_wanted is None else _while(is_wanted, self.paper)
        search = Search(self._lookup, moment, read, forgiving, self._memory)
        found = search.slots(query.where, index.slots(order))
        columns = index.columns
        if query.sort:
            found = sort_slots(columns, found, query.sort, self._memory, read)
        else:
            found = search.best_first(found)
        archived = found[:0]
        if not query.mentions_archived:
            is_archived = columns["status"].take(found) == code_of(Status.ARCHIVED)
            if is_archived.any():
                archived, found = found.compress(is_archived), found.compress(~is_archived)
        numbers, notes = columns["id"], search.notes
        return Answer(
            array("q", numbers.take(found).tobytes()),
            array("q", numbers.take(archived).tobytes()),
            notes.matched(),
            notes.forgiven,
            notes.closest,
        )


def _while(is_wanted: Callable[[], bool], read: Callable[[int], Paper]) -> Callable[[int], Paper]:
    def wanted(number: int) -> Paper:
        if not is_wanted():
            raise GivenUpError
        return read(number)

    return wanted


def tester(query: Query) -> Callable[[Paper], bool]:
    """Return the test of papers that a query, as written, is; archived ones are not left out."""
    return test_whole(query.where, Moment(datetime.now(UTC), frozenset()))


def matches(
    query: Query,
    paper: Paper,
    *,
    last_import: frozenset[int] = frozenset(),
    now: datetime | None = None,
) -> bool:
    """Say whether a query, as written, is true of a paper; archived ones are not left out."""
    return test_whole(query.where, Moment(now or datetime.now(UTC), last_import))(paper)
