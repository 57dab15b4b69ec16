"""CSV with a header: lists of links (Pocket, Instapaper, Raindrop, …) in, and papers in and out.

A row is a paper if it has a title or an address. Out, no cell begins as a formula does
(https://owasp.org/www-community/attacks/CSV_Injection): such cells get a `'`, which is taken away
when they come in again. What has no column (counts, times, `sources`, `extra`) is not written;
state and star are, to be looked at: a paper that comes in again has them not.
"""

import csv
import re
from collections.abc import Iterable
from io import StringIO

from readlist.formats.building import Draft
from readlist.formats.csl import TYPES, tags
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.names import Name, from_commas, names_of, parts, with_commas
from readlist.formats.tables import header_of, take_rows
from readlist.paper import Paper
from readlist.text import clean_line

# What columns are called, in lower case; the first is what readlist writes.
_COLUMNS = {
    "citekey": ("citekey", "citation key", "key"),
    "type": ("type",),
    "title": ("title", "name", "paper", "paper title", "article title"),
    "authors": ("authors", "author", "author(s)"),
    "published": ("published", "date", "year", "publication date", "publication year"),
    "venue": ("venue", "journal", "source title", "publication", "conference", "booktitle"),
    "doi": ("doi",),
    "arxiv": ("arxiv", "arxiv id", "arxiv_id"),
    "url": ("url", "link", "links", "href", "address", "paper url", "website"),
    "pdf": ("pdf", "pdf url", "pdf_url"),
    "tags": ("tags", "labels", "keywords"),
    "status": ("status",),
    "note": ("note", "notes", "selection", "comment"),
    "abstract": ("abstract", "summary", "excerpt", "description"),
}
_NAMES = {spelling: name for name, spellings in _COLUMNS.items() for spelling in spellings}
_BETWEEN = re.compile(r"\s*,\s*|\s+and\s+")
_FORMULA = tuple("=+-@\t\r'")
_WRITTEN = (
    "id", "citekey", "type", "title", "authors", "published", "venue", "doi", "arxiv", "url", "pdf",
    "tags", "status", "starred", "note", "abstract",
)  # fmt: skip


def looks_like(text: str) -> bool:
    """Say whether the first line is a header with a title, and an address or an identifier."""
    header = header_of(text)
    known = {_NAMES[name] for name in header if name in _NAMES}
    is_plain = len(header) > 1 and len(set(header)) == len(header)
    return is_plain and "title" in known and bool(known & {"url", "doi", "arxiv", "authors"})


def read(text: str) -> Incoming:
    """Return the papers in a table; a row that is none is refused by its line."""
    found = Incoming("csv", "csv")
    if not looks_like(text):
        raise FormatError("no table with a title and an address in its header")
    take_rows(text, paper_of, found)
    return found


def paper_of(row: dict[str, str]) -> Paper:
    """Return the paper in a row, by the names of its columns. Raises `PaperError` for none."""
    told: dict[str, str] = {}
    draft = Draft()
    for column, cell in row.items():
        name = _NAMES.get(column.lower())
        value = _unguarded(cell)
        if name and name not in told:
            told[name] = value
        elif column.lower() not in ("id", "starred"):
            draft.keep(clean_line(column.lower()).replace(" ", "_"), value.strip())
    for name in ("title", "venue", "abstract", "note", "citekey"):
        draft.values[name] = told.get(name, "")
    _described(draft, told)
    draft.values["tags"] = tags(re.split(r"[,;|]", told.get("tags", "")))
    return draft.paper()


def _described(draft: Draft, told: dict[str, str]) -> None:
    kind = told.get("type", "")
    draft.values["type"] = kind if kind in TYPES else "article"
    draft.keep("type", kind if kind not in TYPES else "")
    if authors := told.get("authors", ""):
        draft.persons(_persons(authors))
    if date := told.get("published", ""):
        draft.date(date, "published")
    for name in ("doi", "arxiv"):
        if value := told.get(name, ""):
            draft.identifier(name, value)
    for name, place in (("url", None), ("pdf", "pdf")):
        for address in told.get(name, "").split():
            if not draft.link(address, place):
                draft.keep(name, address)
    if status := told.get("status", ""):
        draft.keep("status", status)


def _persons(text: str) -> Iterable[Name]:
    if ";" in text:
        return map(from_commas, filter(None, map(str.strip, text.split(";"))))
    return map(parts, filter(None, _BETWEEN.split(text)))


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell


# Out


def write(papers: Iterable[Paper], *, share: bool, exported: str) -> bytes:  # noqa: ARG001
    """Return papers as CSV in UTF-8 with a mark, which spreadsheets need, by id."""
    out = StringIO()
    names = [name for name in _WRITTEN if not share or name not in ("status", "starred", "note")]
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(names)
    for paper in sorted(papers, key=lambda paper: paper.id):
        cells = _cells(paper)
        table.writerow([_guarded(cells[name]) for name in names])
    return out.getvalue().encode("utf-8-sig", "replace")


def _cells(paper: Paper) -> dict[str, str]:
    names = names_of(paper)
    return {
        "id": str(paper.id or ""),
        "citekey": paper.citekey,
        "type": paper.type,
        "title": paper.title,
        "authors": _listed([with_commas(name) for name in names]),
        "published": paper.published or "",
        "venue": paper.venue or "",
        "doi": paper.identifiers.get("doi", ""),
        "arxiv": paper.identifiers.get("arxiv", ""),
        "url": paper.urls.get("abstract", ""),
        "pdf": paper.urls.get("pdf", ""),
        "tags": ", ".join(paper.tags),
        "status": str(paper.status),
        "starred": "yes" if paper.starred else "",
        "note": paper.note,
        "abstract": paper.abstract,
    }


def _listed(names: list[str]) -> str:
    """Return names in a cell; a single one that would be read as two gets a `;`."""
    is_split = len(names) == 1 and len(_BETWEEN.split(names[0])) > 1
    return "; ".join(names) + ";" * is_split


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
