"""BibTeX and BibLaTeX to papers; see `bibtex_out` for the way back.

bibtexparser takes the file apart; values, names and dates are read here, after "Tame the BeaST"
(N. Markey) and the manual of biblatex, chapter 2.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from readlist.citekeys import ALIASES
from readlist.formats.bibtex_values import (
    VERBATIM,
    address,
    joined,
    long_text,
    paths,
    persons,
    plain,
)
from readlist.formats.building import Draft
from readlist.formats.dates import MONTHS, iso, month_number, written
from readlist.formats.incoming import FormatError, Incoming
from readlist.paper import Paper, PaperError, Status, tag_name
from readlist.record import Record
from readlist.text import clean_line, count

if TYPE_CHECKING:
    from bibtexparser import model

TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference",
    "conference": "paper-conference", "book": "book", "mvbook": "book", "booklet": "pamphlet",
    "collection": "book", "mvcollection": "book", "proceedings": "book", "mvproceedings": "book",
    "inbook": "chapter", "incollection": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "inreference": "entry-encyclopedia", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "unpublished": "manuscript",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "manual": "book",
    "patent": "patent", "software": "software", "dataset": "dataset", "periodical": "periodical",
    "misc": "article",
}  # fmt: skip
"""Types of entries, and the CSL type of each; others are "article"."""

ENTRY_TYPE = "entry_type"
"""The key in `extra` of an entry's type where the paper's does not say it."""

CSL_TYPE = "csltype"
"""A field of our own: the CSL type of a paper that no entry's type says."""

