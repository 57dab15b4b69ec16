"""Crossref's answers: a work, or the `items` of a list, whose abstracts are in JATS.

Source: https://api.crossref.org/swagger-ui/index.html. Items are near to CSL-JSON, with lists where
that has texts, and types of their own.
"""

from typing import Any

from readlist.formats import csl
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.json_records import Json, dig, many_at, parsed, take, text_at, texts_at
from readlist.paper import Paper

_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference",
    "book-chapter": "chapter", "book-section": "chapter", "book": "book", "monograph": "book",
    "edited-book": "book", "reference-book": "book", "proceedings": "book",
    "posted-content": "article", "dissertation": "thesis", "report": "report",
    "dataset": "dataset", "standard": "standard", "peer-review": "review",
}  # fmt: skip
_TEXTS = ("title", "container-title", "short-container-title", "subtitle", "original-title")
_KEPT = frozenset(
    ("title", "container-title", "author", "editor", "issued", "DOI", "ISBN", "abstract", "URL",
     "volume", "issue", "page", "publisher", "publisher-location", "language", "number")
)  # fmt: skip


def looks_like(text: str) -> bool:
    """Say whether a text is an answer, or has works as they are in answers."""
    document = parsed(text) if '"DOI"' in text[:1_000_000] else None
    return document is not None and any(_is_work(work) for work in _works(document)[:5])


def read(text: str) -> Incoming:
    """Return the works in an answer; one that is none is refused by its place."""
    document = parsed(text)
    parsed.cache_clear()
    if document is None:
        raise FormatError("no whole JSON, or nested too deeply")
    found = Incoming("crossref", "crossref", refusals=document.refusals)
    for number, work in enumerate(_works(document), start=1):
        take(f"paper {number}", work, _paper, found)
    return found


def _works(document: Json) -> list[Any]:
    works = [record for _, record in document.records()]
    found = []
    for work in works:
        inner = dig(work, "message")
        if isinstance(inner, dict):
            found += list(many_at(inner, "items")) or [inner]
        else:
            found.append(work)
    return found


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
    return csl.paper_of(item)
