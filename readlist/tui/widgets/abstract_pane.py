"""The pane that shows one paper: title, authors, where and when, state, abstract, note."""

from collections.abc import Callable, Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from readlist.identifiers import link
from readlist.paper import Paper
from readlist.text import readable, readable_note, shorten
from readlist.tui.widgets.clickable import clickable
from readlist.tui.widgets.columns import short_authors

Spans = Sequence[tuple[int, int]]

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MUTED = "$muted"
_FEW_AUTHORS, _MANY_AUTHORS = 6, 12
TEXT_WIDTH = 80
"""The longest lines, in cells: longer ones are hard to read."""


class AbstractPane(VerticalScroll):
    """One paper, or a text in its place. With the class `-reading` it has the screen."""

    hint = ""
    """What stands where a note would."""

    def __init__(self, spans: Callable[[str], Spans]) -> None:
        super().__init__(id="abstract", can_focus=True)
        self._spans = spans
        self.paper: Paper | None = None
        self._whole = self._every_author = False
        self._content = Content()

    def compose(self) -> ComposeResult:
        """Yield the one text."""
        yield Static(id="abstract-text", markup=False)

    def show(self, paper: Paper | None, *, whole: bool = False) -> None:
        """Show a paper, with `whole` also the authors that a narrow pane leaves out."""
        if paper is None or self.paper is None or paper.id != self.paper.id:
            self.scroll_home(animate=False, immediate=True)
            self._every_author = False
        self.paper, self._whole = paper, whole
        self._show()

    def _show(self) -> None:
        content = Content()
        if self.paper is not None:
            few = _MANY_AUTHORS if self._whole else _FEW_AUTHORS
            limit = len(self.paper.authors) if self._every_author else few
            room = self.scrollable_content_region.width - 1  # a blank stands before the bar
            width = min(TEXT_WIDTH, room if room > 0 else TEXT_WIDTH // 2)
            content = paper_content(
                self.paper, self._spans, authors=limit, width=width, hint=self.hint
            )
        if not content.is_same(self._content):
            self._content = content
            self.query_one("#abstract-text", Static).update(content)

    def on_resize(self) -> None:
        """The rule above the note is as wide as the text."""
        self._show()

    @property
    def hides_authors(self) -> bool:
        """Whether there are more authors than are shown."""
        few = _MANY_AUTHORS if self._whole else _FEW_AUTHORS
        return not self._every_author and self.paper is not None and len(self.paper.authors) > few

    def toggle_authors(self) -> None:
        """Show all authors, or the first few again."""
        self._every_author = self.hides_authors
        self._show()

    @property
    def is_at_end(self) -> bool:
        """Whether the last line is on screen."""
        return self.scroll_offset.y >= self.max_scroll_y


def paper_content(
    paper: Paper, spans: Callable[[str], Spans], *, authors: int, width: int, hint: str = ""
) -> Content:
    """Return a paper as styled text.

    `spans` finds what to mark in a text; of the authors, as many are named; `width` is how wide
    the rule above the note is; `hint` stands where a note would.
    """
    blocks = [
        marked(readable(paper.title), spans, "bold"),
        *_authors(paper, spans, authors),
        *_facts(paper),
        *_links(paper),
        Content(""),
        _state(paper),
    ]
    if paper.abstract:
        blocks += [Content(""), marked(readable(paper.abstract), spans)]
    if paper.note or hint:
        rule = "─ Note ".ljust(width, "─")
        blocks += [Content(""), Content.styled(rule, _MUTED)]
        written = shown_note(paper.note, spans) if paper.note else None
        blocks.append(written or clickable(Content.styled(hint, _MUTED), "note"))
    return Content("\n").join(blocks)


def marked(text: str, spans: Callable[[str], Spans], style: str = "") -> Content:
    """Return a text with what `spans` finds in it marked."""
    return _mark(Content.styled(text, style) if style else Content(text), spans)


def shown_note(note: str, spans: Callable[[str], Spans]) -> Content:
    """Return a note as styled text, with what `spans` finds in it marked."""
    from readlist.tui.widgets.note_text import note_content

    return _mark(note_content(readable_note(note)), spans)


def _mark(content: Content, spans: Callable[[str], Spans]) -> Content:
    for start, end in spans(content.plain):
        content = content.stylize("$accent underline", start, end)
    return content


def _authors(paper: Paper, spans: Callable[[str], Spans], limit: int) -> Iterable[Content]:
    shown = paper.authors[:limit]
    number = paper.number_of_authors or 0
    if shown:
        names = marked(", ".join(shown), spans)
        if number > len(shown):
            names += _more(f"+{number - len(shown):,}", is_known=len(paper.authors) > limit)
        elif len(shown) > _MANY_AUTHORS:
            names += _more("fewer", is_known=True)
        yield names
    elif number:
        yield Content(f"{number:,} author{'s' * (number != 1)}")
    if paper.organization:
        yield marked(paper.organization, spans, _MUTED)


def _more(words: str, *, is_known: bool) -> Content:
    """Return what stands behind the last author named; those not known can not be shown."""
    style = f"{_MUTED} underline" if is_known else _MUTED
    more = Content.styled(words, style)
    return Content(" ") + (clickable(more, "all_authors") if is_known else more)


def _facts(paper: Paper) -> Iterable[Content]:
    parts = [_identifier(name, value) for name, value in paper.identifiers.items()]
    words = [part for part in (paper.venue, *paper.categories[:3]) if part]
    if paper.published:
        assumed = "published" in paper.extra.get("assumed", ())
        words.append(readable_date(paper.published) + (" (year assumed)" if assumed else ""))
    parts += [Content.styled(word, _MUTED) for word in words]
    if parts:
        yield Content.styled(" · ", _MUTED).join(parts)


def _identifier(name: str, value: str) -> Content:
    shown = Content.styled(f"{_IDENTIFIERS.get(name, name)} {value}", _MUTED)
    url = link(name, value)
    return shown if url is None else _linked(shown, url)


_IDENTIFIERS = {"arxiv": "arXiv", "doi": "DOI"}


def _links(paper: Paper) -> Iterable[Content]:
    parts = []
    if paper.upvotes is not None:
        parts.append(Content.styled(f"▲ {paper.upvotes:,}", _MUTED))
    if paper.comments:
        plural = "s" * (paper.comments != 1)
        parts.append(Content.styled(f"{paper.comments:,} comment{plural}", _MUTED))
    known = {link(name, value) for name, value in paper.identifiers.items()}
    parts += [link_to(name, url) for name, url in links(paper) if url not in known]
    if paper.files:
        parts.append(clickable(Content.styled("file", "underline"), "open_link"))
    if parts:
        yield Content("   ").join(parts)


def link_to(name: str, url: str) -> Content:
    """Return a name that leads to an address."""
    return _linked(Content(name), url)


def _linked(shown: Content, url: str) -> Content:
    """Return a text that opens an address when it is clicked, here or by the terminal (OSC 8)."""
    return clickable(shown.stylize(Style(link=url, underline=True)), "open_url", url)


def short_facts(paper: Paper) -> Content:
    """Return a paper in two lines, for a screen that has no room for the pane."""
    authors = short_authors(paper)
    facts = [authors, *paper.identifiers.values(), *(f"#{tag}" for tag in paper.tags)]
    first = " · ".join(fact for fact in facts if fact)
    return Content(f"{first}\n{shorten(readable(paper.abstract), 200)}")


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
