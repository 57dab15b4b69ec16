"""OpenReview: its API, of both kinds (https://docs.openreview.net/reference/api-v2)."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from readlist.formats import openreview
from readlist.formats.incoming import Incoming
from readlist.paper import Paper
from readlist.sources.reading import one_at
from readlist.sources.web import Web


def by_ids(web: Web, ids: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield the submissions of some ids; those before 2023 are at the older API alone.

    Raises `SourceError`.
    """
    base = web.settings.of("openreview").url
    for number in ids:
        for place in dict.fromkeys((base, base.replace("//api2.", "//api."))):
            url = f"{place}/notes?id={quote(number, safe='')}"
            if found := one_at(web, url, _read, service="openreview"):
                yield number, found[0]
                break


def _read(text: str) -> Incoming:
    found = openreview.read(text)
    found.papers = [paper for paper in found.papers if paper.identifiers.get("openreview")]
    return found
