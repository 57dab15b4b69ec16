"""Papers looked up at services: those with known identifiers, many at once, and by their title."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from readlist.formats import arxiv, crossref, huggingface, openalex, semanticscholar
from readlist.formats.incoming import FormatError, Incoming
from readlist.paper import Paper
from readlist.services import SERVICES
from readlist.sources.problems import MissingError, SourceError
from readlist.text import readable, words

if TYPE_CHECKING:
    from readlist.sources.web import Web

DAY = 86400.0
_JSON, _ATOM = "application/json", "application/atom+xml"
_ROWS = 5  # records that an answer to a title may have
_LONGEST = 240  # characters of a title; Hugging Face takes 250
_MOST_WORDS = 12  # of a title at arXiv, all of which must be there
_LITTLE = frozenset(
    ("a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the",
     "to", "via", "with", "not", "andnot")
)  # fmt: skip
_FIELDS = (
    "title,abstract,venue,journal,year,publicationDate,publicationTypes,authors,externalIds,url,"
    "openAccessPdf"
)

_AT_ONCE: Mapping[tuple[str, str], int] = {
    ("arxiv", "title"): 8,
    ("arxiv", "arxiv"): 100,
    ("crossref", "doi"): 20,
    ("openalex", "doi"): 40,
}
"""How many a service takes in one request, of a kind; else it is one."""


def batches(service: str, kind: str, papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """Yield papers in the numbers in which a service takes them, by an identifier or `title`."""
    size = _AT_ONCE.get((service, kind), 1)
    alone = [paper for paper in papers if size > 1 and re.search("[,|]", _value(paper, kind))]
    rest = [paper for paper in papers if paper not in alone]
    yield from (rest[start : start + size] for start in range(0, len(rest), size))
    yield from ([paper] for paper in alone)  # these signs divide what is asked for


def _value(paper: Paper, kind: str) -> str:
    return "" if kind == "title" else paper.identifiers[kind]


class Request(NamedTuple):
    """What is asked of a service, and how its answer is read."""

    url: str
    accept: str
    read: Callable[[str], Incoming]


class Lookup:
    """Asks services for papers. An answer is good for a day, so that what was broken off goes on
    where it was."""

    def __init__(self, web: "Web") -> None:
        self._web = web

    def by_title(self, service: str, papers: Sequence[Paper]) -> list[list[Paper]]:
        """Return the records that a service finds for the title of each paper.

        Raises `SourceError`, `CancelledError`.
        """
        request = _by_title(service, self._web.settings.of(service).url, papers)
        found = self._ask(service, request)
        return [found for _ in papers]

    def by_identifier(self, service: str, kind: str, papers: Sequence[Paper]) -> list[list[Paper]]:
        """Return the records that a service has for each paper, by its identifier of a kind.

        Raises `SourceError`, `CancelledError`.
        """
        values = [paper.identifiers[kind] for paper in papers]
        request = _by_identifier(service, self._web.settings.of(service).url, kind, values)
        records = self._ask(service, request)
        return [[one for one in records if one.identifiers.get(kind) == v] for v in values]

    def _ask(self, service: str, request: Request) -> list[Paper]:
        """Return the records in an answer; none of what the service does not know."""
        url, accept, read = request
        try:
            answer = self._web.get(url, service=service, accept=accept, max_age=DAY)
        except MissingError:
            return []
        try:
            return read(answer.body.decode("utf-8", "replace")).papers
        except FormatError:
            self._web.forget(url, accept)
            title = SERVICES[service].title
            raise SourceError(f"{title}: its answer cannot be read; try again later") from None


def _by_title(service: str, base: str, papers: Sequence[Paper]) -> Request:
    """Return the request for records with the titles of papers."""
    title = _plain(papers[0].title)
    if service == "huggingface":
        url = _url(base, "/api/papers/search", q=title)
        return Request(url, _JSON, huggingface.read)
    if service == "arxiv":
        asked = " OR ".join(f"({_all_words(paper.title)})" for paper in papers)
        rows = _ROWS * len(papers)
        url = _url(base, "/api/query", search_query=asked, max_results=rows)
        return Request(url, _ATOM, arxiv.read)
    if service == "crossref":
        query = " ".join([title, *papers[0].authors[:1]])
        url = _url(base, "/works", {"query.bibliographic": query, "rows": _ROWS})
        return Request(url, _JSON, crossref.read)
    if service == "semanticscholar":
        url = _url(base, "/graph/v1/paper/search/match", query=title, fields=_FIELDS)
        return Request(url, _JSON, semanticscholar.read)
    bare = " ".join(word.folded for word in words(title))  # a comma would end the filter
    url = _url(base, "/works", {"filter": f"title.search:{bare}", "per-page": _ROWS})
    return Request(url, _JSON, openalex.read)


def _by_identifier(service: str, base: str, kind: str, values: Sequence[str]) -> Request:
    """Return the request for the records with identifiers of a kind."""
    if service == "huggingface":
        return Request(f"{base}/api/papers/{quote(values[0])}", _JSON, huggingface.read)
    if service == "arxiv":
        url = _url(base, "/api/query", id_list=",".join(values), max_results=len(values))
        return Request(url, _ATOM, arxiv.read)
    if service == "crossref":
        url = f"{base}/works/{quote(values[0], safe='')}"
        if len(values) > 1:
            asked = ",".join(f"doi:{value}" for value in values)
            url = _url(base, "/works", filter=asked, rows=len(values))
        return Request(url, _JSON, crossref.read)
    if service == "semanticscholar":
        name = {"arxiv": "ARXIV", "doi": "DOI"}[kind]
        url = _url(base, f"/graph/v1/paper/{name}:{quote(values[0])}", fields=_FIELDS)
        return Request(url, _JSON, semanticscholar.read)
    asked = "doi:" + "|".join(values)
    url = _url(base, "/works", {"filter": asked, "per-page": len(values)})
    return Request(url, _JSON, openalex.read)


def _url(base: str, path: str, more: Mapping[str, str | int] | None = None, **query: object) -> str:
    return f"{base}{path}?{urlencode({**(more or {}), **query})}"


def _plain(title: str) -> str:
    """Return a title as it is sought: LaTeX as Unicode, without signs that mean something there."""
    text = re.sub(r"[\"\\^~{}|]+", " ", readable(title))
    return " ".join(text.split())[:_LONGEST]


def _all_words(title: str) -> str:
    """Return the query of arXiv for papers with all words of a title, but the little ones."""
    found = [word.folded for word in words(readable(title))]
    telling = [word for word in dict.fromkeys(found) if word not in _LITTLE] or found
    return " AND ".join(f"ti:{word}" for word in telling[:_MOST_WORDS])
