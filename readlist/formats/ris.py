"""RIS, in and out: what reference managers and publishers exchange.

Read line by line here, not by rispy, as a record that cannot be read is to be refused alone, by its
line. Source: the tags' list of Research Information Systems as kept at
https://en.wikipedia.org/wiki/RIS_(file_format), and files of publishers.

Out, and in again, RIS holds neither status, star nor times, counts, `sources`, `organization`,
`files`, identifiers but DOI, arXiv and ISBN of books, names of addresses but `abstract` and `pdf`,
nor of `extra` what has no tag. A paper of arXiv without an address gets that of its id.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import product
from string import ascii_uppercase, digits

from readlist.formats.building import Draft
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.markup import plain
from readlist.formats.names import Name, from_commas, names_of, with_commas
from readlist.identifiers import find_doi
from readlist.paper import Paper, PaperError, Status, tag_name
from readlist.text import clean_line

_TAG = re.compile(r"^([A-Z][A-Z0-9])  ?- ?(.*)$")
_TAGS = frozenset(map("".join, product(ascii_uppercase, ascii_uppercase + digits)))
_BEGINNING = re.compile(r"^\s*TY  ?- ?", re.MULTILINE)
_OF_DATABASES = re.compile(r"(?i)\s*(?:doi:|10\.\d{4}|cited by|export date|[A-Z]+ AN \d)")

TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "article-journal",
    "ABST": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "BOOK": "book", "EBOOK": "book",
    "EDBOOK": "book", "CHAP": "chapter", "ECHAP": "chapter", "THES": "thesis", "RPRT": "report",
    "UNPB": "manuscript", "MANSCPT": "manuscript", "ELEC": "webpage", "ICOMM": "webpage",
    "BLOG": "post-weblog", "PAT": "patent", "COMP": "software", "DATA": "dataset",
    "PAMP": "pamphlet", "ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary",
    "VIDEO": "motion_picture", "INPR": "article", "GEN": "article",
}  # fmt: skip
_WRITTEN = {"paper-conference": "CPAPER", "article": "GEN"}
_FIELDS = {
    "VL": "volume", "IS": "number", "PB": "publisher", "CY": "address", "PP": "address",
    "ET": "edition", "LA": "language", "M3": "genre", "JA": "journal_abbreviation",
    "J2": "journal_abbreviation", "ST": "short_title", "T3": "series", "CN": "call_number",
    "Y2": "accessed", "DB": "database", "DP": "database_provider", "AD": "author_address",
    "C1": "custom1", "C2": "custom2", "M1": "number_or_misc",
}  # fmt: skip
_DATES = (("DA", "date"), ("PY", "year"), ("Y1", "year"))
_LINKS = (("UR", None), ("L1", "pdf"), ("L2", None), ("LK", None))
_TITLES, _VENUES = ("TI", "T1", "CT"), ("T2", "JO", "JF", "BT", "JA", "J2")


def looks_like(text: str) -> bool:
    """Say whether a text begins with a record, whatever short remark stands before."""
    match = _BEGINNING.search(text, 0, 5000) or re.search(
        r"(?m)^(?:TI|T1|AU|A1|JF|JO|PY|Y1)  - ", text[:1000]
    )
    return match is not None and text.lstrip("\ufeff \t\r\n")[:1] not in ("<", "{", "[")


def read(text: str) -> Incoming:
    """Return the papers in a file; a record without a title is refused by its line."""
    found = Incoming("ris", "ris", status=Status.TO_READ)
    if not looks_like(text):
        raise FormatError("RIS without a record")
    for line, record in _records(text):
        try:
            found.papers.append(_paper(record))
        except PaperError as error:
            found.refuse(f"line {line}", str(error))
    return found


class _Record:
    """The values of a record by tag, each in the order of the lines."""

    def __init__(self, values: dict[str, list[str]]) -> None:
        self.values = values

    def all(self, *tags: str) -> list[str]:
        """Return the values of tags, and take them."""
        found: list[str] = []
        for tag in tags:
            if tag in self.values:
                found += filter(None, self.values.pop(tag))
        return found

    def lines(self, tag: str) -> list[str]:
        """Return the values of a tag, the empty ones too unless all are, and take them."""
        found = self.values.get(tag)
        return self.values.pop(tag) if found and any(map(str.strip, found)) else []

    def first(self, *tags: str) -> str:
        """Return the first value of the first tag that has one, and take it."""
        for tag in tags:
            if values := self.values.get(tag):
                for place, value in enumerate(values):
                    if value:
                        del values[place]
                        return clean_line(value)
        return ""


def _records(text: str) -> Iterator[tuple[int, _Record]]:
    """Yield the records and their lines: from `TY` to `ER`, or to the next `TY`."""
    text = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    first, *others = f"\n{text}".split("\nER  -")
    yield from _records_of(first, 0)
    number = 1 + first.count("\n")
    for part in others:
        yield from _records_of(part[part.find("\n") :] if "\n" in part else "", number)
        number += 1 + part.count("\n")


def _records_of(part: str, number: int) -> Iterator[tuple[int, _Record]]:
    """Yield the records in what stands between two `ER`, which begins at the end of a line."""
    values: dict[str, list[str]] = {}
    for line in part.strip("\n").split("\n"):
        tag, mark, value = line.partition("  -")
        if tag in values and tag != "TY":
            values[tag].append(value.strip())
        elif mark and tag in _TAGS and (tag == "TY") is not bool(values):
            values[tag] = [value.strip()]
        else:
            yield from _unusual_records(part, number)
            return
    yield number + len(part) - len(part.lstrip("\n")), _Record(values)


def _unusual_records(part: str, first: int) -> Iterator[tuple[int, _Record]]:
    """Yield what `_records_of` does, of lines as they stand in files of careless programs: wrapped
    ones, empty ones, tags with fewer spaces, records without an end."""
    values: dict[str, list[str]] = {}
    begun, last = 0, ""
    for number, line in enumerate(part.split("\n"), start=first):
        if match := _TAG.match(line.rstrip()):
            tag, value = match[1], match[2].strip()
        else:
            if last and begun and line.strip():
                values[last][-1] += "\n" + line.strip()
            elif last in ("AB", "N2", "N1") and begun:
                values[last][-1] += "\n"
            continue
        if tag in ("TY", "ER"):
            if begun:
                yield begun, _Record(values)
                values, begun, last = {}, 0, ""
            if tag == "ER":
                continue
        values.setdefault(tag, []).append(value)
        begun, last = begun or number, tag
    if begun:
        yield begun, _Record(values)


def _paper(record: _Record) -> Paper:
    kind = record.first("TY").upper()
    draft = Draft(type=TYPES.get(kind, "article"))
    draft.values["title"] = plain(record.first(*_TITLES, "BT"))
    draft.values["venue"] = plain(record.first(*_VENUES))
    draft.values["abstract"] = _text(record.lines("AB") or record.lines("N2"))
    draft.values["citekey"] = _key(record, draft)
    lines = record.all("AU", "A1")
    draft.persons([from_commas(unescape(name)) for line in lines for name in _several(line)])
    for tag, name in _DATES:
        if day := record.first(tag):
            draft.date(day.strip("/ "), name)
    draft.sound["tags"] = _tags(record.all("KW"))
    _identify(draft, record)
    if notes := record.lines("N1") + record.lines("RN"):
        draft.values["note"] = _text(_notes(draft, notes))
    _rest(draft, record)
    if draft.values["type"] == "article" and kind not in TYPES and kind:
        draft.keep("ris_type", kind)
    return draft.paper()


def _notes(draft: Draft, lines: list[str]) -> list[str]:
    """Return the lines that are notes of people, and keep what databases write there."""
    found = []
    for line in lines:
        if _OF_DATABASES.match(line):
            draft.keep("note", clean_line(line))
            if "doi" not in draft.identifiers and (doi := find_doi(line)):
                draft.identifier("doi", doi)
        else:
            found.append(line)
    return found


def _identify(draft: Draft, record: _Record) -> None:
    for value in record.all("DO"):
        draft.identifier("doi", value)
    for tag, place in _LINKS:
        for value in record.all(tag):
            for address in re.split(r"[;\s]+(?=https?://)", value):
                if not draft.link(address, place):
                    draft.keep("file" if tag == "L1" else "url", clean_line(address))
    if draft.values["type"] == "book" and (isbn := record.first("SN")):
        draft.identifier("isbn", isbn)
    for value in record.all("AN"):
        draft.mentions(value)
        if "arxiv" not in value.lower():
            draft.keep("accession_number", value)
    draft.mentions(draft.values["venue"])


def _rest(draft: Draft, record: _Record) -> None:
    start, end = record.first("SP"), record.first("EP")
    draft.keep("pages", f"{start}–{end}" if start and end else start or end)
    draft.keep("issn", "; ".join(record.all("SN")))
    draft.keep("editor", " and ".join(record.all("A2", "ED")))
    for tag, values in record.values.items():
        for value in values:
            draft.keep(_FIELDS.get(tag, tag), clean_line(unescape(value)))


def _key(record: _Record, draft: Draft) -> str:
    key = record.first("ID")
    if not key:
        return ""
    if key.isdigit() or re.search(r"[\s,{}]", key):  # a number in some database
        draft.keep("ID", key)
        return ""
    return key


def _several(line: str) -> list[str]:
    """Return the names in a line: one, but some programs write more."""
    if line.count(",") > 1 and (" and " in line or ";" in line):
        return re.split(r"\s+and\s+|\s*;\s*", line.replace("\n", " "))
    return [clean_line(line)]


def _tags(lines: list[str]) -> list[str]:
    found = set()
    for line in lines:
        for word in line.replace("\n", ";").split(";"):
            try:
                found.add(tag_name(word))
            except PaperError:
                continue
    return sorted(found)


def _text(values: list[str]) -> str:
    """Return lines as text: those wrapped are joined, an empty one begins a paragraph."""
    return plain("\n".join(_joined(v) if "\n" in v else v.strip() for v in values))


def _joined(value: str) -> str:
    return re.sub(r"\n{2,}", "\n\n", re.sub(r"(?<!\n)\n(?!\n)", " ", value)).strip()


# Out


def write(papers: Iterable[Paper], *, share: bool, exported: str) -> bytes:  # noqa: ARG001
    """Return papers as RIS in the order of their ids."""
    records = (_written(paper, share) for paper in sorted(papers, key=lambda paper: paper.id))
    return "\r\n".join(records).encode("utf-8", "replace")


def _in_order(name: Name) -> str:
    """Return a name as RIS wants it, "King, Martin Luther, Jr.": not as BibTeX does."""
    parts = (name.family, name.given, name.suffix)
    return ", ".join(filter(None, parts)) if name.given else with_commas(name)


def _written(paper: Paper, share: bool) -> str:
    kinds = {kind: tag for tag, kind in reversed(TYPES.items())} | _WRITTEN
    extra = {name: value for name, value in paper.extra.items() if isinstance(value, str)}
    kind = extra.get("ris_type") or kinds.get(paper.type, "GEN")
    lines = [("TY", kind), ("TI", _safe(paper.title))]
    lines += [("AU", _safe(_in_order(name))) for name in names_of(paper)]
    if paper.published:
        year, _, rest = paper.published.partition("-")
        lines.append(("PY", year))
        lines += [("DA", f"{year}/{rest.replace('-', '/')}")] if rest else []
    lines.append(("T2", _safe(paper.venue or "")))
    lines += [("AB", line) for line in _paragraphs(paper.abstract)]
    lines.append(("DO", paper.identifiers.get("doi", "")))
    address = paper.urls.get("abstract") or ""
    if arxiv := paper.identifiers.get("arxiv"):
        lines.append(("AN", f"arXiv:{arxiv}"))
        address = address or f"https://arxiv.org/abs/{arxiv}"
    lines.append(("UR", address))
    lines.append(("L1", paper.urls.get("pdf", "")))
    lines += [("KW", tag) for tag in paper.tags]
    lines += _extra_lines(paper, extra)
    if not share:
        lines += [("N1", line) for line in _paragraphs(paper.note)]
    lines.append(("ID", paper.citekey))
    text = "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value)
    return f"{text}ER  - \r\n"


def _paragraphs(text: str) -> list[str]:
    return [_safe(line) or " " for line in text.split("\n")] if text else []


def _safe(text: str) -> str:
    """Return a text of which readers undo no markup that it does not have."""
    if plain(text) == text.strip():
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _extra_lines(paper: Paper, extra: dict[str, str]) -> Iterator[tuple[str, str]]:
    tags = {name: tag for tag, name in reversed(_FIELDS.items())}
    start, _, end = extra.pop("pages", "").replace("--", "–").partition("–")
    yield from (("SP", start), ("EP", end))
    yield "SN", paper.identifiers.get("isbn", "") if paper.type == "book" else ""
    yield "SN", extra.pop("issn", "")
    for editor in re.split(r"\s+and\s+", extra.pop("editor", "")):
        yield "A2", editor
    for name, value in extra.items():
        if name in ("note", "note (2)"):
            yield "N1", _safe(clean_line(value))
        elif name in tags:
            yield tags[name], clean_line(value)
        elif re.fullmatch(r"[A-Z][A-Z0-9]", name) and name != "ID":
            yield name, clean_line(value)
