"""What the main screen shows: a view of the library, narrowed by a filter, and how it is drawn."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import Worker, WorkerError

from readlist.bindings import ELSEWHERE, Key, display
from readlist.layout import Layout
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import Paper
from readlist.search.views import BUILT_IN, View
from readlist.tui import garbage
from readlist.tui.emptiness import no_library, no_match, no_paper
from readlist.tui.finding import Answering, Finding, Found, Question
from readlist.tui.panes import WIDE, Panes
from readlist.tui.sidebar_content import counted, tags_shown
from readlist.tui.tour import Tour
from readlist.tui.widgets.abstract_pane import AbstractPane, short_facts
from readlist.tui.widgets.bars import KeyHints, TwoEnds
from readlist.tui.widgets.clickable import clickable
from readlist.tui.widgets.column_heads import ColumnHeads
from readlist.tui.widgets.divider import Divider
from readlist.tui.widgets.filter_line import FilterLine, FilterParts
from readlist.tui.widgets.paper_list import PaperList
from readlist.tui.widgets.sidebar import Sidebar

if TYPE_CHECKING:  # nothing of the search is imported before the first frame
    from readlist.search.sorting import SortKey

_SLICE = 200  # papers read between two keys
_ANSWERS = "answers"
_AT_ONCE = 0.02  # seconds that a key may wait, so that it and its answer are drawn in one frame
_SOON = 0.025  # seconds without another answer, before what is around the list is drawn
_PATIENCE = 0.4  # seconds without an answer, before one is told why


class LibraryView(Panes):
    """The head, the filter, the sidebar, the list, the abstract, the messages and the footer."""

    AUTO_FOCUS = "#papers"

    def __init__(
        self,
        library: Library,
        keys: Sequence[Key],
        *,
        views: Iterable[View] = (),
        demo: bool = False,
        division: Layout | None = None,
    ) -> None:
        super().__init__(division or Layout())
        self.views = [*BUILT_IN, *views]
        self.is_demo = demo
        self.library = library
        self.keys = {key.id: key for key in keys}
        elsewhere = [key for keys, _ in ELSEWHERE for key in keys]
        self._keys_elsewhere = {key.id: self.keys.pop(key.id, key) for key in elsewhere}
        self.view = BUILT_IN[0]
        self.query_text = ""
        self.sort: tuple[SortKey, ...] = ()
        if demo:
            self.tour = Tour({name: self.key(name) for name in self.keys})
        self._finding = Finding(library)
        self._found = Found()
        self.mistake = ""
        self._answering: Worker[None] | None = None
        self._soon: Timer | None = None
        self.is_shown = False

    def compose(self) -> ComposeResult:
        """Yield the parts, from top to bottom."""
        self.keep_to_size()
        self.sidebar = Sidebar()
        self.papers = PaperList(self.library.paper, self.spans, self.division.columns)
        self.pane = AbstractPane(self.spans)
        yield TwoEnds(id="head")
        with Horizontal(id="filter-row"):
            yield Static("/", id="filter-sign")
            yield FilterLine(self.narrow)
            yield FilterParts()
            yield Static(id="filter-note", markup=False)
        with Horizontal(id="body"):
            yield self.sidebar
            yield Divider(id="sidebar-gap")
            with Vertical(id="middle"):
                yield ColumnHeads(self.division.columns)
                yield self.papers
                yield Static(id="empty", markup=False)
            yield Divider(id="abstract-gap")
            yield self.pane
        self.place_panes(self.papers)
        yield Static(id="brief", markup=False)
        if self.tour:
            self.tour_line = TwoEnds(id="tour")
            yield self.tour_line
        yield TwoEnds(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Show the inbox; index the words while the user looks at it, and watch the file."""
        self.filter_line = self.query_one(FilterLine)
        self.show_view(self.view)
        self.call_after_refresh(self._go_on)
        if self._finding.is_cheap or len(self.views) > len(BUILT_IN):
            self.call_after_refresh(self.index)
        self.set_interval(0.5, self._watch)
        if self.library.is_read_only:
            self.say("This library is read-only: nothing can be changed", problem=True)
        self._pass_on_notices()

    def _go_on(self) -> None:
        """Do, behind the first frame, what it did not wait for."""
        self.is_shown = True
        self.show_hints()
        self._show_abstract()
        self._read_tags()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Spare the first frame that all styles are applied again, when nothing has changed."""
        event.refresh_styles = self.is_shown or self.has_class("-empty")

    def on_resize(self) -> None:
        """The head may have room for more."""
        super().on_resize()
        self.call_after_refresh(self._show_head)

    def on_descendant_focus(self) -> None:
        """Other keys matter in another pane."""
        self.place_panes()
        self._show_head()
        self.show_parts()
        self.show_hints()

    # Which papers

    def show_view(self, view: View, *, keep_filter: bool = False) -> None:
        """Show another view, from its top, without a filter."""
        if view.name != self.view.name:
            self.papers.select_none()
        self.view = view
        if not keep_filter:
            self.query_text = self.mistake = ""
            self.filter_line.value = ""
        self.reload(top=True)

    def _ask(self) -> Question:
        return self._finding.ask(self.view, self.query_text, self.sort)

    def narrow(self, typed: str) -> None:
        """Narrow the list as one types."""
        raise NotImplementedError

    def look(self, *, top: bool) -> None:
        """Show them as soon as a thread has found them: no key waits for one that takes long."""
        self.workers.cancel_group(self, _ANSWERS)
        answer = self._finding.answer_soon(self._ask())
        try:
            self._show_found(answer.result(_AT_ONCE), top=top)
        except TimeoutError:
            waiting = partial(self._wait, answer, top=top)  # no coroutine: it may never begin
            self._answering = self.run_worker(waiting, group=_ANSWERS)

    async def _wait(self, answer: Answering, *, top: bool) -> None:
        waiting = asyncio.wrap_future(answer)
        done, _ = await asyncio.wait([waiting], timeout=_PATIENCE)
        if not done:
            self.note_content(Content("papers are being read …"))
        self._show_found(await waiting, top=top)

    def _show_found(self, found: Found | None, *, top: bool) -> None:
        """Show what a thread found, None if it was not wanted any more: the list at once, what is
        around it when no key comes for a moment.
        """
        if found is not None:
            self._show_list(found, top=top)
            if self._soon is not None:
                self._soon.stop()
            self._soon = self.set_timer(_SOON, self._show_around)

    async def answered(self) -> None:
        """Wait until the screen shows what was last asked for."""
        while self._answering is not None and not self._answering.is_finished:
            with suppress(WorkerError):  # another question took its place
                await self._answering.wait()
        if self._soon is not None:
            self._show_around()

    def reload(self, *, top: bool = False) -> None:
        """Show the papers of the view and the filter as the library has them now."""
        self.workers.cancel_group(self, _ANSWERS)
        found = self._finding.answer(self._ask())
        if found is not None:
            self._show_list(found, top=top)
            self._show_around()

    def _show_list(self, found: Found, *, top: bool) -> None:
        self._found = found
        self.papers.keep_selected(self.library, self.library.overview.order)
        self.papers.show(found.ids, top=top, archived=found.archived)
        self.set_class(not found.ids, "-empty")
        if not found.ids and self.focused is self.pane and not self.is_reading:
            self.set_focus(self.papers)  # the pane goes away

    def _show_around(self) -> None:
        if self._soon is not None:
            self._soon.stop()
            self._soon = None
        if not self.children:  # readlist was left in the meantime
            return
        self.show_note()
        self._show_sidebar()
        self.show_surroundings()
        if self.focused is self.filter_line and not self.mistake:
            self.offer()
        self.call_after_refresh(garbage.look)  # the next key is not there yet, and has more time

    # Reading what is not on screen, a little at a time, so that keys come in between

    def index(self) -> None:
        """Read papers for the filter until all have been read."""
        if self._finding.begin():
            self._index_more()

    def _index_more(self) -> None:
        if self._finding.step(_SLICE):
            garbage.keep()
            is_found = self.query_text.strip() or self.view.name.startswith("day:")
            if is_found or len(self.views) > len(BUILT_IN):
                self.reload()
        else:
            self.set_timer(0.01, self._index_more)

    def _read_tags(self) -> None:
        if self.library.overview.tag_index.scan(_SLICE):
            self._show_sidebar()
        else:
            self.set_timer(0.01, self._read_tags)

    def spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Return what to highlight in a text."""
        return self._found.spans(text)

    def on_paper_list_fitted(self, message: PaperList.Fitted) -> None:
        """Show the heads of the columns that the list shows."""
        self.query_one(ColumnHeads).show_columns(message.columns)

    # After a change

    def take_in(self, numbers: Iterable[int]) -> None:
        """Let the search know of papers that changed."""
        self._finding.take_in(numbers)

    def catch_up(self) -> bool:
        """Take in what other processes changed; return whether there was anything."""
        touched = self.library.refresh()
        if touched.everything:
            self._finding.begin_anew()
            self.index()
            self._read_tags()
        self.take_in({number for table, number in touched.documents if table == "papers"})
        return bool(touched)

    def _pass_on_notices(self) -> None:
        """Say what was found wrong with the files."""
        first, *others = self.library.notices or [""]
        if first:
            for notice in others:
                self.library.reported.keep(notice)
            more = f"{len(others):,} more: :log --notices" if others else ""
            self.say(first, then=more, problem=True)
            self.library.notices.clear()

    def _watch(self) -> None:
        """Show what other processes changed; not while a thread reads the library."""
        self.library.reported.write_behind()
        if self._answering is not None and not self._answering.is_finished:
            return
        try:
            if self.catch_up():
                self.reload()
            self._pass_on_notices()
        except LibraryError as error:
            self.say(error.short, problem=True)

    # Around the list

    @property
    def _why_empty(self) -> Content:
        if not len(self.library):
            return no_library(self.key)
        filtered = self.query_text.strip()
        if not filtered:
            return no_paper(self.view, self.key)
        is_typing = self.focused is self.filter_line
        return no_match(filtered, self.view.title, self._found.elsewhere, self.key, is_typing)

    @property
    def here(self) -> int | None:
        """The id of the paper that keys act on: the one being read, else under the cursor."""
        return self.papers.current if self._reading is None else self._reading

    @property
    def current(self) -> Paper | None:
        """The paper that keys act on, if it is still there."""
        here = self.here
        return self.library.paper(here) if here is not None and here in self.library else None

    def show_surroundings(self) -> None:
        """Bring everything but the list up to date with it."""
        paper = self.current
        self.place_panes()
        if self.is_shown:
            self._show_abstract()
        if not self.papers.ids:
            self.query_one("#empty", Static).update(self._why_empty)
        facts = short_facts(paper) if paper else ""
        self.query_one("#brief", Static).update(facts, layout=False)
        self.show_parts()
        self._show_head()
        self._show_message()
        self.show_hints()

    def _show_abstract(self) -> None:
        self.pane.show(self.current, whole=self.is_reading)

    def _show_head(self) -> None:
        self.heading = self.view.title
        if self.view.name == "inbox":
            today = date.today()
            self.heading += f" · {today:%a} {today.day} {today:%b}"
        name = f"{'readlist':<{self.sidebar_width - 2}}" if self.has_class("-sidebar") else ""
        name *= self.app.size.width >= WIDE
        title = clickable(Content.styled(self.heading, "bold"), "toggle_sidebar")
        left = Content.assemble((name, "$muted"), title)
        self.query_one("#head", TwoEnds).show(left, Content(self.numbers()))

    def numbers(self) -> str:
        """Return how many papers are shown."""
        return self._found.numbers(self.view)

    def _show_sidebar(self) -> None:
        overview, only = self.library.overview, self.division.unread_tags
        passing = [self.view] if self.view.name.startswith("day:") else []
        views = counted(overview, [*self.views, *passing], self._finding.count_of)
        tags = tags_shown(overview, self.view, unread_only=only)
        self.sidebar.show(views, tags, self.view, "unread" if only else "")

    def action_unread_tags(self) -> None:
        """Show only tags with unread papers in the sidebar, or all again."""
        self.divide(unread_tags=not self.division.unread_tags)
        self._show_sidebar()
        shown = "Only tags with unread papers" if self.division.unread_tags else "All tags"
        self.say(f"{shown} in the sidebar")

    def show_note(self) -> None:
        """Show what is wrong with the filter, or what there is to know of what it found."""
        reading = "" if self._found.is_whole else self._finding.progress
        found = (reading or self._found.note) if self._found.answer else ""
        self.note_content(Content(self.mistake or found), problem=bool(self.mistake))

    def note_content(self, content: Content, *, problem: bool = False) -> None:
        """Show something beside the filter."""
        note = self.query_one("#filter-note", Static)
        note.update(content)
        note.set_class(problem, "-problem")

    def show_parts(self) -> None:
        """Show the filter that is kept in its parts."""
        raise NotImplementedError

    def offer(self) -> None:
        """Show what the word that is being typed may become."""
        raise NotImplementedError

    # The footer

    def key(self, action: str) -> str:
        """Return the first key of an action, as people write it; if it has none, its name."""
        key = self.keys.get(action) or self._keys_elsewhere[action]
        return display(key.keys.split(",")[0]) or f":{key.short}"

    def hint(self, action: str, words: str = "") -> tuple[str, str, str]:
        """Return a hint for the footer."""
        return self.key(action), action, words or self.keys[action].short

    def show_hints(self) -> None:
        """Name the keys that matter now."""
        raise NotImplementedError
