"""Papers to a Markdown list, grouped by tag, for notes and web pages."""

import re
from collections.abc import Iterable

from readlist.identifiers import link
from readlist.paper import Paper
from readlist.text import count

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def write(papers: Iterable[Paper], *, share: bool, exported: str) -> bytes:
    """Return papers as a Markdown document: a section a tag, those without a tag last."""
    ordered = sorted(papers, key=lambda paper: paper.id)
    groups: dict[str, list[Paper]] = {}
    for paper in ordered:
        for tag in paper.tags or [""]:
            groups.setdefault(tag, []).append(paper)
    parts = [f"# Reading list\n\n{count(len(ordered), 'paper')}, {exported[:10]}\n"]
    for tag in sorted(groups, key=lambda tag: (not tag, tag)):
        if tag or len(groups) > 1:
            parts.append(f"## {plain(tag) if tag else 'Without a tag'}\n")
        parts.append("".join(_entry(paper, share) for paper in groups[tag]))
    return "\n".join(parts).encode("utf-8", "replace")


def plain(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def _entry(paper: Paper, share: bool) -> str:
    address = address_of(paper)
    title = f"[{plain(paper.title)}]({web_link(address)})" if address else plain(paper.title)
    told = [", ".join(paper.authors[:3]) + (" et al." if len(paper.authors) > 3 else "")]
    told += [paper.venue or "", paper.published or ""]
    line = ". ".join(plain(part).rstrip(".") for part in told if part)
    sign = "" if share or paper.status not in ("read", "reading") else f" ({paper.status.words})"
    entry = f"- {title}{'. ' if line else ''}{line}{'.' if line else ''}{sign}\n"
    if paper.note and not share:
        note = re.sub(r"<(?=[A-Za-z/!?])", r"\\<", paper.note)  # Markdown, but no HTML
        entry += "".join(f"  {line}".rstrip() + "\n" for line in ["", *note.split("\n"), ""])
    return entry


def address_of(paper: Paper) -> str:
    """Return where a paper is found: its page, else what its identifiers resolve to."""
    if "abstract" in paper.urls:
        return paper.urls["abstract"]
    for name in ("doi", "arxiv"):
        if name in paper.identifiers and (address := link(name, paper.identifiers[name])):
            return address
    return next(iter(paper.urls.values()), "")


def web_link(address: str) -> str:
    """Return an address as it stands in a link of Markdown."""
    return re.sub(r"[()<>\\ ]", lambda match: f"%{ord(match[0]):02X}", address)
