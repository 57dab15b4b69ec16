"""Papers as a list of references: in a plain style of readlist's own, or in one of CSL."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from readlist.paper import Paper
from readlist.record import Record
from readlist.text import readable

_MOST_AUTHORS = 8  # of more, the first are named
_FIRST_AUTHORS = 3
_OF_MARKDOWN = str.maketrans({sign: "\\" + sign for sign in "\\`*_[]<>"})


class Written(Record):
    """How a kind of text is written: `plain` takes its special signs from a text that is none."""

    name: str
    plain: Callable[[str], str]
    italic: str
    bold: str
    between: str


class Reference(NamedTuple):
    """A paper, and what a list of references says of it."""

    paper: Paper
    text: str


WRITTEN: Mapping[str, Written] = {
    one.name: one
    for one in (
        Written("text", str, "{}", "{}", "\n"),
        Written("html", lambda t: escape(t, quote=False), "<i>{}</i>", "<b>{}</b>", "\n"),
        Written("markdown", lambda t: t.translate(_OF_MARKDOWN), "*{}*", "**{}**", "\n\n"),
    )
}
"""The kinds of text that references are written in."""


def references(papers: Sequence[Paper], style: str | None, kind: str) -> list[Reference]:
    """Return references in a style of CSL, in its order; without one, plain ones in the order of
    `papers`. Raises `StyleError` when there is no such style, or nothing that could use it.
    """
    written = WRITTEN[kind]
    if style is None:
        return [Reference(paper, _plain(paper, written)) for paper in papers]
    from readlist.formats.styled import styled

    return styled(papers, style, written)


def joined(found: Sequence[Reference], kind: str) -> str:
    """Return references as one text."""
    lines = [one.text for one in found]
    if kind == "html":
        lines = [f"<p>{line}</p>" for line in lines]
    return WRITTEN[kind].between.join(lines)


def _plain(paper: Paper, written: Written) -> str:
    """Return authors, year, title, venue, link."""
    plain = written.plain
    head = _authors(paper)
    year = (paper.published or "")[:4]
    title = written.italic.format(plain(_ended(readable(paper.title))))
    address = _address(paper)
    arxiv = paper.identifiers.get("arxiv")
    where = paper.venue or (f"arXiv:{arxiv}" if arxiv else "")
    parts = [
        plain(_ended(f"{head} ({year})" if head and year else head or year)),
        title,
        plain(_ended(where)),
        plain(address),
    ]
    return " ".join(part for part in parts if part)


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".?!" else f"{text}."


def _authors(paper: Paper) -> str:
    names = paper.authors
    number = max(paper.number_of_authors or 0, len(names))
    if not names:
        return paper.organization or ""
    if number > _MOST_AUTHORS or number > len(names):
        return f"{', '.join(names[:_FIRST_AUTHORS])} et al."
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _address(paper: Paper) -> str:
    doi = paper.identifiers.get("doi")
    if doi:
        return f"https://doi.org/{doi}"
    return paper.urls.get("abstract") or paper.urls.get("pdf") or ""
