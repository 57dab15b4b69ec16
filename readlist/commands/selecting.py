"""The library that a verb works on, and the papers in it that are meant."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from readlist import config
from readlist.commands.arguments import NotDoneError, UsageError
from readlist.commands.terminal import say
from readlist.library.library import Library
from readlist.paper import Status
from readlist.search.views import BUILT_IN, View, views_of
from readlist.spelling import meant
from readlist.text import clean_line, count

if TYPE_CHECKING:
    from readlist.search.evaluate import Answer
    from readlist.search.query import Query

EMPTY = "the library is empty; readlist import FILE puts papers in"

_MANY = 2_000  # papers; to read fewer takes less than to load the index, and NumPy
_NOT_ARCHIVED = [status for status in Status if status is not Status.ARCHIVED]


class NothingFoundError(NotDoneError):
    """No paper is meant by what was asked for; the message is one line."""


class Selection(NamedTuple):
    """The papers that are meant, in order, and how many archived ones would have been."""

    ids: list[int]
    archived: int = 0
    is_incomplete: bool = False

    @property
    def exit_code(self) -> int:
        """1 when some of the papers that were asked for are not there."""
        return int(self.is_incomplete)


@contextmanager
def opened(
    args: argparse.Namespace, *, to_change: bool = True, notices: list[str] | None = None
) -> Iterator[Library]:
    """Open the library that the command line means, and say what it notices.

    `notices` gets what was noticed at opening. Raises `LibraryError`.
    """
    library = Library(
        config.library_path(args.library),
        settings=lambda: config.load().backup,
        session=getattr(args, "session", None),
    )
    try:
        if not to_change and library.path.exists() and library.is_read_only:
            say(f"{clean_line(str(library.path))} can be read, but not changed")
        if notices is not None:
            notices += library.notices
        say_notices(library)
        yield library
    finally:
        library.close()
        say_notices(library)


def say_notices(library: Library) -> None:
    """Say what the library noticed, a line each, once."""
    for notice in library.notices:
        say(clean_line(notice))
        library.reported.keep(notice)
    library.notices.clear()
    library.reported.write()


def select(
    library: Library,
    words: Sequence[str],
    *,
    forgiving: bool = False,
    view: View | None = None,
    sort: str | None = None,
) -> Selection:
    """Return the papers that the words of a command line mean: ids, or a query.

    Raises `QueryError`, and `NothingFoundError` when that is no paper.
    """
    plain = [] if words or view or sort else library.overview.where(*_NOT_ARCHIVED)
    if plain:
        return Selection(list(plain))
    from readlist.indexing import Indexing
    from readlist.search.evaluate import Searcher
    from readlist.search.plain import needs_words
    from readlist.search.query import ids_in

    asked = ids_in(words)
    if asked is not None:
        return _by_id(library, asked, sort)
    query = asked_for(words, view, sort)
    indexing = Indexing(library)
    has_index = needs_words(query.where) or (len(library) > _MANY and indexing.is_kept)
    searcher = indexing.complete() if has_index else Searcher(library.papers())
    answer = searcher.find(
        query,
        order=library.overview.order(),
        forgiving=forgiving,
        last_import=library.last_import(),
    )
    _say_what_was_forgiven(answer)
    if not answer.ids:
        raise NothingFoundError(_nothing(len(library), words, view, len(answer.archived)))
    return Selection(list(answer.ids), len(answer.archived) if query.words else 0)


def asked_for(words: Sequence[str], view: View | None, sort: str | None) -> "Query":
    """Return the query that words, a view and an order make. Raises `QueryError`."""
    from readlist.search.query import Query, parse, parse_sort
    from readlist.search.tree import And, Term

    keys = parse_sort(sort) if sort else ()
    query, base = parse(" ".join(words)), parse(view.query if view else "")
    terms: list[Term] = []
    for term in (base.where, query.where):
        terms += term.terms if isinstance(term, And) else (term,) if term is not None else ()
    whole = And(tuple(terms)) if len(terms) > 1 else next(iter(terms), None)
    return Query(whole, keys or query.sort or base.sort)


def select_to_change(library: Library, words: Sequence[str]) -> Selection:
    """Return the papers that a verb is to change: those that the words mean as they are written.

    Raises `UsageError` when they ask for nothing in particular, and what `select` raises.
    """
    from readlist.search.query import ids_in, parse

    if ids_in(words) is None and parse(" ".join(words)).where is None:
        raise UsageError("which papers? A query or ids are wanted; is:any means all")
    return select(library, words)


def settings_told() -> config.Config:
    """Return the settings; say what is wrong in them. Raises `ConfigError`."""
    settings = config.load()
    for warning in settings.warnings:
        say(warning)
    return settings


def all_views() -> tuple[View, ...]:
    """Return the views, those of readlist and then the user's; say which of these are none."""
    own, problems = views_of(config.load().views)
    for problem in problems:
        say(problem)
    return (*BUILT_IN, *own)


def view_named(name: str) -> View:
    """Return a view by its name, also one of the user's. Raises `UsageError`."""
    views = all_views()
    for view in views:
        if name.lower() in (view.name, view.title.lower()):
            return view
    names = [view.name for view in views]
    raise UsageError(
        f"no view is called {clean_line(name)!r}: there are {', '.join(names)}{meant(name, names)}"
    )


def _by_id(library: Library, asked: list[int], sort: str | None) -> Selection:
    from readlist.search.query import parse_sort
    from readlist.search.sorting import sort_ids

    found = [number for number in asked if number in library]
    missing = [str(number) for number in asked if number not in library]
    if missing:
        what = "the id" if len(missing) == 1 else "the ids"
        message = f"no paper has {what} {', '.join(missing)}"
        if not found:
            raise NothingFoundError(message)
        say(message)
    papers = {paper.id: paper for paper in library.papers(found)}
    keys = parse_sort(sort) if sort else ()
    return Selection(sort_ids(papers, found, keys), 0, bool(missing))


def _nothing(papers: int, words: Sequence[str], view: View | None, archived: int) -> str:
    if not papers:
        return EMPTY
    where = f" in {view.title}" if view and view.query else ""
    asked = clean_line(" ".join(words))
    message = f"no paper{where} matches {asked}" if asked else f"no papers{where}"
    if archived:
        message += f"; {count(archived, 'archived one')} would, with is:any"
    return message


def _say_what_was_forgiven(answer: "Answer") -> None:
    for word, others in answer.forgiven.items():
        say(f"searched {', '.join(others[:5])} for {word}")
    if answer.closest and answer.ids:
        say("no paper has all these words; the closest come first")
