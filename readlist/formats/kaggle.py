"""The snapshot of arXiv's metadata as Kaggle gives it away: JSON, mostly a paper a line.

Source: https://www.kaggle.com/datasets/Cornell-University/arxiv
"""

import re
from typing import Any

from readlist.formats.arxiv import authors_of, paragraphs
from readlist.formats.building import Draft
from readlist.formats.incoming import Incoming
from readlist.formats.json_records import many_at, parsed, read_all, text_at, texts_at
from readlist.formats.latex import decode
from readlist.formats.names import Name, parts
from readlist.identifiers import find_arxiv
from readlist.paper import Paper, PaperError
from readlist.text import clean_line


def looks_like(text: str) -> bool:
    """Say whether the first record has what those of the snapshot have."""
    document = parsed(text)
    record = document.first() if document else None
    if not isinstance(record, dict) or not {"id", "title", "categories"} <= record.keys():
        return False
    if not {"journal-ref", "update_date", "authors_parsed"}.isdisjoint(record):
        return True
    is_part = {"abstract", "authors"} <= record.keys()  # which others have made of it
    return is_part and find_arxiv(text_at(record, "id")) is not None and "uid" not in record


def read(text: str, start: int | None = None) -> Incoming:
    """Return the papers in a snapshot, or a part of it."""
    return read_all(text, "kaggle", _paper, start=start, found=Incoming("kaggle", "arxiv"))


def _paper(record: Any) -> Paper:
    number = find_arxiv(text_at(record, "id"))
    if number is None:
        raise PaperError("it has no arXiv id")
    draft = Draft(
        title=clean_line(text_at(record, "title")),
        abstract=paragraphs(text_at(record, "abstract")),
        categories=text_at(record, "categories").split() or texts_at(record, "categories"),
    )
    draft.identifier("arxiv", number)
    if doi := text_at(record, "doi"):
        draft.identifier("doi", doi)
    draft.persons(_names(record))
    versions = [text_at(version, "created") for version in many_at(record, "versions")]
    draft.date(versions[0] if versions else _month(number), "created")
    for name in ("journal-ref", "comments", "report-no", "license", "submitter", "update_date"):
        value = text_at(record, name)
        draft.keep(name.replace("-", "_"), clean_line(decode(value) if "\\" in value else value))
    return draft.paper()


def _names(record: Any) -> list[Name]:
    found = []
    for name in many_at(record, "authors_parsed"):
        if isinstance(name, list):
            told = [decode(part) if isinstance(part, str) else "" for part in [*name, "", "", ""]]
            found.append(Name(told[1], told[0], told[2]))
    names = texts_at(record, "authors") or authors_of(text_at(record, "authors"))
    return found or [parts(clean_line(name)) for name in names]


def _month(number: str) -> str:
    """Return the month in which an identifier was given away: it begins with it."""
    digits = re.sub(r"^.*/", "", number)
    century = "19" if digits[0] == "9" else "20"
    return f"{century}{digits[:2]}-{digits[2:4]}"
