"""CSL-JSON, in and out: what Zotero, Pandoc, citeproc and others exchange.

Source: https://docs.citationstyles.org/en/stable/specification.html and its JSON schema. What CSL
has no variable for goes out in `custom`, as the schema wants it, and comes in again from there.
Out, and in again, it holds neither status, star, times and `sources`, nor counts.
"""

import re
from collections.abc import Iterable
from typing import Any

from readlist.formats.building import Draft
from readlist.formats.incoming import Incoming
from readlist.formats.json_records import dig, many_at, parsed, read_all, text_at, texts_at
from readlist.formats.markup import plain
from readlist.formats.names import FAMILIES, OTHERS, Name, names_of, parts
from readlist.formats.native import to_json
from readlist.paper import Paper, PaperError, Status, tag_name
from readlist.text import clean_line

TYPES = frozenset(
    ("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
     "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
     "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing",
     "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
     "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
     "personal_communication", "post", "post-weblog", "regulation", "report", "review",
     "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage")
)  # fmt: skip
# Variables of CSL whose place here has another name.
NAMES = {
    "issue": "number", "page": "pages", "publisher-place": "address", "ISSN": "issn",
    "collection-title": "series", "container-title-short": "journal_abbreviation",
    "event-title": "event", "title-short": "short_title",
}  # fmt: skip
_CUSTOM = "readlist"


def looks_like(text: str) -> bool:
    """Say whether the first record has a type of CSL, and a variable that only CSL has."""
    document = parsed(text)
    if document is None:
        return False
    record = next(many_at(document.value, "items"), None) or document.first()
    if text_at(record, "type") not in TYPES or "itemType" in record:
        return False
    marks = {"issued", "container-title", "author", "DOI", "URL", "editor", "custom", "page"}
    return "title" in record and not marks.isdisjoint(record) and "authors" not in record


def read(text: str, start: int | None = None) -> Incoming:
    """Return the papers in a list of items; one that is none is refused by its place."""
    found = Incoming("csl", "csl", status=Status.TO_READ)
    return read_all(text, "csl", paper_of, "items", start=start, found=found)


def paper_of(record: Any) -> Paper:
    """Return the paper in an item of CSL-JSON. Raises `PaperError` for what is none."""
    rest: dict[str, Any] = dict(record)
    kind = text_at(record, "type")
    draft = Draft(
        type=kind if kind in TYPES else "article",
        title=plain(_take(rest, "title")),
        venue=plain(_take(rest, "container-title")),
        abstract=plain(_take(rest, "abstract")),
        note=_take(rest, "annote"),
        citekey=_key(rest),
    )
    rest.pop("type", None)
    draft.persons(_names(rest.pop("author", None)))
    date = rest.pop("issued", None)
    draft.date(date_text(date), "issued")
    if len(list(many_at(date, "date-parts"))) > 1:
        draft.keep("issued", date)  # a span; the paper has its beginning
    for name in ("DOI", "PMID", "PMCID"):
        if value := _take(rest, name):
            draft.identifier(name, value)
    if draft.values["type"] == "book" and (isbn := _take(rest, "ISBN")):
        draft.identifier("isbn", isbn)
    if (address := text_at(rest, "URL")) and draft.link(address):
        rest.pop("URL")
    for place in ("number", "note", "publisher", "archive_location"):
        draft.mentions(text_at(rest, place))
    draft.mentions(draft.values["venue"])
    if rest.get("number") == f"arXiv:{draft.identifiers.get('arxiv')}":
        rest.pop("number")
    draft.values["tags"] = tags(re.split(r"\s*[,;]\s*", _take(rest, "keyword")))
    _custom(draft, rest)
    for key, value in rest.items():
        kept: Any = clean_line(str(value)) if isinstance(value, (str, int, float)) else value
        if key in ("editor", "translator") and isinstance(value, list):
            kept = " and ".join(name.whole for name in _names(value))
        draft.keep(NAMES.get(key, key), kept)
    return draft.paper()


def tags(words: Iterable[str]) -> list[str]:
    """Return words as tags; those without a letter or digit are left out."""
    found = []
    for word in words:
        try:
            found.append(tag_name(word))
        except PaperError:
            continue
    return found


def date_text(value: Any) -> str:
    """Return a date of CSL as text, in the order year, month, day."""
    numbers = dig(value, "date-parts")
    if isinstance(numbers, list) and numbers and isinstance(numbers[0], list):
        known = [str(part) for part in numbers[0][:3] if isinstance(part, (int, str)) and part]
        return "-".join(part.zfill(4 if not place else 2) for place, part in enumerate(known))
    return text_at(value, "raw") or text_at(value, "literal")


