"""Which papers a view shows, narrowed by a filter; and what the filter made of its text.

Nothing of the search is imported before somebody filters: the first frame does not wait for it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from readlist.indexing import Indexing
from readlist.library.library import Library
from readlist.paper import Status
from readlist.search.views import View
from readlist.text import count

if TYPE_CHECKING:
    from readlist.search.evaluate import Answer
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


class Finding:
    """Finds papers in a library.

    `total` is how many the view has that was looked at last; `answer` what the filter found then,
    None without one; `archived` how many of those found stand last because they are archived.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self.total = self.archived = self._nameless = 0
        self.answer: Answer | None = None
        self.indexing = Indexing(library)
        self._of_own: dict[tuple[str, date], Sequence[int]] = {}

    def begin_anew(self) -> None:
        """Forget what was read: the library is another."""
        self.indexing = Indexing(self._library)
        self._of_own.clear()

    def take_in(self, numbers: Iterable[int]) -> None:
        """Take in papers that changed, came or went."""
        self.indexing.take_in(numbers)
        self._of_own.clear()

    def ids(self, view: View, text: str, sort: "tuple[SortKey, ...]") -> Sequence[int]:
        """Return the papers of a view, narrowed by a filter, in the order to show them in."""
        ids = self._of_view(view, text)
        self.total, self.archived, self._nameless = len(ids), 0, 0
        if not text.strip():
            self.answer = None
            return self._sorted(ids, sort) if sort else ids
        from readlist.search.query import Query, parse
        from readlist.search.tree import Field, leaves

        query = parse(text, typing=True)  # kept, it still shows what it showed
        if view.name == "all":  # archived papers are left out, but counted
            ids = self._library.overview.order()
        self.answer = self.indexing.searcher.find(
            Query(query.where, query.sort or sort),
            order=ids,
            forgiving=True,
            last_import=self._library.last_import(),
        )
        if any(isinstance(t, Field) and t.name == "author" for t, _ in leaves(query.where)):
            nameless = self.indexing.searcher.find(parse("-has:authors"), order=ids)
            self._nameless = len(nameless.ids)
        if view.name in _STATES:
            if not query.words:
                return self.answer.ids
            self.archived = len(self.answer.archived)
        return [*self.answer.ids, *self.answer.archived]  # the user's view may be of these

    def count_of(self, view: View) -> int | None:
        """Return how many papers a view of the user's has; None until all have been read."""
        return None if self.indexing.progress else len(self._own(view))

    def _of_view(self, view: View, text: str) -> Sequence[int]:
        """Return the papers of a view; archived ones too where a filter in All asks for them."""
        overview = self._library.overview
        if view.name == "all" and _asks_for_any(text):
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
            found = self.indexing.searcher.find(query, order=order, last_import=last_import).ids
            if not self.indexing.progress:
                self._of_own[key] = found
        return found

    def elsewhere(self, text: str) -> int:
        """Return how many papers of the whole library a filter finds."""
        from readlist.search.query import parse

        query, order = parse(text, typing=True), self._library.overview.order()
        return len(self.indexing.searcher.find(query, order=order, forgiving=True).ids)

    def spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Return what to highlight in a text: (start, end) in characters."""
        if self.answer is None:
            return ()
        from readlist.search.matches import spans

        return spans(text, self.answer.matched)

    @property
    def note(self) -> str:
        """What there is to know of the answer: what was forgiven, what was left out."""
        if self.answer is None:
            return ""
        if self.indexing.progress:
            return self.indexing.progress
        meant = self.answer.forgiven.items()
        parts = [f"{word} → {', '.join(taken[:3])}" for word, taken in meant if taken]
        parts += ["no paper has all words: the closest"] * self.answer.closest
        if self._nameless:
            parts.append(f"{count(self._nameless, 'paper')} without author names")
        if self.answer.archived and not self.archived:
            parts.append(f"{len(self.answer.archived):,} archived: is:any shows them")
        return " · ".join(parts)

    def authors(self, typed: str) -> dict[str, int | None]:
        """Return names of authors that begin so, with how many papers each has; none until all
        papers have been read."""
        if not typed or self.indexing.progress:
            return {}
        from readlist.search.authors import authors_begun

        return authors_begun(self.indexing.searcher.index, typed, self._library.paper)

    def _sorted(self, ids: Sequence[int], sort: "tuple[SortKey, ...]") -> Sequence[int]:
        from readlist.search.sorting import sort_ids

        return sort_ids({paper.id: paper for paper in self._library.papers(ids)}, ids, sort)


def _asks_for_any(text: str) -> bool:
    if not text.strip():
        return False
    from readlist.search.query import parse

    return parse(text, typing=True).mentions_archived
