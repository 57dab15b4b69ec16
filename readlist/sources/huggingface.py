"""Hugging Face: its papers API (https://huggingface.co/docs/hub/api), and the pages of a day, a
week, a month."""

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote, urlencode

from readlist.formats import huggingface
from readlist.formats.incoming import Incoming
from readlist.paper import Paper
from readlist.sources.reading import one_at, papers_at
from readlist.sources.web import Web

_PAGE = 100  # papers of a listing in one answer: as many as there are to be had
_MOST = 20  # answers: a month has up to 1,500 papers
_FRESH = 300.0  # seconds


def by_ids(web: Web, ids: Sequence[str]) -> Iterator[tuple[str, Paper]]:
    """Yield the papers that Hugging Face has of some arXiv ids. Raises `SourceError`."""
    base = web.settings.of("huggingface").url
    for number in ids:
        url = f"{base}/api/papers/{quote(number, safe='')}"
        for paper in one_at(web, url, huggingface.read, service="huggingface"):
            if paper.identifiers.get("arxiv") == number:
                yield number, paper


def listing(web: Web, what: str) -> Incoming:
    """Return the papers of a page of Daily Papers: `date=2026-08-21`, `week=2026-W34`,
    `month=2026-08`, `trending` or `latest`. Raises `SourceError`."""
    whole: Incoming | None = None
    for number in range(_MOST):
        url = listing_url(web, what, number)
        found = papers_at(web, url, _read, service="huggingface", max_age=_FRESH)
        if whole is None:
            whole = found
        else:
            whole.papers += found.papers
            whole.refusals += found.refusals
        if len(found.papers) + len(found.refusals) < _PAGE or not what.startswith(("week", "mon")):
            break
    assert whole is not None
    kind, _, value = what.partition("=")
    if kind == "date":
        whole.day = date.fromisoformat(value)
    return whole


def listing_url(web: Web, what: str, number: int = 0) -> str:
    """Return the address of a page of a listing, from the first (0) on."""
    base = web.settings.of("huggingface").url
    kind, _, value = what.partition("=")
    asked = {kind: value} if kind in ("date", "week", "month") else {}
    if kind == "trending":
        asked = {"sort": "trending"}
    asked |= {"limit": str(_PAGE)} | ({"p": str(number)} if number else {})
    return f"{base}/api/daily_papers?{urlencode(asked)}"


def _read(text: str) -> Incoming:
    if text.strip() == "[]":  # a day without papers
        return Incoming("huggingface", "huggingface")
    return huggingface.read(text)
