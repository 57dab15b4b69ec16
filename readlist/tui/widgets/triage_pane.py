"""What triage shows: how far one is, one paper, what became of those before."""

from collections.abc import Callable, Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from readlist.paper import Paper, Status
from readlist.text import readable
from readlist.tui.widgets.abstract_pane import (
    Spans,
    link_to,
    links,
    marked,
    readable_date,
    shown_note,
)
from readlist.tui.widgets.bars import FittedLine
from readlist.tui.widgets.columns import family_name

_MUTED = "$muted"
_NAMES = 3  # authors that are named
_LEAST = 8  # cells of what was done last that tell anything
_DOT = " · "  # before the way back


class ProgressLine(FittedLine):
    """How much has been done, as a part of a line."""

    def __init__(self) -> None:
        super().__init__(id="triage-progress")
        self._done = 0.0

    def show(self, done: float) -> None:
        """Show a part of the whole, from 0 to 1."""
        if done != self._done:
            self._done = done
            self.refresh()

    def fitted(self, width: int) -> Content:
        """Return the line."""
        done = round(width * self._done)
        return Content.assemble(("━" * done, "$accent"), ("─" * (width - done), _MUTED))


class OnePaper(FittedLine, can_focus=True):
    """A paper: title and facts, which stay, and under them its text, which scrolls.

    It is laid out when it is drawn, in the same place for every paper, so that a key that scrolls
    need not wait for the paper to have its size.
    """

    def __init__(self) -> None:
        super().__init__(id="triage-paper")
        self._head: Sequence[Content] = ()
        self._text: Sequence[Content] = ()
        self._top = 0

    def show(self, head: Sequence[Content], text: Sequence[Content], *, top: bool) -> None:
        """Show paragraphs that stay and others that scroll, these from the `top` or as they are."""
        if top:
            self._top = 0
        self._head, self._text = head, text
        self.refresh()

    def scroll_text(self, rows: int) -> None:
        """Scroll the text, as far as there is any."""
        self._top = max(0, self._top + rows)
        self._top = min(self._top, self._hidden)
        self.refresh()

    @property
    def is_at_end(self) -> bool:
        """Whether there is no more to scroll to."""
        return self._top >= self._hidden

    @property
    def page(self) -> int:
        """How many lines a key scrolls that shows more: all that are on screen but one."""
        return max(1, self._room - 1)

    @property
    def length(self) -> int:
        """How many lines the text has."""
        return len(_wrapped(self._text, self.content_size.width))

    @property
    def _room(self) -> int:
        """How many lines of the text have room, above the one that says how many more there are."""
        width, height = self.content_size
        return max(1, height - len(_wrapped(self._head, width)) - 2)

    @property
    def _hidden(self) -> int:
        return max(0, self.length - self._room)

    def fitted(self, width: int) -> Content:
        """Return what there is room for."""
        if not width:
            return Content()
        text = _wrapped(self._text, width)
        self._top = min(self._top, max(0, len(text) - self._room))  # it may be wider now
        shown = text[self._top : self._top + self._room]
        more = len(text) - self._top - len(shown)
        lines = [*_wrapped(self._head, width), Content(), *shown]
        if more:
            words = f"↓ {more:,} more line{'s' * (more != 1)}: space"
            lines.append(Content.styled(words, _MUTED))
        return Content("\n").join(lines)


def _wrapped(paragraphs: Iterable[Content], width: int) -> list[Content]:
    return [line for paragraph in paragraphs for line in paragraph.wrap(max(1, width))]


class Acts(FittedLine):
    """What became of papers so far, and at the right what was done last and the way back; the
    last gives way, but for the way back. What leaves no room has the line for itself, as a
    problem has."""

    def __init__(self) -> None:
        super().__init__(id="triage-acts")
        self._parts = Content(), Content(), Content()

    def show(self, so_far: str, last: Content, way_back: Content, *, problem: bool) -> None:
        """Show what was done, or a problem in its place."""
        shown = Content.styled(so_far * (not problem), _MUTED)
        self._parts = shown, last.stylize("$text-error" if problem else _MUTED), way_back
        self.refresh()

    def fitted(self, width: int) -> Content:
        """Return the two texts at their ends."""
        so_far, last, way_back = self._parts
        room = width - so_far.cell_length - way_back.cell_length - 2 * bool(so_far)
        if so_far and room < min(_LEAST, last.cell_length):
            alone = way_back[len(_DOT) :]
            if alone and so_far.cell_length + 2 + alone.cell_length <= width:
                last, way_back = Content(), alone
            else:
                so_far, room = Content(), width - way_back.cell_length
        last = last.truncate(max(0, room), ellipsis=True) + way_back
        gap = " " * max(0, width - so_far.cell_length - last.cell_length) if so_far else ""
        return so_far + gap + last


