"""Keys of triage: what the list shows, one paper at a time."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from readlist.library.library import Applied
from readlist.paper import Paper, Status
from readlist.search.views import BUILT_IN
from readlist.text import quote, readable
from readlist.tui.doubles import Doubles
from readlist.tui.keyboard import laid_out
from readlist.tui.triage import DELETED, ELSEWHERE, SKIPPED, Triage
from readlist.tui.widgets.bars import TwoEnds

if TYPE_CHECKING:  # made when triage begins
    from readlist.tui.widgets.triage_pane import TriagePane

_KEYS = frozenset(
    (
        "want", "archive", "toggle_read", "begin", "star", "tag", "tag_again", "note", "delete",
        "undo", "redo", "fill_in", "copy", "open_link", "get_pdf", "links", "open_url", "palette",
        "help",
        "left", "right", "next_unread", "previous_unread", "select_down", "down", "up", "first",
        "last", "half_down", "half_up", "page_down", "page_up", "open", "back", "quit",
    )
)  # fmt: skip
"""What keys do here; the others would act on what is not shown."""
_GONE = "The paper that was here has been deleted elsewhere"
_AT_END = "That was the last"
_WHOLE = 300  # characters of a title; the line cuts it where it has no room
_TO_READ = next(view for view in BUILT_IN if view.name == "to-read")


class Triaging(Doubles):
    """Going through papers one by one. The list lies under it, and is kept true."""

    _triage: Triage | None = None
    _of_selection = False
    _is_problem = False

    async def action_triage(self) -> None:
        """Go through what is selected, else through what is shown, from the paper here on."""
        chosen = self.targets() if self.papers.selected else self._shown_alive()
        if not chosen:
            self.say("No paper here to go through")
            return
        if self.is_reading:
            self.leave_reading()
        here = self.papers.current
        start = chosen.index(here) if here in chosen else 0
        self._of_selection = bool(self.papers.selected)
        self._triage = Triage(chosen, start)
        if not self.query("#triage"):
            from readlist.tui.widgets.triage_pane import TriagePane

            await self.mount(TriagePane(self.spans), before="#hints")
        self.add_class("-triage")
        self.set_focus(self._triage_pane.paper)
        self.say("")
        self.show_surroundings()
        await laid_out(self)  # a key that scrolls may follow at once

    def _shown_alive(self) -> list[int]:
        """Return what the list shows, without the archived papers at its end."""
        shown = self.papers.ids[: len(self.papers.ids) - self._found.archived]
        archived = set(self.library.overview.where(Status.ARCHIVED)) if self.period else ()
        return [number for number in shown if number not in archived]

    def leave_triage(self) -> None:
        """Back to the list, on the paper that was here; what waits stays selected."""
        triage = self._triage
        if triage is None:
            return
        self._triage = None
        self.remove_class("-triage")
        self.papers.toggle_selected(self.papers.selected - triage.waiting)
        if triage.here in self.papers.ids:
            self.papers.move_to(self.papers.ids.index(triage.here))
        self.set_focus(self.papers)
        self.show_surroundings()
        self.say(f"Triage: {triage.summary()}" if triage.passed else "")

    @property
    def is_triaging(self) -> bool:
        """Whether papers are being gone through."""
        return self._triage is not None

    @property
    def is_alone(self) -> bool:
        """Whether a paper has the screen for itself."""
        return self.is_triaging or super().is_alone

    @property
    def here(self) -> int | None:
        """The id of the paper that keys act on."""
        return self._triage.here if self._triage else super().here

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key does its action now."""
        return not self.is_triaging or action in _KEYS

    # Sorting out

    def _decide(self, act: Callable[[], None], wanted: Status | None = None) -> None:
        """Have a key change the paper here. It is dealt with when it now is as `wanted`, or in
        another state than before, or gone; not when nothing could be written."""
        triage, number, before = self._triage, self.here, self.current
        if triage and number is None:
            self.say(_AT_END)
            return
        act()
        if triage is None or number is None:
            return
        after = self._still(number)
        if after is None:
            self._is_gone(number)
        elif after.status is wanted or (before and after.status is not before.status):
            triage.becomes(number, str(after.status))
            self._next()
            if before and after.status is before.status:
                self._tell_last(f"already {after.status.words}", after)

    def _still(self, number: int) -> Paper | None:
        return self.library.paper(number) if number in self.library else None

    def _next(self) -> None:
        """Go to the next paper that waits and has not been sorted out elsewhere."""
        if self._triage is not None:
            those = self.library if self._of_selection else self.papers.ids
            self._triage.go_on(lambda number: number in those)
            self.show_surroundings()

    def _is_gone(self, number: int) -> None:
        """Go on from a paper that was deleted, here or elsewhere."""
        if self._triage is None:
            return
        if self._triage.fate(number) != DELETED:
            self._triage.becomes(number, ELSEWHERE)
            self.say(_GONE)
        self._next()

    def _tell_last(self, what: str, paper: Paper) -> None:
        """Say what was done without a change, and the way back."""
        back = self.key("previous_unread")
        self.say(f"last: {what} {quote(readable(paper.title), _WHOLE)}", then=f"{back} back")

    def action_want(self) -> None:
        """Want to read."""
        self._decide(super().action_want, Status.TO_READ)

    def action_archive(self) -> None:
        """Not for me."""
        self._decide(super().action_archive, Status.ARCHIVED)

    def action_begin(self) -> None:
        """Begin reading."""
        self._decide(super().action_begin, Status.READING)

    def action_toggle_read(self) -> None:
        """Mark read, or as before."""
        self._decide(super().action_toggle_read)

    def action_delete(self) -> None:
        """Take out of the library."""
        self._decide(super().action_delete)

    def action_left(self) -> None:
        """Archive; in the list, go to the pane on the left."""
        self.action_archive() if self.is_triaging else super().action_left()

    def action_right(self) -> None:
        """Want to read; in the list, go to the pane on the right."""
        self.action_want() if self.is_triaging else super().action_right()

    def action_next_unread(self) -> None:
        """Skip the paper here; in the list, go to the next unread."""
        number, paper = self.here, self.current
        if self._triage is None:
            super().action_next_unread()
        elif number is None:
            self.say(_AT_END)
        elif paper is None:
            self._is_gone(number)
        else:
            if self._triage.fate(number) is None:
                self._triage.becomes(number, SKIPPED)
                self._tell_last("skipped", paper)
            self._next()

    def action_previous_unread(self) -> None:
        """Go back to the paper before; in the list, to the unread one before."""
        if self._triage is None:
            super().action_previous_unread()
        elif self._triage.go_back(self.library.__contains__):
            self.say("")
            self.show_surroundings()
        else:
            self.say("This is the first")

    # Back and forth

    def after(self, applied: Applied) -> None:
        """Show the papers as they are now, and count what became of them."""
        super().after(applied)
        if self._triage is not None:
            for number in filter(self._triage.has_met, applied.ids):
                self._triage.take_in(number, self._still(number))

    def show_touched(self, applied: Applied) -> None:
        """Go to the paper that was brought back."""
        if self._triage is None:
            super().show_touched(applied)
        elif len(applied.ids) == 1 and self._triage.has_met(applied.ids[0]):
            self._triage.go_to(applied.ids[0])

    def action_redo(self) -> None:
        """Make again what was taken back, and go on from there."""
        triage = self._triage
        before = triage.passed if triage else 0
        super().action_redo()
        if triage and triage.passed > before:
            self._next()

    def action_back(self) -> None:
        """Leave."""
        self.leave_triage() if self.is_triaging else super().action_back()

    def action_quit(self) -> None:
        """Leave."""
        self.leave_triage() if self.is_triaging else super().action_quit()

    # Scrolling, and what comes after the end

    def _move(self, rows: int) -> None:
        self._triage_pane.paper.scroll_text(rows) if self.is_triaging else super()._move(rows)

    @property
    def _page(self) -> int:
        return self._triage_pane.paper.page if self.is_triaging else super()._page

    @property
    def _far(self) -> int:
        return self._triage_pane.paper.length if self.is_triaging else super()._far

    async def action_select_down(self) -> None:
        """Scroll, and say when there is no more; in the list, select."""
        if self.is_triaging:
            pane = self._triage_pane.paper
            is_at_end = pane.is_at_end
            self._move(self._page)
            if is_at_end and not self.has_triage_ended:
                self.say("That is all of it", then=f"{self.key('next_unread')} skips it")
        else:
            await super().action_select_down()

    def action_open(self) -> None:
        """At the end, read the first of the papers to read; in the list, the one here."""
        if self._triage is None:
            super().action_open()
        elif self._triage.here is None:
            chosen = self._triage.to_read()
            self.leave_triage()
            if chosen:
                self.show_view(_TO_READ)
                first = next((number for number in chosen if number in self.papers.ids), None)
                if first is not None:
                    self.papers.move_to(self.papers.ids.index(first))
                    super().action_open()

    # What is shown

    @property
    def _triage_pane(self) -> "TriagePane":
        from readlist.tui.widgets.triage_pane import TriagePane

        return self.query_one(TriagePane)

    def show_surroundings(self) -> None:
        """Bring everything but the list up to date with it."""
        triage, paper = self._triage, self.current
        if triage is None:
            super().show_surroundings()
            return
        if paper is not None:
            triage.meet(paper)
            self._triage_pane.show_paper(paper, triage.passed / len(triage.ids))
        elif triage.here is None:
            self._triage_pane.show_end(triage.summary(), self._ending(triage))
        self._show_head()
        self._show_message()
        self.show_hints()

    def _ending(self, triage: Triage) -> list[Content]:
        chosen = triage.to_read()
        ways = [("undo", "takes the last back"), ("back", "to the list")]
        if chosen and (first := self._still(chosen[0])):
            ways.insert(0, ("open", f"reads the first of those to read: {quote(first.title, 40)}"))
        keys = [
            Content.assemble((f"{self.key(action):<6}", "bold $accent"), words)
            for action, words in ways
        ]
        return [Content.styled(triage.time_taken(), "$muted"), Content(), *keys]

    def _watch(self) -> None:
        super()._watch()
        here = self._triage.here if self._triage else None
        if here is not None and self.current is None:  # it stays: a key may be on its way to it
            self.say(_GONE)

    def _show_head(self) -> None:
        super()._show_head()
        if self._triage is not None:
            over = self.heading.replace(" · ", ", ")
            over += f" · {self.query_text}" if self.query_text.strip() else ""
            over += " · what was selected" if self._of_selection else ""
            left = Content.assemble(("Triage", "bold"), f" · {over}")
            self.query_one("#head", TwoEnds).show(left, Content(self._triage.progress()))

    def say(
        self, text: str, *, then: str = "", problem: bool = False, kept: bool | None = None
    ) -> None:
        """Show a message, and behind it the way back."""
        self._is_problem = problem
        super().say(text, then=then, problem=problem, kept=kept)

    def tell(self, applied: Applied, unseen: int = 0) -> None:
        """Say what was done, and the way back."""
        if self.is_triaging:
            done = self._with_title(applied)
            done = done[:1].lower() + done[1:]
            self.say(f"last: {done}", then=f"{self.key('undo')} back")
        else:
            super().tell(applied, unseen)

    def _with_title(self, applied: Applied) -> str:
        """Return what was done, with the whole title of the paper: labels have the beginning."""
        paper = self._triage.met(applied.ids[0]) if self._triage and len(applied.ids) == 1 else None
        if paper is None:
            return applied.label
        title = readable(paper.title)
        return applied.label.replace(quote(title), quote(title, _WHOLE), 1)

    def _show_message(self) -> None:
        if self._triage is None:
            super()._show_message()
        else:
            so_far = "" if self.has_triage_ended else self._triage.so_far()
            said = self._message, self._way_back
            self._triage_pane.acts.show(so_far, *said, problem=self._is_problem)

    @property
    def has_triage_ended(self) -> bool:
        """Whether there is no paper left to go through."""
        return self._triage is not None and self._triage.here is None

    @property
    def has_some_to_read(self) -> bool:
        """Whether a paper became one to read."""
        return self._triage is not None and bool(self._triage.to_read())
