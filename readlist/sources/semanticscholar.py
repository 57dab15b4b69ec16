"""Semantic Scholar: its graph (https://api.semanticscholar.org/api-docs/graph)."""

import json
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from readlist.formats import semanticscholar
from readlist.paper import Paper
from readlist.sources.reading import one_at, read_at
from readlist.sources.web import Web

FIELDS = (
    "paperId,externalIds,url,title,abstract,venue,year,publicationDate,publicationTypes,"
    "journal,authors,openAccessPdf,fieldsOfStudy,citationCount,tldr"
)
_PREFIXES = {"doi": "DOI:", "arxiv": "ARXIV:", "corpusid": "CorpusID:", "acl": "ACL:"}


BATCH = 500
"""Papers of one request."""


def by_ids(web: Web, ids: Sequence[str], kind: str = "") -> Iterator[tuple[str, Paper]]:
    """Yield the papers of some ids: its own, or those of a `kind`. Raises `SourceError`."""
    names = {_PREFIXES.get(kind, "") + number: number for number in ids}
    if len(names) == 1:
        yield from _one(web, *next(iter(names.items())))
        return
    asked = list(names)
    for start in range(0, len(asked), BATCH):
        for name, paper in _batch(web, asked[start : start + BATCH]):
            yield names[name], paper


def _one(web: Web, name: str, number: str) -> Iterator[tuple[str, Paper]]:
    base = web.settings.of("semanticscholar").url
    url = f"{base}/graph/v1/paper/{quote(name, safe=':/')}?fields={FIELDS}"
    for paper in one_at(web, url, semanticscholar.read, service="semanticscholar"):
        yield number, paper


def _batch(web: Web, names: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    url = f"{web.settings.of('semanticscholar').url}/graph/v1/paper/batch?fields={FIELDS}"
    sent = json.dumps({"ids": names}).encode()
    found = read_at(
        web,
        url,
        lambda text: semanticscholar.read_batch(text, len(names)),
        service="semanticscholar",
        sent=sent,
        also=(400,),
    )
    for name, paper in zip(names, found, strict=True):
        if paper is not None:
            yield name, paper
