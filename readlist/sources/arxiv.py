"""arXiv: its API (https://info.arxiv.org/help/api/user-manual.html)."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from readlist.formats import arxiv
from readlist.paper import Paper
from readlist.sources.problems import SourceError
from readlist.sources.reading import ATOM, papers_at
from readlist.sources.web import Web

BATCH = 100
"""Papers of one request."""


def by_ids(web: Web, ids: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield the papers that arXiv has of some ids, with these. Raises `SourceError`, at the end
    when it is of some of the ids alone."""
    errors: list[str] = []
    for start in range(0, len(ids), BATCH):
        yield from _batch(web, ids[start : start + BATCH], errors)
    if errors:
        raise SourceError(errors[0], 200)


def _batch(web: Web, ids: Sequence[str], errors: list[str]) -> Iterator[tuple[str, Paper]]:
    found = papers_at(web, ids_url(web, ids), arxiv.read, service="arxiv", accept=ATOM)
    for paper in found.papers:
        if (number := paper.identifiers.get("arxiv")) in ids:
            yield str(number), paper
    if not found.papers and found.refusals:  # one bad id, and there is an error and nothing else
        if len(ids) == 1:
            errors.append(found.refusals[0].reason)
            return
        middle = len(ids) // 2
        yield from _batch(web, ids[:middle], errors)
        yield from _batch(web, ids[middle:], errors)


def ids_url(web: Web, ids: Sequence[str]) -> str:
    """Return the address of papers by their ids."""
    base = web.settings.of("arxiv").url
    query = urlencode({"id_list": ",".join(ids), "max_results": len(ids)}, safe=",/")
    return f"{base}/api/query?{query}"
