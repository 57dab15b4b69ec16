"""A digest of papers, to be read: as text, as Markdown, as a page for mail programs.

Everything of a paper is text that is escaped, and a link only to http and https. The page has its
styles in each element and its layout in a table, as mail programs leave no other; it loads
nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from html import escape

from readlist.formats.markdown_out import address_of, plain, web_link
from readlist.identifiers import is_web_address
from readlist.paper import Paper
from readlist.record import Record
from readlist.text import clean_line, count, filled, readable, shorten

_WIDTH = 76
_ABSTRACT = 320  # characters
_FIRST_AUTHORS = 3


class Item(Record):
    """A paper, and why it stands where it does: a few words each."""

    paper: Paper
    reasons: tuple[str, ...] = ()


class Digest(Record):
    """What came: the papers, the most wanted first, and how many `more` there are.

    `title` is its day, `since` from when on, in words; `notes` are lines to be told besides.
    """

    title: str
    since: str
    items: tuple[Item, ...]
    more: int = 0
    notes: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """How many papers came, in words."""
        return count(len(self.items) + self.more, "new paper")

    @property
    def rest(self) -> str:
        """What is said of those that are not shown; "" if all are."""
        return f"and {self.more:,} more in readlist" if self.more else ""


def text(digest: Digest) -> str:
    """Return a digest as plain text, in lines that mail programs need not wrap."""
    parts = [f"{digest.number} · {digest.title}\nsince {digest.since}"]
    parts += [filled(note, _WIDTH) for note in digest.notes]
    for number, item in enumerate(digest.items, 1):
        head = f"{number}. "
        inset = " " * len(head)
        lines = [filled(_title(item), _WIDTH, head)]
        said = [_facts(item.paper), _reasons(item), _abstract(item.paper)]
        lines += [filled(line, _WIDTH, inset) for line in said if line]
        links = dict(_links(item.paper))
        lines += [inset + links[name] for name in ("page", "code") if name in links]
        parts.append("\n".join(lines))
    parts += [digest.rest] * bool(digest.rest)
    return "\n\n".join(parts) + "\n"


def markdown(digest: Digest) -> str:
    """Return a digest as Markdown."""
    parts = [f"# {digest.number} · {digest.title}", f"since {plain(digest.since)}"]
    parts += [plain(note) for note in digest.notes]
    for number, item in enumerate(digest.items, 1):
        links = dict(_links(item.paper))
        title = plain(_title(item))
        page = links.pop("page", "")
        parts.append(f"## {number}. " + (f"[{title}]({web_link(page)})" if page else title))
        parts.append(plain(_facts(item.paper)))
        if item.reasons:
            parts.append(f"**{plain(_reasons(item))}**")
        parts.append(plain(_abstract(item.paper)))
        parts.append(" · ".join(f"[{name}]({web_link(url)})" for name, url in links.items()))
    parts.append(digest.rest)
    return "\n\n".join(part for part in parts if part) + "\n"


_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
_INK, _DIM, _ACCENT, _LINE = "#2b2a27", "#6b675f", "#8a4b08", "#e4e0d8"
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light">
<meta name="supported-color-schemes" content="light">
<title>{title}</title>
</head>
<body style="margin:0;padding:0;background:#fbfaf7;">
<div style="display:none;max-height:0;overflow:hidden;">{preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
style="background:#fbfaf7;">
<tr><td align="center" style="padding:28px 16px 40px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" \
style="max-width:620px;">
{rows}
</table>
</td></tr>
</table>
</body>
</html>
"""


def page(digest: Digest) -> str:
    """Return a digest as a page of HTML."""
    head = f"{digest.number} · {digest.title}"
    rows = [_row(_HEAD.format(number=escape(digest.number), title=escape(digest.title),
                              since=escape(digest.since)), last=True)]  # fmt: skip
    rows += [_row(_block(escape(note), 14, _INK), last=True) for note in digest.notes]
    rows += [_row(_entry(item)) for item in digest.items]
    if digest.rest:
        rows.append(_row(_block(escape(digest.rest), 14, _DIM)))
    preview = " · ".join(_title(item) for item in digest.items[:3])
    return _PAGE.format(title=escape(head), preview=escape(preview), rows="\n".join(rows))


