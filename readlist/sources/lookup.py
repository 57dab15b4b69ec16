"""Papers looked up at services: those with known identifiers, many at once, and by their title.

What is asked for titles, and how Crossref, OpenAlex and Semantic Scholar's `search/match` answer,
is after their documentation, which `formats` names, without samples.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from readlist.formats import arxiv as arxiv_format
from readlist.formats import crossref as crossref_format
from readlist.formats import huggingface as huggingface_format
from readlist.formats import openalex as openalex_format
from readlist.formats import semanticscholar as semanticscholar_format
from readlist.formats.incoming import Incoming
from readlist.paper import Paper
from readlist.sources.problems import MissingError, SourceError
from readlist.sources.reading import ATOM, JSON, papers_at
from readlist.text import readable, words

if TYPE_CHECKING:
    from readlist.sources.web import Web

_ROWS = 5  # records that an answer to a title may have
_LONGEST = 240  # characters of a title; Hugging Face takes 250
_MOST_WORDS = 12  # of a title at arXiv, all of which must be there
_LITTLE = frozenset(
    ("a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the",
     "to", "via", "with", "not", "andnot")
)  # fmt: skip

_TITLES = 8  # that arXiv is asked for at once


class Lookup:
    """Asks services for papers. An answer is good for a day, so that what was broken off goes on
    where it was."""

    def __init__(self, web: "Web") -> None:
        self.web = web

    def at_once(self, service: str, kind: str) -> int:
        """Return how many papers a service takes in a request, by an identifier or `title`."""
        from readlist.sources import arxiv, crossref, openalex, semanticscholar

        if service == "openalex" and not self.web.settings.of(service).key_command:
            return 1  # sources/openalex.py
        sizes = {
            ("arxiv", "title"): _TITLES,
            ("arxiv", "arxiv"): arxiv.BATCH,
            ("crossref", "doi"): crossref.BATCH,
            ("openalex", "doi"): openalex.BATCH,
            ("semanticscholar", "arxiv"): semanticscholar.BATCH,
            ("semanticscholar", "doi"): semanticscholar.BATCH,
        }
        return sizes.get((service, kind), 1)

    def by_title(self, service: str, papers: Sequence[Paper]) -> list[list[Paper] | None]:
        """Return the records that a service finds for the title of each paper.

        Raises `SourceError`, `CancelledError`.
        """
        query = _by_title(service, papers)
        url = f"{self.web.settings.of(service).url}{query.path}?{urlencode(query.values)}"
        try:
            found = papers_at(
                self.web, url, query.read, service=service, accept=query.accept
            ).papers
        except MissingError:
            found = []
        return [found for _ in papers]

    def by_identifier(
        self, service: str, kind: str, papers: Sequence[Paper]
    ) -> list[list[Paper] | None]:
        """Return the record that a service has of each paper, by its identifier of a kind, if any;
        None for those behind which it broke off.

        Raises `SourceError` when nothing was told, and `CancelledError`.
        """
        values = [paper.identifiers[kind] for paper in papers]
        found: dict[str, Paper] = {}
        missing: list[Paper] | None = []
        try:
            for value, paper in self._records(service, kind, values):
                found.setdefault(value, paper)
        except MissingError:
            pass
        except SourceError:
            if not found:
                raise
            missing = None
        return [[found[value]] if value in found else missing for value in values]

    def _records(
        self, service: str, kind: str, values: Sequence[str]
    ) -> Iterator[tuple[str, Paper]]:
        from readlist.sources import arxiv, crossref, huggingface, openalex, semanticscholar

        if service == "semanticscholar":
            return semanticscholar.by_ids(self.web, values, kind)
        ask = {
            "arxiv": arxiv.by_ids,
            "huggingface": huggingface.by_ids,
            "crossref": crossref.by_dois,
            "openalex": openalex.by_dois,
        }[service]
        return ask(self.web, values)


class _Query(NamedTuple):
    """What is asked of a service for titles, and how its answer is read."""

    path: str
    values: Mapping[str, str | int]
    accept: str
    read: Callable[[str], Incoming]


def _by_title(service: str, papers: Sequence[Paper]) -> _Query:
    """Return the query for records with the titles of papers."""
    title = _plain(papers[0].title)
    values: dict[str, str | int]
    if service == "huggingface":
        return _Query("/api/papers/search", {"q": title}, JSON, huggingface_format.read)
    if service == "arxiv":
        asked = " OR ".join(f"({_all_words(paper.title)})" for paper in papers)
        values = {"search_query": asked, "max_results": _ROWS * len(papers)}
        return _Query("/api/query", values, ATOM, arxiv_format.read)
    if service == "crossref":
        query = " ".join([title, *papers[0].authors[:1]])
        values = {"query.bibliographic": query, "rows": _ROWS}
        return _Query("/works", values, JSON, crossref_format.read)
    if service == "semanticscholar":
        from readlist.sources.semanticscholar import FIELDS

        values = {"query": title, "fields": FIELDS}
        path = "/graph/v1/paper/search/match"
        return _Query(path, values, JSON, semanticscholar_format.read)
    bare = " ".join(word.folded for word in words(title))  # a comma would end the filter
    values = {"filter": f"title.search:{bare}", "per-page": _ROWS}
    return _Query("/works", values, JSON, openalex_format.read)


def _plain(title: str) -> str:
    """Return a title as it is sought: LaTeX as Unicode, without signs that mean something there."""
    text = re.sub(r"[\"\\^~{}|]+", " ", readable(title))
    return " ".join(text.split())[:_LONGEST]


def _all_words(title: str) -> str:
    """Return the query of arXiv for papers with all words of a title, but the little ones."""
    found = [word.folded for word in words(readable(title))]
    telling = [word for word in dict.fromkeys(found) if word not in _LITTLE] or found
    return " AND ".join(f"ti:{word}" for word in telling[:_MOST_WORDS])
