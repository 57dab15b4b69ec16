"""HTML: bookmarks as browsers and reading services export them, and pages of papers.

Bookmarks are every link in a file of the Netscape format or of Pocket, one paper each; a page of a
paper tells of it in `citation_` tags, which Google Scholar reads too
(https://scholar.google.com/intl/en/scholar/inclusion.html#indexing).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape

from readlist.formats.building import Draft
from readlist.formats.csl import tags
from readlist.formats.incoming import FormatError, Incoming
from readlist.formats.names import from_commas
from readlist.paper import Paper, PaperError
from readlist.text import clean_line

# Tags are looked for one by one, without a tree: parsers that build one need minutes for a page
# of 100,000 tags that are not closed.
_BOOKMARKS = re.compile(r"(?i)<!DOCTYPE NETSCAPE-Bookmark-file|<title>\s*(?:Pocket|Instapaper)")
_META = re.compile(r"(?i)<meta\b[^<>]*\bcitation_title\b")
_TAG = r"(?i)<{}\b([^<>]*)>"
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LONGEST_TITLE = 2000


def looks_like(text: str) -> bool:
    """Say whether a text is a file of bookmarks, or a page that tells of a paper."""
    if text.lstrip("\ufeff \t\r\n")[:1] != "<":
        return False
    return bool(_BOOKMARKS.search(text, 0, 5000) or _META.search(text, 0, 500_000))


def read(text: str) -> Incoming:
    """Return the papers in bookmarks, or the one a page is of."""
    if not looks_like(text):
        raise FormatError("neither bookmarks nor a page that tells of a paper")
    found = Incoming("webpage", "webpage")
    if _BOOKMARKS.search(text, 0, 5000):
        for number, (told, inside) in enumerate(_tags(text, "a"), start=1):
            try:
                found.papers.append(_bookmark(told, inside))
            except PaperError as error:
                found.refuse(f"link {number}", str(error))
    else:
        found.papers.append(_page(told for told, _ in _tags(text, "meta")))
    return found


def _tags(text: str, name: str) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the attributes of each tag with a name, and the text behind it up to its end."""
    for match in re.finditer(_TAG.format(name), text):
        pairs = _ATTRIBUTE.findall(match[1])
        told = {key.lower(): unescape(one or two or three) for key, one, two, three in pairs}
        inside = text[match.end() : match.end() + _LONGEST_TITLE]
        inside = re.split(r"(?i)</a\b|<(?:a|d[tdl]|h\d|li|p)\b", inside, maxsplit=1)[0]
        yield told, clean_line(unescape(re.sub(r"<[^<>]*>", "", inside)))


def _bookmark(told: dict[str, str], title: str) -> Paper:
    address = told.get("href", "")
    draft = Draft(title=title, tags=tags(told.get("tags", "").split(",")))
    if not draft.link(address):
        raise PaperError(f"it is no address of a page: {clean_line(address)[:40]}")
    added = told.get("add_date") or told.get("time_added") or ""
    if added.isascii() and added.isdigit() and len(added) < 12:
        draft.keep("bookmarked", datetime.fromtimestamp(int(added), UTC).date().isoformat())
    return draft.paper()


def _page(metas: Iterator[dict[str, str]]) -> Paper:
    told: dict[str, list[str]] = {}
    for meta in metas:
        name = (meta.get("name") or meta.get("property") or "").lower()
        if value := clean_line(meta.get("content", "")):
            told.setdefault(name.removeprefix("citation_"), []).append(value)

    def first(*names: str) -> str:
        return next((told[name][0] for name in names if name in told), "")

    venue = first("conference_title", "journal_title", "inbook_title")
    draft = Draft(
        title=first("title"),
        venue=venue,
        type="paper-conference"
        if "conference_title" in told
        else "article-journal"
        if "journal_title" in told
        else "article",
        abstract=first("abstract"),
        categories=told.get("keywords", []),
    )
    draft.persons(from_commas(name) for name in told.get("author", []))
    draft.date(first("publication_date", "online_date", "date", "year"), "date")
    for kind, name in (("doi", "doi"), ("arxiv", "arxiv_id"), ("pmid", "pmid")):
        if value := first(name):
            draft.identifier(kind, value)
    draft.link(first("abstract_html_url", "fulltext_html_url", "og:url"))
    draft.link(first("pdf_url"), "pdf")
    pages = [first(name) for name in ("firstpage", "lastpage")]
    draft.keep("pages", "–".join(filter(None, pages)))
    for field in ("volume", "issue", "publisher", "issn", "isbn"):
        draft.keep({"issue": "number"}.get(field, field), first(field))
    return draft.paper()