_HEAD = (
    f'<div style="{_FONT}font-size:22px;line-height:28px;font-weight:600;color:{_INK};">'
    "{number}</div>"
    f'<div style="{_FONT}font-size:14px;line-height:20px;color:{_DIM};">{{title}} · '
    "since {since}</div>"
)


def _row(content: str, *, last: bool = False) -> str:
    line = "" if last else f"border-top:1px solid {_LINE};"
    return f'<tr><td style="padding:16px 0;{line}">{content}</td></tr>'


def _block(content: str, size: int, color: str, more: str = "") -> str:
    style = f"{_FONT}font-size:{size}px;line-height:{size + 7}px;color:{color};{more}"
    return f'<div style="{style}overflow-wrap:anywhere;">{content}</div>'


def _entry(item: Item) -> str:
    links = dict(_links(item.paper))
    title, address = escape(_title(item)), links.pop("page", "")
    if address:
        title = _link(address, title, f"color:{_INK};text-decoration:none;")
    parts = [
        _block(title, 17, _INK, "font-weight:600;"),
        _block(escape(_facts(item.paper)), 14, _DIM),
    ]
    if item.reasons:
        parts.append(_block(escape(_reasons(item)), 14, _ACCENT))
    if about := _abstract(item.paper):
        parts.append(_block(escape(about), 15, _INK, "margin-top:6px;"))
    shown = {"page": address, **links} if address else links
    named = [_link(url, escape(name), f"color:{_ACCENT};") for name, url in shown.items()]
    if named:
        parts.append(_block(" &nbsp; ".join(named), 14, _DIM, "margin-top:6px;"))
    return "\n".join(parts)


def _link(address: str, content: str, style: str) -> str:
    return f'<a href="{escape(address)}" style="{style}">{content}</a>'


WRITERS: Mapping[str, Callable[[Digest], str]] = {"text": text, "markdown": markdown, "html": page}
"""The forms that a digest has."""


def subject(digest: Digest) -> str:
    """Return a mail's subject: a line of plain text, whatever is in the title."""
    first = shorten(_title(digest.items[0]), 60) if digest.items else ""
    others = len(digest.items) + digest.more - 1
    more = f" and {others:,} more" if others > 0 else ""
    return f"{first}{more}"


def _title(item: Item) -> str:
    return clean_line(readable(item.paper.title))


def _facts(paper: Paper) -> str:
    parts = [
        _authors(paper),
        f"▲ {paper.upvotes:,}" if paper.upvotes else "",
        paper.venue or "",
        paper.categories[0] if paper.categories else "",
    ]
    return clean_line(" · ".join(part for part in parts if part))


def _authors(paper: Paper) -> str:
    number = paper.number_of_authors or 0
    if not paper.authors:
        return paper.organization or (count(number, "author") if number else "")
    first = paper.authors[:_FIRST_AUTHORS]
    more = max(number, len(paper.authors)) - len(first)
    return ", ".join(first) + (f" +{more:,}" if more else "")


def _reasons(item: Item) -> str:
    return clean_line(" · ".join(item.reasons))


def _abstract(paper: Paper) -> str:
    return shorten(clean_line(readable(paper.abstract)), _ABSTRACT)


def _links(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what a paper's links are called, and where they lead: to the web and nowhere else."""
    found = {"page": address_of(paper), **paper.urls}
    seen = set()
    for name in ("page", "pdf", "code", "project"):
        address = found.get(name, "")
        if address and is_web_address(address) and address.isprintable() and address not in seen:
            seen.add(address)
            yield name, address
