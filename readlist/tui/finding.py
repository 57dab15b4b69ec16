"""Which papers a view shows, narrowed by a filter; and what the filter made of its text.

Nothing of the search is imported before somebody filters: the first frame does not wait for it.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from threading import RLock
from typing import TYPE_CHECKING, TypeAlias

from readlist import backlog
from readlist.backlog import Backlog
from readlist.indexing import Indexing
from readlist.library.library import Library
from readlist.paper import Status
from readlist.record import Record
from readlist.search.views import View
from readlist.text import count

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from readlist.search.evaluate import Answer
    from readlist.search.query import Query
    from readlist.search.sorting import SortKey

_ALIVE = tuple(status for status in Status if status is not Status.ARCHIVED)
_STATES = {
    "inbox": (Status.NEW,),
    "to-read": (Status.TO_READ,),
    "reading": (Status.READING,),
    "read": (Status.READ,),
    "starred": _ALIVE,
    "all": _ALIVE,
}
_WORDS_FOR = {
    "inbox": "new",
    "to-read": "to read",
    "reading": "being read",
    "starred": "starred",
    "read": "read",
}

_DAYS = 60  # that are offered

Answering: TypeAlias = "Future[Found | None]"


class Question(Record):
    """What is looked for, with all that the answer depends on.

    `ids` are those to look through, in their order; `query` is None without a filter, `sort` the
    order that was asked for.
    """

    view: View
    ids: Sequence[int]
    query: "Query | None"
    sort: "tuple[SortKey, ...]"
    last_import: frozenset[int]

    @property
    def is_last_import(self) -> bool:
        """Whether just the papers of the last import are asked for."""
        return self.query is not None and str(self.query.where) == "import:last"


class Found(Record):
    """What a question found: ids, of which the last `archived` ones match but are archived.

    `total` is how many papers the view has; `answer` what the filter found, None without one;
    `nameless` how many papers have no author names that one could have sought; `elsewhere` how
    many other views have, when this one has none. `is_whole`: the index was not needed.
    """

    ids: Sequence[int] = ()
    total: int = 0
    archived: int = 0
    answer: "Answer | None" = None
    nameless: int = 0
    elsewhere: int = 0
    is_whole: bool = False

    def spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Return what to highlight in a text: (start, end) in characters."""
        if self.answer is None:
            return ()
        from readlist.search.matches import spans

        return spans(text, self.answer.matched)

    def numbers(self, view: View) -> str:
        """Return how many papers a view has, and how many of them are shown."""
        words = _WORDS_FOR.get(view.name)
        total = f"{self.total:,} {words}" if words else count(self.total, "paper")
        return f"{len(self.ids) - self.archived:,} of {total}" if self.answer else total

    @property
    def note(self) -> str:
        """What there is to know of the answer: what was forgiven, what was left out."""
        if self.answer is None:
            return ""
        meant = self.answer.forgiven.items()
        parts = [f"{word} → {', '.join(taken[:3])}" for word, taken in meant if taken]
        parts += ["no paper has all words: the closest"] * self.answer.closest
        if self.nameless:
            parts.append(f"{count(self.nameless, 'paper')} without author names")
        if self.answer.archived and not self.archived:
            parts.append(f"{len(self.answer.archived):,} archived: is:any shows them")
        return " · ".join(parts)


