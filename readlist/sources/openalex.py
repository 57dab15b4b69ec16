"""OpenAlex: works of all kinds (https://developers.openalex.org/api-reference/authentication).

One work in a request is free of charge. Lists are not: without a key there are a hundred a day,
which the search for titles needs; with one there are ten thousand.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from readlist.formats import openalex
from readlist.paper import Paper
from readlist.sources.reading import one_at, papers_at
from readlist.sources.web import Web

BATCH = 50
"""DOIs in one request, with a key."""
_SIGNS = frozenset("|,:!<>")  # which mean something in a filter


def by_ids(web: Web, ids: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield the works of some ids of OpenAlex, as `W2741809807`. Raises `SourceError`."""
    for number in ids:
        yield from ((number, paper) for paper in _works(web, number))


def by_dois(web: Web, dois: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield the works that OpenAlex has of some DOIs. Raises `SourceError`."""
    has_key = bool(web.settings.of("openalex").key_command)
    plain = [doi for doi in dois if has_key and not _SIGNS.intersection(doi)]
    if len(plain) < 2:
        plain = []
    for start in range(0, len(plain), BATCH):
        yield from _batch(web, plain[start : start + BATCH])
    for doi in dois:
        if doi not in plain:
            yield from ((doi, paper) for paper in _works(web, f"doi:{doi}"))


def _batch(web: Web, dois: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    query = urlencode({"filter": f"doi:{'|'.join(dois)}", "per-page": len(dois)})
    url = f"{web.settings.of('openalex').url}/works?{query}"
    missing = set(dois)
    for paper in papers_at(web, url, openalex.read, service="openalex").papers:
        doi = paper.identifiers.get("doi", "")
        if doi in missing:  # several works may have one; the first is the most likely
            missing.discard(doi)
            yield doi, paper


def _works(web: Web, name: str) -> list[Paper]:
    url = f"{web.settings.of('openalex').url}/works/{quote(name, safe=':/')}"
    return one_at(web, url, openalex.read, service="openalex")
