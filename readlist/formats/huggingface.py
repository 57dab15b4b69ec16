"""Hugging Face: the JSON of its papers API as of 2023 to 2026, and the Daily Papers page itself.

A record is `{"paper": {…}, …}` or the paper alone; lists may hold them as strings, or nothing but
their ids. Seen in `/api/daily_papers`, `/api/papers/search`, `/api/papers/ID`, and the page's
`data-props`. Left out is what is of the page alone: pictures, accounts, who submitted it.
"""

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from readlist.formats.building import Draft
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.json_records import (
    Json,
    count_at,
    dig,
    many_at,
    parse,
    parsed,
    take,
    text_at,
    texts_at,
    whole,
)
from readlist.formats.names import parts
from readlist.identifiers import find_arxiv
from readlist.paper import Paper, PaperError
from readlist.text import clean_line

_PROPS = re.compile(r'\bdata-props="([^"]*)"')
_LISTS = ("dailyPapers", "papers", "results")


def looks_like(text: str) -> bool:
    """Say whether a text is the JSON of a list of papers, or a page with it inside."""
    if text.lstrip()[:1] == "<":
        return "data-props=" in text and any(_is_props(match[1]) for match in _props(text))
    document = parsed(text)
    return document is not None and _is_listing(document)


def read(text: str, start: int | None = None) -> Incoming:
    """Return the papers of a listing; those that are none are refused by their place."""
    found = Incoming("huggingface", "huggingface")
    if text.lstrip()[:1] == "<":
        values = [_value(match[1]) for match in _props(text) if _is_props(match[1])]
        pages = [Json(value, None, []) for value in values if isinstance(value, (dict, list))]
        if not pages:
            raise FormatError("a page without a list of papers in it")
        document = next(filter(_is_listing, pages), pages[0])
    else:
        document = whole(text, start)
    found.refusals += document.refusals
    for place, record in _records(document):
        take(place, _told(record), _paper, found)
    return found


def _props(text: str) -> list[re.Match[str]]:
    return list(_PROPS.finditer(text))


def _is_props(value: str) -> bool:
    return "dailyPapers" in value[:100_000] or "&quot;papers&quot;" in value[:100_000]


def _value(text: str) -> Any:
    try:
        return parse(html.unescape(text) if "&quot;" in text else text)
    except (ValueError, RecursionError):
        return None


def _told(record: Any) -> Any:
    """Return a record that may be there as a string, or as an id."""
    if not isinstance(record, str):
        return record
    value = _value(record)
    if isinstance(value, dict):
        return value
    is_id = len(record.split()) == 1 and find_arxiv(record)
    return {"paper": {"id": record}} if is_id else record


def _records(document: Json) -> Iterator[tuple[str, Any]]:
    for name in _LISTS:
        if isinstance(dig(document.value, name), list):
            return document.records(name)
    return document.records()


def _is_listing(document: Json) -> bool:
    return any(_is_paper(_told(record)) for _, record in islice(_records(document), 50))


def _is_paper(record: Any) -> bool:
    if isinstance(dig(record, "paper"), dict):
        return bool(text_at(record, "paper", "id") or text_at(record, "paper", "title"))
    is_alone = isinstance(record, dict) and "summary" in record and "title" in record
    return is_alone and find_arxiv(text_at(record, "id")) is not None


def _paper(record: Any) -> Paper:
    inner = dig(record, "paper")
    inner, outer = (inner, record) if isinstance(inner, dict) else (record, {})
    number = text_at(inner, "id")
    arxiv = find_arxiv(number)
    if not (arxiv or text_at(inner, "title") or text_at(outer, "title")):
        raise PaperError("it has neither id nor title")
    draft = Draft(
        title=clean_line(text_at(inner, "title") or text_at(outer, "title")),
        abstract=_unwrapped(text_at(inner, "summary") or text_at(outer, "summary")),
        organization=_organization(inner) or _organization(outer),
        upvotes=count_at(inner, "upvotes"),
        comments=count_at(outer if "numComments" in outer else inner, "numComments"),
    )
    if arxiv:
        draft.identifier("arxiv", arxiv)
        if len(inner) > 1:  # else nothing says that it is there
            draft.link(f"https://huggingface.co/papers/{arxiv}", "huggingface")
    draft.persons(parts(name) for author in many_at(inner, "authors") if (name := _name(author)))
    draft.date(text_at(inner, "publishedAt") or text_at(outer, "publishedAt"), "publishedAt")
    for name, kind in (("projectPage", "project"), ("githubRepo", "code")):
        address = text_at(inner, name)
        if address and not draft.link(address, kind):
            draft.keep(name, address)
    for name in ("ai_summary", "submittedOnDailyAt", "githubStars"):
        draft.keep(name, dig(inner, name))
    draft.keep("ai_keywords", texts_at(inner, "ai_keywords"))
    return draft.paper()


def _name(author: Any) -> str:
    """Return an author's name; those that are hidden on the page are authors all the same."""
    return clean_line(author if isinstance(author, str) else text_at(author, "name"))


def _organization(record: Any) -> str:
    value = dig(record, "organization")
    if isinstance(value, str):
        return value
    return text_at(value, "fullname") or text_at(value, "name")


def _unwrapped(text: str) -> str:
    """Return an abstract without the line breaks that arXiv puts into paragraphs."""
    return re.sub(r"(?<!\n)\n[ \t]*(?=\S)", " ", text.strip())
