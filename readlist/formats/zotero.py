"""Zotero's own exports: CSV, and Better BibTeX's JSON.

Manual tags become tags; those that came with the paper become its categories.
"""

import re
from typing import Any

from readlist.formats.building import Draft
from readlist.formats.csl import tags
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.json_records import dig, many_at, parsed, read_all, text_at
from readlist.formats.markup import plain
from readlist.formats.names import Name, from_commas
from readlist.formats.tables import take_rows
from readlist.paper import Paper, Status
from readlist.text import clean_line

TYPES = {
    "journalArticle": "article-journal", "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper", "conferencePaper": "paper-conference",
    "preprint": "article", "book": "book", "bookSection": "chapter", "thesis": "thesis",
    "report": "report", "manuscript": "manuscript", "webpage": "webpage",
    "blogPost": "post-weblog", "patent": "patent", "computerProgram": "software",
    "dataset": "dataset", "presentation": "speech", "standard": "standard",
    "encyclopediaArticle": "entry-encyclopedia", "videoRecording": "motion_picture",
}  # fmt: skip
_NAMES = {
    "issue": "number", "place": "address", "journal abbreviation": "journal_abbreviation",
    "short title": "short_title", "num pages": "num_pages", "extra": "zotero_extra",
}  # fmt: skip
_DROPPED = ("key", "item type", "publication year", "date added", "date modified")
_KEY = re.compile(r"(?im)^\s*citation key\s*:\s*(\S+)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def looks_like(text: str) -> bool:
    """Say whether a text is one of the two, by its header or its first item."""
    head = text[:2000].lstrip("\ufeff")
    if head.startswith(('"Key","Item Type"', "Key,Item Type")):
        return True
    document = parsed(text) if '"itemType"' in text[:200_000] else None
    return document is not None and _first_item(document.value, document.first()) is not None


def read(text: str) -> Incoming:
    """Return the papers in an export; attachments and notes by themselves are left out."""
    found = Incoming("zotero", "zotero", status=Status.TO_READ)
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return read_all(text, "zotero", _from_item, "items", found=found)
    if not looks_like(text):
        raise FormatError("no export of Zotero")
    take_rows(text, _from_row, found)
    return found


def _first_item(value: Any, record: Any) -> Any:
    items = [*many_at(value, "items"), record]
    return next((item for item in items if isinstance(dig(item, "itemType"), str)), None)


def _from_row(row: dict[str, str]) -> Paper:
    item = {name.lower(): value for name, value in row.items() if value.strip()}
    draft = Draft(
        title=plain(item.pop("title", "")),
        venue=plain(item.pop("publication title", "")),
        abstract=plain(item.pop("abstract note", "")),
        note=plain(item.pop("notes", "").replace("; ", "\n")),
        tags=tags(item.pop("manual tags", "").split(";")),
        categories=[clean_line(tag) for tag in item.pop("automatic tags", "").split(";")],
        files=[path.strip() for path in item.pop("file attachments", "").split(";")],
    )
    draft.persons(from_commas(name) for name in item.pop("author", "").split(";"))
    date = item.pop("date", "") or item.get("publication year", "")
    draft.date(date, "date")
    if editors := item.pop("editor", ""):
        item["editor"] = " and ".join(part.strip() for part in editors.split(";"))
    return _finished(draft, item, item.get("item type", ""))


def _from_item(item: dict[str, Any]) -> Paper:
    rest = {
        _CAMEL.sub(" ", name).lower(): text_at(item, name)
        for name in item
        if isinstance(item[name], (str, int)) and text_at(item, name)
    }
    for name in ("version", "library id", "item id", "uri", "item key", "select", "citation key"):
        rest.pop(name, None)
    notes = [text_at(note, "note") or str(note) for note in many_at(item, "notes")]
    kinds = [(text_at(tag, "tag"), dig(tag, "type") == 1) for tag in many_at(item, "tags")]
    draft = Draft(
        citekey=text_at(item, "citationKey") or text_at(item, "citekey"),
        title=plain(rest.pop("title", "")),
        venue=plain(_venue(rest)),
        abstract=plain(rest.pop("abstract note", "")),
        note="\n\n".join(map(plain, notes)),
        tags=tags(tag for tag, is_automatic in kinds if not is_automatic),
        categories=[clean_line(tag) for tag, is_automatic in kinds if is_automatic],
        files=[text_at(file, "path") for file in many_at(item, "attachments")],
    )
    creators = list(many_at(item, "creators"))
    draft.persons(_name(c) for c in creators if text_at(c, "creatorType") != "editor")
    if editors := [_name(c).whole for c in creators if text_at(c, "creatorType") == "editor"]:
        rest["editor"] = " and ".join(editors)
    draft.date(rest.pop("date", ""), "date")
    return _finished(draft, rest, rest.get("item type", ""))


def _venue(rest: dict[str, str]) -> str:
    for name in ("publication title", "proceedings title", "book title", "repository"):
        if value := rest.pop(name, ""):
            return value
    return ""


def _name(creator: Any) -> Name:
    if name := text_at(creator, "name"):
        return Name("", name)
    return Name(text_at(creator, "firstName"), text_at(creator, "lastName"))


def _finished(draft: Draft, item: dict[str, str], kind: str) -> Paper:
    draft.values["type"] = TYPES.get(kind, "article")
    draft.values["files"] = [path for path in draft.values["files"] if path]
    draft.values["categories"] = [name for name in draft.values["categories"] if name]
    if doi := item.pop("doi", ""):
        draft.identifier("doi", doi)
    if draft.values["type"] == "book" and (isbn := item.pop("isbn", "")):
        draft.identifier("isbn", isbn)
    if (address := item.get("url", "")) and draft.link(address.split()[0]):
        item.pop("url")
    for name in ("extra", "archive id", "number", "archive", "archive location"):
        draft.mentions(item.get(name, ""))
    if not draft.values.get("citekey") and (key := _KEY.search(item.get("extra", ""))):
        draft.values["citekey"] = key[1]
    for name, value in item.items():
        if name not in _DROPPED:
            draft.keep(_NAMES.get(name, name.replace(" ", "_")), clean_line(value))
    return draft.paper()
