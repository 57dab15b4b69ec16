"""Lists of papers or links in JSON that no format of its own has: records with title and address.

Seen from Mendeley, Omnivore, Readability, Firefox' bookmarks, Zenodo and Paper Copilot. What a
name means is looked up in the same table as the columns of CSV.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from readlist.formats import csv_table, markup
from readlist.formats.csl import tags
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.json_records import dig, many_at, parsed, take, text_at, texts_at, whole
from readlist.paper import FIELDS, Paper
from readlist.text import clean_json

_ADDRESSES = ("url", "uri", "link", "href", "site", "paper_url", "pdf_url", "doi", "arxiv_id")
_PREFIX = re.compile(r"^(?:article|bookmark|paper)__?")
_WORDS = ("labels", "tags", "keywords")
_OF_ZENODO = {
    "creators": "authors", "publication_date": "published", "description": "abstract",
    "notes": "remarks",
}  # fmt: skip
_DEEPEST = 12


def looks_like(text: str) -> bool:
    """Say whether a text holds records with a title and an address, and they are not readlist's."""
    document = parsed(text)
    if document is None:
        return False
    some = [record for record, _ in zip(_found(document.records, 0), range(5), strict=False)]
    return any(isinstance(record, dict) and not _is_own(record) for _, record in some)


def read(text: str, start: int | None = None) -> Incoming:
    """Return the papers in the records, wherever in the document their list is."""
    document = whole(text, start)
    found = Incoming("json-list", "json", refusals=document.refusals)
    for place, record in _found(document.records, 0, is_list=start is not None):
        take(place, record, _paper, found)
    if start is None and not found.papers and not found.refusals:
        raise FormatError("JSON without records that have a title and an address")
    return found


def _is_own(record: dict[str, Any]) -> bool:
    return "uid" in record or "citekey" in record or record.keys() <= set(FIELDS)


def _found(
    items: Callable[[], Iterable[tuple[str, Any]]], depth: int, *, is_list: bool = False
) -> Iterator[tuple[str, Any]]:
    """Yield the records with a title and an address, and their places, in lists in lists too.

    `is_list`: it is known already that there are some, so that the others are broken ones.
    """
    is_list = is_list or any(_is_record(item) for _, item in items() if isinstance(item, dict))
    for place, item in items():
        if is_list and (text_at(item, "title") or _is_record(item) or not _lists(item)):
            yield place, item
        elif depth < _DEEPEST:
            for name, inside in _lists(item):
                yield from _found(partial(_numbered, name, inside), depth + 1)


def _numbered(name: str, items: list[Any]) -> Iterator[tuple[str, Any]]:
    return ((f"{name} {number}", item) for number, item in enumerate(items, start=1))


def _is_record(item: Any) -> bool:
    plain = _plain(item) if isinstance(item, dict) else {}
    return bool(text_at(plain, "title")) and any(_has(plain, name) for name in _ADDRESSES)


def _lists(item: Any) -> list[tuple[str, list[Any]]]:
    """Return the lists of objects in an object, and their names."""
    pairs = item.items() if isinstance(item, dict) else ()
    lists = [(str(name), inside) for name, inside in pairs if isinstance(inside, list)]
    return [(name, inside) for name, inside in lists if any(isinstance(i, dict) for i in inside)]


def _has(record: dict[str, Any], name: str) -> bool:
    return bool(text_at(record, name)) or bool(text_at(record, "identifiers", name))


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {_PREFIX.sub("", str(name).lower()): value for name, value in record.items()}


def _paper(record: dict[str, Any]) -> Paper:
    plain = _unfolded(_plain(record))
    row: dict[str, str] = {}
    for name, value in plain.items():
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            row[str(name)] = str(value)
    for name in _ADDRESSES:
        value = text_at(plain, name)
        if value.startswith("http") and "url" not in row:
            row["url"] = value
    for name in ("doi", "arxiv"):
        if value := text_at(plain, "identifiers", name):
            row[name] = value
    row.pop("id", None)
    if text_at(plain, "id"):
        row["source_id"] = text_at(plain, "id")
    people = dig(plain, "authors")
    names = [_name(person) for person in people] if isinstance(people, list) else []
    if any(names):
        row["authors"] = "; ".join(filter(None, names))
    elif ";" in row.get("author", ""):
        row["authors"] = row.pop("author")
    if "published" not in row and "publishedat" in row:
        row["published"] = row.pop("publishedat")
    paper = csv_table.paper_of(row)
    words = [word for name in _WORDS for word in texts_at(plain, name)]
    lists = {n: v for n, v in plain.items() if isinstance(v, (dict, list)) and v}
    for name in ("authors", *_WORDS):
        if all(isinstance(one, str) for one in many_at(plain, name)):
            lists.pop(name, None)  # nothing more is in it
    return paper.but(
        tags=sorted({*paper.tags, *tags(words)}), extra=clean_json(lists) | paper.extra
    )


def _unfolded(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record of Zenodo as others are, which has what it tells of a work in `metadata`."""
    inner = record.get("metadata")
    if not isinstance(inner, dict) or "creators" not in inner:
        return record
    inner = dict(inner)
    told = {place: inner.pop(name) for name, place in _OF_ZENODO.items() if name in inner}
    for name, value in told.items():
        if isinstance(value, str):
            told[name] = markup.plain(value)
    return {**inner, **{n: v for n, v in record.items() if n != "metadata"}, **told}


def _name(person: Any) -> str:
    if isinstance(person, str):
        return person
    family = text_at(person, "last_name") or text_at(person, "family")
    given = text_at(person, "first_name") or text_at(person, "given")
    return f"{family}, {given}".strip(", ") or text_at(person, "name")
