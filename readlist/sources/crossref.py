"""Crossref: DOIs of most publishers (https://api.crossref.org/swagger-ui/index.html)."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from readlist.formats import crossref
from readlist.paper import Paper
from readlist.sources.reading import one_at, papers_at
from readlist.sources.web import Web

BATCH = 20
"""DOIs in one request: an address must not be longer than servers take."""


def by_dois(web: Web, dois: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield the papers that Crossref has of some DOIs. Raises `SourceError`."""
    plain = [doi for doi in dois if "," not in doi and ":" not in doi]
    if len(plain) < 2:
        plain = []
    for start in range(0, len(plain), BATCH):
        yield from _batch(web, plain[start : start + BATCH])
    for doi in dois:
        if doi not in plain:
            yield from _one(web, doi)


def _one(web: Web, doi: str) -> Iterator[tuple[str, Paper]]:
    url = f"{web.settings.of('crossref').url}/works/{quote(doi, safe='')}{_contact(web, '?')}"
    for paper in one_at(web, url, crossref.read, service="crossref"):
        yield doi, paper


def _batch(web: Web, dois: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    filters = ",".join(f"doi:{doi}" for doi in dois)
    query = urlencode({"filter": filters, "rows": len(dois)})
    url = f"{web.settings.of('crossref').url}/works?{query}{_contact(web, '&')}"
    for paper in papers_at(web, url, crossref.read, service="crossref").papers:
        if (doi := paper.identifiers.get("doi")) in dois:
            yield str(doi), paper


def _contact(web: Web, sign: str) -> str:
    contact = web.settings.contact
    return f"{sign}{urlencode({'mailto': contact})}" if "@" in contact else ""
