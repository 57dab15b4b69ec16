"""arXiv's feeds: the Atom answers of its API, and the RSS (or Atom) of what is announced daily.

Sources: https://info.arxiv.org/help/api/user-manual.html, where an error comes as an entry called
"Error", and https://info.arxiv.org/help/rss_specifications.html; feeds are empty at weekends.
"""

import re
from xml.etree.ElementTree import Element

from readlist.formats.building import Draft
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.latex import decode
from readlist.formats.names import parts
from readlist.formats.xml_records import child_text, local, take_entries
from readlist.identifiers import find_arxiv
from readlist.paper import Paper, PaperError
from readlist.text import clean_line

_ANNOUNCED = re.compile(r"^\s*arXiv:(\S+)\s+Announce Type:\s*(\S+)\s*(?:Abstract:\s*)?", re.DOTALL)
_BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_ASIDE = re.compile(r"<[^>]*>|\([^()]*\)")  # markup, affiliations


def looks_like(text: str) -> bool:
    """Say whether a text begins as a feed of arXiv does."""
    head = text[:3000]
    is_feed = re.search(r"<(?:feed|rss|rdf:RDF)\b", head) is not None
    return is_feed and re.search(r"(?i)arxiv\.org|arxiv_?query", head) is not None


def read(text: str) -> Incoming:
    """Return the papers of a feed; what the API answers instead of papers is refused in its words.

    Raises `FormatError` for what is no XML from its beginning on.
    """
    found = Incoming("arxiv", "arxiv")
    if not take_entries(text, _paper, found):
        if not looks_like(text):
            raise FormatError("no feed of arXiv")
        found.notes.append("a feed without papers, as on days without announcements")
    return found


def _paper(entry: Element) -> Paper:
    address = clean_line(child_text(entry, "id") or child_text(entry, "guid"))
    title = clean_line(child_text(entry, "title"))
    summary = child_text(entry, "summary") or child_text(entry, "description")
    if title == "Error" or "/api/errors" in address:
        raise PaperError(f"arXiv answers: {clean_line(summary)[:200]}")
    number = find_arxiv(address.rpartition("abs/")[2].rpartition("oai:arXiv.org:")[2])
    number = number or find_arxiv(child_text(entry, "link").rpartition("abs/")[2])
    doi = child_text(entry, "doi") or child_text(entry, "DOI")
    if number is None and not doi:
        raise PaperError("it has neither an arXiv id nor a DOI")
    announced = _ANNOUNCED.match(summary)
    draft = Draft(title=title, abstract=paragraphs(_ANNOUNCED.sub("", summary)))
    if number:
        draft.identifier("arxiv", number)
    if announced:
        draft.keep("announce_type", announced[2])
    draft.date(_published(entry, announced[2] if announced else ""), "published")
    draft.persons(parts(name) for name in _authors(entry))
    draft.values["categories"] = _categories(entry)
    for child in entry:
        if local(child.tag) == "link" and child.get("rel") in ("alternate", "related"):
            is_pdf = child.get("title") == "pdf" or child.get("type") == "application/pdf"
            if "doi.org" not in child.get("href", ""):
                draft.link(child.get("href", ""), "pdf" if is_pdf else None)
    draft.link(child_text(entry, "link"))
    if doi:
        draft.identifier("doi", doi)
    journal = child_text(entry, "journal_ref") or child_text(entry, "journal_reference")
    draft.keep("journal_ref", decode(clean_line(journal)))
    draft.keep("comment", clean_line(child_text(entry, "comment")))
    return draft.paper()


def _published(entry: Element, announced: str) -> str:
    """Return the day of the first version; a feed has only that of the announcement, which for
    replacements is none."""
    if published := child_text(entry, "published"):
        return published
    return "" if announced.startswith("replace") else child_text(entry, "pubDate")


def _authors(entry: Element) -> list[str]:
    names = [clean_line(child_text(c, "name")) for c in entry if local(c.tag) == "author"]
    creators = ", ".join("".join(c.itertext()) for c in entry if local(c.tag) == "creator")
    return list(dict.fromkeys([*map(decode, filter(None, names)), *authors_of(creators)]))


def authors_of(line: str) -> list[str]:
    """Return the names in a line of authors as arXiv writes it, affiliations in brackets."""
    names = _BETWEEN.split(_ASIDE.sub("", clean_line(line)))
    return [clean_line(decode(name)) for name in names if name]


def _categories(entry: Element) -> list[str]:
    found: list[str] = []
    for child in entry:
        if local(child.tag) == "primary_category":
            found.insert(0, child.get("term", ""))
        elif local(child.tag) == "category":
            found.append(child.get("term") or (child.text or ""))
    return list(dict.fromkeys(filter(None, map(clean_line, found))))


def paragraphs(text: str) -> str:
    """Return an abstract as arXiv keeps it, with line breaks of its own, as paragraphs.

    There an indented line begins a new one.
    """
    return re.sub(r"\n(?=\S)", " ", re.sub(r"[ \t]+\n", "\n", text.strip())).replace("\n  ", "\n\n")
