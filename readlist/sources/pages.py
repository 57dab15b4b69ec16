"""Pages of papers that tell of them in their heads: the ACL Anthology, and most publishers; and
what a DOI says of itself, wherever it is registered."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from readlist.formats import csl, webpage
from readlist.formats.incoming import FormatError, Incoming
from readlist.paper import Paper
from readlist.services import ELSEWHERE
from readlist.sources.reading import HTML, one_at
from readlist.sources.web import Web

_CSL = "application/vnd.citationstyles.csl+json"


def of_acl(web: Web, ids: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield the papers of some ids of the ACL Anthology. Raises `SourceError`."""
    base = web.settings.of("acl").url
    for number in ids:
        url = f"{base}/{quote(number, safe='')}/"
        for paper in one_at(web, url, _read, service="acl", accept=HTML):
            yield number, paper


def of_dois(web: Web, dois: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield what DOIs resolve to (https://citation.crosscite.org/docs.html).

    Raises `SourceError`.
    """
    base = web.settings.of("doi").url
    for doi in dois:
        url = f"{base}/{quote(doi, safe='/')}"
        for paper in one_at(web, url, csl.read, service="doi", accept=_CSL):
            yield doi, paper


def of_addresses(web: Web, urls: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield the papers of pages that tell of one. Raises `SourceError`."""
    for url in urls:
        for paper in one_at(web, url, _read, service=ELSEWHERE, accept=HTML):
            yield url, paper


def _read(text: str) -> Incoming:
    found = webpage.read(text) if webpage.looks_like(text) else Incoming("webpage", "webpage")
    if len(found.papers) != 1:
        raise FormatError("the page tells of no paper, or of several")
    return found
