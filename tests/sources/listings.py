"""What services answer, made of ids: as their real answers in the samples are."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def record(arxiv: str, upvotes: int = 3, **more: Any) -> dict[str, Any]:
    """Return a paper as Hugging Face lists it."""
    paper = {
        "id": arxiv,
        "title": f"Paper {arxiv}",
        "summary": f"About {arxiv}, at length.",
        "authors": [{"name": "Ada Lovelace"}],
        "publishedAt": f"20{arxiv[:2]}-{arxiv[2:4]}-01T00:00:00.000Z",
        "upvotes": upvotes,
    }
    return {"paper": {**paper, **more}, "numComments": 1}


def daily(*arxiv: str, upvotes: int = 3) -> bytes:
    """Return a day of Hugging Face."""
    return json.dumps([record(one, upvotes) for one in arxiv]).encode()


def atom(
    arxiv: Sequence[str],
    total: int | None = None,
    doi: str = "",
    days: Mapping[str, str] | None = None,
) -> bytes:
    """Return a page of arXiv's API; `days` say when papers were sent to it."""
    sent = days or {}
    entries = "".join(_entry(one, doi, sent.get(one, "2026-01-02")) for one in arxiv)
    number = len(arxiv) if total is None else total
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>
<opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{number}
</opensearch:totalResults>{entries}</feed>""".encode()


def _entry(arxiv: str, doi: str, day: str) -> str:
    told = (
        f'<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{doi}</arxiv:doi>' if doi else ""
    )
    return f"""<entry><id>http://arxiv.org/abs/{arxiv}v1</id><title>Paper {arxiv}</title>
<summary>About {arxiv}.</summary><published>{day}T00:00:00Z</published>
<author><name>Ada Lovelace</name></author><category term="cs.CL"/>{told}</entry>"""


def rss(names: Iterable[str]) -> bytes:
    """Return a feed of a journal."""
    items = "".join(
        f"<item><title>Article {name}</title><link>https://example.org/{name}</link></item>"
        for name in names
    )
    return f"<rss version='2.0'><channel><title>J</title>{items}</channel></rss>".encode()


def ids(first: int, number: int) -> list[str]:
    """Return so many arXiv ids, the newest first."""
    return [f"2601.{place:05}" for place in range(first + number - 1, first - 1, -1)]
