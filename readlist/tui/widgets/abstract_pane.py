"""The pane that shows one paper: title, authors, where and when, state, abstract, note."""

from collections.abc import Callable, Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from readlist.identifiers import link
from readlist.paper import Paper
from readlist.text import shorten
from readlist.tui.widgets.clickable import clickable
from readlist.tui.widgets.paper_list import short_authors

Spans = Sequence[tuple[int, int]]

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MUTED = "$muted"
_FEW_AUTHORS, _MANY_AUTHORS = 6, 100


class AbstractPane(VerticalScroll):
    """One paper, or a text in its place. With the class `-reading` it has the screen."""

    def __init__(self, spans: Callable[[str], Spans]) -> None:
        super().__init__(id="abstract", can_focus=True)
        self._spans = spans
        self.paper: Paper | None = None
        self._content = Content()

    def compose(self) -> ComposeResult:
        """Yield the one text."""
        yield Static(id="abstract-text", markup=False)

    def show(self, paper: Paper | None, *, whole: bool = False) -> None:
        """Show a paper, with `whole` also the authors that a narrow pane leaves out."""
        if paper is None or self.paper is None or paper.id != self.paper.id:
            self.scroll_home(animate=False, immediate=True)
        self.paper = paper
        content = Content() if paper is None else paper_content(paper, self._spans, whole=whole)
        if not content.is_same(self._content):
            self._content = content
            self.query_one("#abstract-text", Static).update(content)

    @property
    def is_at_end(self) -> bool:
        """Whether the last line is on screen."""
        return self.scroll_offset.y >= self.max_scroll_y


def paper_content(paper: Paper, spans: Callable[[str], Spans], *, whole: bool) -> Content:
    """Return a paper as styled text; `spans` finds what to mark in a text."""
    blocks = [
        marked(paper.title, spans, "bold"),
        *_authors(paper, spans, _MANY_AUTHORS if whole else _FEW_AUTHORS),
        *_facts(paper),
        *_links(paper),
        Content(""),
        _state(paper),
    ]
    if paper.abstract:
        blocks += [Content(""), marked(paper.abstract, spans)]
    if paper.note:
        rule = Content.styled("─ Note " + "─" * 24, _MUTED)
        blocks += [Content(""), rule, marked(paper.note, spans)]
    return Content("\n").join(blocks)


def marked(text: str, spans: Callable[[str], Spans], style: str = "") -> Content:
    """Return a text with what `spans` finds in it marked."""
    content = Content.styled(text, style) if style else Content(text)
    for start, end in spans(text):
        content = content.stylize("$accent underline", start, end)
    return content


def _authors(paper: Paper, spans: Callable[[str], Spans], limit: int) -> Iterable[Content]:
    shown = paper.authors[:limit]
    number = paper.number_of_authors or 0
    if shown:
        more = f" +{number - len(shown):,}" if number > len(shown) else ""
        yield marked(", ".join(shown) + more, spans)
    elif number:
        yield Content(f"{number:,} author{'s' * (number != 1)}")
    if paper.organization:
        yield marked(paper.organization, spans, _MUTED)


def _facts(paper: Paper) -> Iterable[Content]:
    parts = [f"{_IDENTIFIERS.get(n, n)} {v}" for n, v in paper.identifiers.items()]
    parts += [part for part in (paper.venue, *paper.categories[:3]) if part]
    if paper.published:
        assumed = "published" in paper.extra.get("assumed", ())
        parts.append(readable_date(paper.published) + (" (year assumed)" if assumed else ""))
    if parts:
        yield Content.styled(" · ".join(parts), _MUTED)


_IDENTIFIERS = {"arxiv": "arXiv", "doi": "DOI"}


def _links(paper: Paper) -> Iterable[Content]:
    parts = []
    if paper.upvotes is not None:
        parts.append(Content.styled(f"▲ {paper.upvotes:,}", _MUTED))
    if paper.comments:
        plural = "s" * (paper.comments != 1)
        parts.append(Content.styled(f"{paper.comments:,} comment{plural}", _MUTED))
    parts += [link_to(name, url) for name, url in links(paper)]
    if parts:
        yield Content("   ").join(parts)


def link_to(name: str, url: str) -> Content:
    """Return a name that leads to an address."""
    return clickable(Content.styled(name, Style(link=url, underline=True)), "open_url", url)


def short_facts(paper: Paper) -> Content:
    """Return a paper in two lines, for a screen that has no room for the pane."""
    authors = short_authors(paper)
    facts = [authors, *paper.identifiers.values(), *(f"#{tag}" for tag in paper.tags)]
    first = " · ".join(fact for fact in facts if fact)
    return Content(f"{first}\n{shorten(paper.abstract, 200)}")


def links(paper: Paper) -> list[tuple[str, str]]:
    """Return the names and addresses of a paper's links, each address once."""
    found = {url: name for name, url in paper.urls.items()}
    for name, value in paper.identifiers.items():
        url = link(name, value)
        if url is not None:
            found.setdefault(url, _IDENTIFIERS.get(name, name))
    return [(name, url) for url, name in found.items()]


def _state(paper: Paper) -> Content:
    parts = [Content(f"{paper.status.sign} {paper.status.words}")]
    if paper.starred:
        parts.append(Content("★ starred"))
    for tag in paper.tags:
        parts.append(clickable(Content.styled(f"#{tag}", "$accent"), "show_tag", tag))
    return Content("   ").join(parts)


def readable_date(published: str) -> str:
    """Return an ISO date, at the precision known, as people write it: `20 Nov 2026`."""
    year, *rest = published.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