class Finding:
    """Finds papers in a library. Questions may be answered in a thread, one at a time."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._indexing = Indexing(library)
        self._of_own: dict[tuple[str, date], Sequence[int]] = {}
        self._lock = RLock()  # the index is for one thread at a time
        self._asked: Question | None = None
        self._thread: ThreadPoolExecutor | None = None

    # The index

    @property
    def is_cheap(self) -> bool:
        """Whether the library is to be read before anybody filters."""
        return self._indexing.is_cheap

    @property
    def progress(self) -> str:
        """How many of the papers have been read, "" when all have."""
        return self._indexing.progress

    @property
    def share(self) -> float | None:
        """How much of a large library has been read; None when all of it was, or nothing reads."""
        return self._indexing.share if self._indexing.is_going else None

    @property
    def is_nearly_whole(self) -> bool:
        """Whether papers are being read, and the last ones are so in a moment."""
        return self._indexing.is_going and bool(self.progress) and self.share is None

    def begin(self) -> bool:
        """Say whether reading is to begin now: it does so once."""
        begins = not self._indexing.is_going
        self._indexing.is_going = True
        return begins

    def step(self, most: int) -> bool:
        """Read `most` more papers, none while a question is being answered; return whether all
        have been.
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            return self._indexing.step(most)
        finally:
            self._lock.release()

    def begin_anew(self) -> None:
        """Forget what was read: the library is another."""
        with self._lock:
            self._indexing = Indexing(self._library)
            self._of_own.clear()

    def take_in(self, numbers: Iterable[int]) -> None:
        """Take in papers that changed, came or went."""
        with self._lock:
            self._indexing.take_in(numbers)
            self._of_own.clear()

    # Questions

    def ask(self, view: View, text: str, sort: "tuple[SortKey, ...]") -> Question:
        """Return the question for the papers of a view, narrowed by a filter, in an order.

        Those that were asked before are not answered any more.
        """
        query = None
        if text.strip():
            from readlist.search.query import Query, parse

            query = parse(text, typing=True)  # kept, it still shows what it showed
            query = Query(query.where, query.sort or sort)
        ids = self._of_view(view, archived_too=query is not None and query.mentions_archived)
        self._asked = Question(view, ids, query, sort, self._library.last_import())
        return self._asked

    def answer_soon(self, question: Question) -> "Answering":
        """Have a thread answer a question; return what will be its answer."""
        if self._thread is None:
            from concurrent.futures import ThreadPoolExecutor

            self._thread = ThreadPoolExecutor(1, "answers")
        return self._thread.submit(self.answer, question)

    def answer(self, question: Question) -> Found | None:
        """Return what a question finds, in any thread; None when another was asked since."""
        with self._lock:
            if question is not self._asked:
                return None
            if question.query is None and not question.sort:
                return Found(question.ids, len(question.ids))
            from readlist.search.evaluate import GivenUpError

            try:
                if question.query is None:
                    return Found(self._sorted(question), len(question.ids))
                return self._narrowed(question, question.query)
            except GivenUpError:
                return None

    def _sorted(self, question: Question) -> Sequence[int]:
        from readlist.search.query import Query
        from readlist.search.sorting import sort_ids
        from readlist.search.tree import State

        ids, sort = question.ids, question.sort
        if self.progress:  # not all are known to the index
            return sort_ids({paper.id: paper for paper in self._library.papers(ids)}, ids, sort)
        every = Query(State("any"), sort)
        return self._find(question, every, ids).ids

    def _find(self, question: Question, query: "Query", ids: Sequence[int]) -> "Answer":
        if question.is_last_import and not query.sort:
            return self._of_last_import(question.last_import, ids)
        return self._indexing.searcher.find(
            query,
            order=ids,
            forgiving=True,
            last_import=question.last_import,
            is_wanted=lambda: question is self._asked,
        )

    def _of_last_import(self, numbers: frozenset[int], ids: Sequence[int]) -> "Answer":
        """Return the papers of the last import: no index is needed, and none may be there yet."""
        from readlist.search.evaluate import Answer
        from readlist.search.matches import Matched

        archived = frozenset(self._library.overview.where(Status.ARCHIVED))
        found = [number for number in ids if number in numbers]
        alive = array("q", (number for number in found if number not in archived))
        return Answer(alive, array("q", (n for n in found if n in archived)), Matched(), {})

    def _narrowed(self, question: Question, query: "Query") -> Found:
        view, ids = question.view, question.ids
        # All leaves archived papers out, but counts those that match.
        order = self._library.overview.order() if view.name == "all" else ids
        answer = self._find(question, query, order)
        shown, archived = answer.ids, 0
        is_own = view.name not in _STATES  # the user's view may be of archived papers
        if answer.archived and (is_own or query.words):
            archived = 0 if is_own else len(answer.archived)
            shown = shown + answer.archived  # of many, a list of numbers takes longer to make
        elsewhere = 0
        if not shown and view.name != "all":
            elsewhere = len(self._find(question, query, self._library.overview.order()).ids)
        nameless, is_whole = self._nameless(query, order), question.is_last_import
        return Found(shown, len(ids), archived, answer, nameless, elsewhere, is_whole)

    def _nameless(self, query: "Query", order: Sequence[int]) -> int:
        """Return how many papers have no authors, where authors are sought."""
        from readlist.search.query import parse
        from readlist.search.tree import Field, leaves

        if not any(isinstance(t, Field) and t.name == "author" for t, _ in leaves(query.where)):
            return 0
        return len(self._indexing.searcher.find(parse("-has:authors"), order=order).ids)

    def count_of(self, view: View) -> int | None:
        """Return how many papers a view of the user's has; None until all have been read."""
        return None if self.progress else len(self._own(view))

    def _of_view(self, view: View, *, archived_too: bool) -> Sequence[int]:
        """Return the papers of a view; archived ones too where a filter in All asks for them."""
        overview = self._library.overview
        if view.name == "all" and archived_too:
            return overview.order()
        if view.name.startswith("tag:"):
            return overview.tagged(view.name.removeprefix("tag:"))
        if view.name in _STATES:
            return overview.where(*_STATES[view.name], starred=view.name == "starred")
        return self._own(view)

    def _own(self, view: View) -> Sequence[int]:
        """Return the papers of a view of the user's: those that its query finds as written."""
        key = view.query, date.today()  # "added:7d" is another query tomorrow
        found = self._of_own.get(key)
        if found is None:
            from readlist.search.query import parse

            order, last_import = self._library.overview.order(), self._library.last_import()
            query = parse(view.query)
            with self._lock:
                searcher = self._indexing.searcher
                found = searcher.find(query, order=order, last_import=last_import).ids
            if not self.progress:
                self._of_own[key] = found
        return found

    # Days

    def day_beside(self, period: str | None, step: int) -> str | None:
        """Return the day, week or month with papers before or after one; without it the newest
        day. None when there is none."""
        from readlist.search import calendar

        with self._lock:
            index = self._indexing.searcher.index
            if period is None:
                return calendar.newest(index, date.today())
            return calendar.beside(index, period, step)

    def states(self, ids: Iterable[int]) -> Counter[Status]:
        """Return how many of these papers are in each state."""
        from readlist.search import calendar

        with self._lock:
            return calendar.states(self._indexing.searcher.index, ids)

    def days(self) -> dict[str, int | None]:
        """Return the last days that have papers, with how many; none until all have been read."""
        if self.progress:
            return {}
        from readlist.search import calendar

        with self._lock:
            return dict(calendar.counts(self._indexing.searcher.index, _DAYS))

    def backlog(self) -> Backlog:
        """Return which papers have been new for long."""
        from readlist.search.query import parse

        order = self._library.overview.where(Status.NEW)
        with self._lock:
            old = self._indexing.searcher.find(parse(backlog.QUERY), order=order).ids
        return Backlog(len(order), tuple(old))

    def authors(self, typed: str) -> dict[str, int | None]:
        """Return names of authors that begin so, with how many papers each has; none until all
        papers have been read."""
        if not typed or self.progress:
            return {}
        from readlist.search.authors import authors_begun

        with self._lock:
            return authors_begun(self._indexing.searcher.index, typed, self._library.paper)