_BEGINNING = re.compile(
    r"^(?:[ \t]*|%[^@\n]*)@[ \t]*(?:(?:string|comment|preamble)\s*[{(]"
    r"|[A-Za-z]+\s*[{(]\s*[^\s{}()\"]{0,200}\s*[,=])",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_INHERITED = frozenset(
    (
        "crossref", "xref", "ids", "related", "entryset", "shorthand", "author", "abstract", "doi",
        "url", "eprint", "file", "keywords", "annote",
    )
)  # fmt: skip
# JabRef and others write entries without a key and the comma behind it.
_KEYLESS = re.compile(r"^[ \t]*@[ \t]*(?!string)\w+[ \t]*[{(](?=\s*[\w-]+\s*=)", re.I | re.M)
# The comma between two fields is missing.
_FUSED = re.compile(r"(?<=[}\"])\s*([A-Za-z][\w-]*)\s*=\s*(?=[{\"])")


class _Entry(Record):
    """An entry as it is written: `fields` by name in lower case, values as LaTeX."""

    line: int
    type: str
    key: str
    fields: dict[str, str]


def looks_like(text: str) -> bool:
    """Say whether a text begins as BibTeX does, whatever remarks stand before the first entry."""
    match = _BEGINNING.search(text, 0, 20_000)
    if match is None or text.lstrip("\ufeff \t\r\n")[:1] in ("<", "{", "["):
        return False
    before = text[: match.start()]
    lines = [line for line in before.split("\n") if line.lstrip()[:1] not in ("%", "#")]
    return sum(map(len, lines)) < 2000 and "```" not in before


def read(text: str) -> Incoming:
    """Return the papers in a bibliography; an entry that cannot be read is refused by its line.

    Raises `FormatError` for what has no entry at all.
    """
    found = Incoming("bibtex", "bibtex", status=Status.TO_READ)
    blocks = _parse(text)
    macros = dict(zip(MONTHS, MONTHS, strict=True))
    entries = list(_entries(blocks, macros, found))
    if not entries and not found.refusals:
        raise FormatError("BibTeX without an entry")
    by_key = {key.lower(): entry for entry in reversed(entries) for key in _aliases(entry.fields)}
    by_key |= {entry.key.lower(): entry for entry in reversed(entries) if entry.key}
    for entry in entries:
        try:
            fields = _inherited(entry, by_key)
            found.papers.append(_paper(entry, fields))
        except PaperError as error:
            name = f" ({clean_line(entry.key)[:60]})" if entry.key.strip() else ""
            found.refuse(f"line {entry.line}{name}", str(error))
    found.refusals.sort(key=lambda refusal: int(refusal.place.split()[1]))
    return found


# The file


def _parse(text: str) -> "list[model.Block]":
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # we tell of failures ourselves
    return parse_string(_KEYLESS.sub(r"\g<0>,", text), parse_stack=[]).blocks


def _entries(
    blocks: "Iterable[model.Block]", macros: dict[str, str], found: Incoming
) -> Iterator[_Entry]:
    """Yield the entries in their order, and tell of what is wrong with some."""
    from bibtexparser import model

    doubles = 0
    for found_block in blocks:
        block: model.Block | None = found_block
        line = (found_block.start_line or 0) + 1
        if isinstance(block, model.DuplicateBlockKeyBlock):
            doubles += bool(block.key.strip())
            block = block.ignore_error_block
        elif isinstance(block, model.DuplicateFieldKeyBlock):
            names = ", ".join(sorted(block.duplicate_keys))
            found.notes.append(f"line {line}: told twice, both kept: {clean_line(names)}")
            block = block.ignore_error_block
        elif isinstance(block, model.ParsingFailedBlock):
            found.refuse(f"line {line}", _why(block))
        if isinstance(block, model.String):
            macros[block.key.lower()] = joined(block.value, macros)
        elif isinstance(block, model.Entry):
            yield _Entry(line, block.entry_type.lower(), block.key, _fields(block, macros))
    if doubles:
        found.notes.append(f"{count(doubles, 'entry', 'entries')} with the key of another")


def _why(block: "model.ParsingFailedBlock") -> str:
    reason = getattr(block.error, "abort_reason", "") or str(block.error) or "not closed"
    reason = clean_line(str(reason)).rstrip(".")
    seen = clean_line((block.raw or "")[:60].split("\n")[0])[:40]
    return f"“{seen}”: {reason[:1].lower()}{reason[1:]}"


def _fields(block: "model.Entry", macros: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in block.fields:
        for key, raw in _told(field.key.strip().lower(), str(field.value).strip()):
            value = joined(raw, macros)
            if not value.strip() or not key:
                continue
            name, number = key, 2
            while name in found and found[name] != value:
                name, number = f"{key} ({number})", number + 1
            found[name] = value
    return found


def _told(key: str, raw: str) -> Iterator[tuple[str, str]]:
    """Yield a field, and those in its value because a comma is missing."""
    start = 0
    for match in _FUSED.finditer(raw) if "=" in raw else ():
        before = raw[start : match.start()]
        if before.count("{") == before.count("}") and before[:1] + before[-1:] in ("{}", '""'):
            yield key, before
            key, start = match[1].lower(), match.end()
    yield key, raw[start:]


def _inherited(entry: _Entry, by_key: Mapping[str, _Entry]) -> dict[str, str]:
    """Return the fields of an entry with those that it has from the one it refers to."""
    fields = dict(entry.fields)
    seen = {entry.key.lower()}
    parent = by_key.get(fields.get("crossref", "").strip().lower())
    while parent and parent.key.lower() not in seen and len(seen) < 8:
        seen.add(parent.key.lower())
        for name, value in parent.fields.items():
            if name not in _NOT_INHERITED:
                is_whole = name == "title" and entry.type != parent.type
                fields.setdefault("booktitle" if is_whole else name, value)
        parent = by_key.get(parent.fields.get("crossref", "").strip().lower())
    return fields


def _aliases(fields: Mapping[str, str]) -> list[str]:
    """Return the other keys that an entry has in BibLaTeX."""
    return [key for key in map(clean_line, fields.get("ids", "").split(",")) if key]


# An entry


def _paper(entry: _Entry, fields: dict[str, str]) -> Paper:
    draft = Draft(citekey=clean_line(entry.key))
    rest = dict(fields)
    draft.keep(ALIASES, _aliases(rest))
    rest.pop("ids", None)
    csl_type = plain(rest.pop(CSL_TYPE, ""))
    _identify(draft, entry, rest)
    _date(draft, rest)
    _describe(draft, entry, rest)
    for name, value in rest.items():
        text = plain(value) if name not in VERBATIM else address(value)
        if name.startswith("bdsk-url") and draft.link(address(value)):
            continue
        draft.keep(clean_line(name), text)
        if name in ("journal", "note", "howpublished", "number", "volume", "series", "publisher"):
            draft.mentions(text)
            if name == "howpublished" and text.startswith(("http://", "https://")):
                draft.link(text)
    draft.values["type"] = csl_type or _type(draft, entry)
    return draft.paper()


def _type(draft: Draft, entry: _Entry) -> str:
    """Return the CSL type; an article that is in no journal but arXiv's is a preprint."""
    found = TYPES.get(entry.type, "article")
    venue = draft.values.get("venue") or ""
    is_preprint = not venue or re.match(r"(?i)arxiv|corr\b|preprint|abs/", venue)
    if found == "article-journal" and "arxiv" in draft.identifiers and is_preprint:
        found = "article"
    if entry.type not in CANONICAL.get(found, ()) and entry.type != "misc":
        draft.keep(ENTRY_TYPE, clean_line(entry.type))
    return found


CANONICAL = {
    "article-journal": ("article",), "paper-conference": ("inproceedings", "conference"),
    "book": ("book",), "chapter": ("incollection",), "thesis": ("phdthesis", "thesis"),
    "report": ("techreport", "report"), "manuscript": ("unpublished",), "article": ("misc",),
    "webpage": ("online",), "pamphlet": ("booklet",), "patent": ("patent",),
    "software": ("software",), "dataset": ("dataset",), "periodical": ("periodical",),
    "entry-encyclopedia": ("inreference",),
}  # fmt: skip
"""The types of entries that say all that a CSL type does; the first is written."""


def _identify(draft: Draft, entry: _Entry, rest: dict[str, str]) -> None:
    for name in ("doi", "pmid", "pmcid", "arxivid", "arxiv"):
        if value := rest.pop(name, ""):
            draft.identifier({"arxivid": "arxiv"}.get(name, name), address(value))
    if "isbn" in rest and TYPES.get(entry.type) == "book" and entry.type != "proceedings":
        draft.identifier("isbn", plain(rest.pop("isbn")))
    _eprint(draft, rest)
    for name, kind in (("url", None), ("pdf", "pdf")):
        if name in rest and draft.link(address(rest[name]), kind):
            del rest[name]


def _eprint(draft: Draft, rest: dict[str, str]) -> None:
    value = address(rest.get("eprint", ""))
    archive = plain(rest.get("archiveprefix") or rest.get("eprinttype") or "").lower()
    if not value:
        return
    if archive in ("arxiv", "", "arxiv.org") and draft.identifier("arxiv", value):
        archive = "arxiv"
    elif archive and archive not in ("arxiv", "arxiv.org"):
        draft.identifier({"pubmed": "pmid"}.get(archive, archive), value)
    else:
        del rest["eprint"]  # kept by `identifier`, as it is none
        return
    for name in ("eprint", "archiveprefix", "eprinttype"):
        rest.pop(name, None)


def _date(draft: Draft, rest: dict[str, str]) -> None:
    """Take the date; what more the fields say than the date holds stays in them."""
    if value := plain(rest.pop("date", "")):
        draft.date(value, "date")
        if draft.values.get("published") not in (None, value):
            draft.keep("date", value)
    year, month, day = (plain(rest.pop(name, "")) for name in ("year", "month", "day"))
    told = written(year) if year else None
    if told is None or (draft.values.get("published") or told)[:4] != told[:4]:
        for key, text in (("year", year), ("month", month), ("day", day)):
            draft.keep(key, text)
        return
    if told != year:
        draft.keep("year", year)
    found = _with_month(draft, told, month, day) if len(told) == 4 else told
    if day and len(found) < 10:
        draft.keep("day", day)
    if len(found) > len(draft.values.get("published") or ""):
        draft.values["published"] = found


def _with_month(draft: Draft, year: str, month: str, day: str) -> str:
    if not month:
        return year
    number = month_number(month)
    in_month = re.fullmatch(r"[^\W\d]+\.?[\s~]+(\d{1,2})", month)
    which = day or (in_month[1] if in_month else "")
    if number is None or not (in_month or re.fullmatch(r"(?:[A-Za-z]+\.?|\d+)", month)):
        draft.keep("month", month)
    return iso(year, number, which if number and which.isdecimal() else None) or year


def _describe(draft: Draft, entry: _Entry, rest: dict[str, str]) -> None:
    values = draft.values
    title, subtitle = (plain(rest.pop(name, "")) for name in ("title", "subtitle"))
    if not title:
        title = plain(rest.pop("booktitle", ""))
    values["title"] = f"{title}: {subtitle}" if title and subtitle else title or subtitle
    values["abstract"] = long_text(rest.pop("abstract", ""))
    if author := rest.pop("author", ""):
        draft.persons(persons(author))
    places = ("journal", "journaltitle", "booktitle")
    if TYPES.get(entry.type) in ("paper-conference", "chapter"):
        places = ("booktitle", "journal", "journaltitle")
    if place := next((place for place in places if plain(rest.get(place, ""))), ""):
        values["venue"] = plain(rest.pop(place))
        draft.mentions(values["venue"])
    for name in ("institution", "school"):
        if name in rest and "organization" not in values:
            values["organization"] = plain(rest.pop(name))
    notes = [long_text(rest.pop(name, "")) for name in ("annote", "annotation", "comment")]
    values["note"] = "\n\n".join(filter(None, notes))
    first = [plain(rest.pop(name, "")) for name in ("primaryclass", "eprintclass")]
    others = map(str.strip, plain(rest.pop("categories", "")).split(","))
    values["categories"] = [c for c in (*first, *(c for c in others if c not in first)) if c]
    values["tags"] = _tags(rest)
    values["files"] = [path for path in paths(rest.pop("file", "")) if path]


def _tags(rest: dict[str, str]) -> list[str]:
    found = []
    for name in ("keywords", "keyword"):
        text = plain(rest.pop(name, ""))
        for word in re.split(r"\s*[;,]\s*" if ";" not in text else r"\s*;\s*", text):
            try:
                found.append(tag_name(word))
            except PaperError:
                continue
    return found