class TriagePane(Vertical):
    """Has the whole screen, between the head and the footer; in the middle of it, one paper."""

    DEFAULT_CSS = """
    #triage { display: none; height: 1fr; }
    #triage-progress { padding: 0 2; }
    #triage-column { height: 1fr; max-height: 40; align-horizontal: center; padding: 1 0; }
    #triage-paper, #triage-acts { width: 100%; max-width: 90; padding: 0 2; }
    #triage-paper { height: 1fr; }
    #triage-acts { margin: 1 0 0 0; }
    .-narrow #triage-paper, .-narrow #triage-acts, .-narrow #triage-progress { padding: 0 1; }
    .-short #triage-acts { margin: 0; }
    .-short #triage-column { padding: 1 0 0 0; }
    """
    SCOPED_CSS = False  # what is narrow or short is the screen

    def __init__(self, spans: Callable[[str], Spans]) -> None:
        super().__init__(id="triage")
        self._spans = spans
        self._shown: int | None = None
        self.progress = ProgressLine()  # all made here: they may be shown before they are mounted
        self.paper = OnePaper()
        self.acts = Acts()

    def compose(self) -> ComposeResult:
        """Yield the parts, from top to bottom."""
        yield self.progress
        with Vertical(id="triage-column"):
            yield self.paper
            yield self.acts

    def show_paper(self, paper: Paper, done: float) -> None:
        """Show a paper, and which part of all has been done."""
        self.progress.show(done)
        head = [marked(readable(paper.title), self._spans, "bold"), facts(paper)]
        self.paper.show(head, text_of(paper, self._spans), top=paper.id != self._shown)
        self._shown = paper.id

    def show_end(self, title: str, lines: Sequence[Content]) -> None:
        """Show what came of it."""
        self.progress.show(1)
        self.paper.show([Content.styled(title, "bold")], lines, top=True)
        self._shown = None


def facts(paper: Paper) -> Content:
    """Return in a line: who, when, where, how it is liked, links, and what the user made of it."""
    names = [family_name(name) for name in paper.authors[:_NAMES]]
    more = (paper.number_of_authors or 0) - len(names)
    authors = ", ".join(names) + (f" +{more:,}" if names and more > 0 else "")
    if not names and more > 0:
        authors = f"{more:,} author{'s' * (more != 1)}"
    date = readable_date(paper.published) if paper.published else ""
    upvotes = f"▲ {paper.upvotes:,}" if paper.upvotes is not None else ""
    known = (authors, paper.organization, date, paper.venue, *paper.categories[:2], upvotes)
    parts = [Content.styled(part, _MUTED) for part in known if part]
    parts += [link_to(name, url) for name, url in links(paper) if name != "abstract"]
    if paper.status is not Status.NEW:
        parts.append(Content(f"{paper.status.sign} {paper.status.words}"))
    if paper.starred:
        parts.append(Content("★ starred"))
    parts += [Content.styled(f"#{tag}", "$accent") for tag in paper.tags]
    return Content.styled(" · ", _MUTED).join(parts)


def text_of(paper: Paper, spans: Callable[[str], Spans]) -> list[Content]:
    """Return the abstract and the note, in paragraphs."""
    paragraphs = [marked(line, spans) for line in readable(paper.abstract).split("\n")]
    if not paper.abstract:
        paragraphs = [Content.styled("no abstract", _MUTED)]
    if paper.note:
        rule = Content.styled("─ Note " + "─" * 24, _MUTED)
        paragraphs += [Content(), rule, *shown_note(paper.note, spans).split("\n")]
    return paragraphs
