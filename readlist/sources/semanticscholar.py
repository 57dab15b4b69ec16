"""Semantic Scholar: its graph (https://api.semanticscholar.org/api-docs/graph)."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from readlist.formats import semanticscholar
from readlist.paper import Paper
from readlist.sources.reading import one_at
from readlist.sources.web import Web

FIELDS = (
    "paperId,externalIds,url,title,abstract,venue,year,publicationDate,publicationTypes,"
    "journal,authors,openAccessPdf,fieldsOfStudy,citationCount,tldr"
)
_PREFIXES = {"doi": "DOI:", "arxiv": "ARXIV:", "corpusid": "CorpusID:", "acl": "ACL:"}


def by_ids(web: Web, ids: Sequence[str], kind: str = "") -> Iterator[tuple[str, Paper]]:
    """Yield the papers of some ids: its own, or those of a `kind`. Raises `SourceError`."""
    base = web.settings.of("semanticscholar").url
    for number in ids:
        name = quote(_PREFIXES.get(kind, "") + number, safe=":/")
        url = f"{base}/graph/v1/paper/{name}?fields={FIELDS}"
        for paper in one_at(web, url, semanticscholar.read, service="semanticscholar"):
            yield number, paper
