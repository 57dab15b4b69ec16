"""OpenReview's notes: API v2, where each field of `content` has its `value`, and v1, where not.

Source: https://docs.openreview.net/reference/api-v2, from which all of this is written, without a
sample of an answer. Who may read, sign and invite is left out.
"""

import re
from datetime import UTC, datetime
from typing import Any

from readlist.formats.building import Draft
from readlist.formats.incoming import Incoming
from readlist.formats.json_records import (
    dig,
    many_at,
    parsed,
    read_all,
    text_at,
    texts_at,
)
from readlist.formats.names import parts
from readlist.paper import Paper, PaperError
from readlist.text import clean_line

_SITE = "https://openreview.net"
_KNOWN = frozenset(
    ("title", "abstract", "venue", "authors", "authorids", "pdf", "code", "keywords", "TLDR",
     "TL;DR", "paperhash", "_bibtex")
)  # fmt: skip
"""Fields of a content that have a place, or that make no more of it than others do."""


def looks_like(text: str) -> bool:
    """Say whether the first record is a note: with a forum and a content."""
    document = parsed(text) if '"forum"' in text[:100_000] else None
    if document is None:
        return False
    record = next(many_at(document.value, "notes"), None) or document.first()
    return isinstance(dig(record, "content"), dict) and bool(text_at(record, "forum"))


def read(text: str, start: int | None = None) -> Incoming:
    """Return the submissions in an answer; reviews and comments are refused as what they are."""
    return read_all(text, "openreview", _paper, "notes", start=start)


def _paper(note: Any) -> Paper:
    content = dig(note, "content")
    forum, number = text_at(note, "forum"), text_at(note, "id")
    if forum and number and forum != number:
        raise PaperError("it is a review or comment, no paper")
    venue = clean_line(_value(content, "venue"))
    draft = Draft(
        type="article" if re.search(r"(?i)submitted|under review", venue) else "paper-conference",
        title=clean_line(_value(content, "title")),
        abstract=_value(content, "abstract"),
        venue=venue,
    )
    draft.persons(parts(clean_line(name)) for name in _values(content, "authors"))
    if forum:
        draft.link(f"{_SITE}/forum?id={forum}")
    pdf = _value(content, "pdf")
    draft.link(f"{_SITE}{pdf}" if pdf.startswith("/") else pdf, "pdf")
    draft.link(_value(content, "code"), "code")
    for name in ("pdate", "odate", "cdate"):
        moment = dig(note, name)  # before 1970 it is below zero
        if "published" not in draft.values and isinstance(moment, int) and moment is not True:
            draft.date(_day(moment), name)
    draft.values["categories"] = [clean_line(word) for word in _values(content, "keywords")]
    draft.keep("tldr", _value(content, "TLDR") or _value(content, "TL;DR"))
    for name in content if isinstance(content, dict) else ():
        if name not in _KNOWN:
            draft.keep(name, _value(content, name) or _values(content, name))
    return draft.paper()


def _value(content: Any, name: str) -> str:
    return text_at(content, name, "value") or text_at(content, name)


def _values(content: Any, name: str) -> list[str]:
    return texts_at(content, name, "value") or texts_at(content, name)


def _day(milliseconds: int) -> str:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