def _key(rest: dict[str, Any]) -> str:
    key = _take(rest, "citation-key")
    number = text_at(rest, "id")
    is_own = isinstance(dig(rest, "custom", _CUSTOM), dict)
    if not key and (is_own or re.fullmatch(r"(?!\w+://)[^\W\d_][^\s,{}]*", number)):
        rest.pop("id")
        return number
    return key


def _custom(draft: Draft, rest: dict[str, Any]) -> None:
    """Take what readlist wrote into `custom`."""
    own = dig(rest, "custom", _CUSTOM)
    if not isinstance(own, dict):
        return
    rest.pop("custom")
    told = {name: dig(own, name) for name in ("identifiers", "urls", "extra")}
    inner = {name: value if isinstance(value, dict) else {} for name, value in told.items()}
    for name, value in inner["identifiers"].items():
        draft.identifier(str(name), str(value))
    draft.urls.clear()
    for name, value in inner["urls"].items():
        draft.link(str(value), str(name))
    for name in ("categories", "files", "tags"):
        draft.values[name] = texts_at(own, name) or draft.values.get(name, [])
    draft.values["organization"] = text_at(own, "organization")
    for name, value in inner["extra"].items():
        draft.extra.setdefault(name, value)


def _names(value: Any) -> list[Name]:
    found = []
    for person in value if isinstance(value, list) else ():
        family = [
            text_at(person, n) for n in ("dropping-particle", "non-dropping-particle", "family")
        ]
        literal = text_at(person, "literal")
        whole = " ".join(filter(None, family))
        if literal and not whole:
            found.append(Name("", literal) if " " in literal else parts(literal))
        elif whole or text_at(person, "given"):
            found.append(Name(text_at(person, "given"), whole, text_at(person, "suffix")))
    return found


def _take(rest: dict[str, Any], name: str) -> str:
    value = text_at(rest, name)
    if value or name in ("title", "abstract"):
        rest.pop(name, None)
    return value


# Out


def write(papers: Iterable[Paper], *, share: bool, exported: str) -> bytes:  # noqa: ARG001
    """Return papers as CSL-JSON in the order of their ids."""
    items = [item(paper, share) for paper in sorted(papers, key=lambda paper: paper.id)]
    return to_json(items, indent=1)


def item(paper: Paper, share: bool) -> dict[str, Any]:
    """Return a paper as an item of CSL-JSON."""
    found: dict[str, Any] = {
        "id": paper.citekey or str(paper.id),
        "type": paper.type if paper.type in TYPES else "document",
        "title": paper.title,
        "author": [_person(name) for name in names_of(paper)],
        "container-title": paper.venue,
        "abstract": paper.abstract,
        "DOI": paper.identifiers.get("doi"),
        "PMID": paper.identifiers.get("pmid"),
        "PMCID": paper.identifiers.get("pmcid"),
        "ISBN": paper.identifiers.get("isbn"),
        "URL": paper.urls.get("abstract"),
        "keyword": ", ".join(paper.tags),
        "annote": "" if share else paper.note,
    }
    if paper.published:
        found["issued"] = {"date-parts": [[int(part) for part in paper.published.split("-")]]}
    if arxiv := paper.identifiers.get("arxiv"):
        found["number"] = f"arXiv:{arxiv}"
    variables = {name: variable for variable, name in NAMES.items()}
    extra = {}
    for name, value in paper.extra.items():
        variable = variables.get(name, name)
        if isinstance(value, str) and variable in _VARIABLES and variable not in found:
            found[variable] = value
        else:
            extra[name] = value
    own = {
        "identifiers": paper.identifiers,
        "urls": paper.urls,
        "categories": paper.categories,
        "tags": paper.tags,
        "organization": paper.organization,
        "files": [] if share else paper.files,
        "extra": {name: value for name, value in extra.items() if name != FAMILIES},
    }
    found["custom"] = {_CUSTOM: {name: value for name, value in own.items() if value}}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


_VARIABLES = frozenset(
    ("volume", "issue", "page", "publisher", "publisher-place", "ISSN", "collection-title",
     "container-title-short", "event-title", "title-short", "edition", "language", "note",
     "genre", "version", "source", "archive", "chapter-number", "number-of-pages", "medium")
)  # fmt: skip


def _person(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.whole} if name.family != OTHERS else {"literal": OTHERS}
    found = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: value for part, value in found.items() if value}
