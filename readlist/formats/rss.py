"""RSS and Atom: what journals, preprint servers and blogs announce, an entry a paper.

RSS 2.0, RSS 1.0 (RDF) and Atom (RFC 4287), with the Dublin Core and PRISM elements that publishers
put in. Entries that are no papers come in all the same: who follows a blog wants them.
"""

import re
from html import unescape
from xml.etree.ElementTree import Element

from readlist.formats.building import Draft
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.markup import plain
from readlist.formats.names import Name, from_commas, parts
from readlist.formats.xml_records import child_text, local, take_entries
from readlist.identifiers import find_doi
from readlist.paper import Paper
from readlist.text import clean_line

_ROOT = re.compile(r"<(?:\w+:)?(?:feed|rss|RDF)\b[^>]*>")
_RSS_1 = re.compile(r"""xmlns(?::\w+)?=["']http://purl\.org/rss/1\.0/["']""")
# HTML's entities are none of XML's, but feeds have them.
_FOREIGN_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w*;)")
_MAIL = re.compile(r"^\S+@\S+\s+\((?P<name>[^()]+)\)$")  # an author in RSS 2.0
_INITIALS = r"(?:[A-Z]\.[ -]?)+"
_WITH_INITIALS = re.compile(rf"(?P<family>[^,;]+), (?P<given>{_INITIALS})(?:, |$)")
_BEFORE_ABSTRACT = re.compile(
    r"(?i)^(?:[^\n]{0,200}?published online:[^\n]{0,60}doi:\s?\S+|abstract:?)\s+"
)
_ABSTRACTS = ("summary", "abstract", "description", "encoded", "content")
_DATES = ("published", "publicationDate", "coverDate", "pubDate", "date", "issued")


def looks_like(text: str) -> bool:
    """Say whether a text begins as a feed does."""
    root = _ROOT.search(text, 0, 5000)
    if root is None or text.lstrip("\ufeff \t\r\n")[:1] != "<":
        return False
    return "RDF" not in root[0] or _RSS_1.search(root[0]) is not None


def read(text: str) -> Incoming:
    """Return the entries of a feed; of half a feed those that are whole.

    Raises `FormatError` for what is none.
    """
    if not looks_like(text):
        raise FormatError("neither RSS nor Atom")
    found = Incoming("rss", "rss")
    text = _FOREIGN_ENTITY.sub(_decoded, text)
    if not take_entries(text, _paper, found):
        found.notes.append("a feed without entries")
    return found


def _decoded(entity: re.Match[str]) -> str:
    found = unescape(entity[0])
    return found if found != entity[0] else f"&amp;{entity[1]}"


def _paper(entry: Element) -> Paper:
    venue = _text(entry, "publicationName")
    draft = Draft(
        title=_text(entry, "title"),
        abstract=_abstract(entry),
        venue=venue,
        type="article-journal" if venue else "article",
        categories=_categories(entry),
    )
    draft.persons(_persons(entry))
    for name in _DATES:
        draft.date(clean_line(child_text(entry, name)), name)
        if draft.values.get("published"):
            break
    links = _links(entry)
    for address, kind in links:
        draft.link(address, kind)
    told = (_text(entry, name) for name in ("doi", "DOI", "identifier", "guid", "id"))
    doi = next(filter(None, map(find_doi, (*told, *(address for address, _ in links)))), None)
    if doi:
        draft.identifier("doi", _without_page(doi))
    for name in ("volume", "number", "startingPage", "issn"):
        draft.keep(name, _text(entry, name))
    return draft.paper()


def _text(entry: Element, name: str) -> str:
    return clean_line(plain(child_text(entry, name)))


def _abstract(entry: Element) -> str:
    """Return the longest of what an entry says about itself."""
    texts = [plain(child_text(entry, name)) for name in _ABSTRACTS]
    inside = (child for child in entry if local(child.tag) in _ABSTRACTS and len(child))
    texts += [" ".join(" ".join(child.itertext()).split()) for child in inside]  # XHTML
    return _BEFORE_ABSTRACT.sub("", max(texts, key=len))


def _persons(entry: Element) -> list[Name]:
    found: list[str] = []
    for child in entry:
        name = local(child.tag)
        if name == "author":
            found.append(child_text(child, "name") or "".join(child.itertext()))
        elif name in ("creator", "contributor"):
            found.append("".join(child.itertext()))
    lines = dict.fromkeys(clean_line(plain(text)) for text in found)
    return [name for line in lines for name in _names(line)]


def _names(line: str) -> list[Name]:
    """Return the names in what stands for one author, and may be a list of all."""
    if mail := _MAIL.match(line):
        line = mail["name"]
    if ";" in line:
        return [from_commas(part.strip()) for part in line.split(";") if part.strip()]
    if _WITH_INITIALS.sub("", line) == "":
        return [
            Name(m["given"].strip(), m["family"].strip()) for m in _WITH_INITIALS.finditer(line)
        ]
    words = [part.strip() for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", line)]
    if len(words) > 1 and all(" " in word for word in words):
        return [parts(word) for word in words]
    return [from_commas(line)] if line and "@" not in line else []


def _links(entry: Element) -> list[tuple[str, str | None]]:
    """Return the addresses of an entry, the page first, each with what it is, if that is said."""
    found: list[tuple[str, str | None]] = []
    for child in entry:
        if local(child.tag) == "link":
            address = clean_line(child.get("href") or child.text or "")
            if child.get("rel", "alternate") == "alternate":
                found.insert(0, (_as_page(address), None))
            elif child.get("type") == "application/pdf":
                found.append((address, "pdf"))
        elif local(child.tag) == "enclosure" and child.get("type") == "application/pdf":
            found.append((clean_line(child.get("url", "")), "pdf"))
    if not found:
        guid = clean_line(child_text(entry, "guid") or child_text(entry, "id"))
        found.append((guid or clean_line(entry.get(_ABOUT, "")), None))
    return found


_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def _as_page(address: str) -> str:
    """Return a link without what only tells its server that a feed was read."""
    return re.sub(r"[?&](?:rss=1|rss=yes|utm_\w+=[^&#]*)", "", address)


def _without_page(doi: str) -> str:
    """Return a DOI that was found in an address: bioRxiv's pages have its version behind it."""
    return re.sub(r"^(10\.(?:1101|64898)/\S+?)v\d+(?:\.\S*)?$", r"\1", doi.partition("?")[0])


def _categories(entry: Element) -> list[str]:
    found = []
    for child in entry:
        if local(child.tag) in ("category", "subject"):
            found.append(clean_line(plain(child.get("term") or child.text or "")))
    return list(dict.fromkeys(filter(None, found)))
