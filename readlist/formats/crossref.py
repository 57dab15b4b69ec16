"""Crossref's answers: a work, or the `items` of a list, whose abstracts are in JATS.

Source: https://api.crossref.org/swagger-ui/index.html. Items are near to CSL-JSON, with lists where
that has texts, and types of their own. Works were seen as they are answered; answers to a search
and to a list of DOIs are written from the documentation, without a sample. The list of references,
licences and what concerns the deposit are left out.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from readlist.formats import csl
from readlist.formats.incoming import Incoming
from readlist.formats.json_records import (
    Json,
    dig,
    many_at,
    parsed,
    take,
    text_at,
    texts_at,
    whole,
)
from readlist.identifiers import find_doi
from readlist.paper import Paper

_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference",
    "book-chapter": "chapter", "book-section": "chapter", "book": "book", "monograph": "book",
    "edited-book": "book", "reference-book": "book", "proceedings": "book",
    "posted-content": "article", "dissertation": "thesis", "report": "report",
    "dataset": "dataset", "standard": "standard", "peer-review": "review",
}  # fmt: skip
PUBLISHED_AS = "published_as"
"""The key in `extra`: the DOI of what a preprint has become."""
_TEXTS = ("title", "container-title", "short-container-title", "subtitle", "original-title")
_KEPT = frozenset(
    ("title", "container-title", "author", "editor", "issued", "DOI", "ISBN", "abstract", "URL",
     "volume", "issue", "page", "publisher", "publisher-location", "language", "number")
)  # fmt: skip


def looks_like(text: str) -> bool:
    """Say whether a text is an answer, or has works as they are in answers."""
    document = parsed(text) if '"DOI"' in text[:1_000_000] else None
    return document is not None and any(_is_work(work) for _, work in islice(_works(document), 5))


def read(text: str, start: int | None = None) -> Incoming:
    """Return the works in an answer; one that is none is refused by its place."""
    document = whole(text, start)
    found = Incoming("crossref", "crossref", refusals=document.refusals)
    for place, work in _works(document):
        take(place, work, _paper, found)
    return found


def _works(document: Json) -> Iterator[tuple[str, Any]]:
    """Yield the works, and their places: alone, in an answer, or in one that is a list."""
    for place, record in document.records():
        inner = dig(record, "message")
        if not isinstance(inner, dict):
            yield place, record
        elif items := list(many_at(inner, "items")):
            yield from ((f"{place}, item {n}", item) for n, item in enumerate(items, start=1))
        else:
            yield place, inner


def _is_work(work: Any) -> bool:
    return (
        isinstance(work, dict)
        and "DOI" in work
        and not {"reference-count", "prefix", "member", "references-count"}.isdisjoint(work)
    )


def _paper(work: dict[str, Any]) -> Paper:
    item = {name: value for name, value in work.items() if name in _KEPT}
    for name in _TEXTS:
        if name in item:
            item[name] = next(iter(texts_at(work, name)), "") or text_at(work, name)
    subtitle = next(iter(texts_at(work, "subtitle")), "")
    if subtitle and isinstance(item.get("title"), str) and subtitle not in item["title"]:
        item["title"] = f"{item['title']}: {subtitle}"
    item["ISBN"] = next(iter(texts_at(work, "ISBN")), "")
    item["ISSN"] = next(iter(texts_at(work, "ISSN")), "")
    item["type"] = _TYPES.get(text_at(work, "type"), text_at(work, "type"))
    item["publisher-place"] = item.pop("publisher-location", "")
    issued = dig(work, "issued")
    if not csl.date_text(issued):
        item["issued"] = dig(work, "published") or dig(work, "posted") or dig(work, "created")
    paper = csl.paper_of(item)
    became = next(many_at(work, "relation", "is-preprint-of"), None)
    if text_at(became, "id-type") == "doi" and (doi := find_doi(text_at(became, "id"))):
        return paper.but(extra={**paper.extra, PUBLISHED_AS: doi})
    return paper
