"""OpenAlex: works of all kinds (https://developers.openalex.org), one in a request: these are free
of charge, lists are not."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from readlist.formats import openalex
from readlist.paper import Paper
from readlist.sources.reading import one_at
from readlist.sources.web import Web


def by_ids(web: Web, ids: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield the works of some ids of OpenAlex, as `W2741809807`. Raises `SourceError`."""
    for number in ids:
        yield from ((number, paper) for paper in _works(web, number))


def by_dois(web: Web, dois: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield the works that OpenAlex has of some DOIs. Raises `SourceError`."""
    for doi in dois:
        yield from ((doi, paper) for paper in _works(web, f"doi:{doi}"))


def _works(web: Web, name: str) -> list[Paper]:
    url = f"{web.settings.of('openalex').url}/works/{quote(name, safe=':/')}"
    return one_at(web, url, openalex.read, service="openalex")
