"""Papers that are there twice: pair by pair, to merge them or to say that they are not the same."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from readlist.bindings import BINDINGS, DUPLICATE_KEYS, KEYS_AMONG_DUPLICATES
from readlist.insight.duplicates import Pair, are_apart
from readlist.merging.comparison import compare
from readlist.merging.uniting import best_first, united
from readlist.paper import Paper
from readlist.text import count
from readlist.tui.keyboard import bindings
from readlist.tui.screens.panel import Panel
from readlist.tui.widgets.bars import NARROW, KeyHints, TwoEnds
from readlist.tui.widgets.clickable import Clickable
from readlist.tui.widgets.pair_view import PairView
from readlist.tui.widgets.progress_line import progress_line

if TYPE_CHECKING:
    from readlist.tui.job import Job

_OFTEN = 0.1  # seconds, until it is looked how far the work is
_AGAIN = 0.5  # seconds, until it is looked whether the papers are still as they are shown


class Keeper(Protocol):
    """Who knows the library."""

    @property
    def said(self) -> Content:
        """What was said last."""

    @property
    def way_back(self) -> Content:
        """How that is taken back."""

    def find_duplicates(self) -> "Job[list[Pair]]":
        """Begin to look for pairs of papers that may be one."""

    def paper_of(self, number: int) -> Paper | None:
        """Return the paper with an id as it is now; None when there is none."""

    def merge_papers(self, numbers: Sequence[int]) -> None:
        """Merge papers into the first of them."""

    def tell_apart(self, numbers: Sequence[int]) -> None:
        """Remember of papers that they are not the same."""

    def action_undo(self) -> None:
        """Take back the last change."""

    def action_redo(self) -> None:
        """Make again what was taken back."""

    def say(self, text: str) -> None:
        """Show a message."""

    def hint(self, action: str, words: str = "") -> tuple[str, str, str]:
        """Return a hint for the footer."""


class DuplicatesScreen(Clickable, Panel[None]):
    """One pair at a time, the one that stays on the left."""

    LEFT_BESIDE = False
    BINDINGS = [
        *bindings(key for key in BINDINGS if key.id in KEYS_AMONG_DUPLICATES),
        *bindings(DUPLICATE_KEYS),
        Binding("ctrl+c", "leave", priority=True),
    ]

    def __init__(self, keeper: Keeper, chosen: Sequence[int] = ()) -> None:
        """`chosen` are papers of which the best is shown beside each of the others."""
        super().__init__(id="duplicates")
        self._keeper = keeper
        best, *others = best_first(filter(None, map(keeper.paper_of, chosen))) or (None,)
        self._pairs = [Pair(best.id, p.id, "as you selected", 0) for p in others if best]
        self._is_chosen = bool(chosen)
        self._job: Job[list[Pair]] | None = None
        self._place = 0
        self._stays: dict[int, int] = {}  # the paper that the user wants to stay, by the place
        self._into: dict[int, int] = {}  # what a paper went into
        self._here: tuple[Paper, Paper] | None = None
        self._decided: dict[int, str] = {}  # what became of pairs, by their place; in order
        self._has_acted = False
        # Made here: a key or a resize may come before they are mounted.
        self.head = TwoEnds(id="head")
        self.view = PairView()
        self.empty = Static(id="no-pair", markup=False)
        self.message = TwoEnds(id="message")
        self.hints = KeyHints()

    def compose(self) -> ComposeResult:
        """Yield the parts, from top to bottom."""
        yield self.head
        yield self.view
        yield self.empty
        yield self.message
        yield self.hints

    def on_mount(self) -> None:
        """Begin to look for pairs, if they are not there; and watch those that are shown."""
        self.set_focus(self.view)
        self.set_interval(_AGAIN, self._watch)
        if self._is_chosen:
            self._go(0, 1)
        else:
            self._job = self._keeper.find_duplicates()
            self._follower = self.set_interval(_OFTEN, self._follow)
            self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Leave less room around where there is little."""
        self.set_class(event.size.width < 80, "-narrow")

    # Looking for them

    def _follow(self) -> None:
        """Look how far the work is."""
        job = self._job
        if job is None or not job.is_done:
            self._show()
            return
        self._follower.stop()
        self._job = None
        try:
            self._pairs = job.result or []
        except Exception as error:
            self._keeper.say(f"Not found: {error}")
            self._has_acted = True
        self._go(0, 1)

    # Which pair

    def _open(self, place: int) -> tuple[Paper, Paper] | None:
        """Return the papers of a pair, as they are now; None when nothing is to be decided."""
        one, other = map(self._paper, self._pairs[place][:2])
        if one is None or other is None or one.id == other.id or are_apart(one, other):
            return None
        first, second = best_first((one, other))
        return first, second

    def _paper(self, number: int) -> Paper | None:
        """Return a paper as it is now; of one that was merged here, the one that it went into."""
        found = self._keeper.paper_of(number)
        while found is None and number in self._into:
            number = self._into[number]
            found = self._keeper.paper_of(number)
        return found

    def _go(self, start: int, step: int) -> bool:
        """Go to the first open pair from a place on, in a direction; return whether there is one.

        When none is left in either, there is nothing to show.
        """
        number = len(self._pairs)
        for place in range(start, number) if step > 0 else range(start, -1, -1):
            if self._show_pair(place):
                return True
        if self._here is None or self._open(self._place) is None:
            rest = range(start - step, -1, -1) if step > 0 else range(start - step, number)
            if not any(self._show_pair(place) for place in rest if 0 <= place < number):
                self._here = None
                self._show()
        return False

    def _show_pair(self, place: int) -> bool:
        papers = self._open(place)
        if papers is not None:
            self._place, self._here = place, papers
            self._show(top=True)
        return papers is not None

    def _watch(self) -> None:
        """Show what others changed."""
        if self._here is None or self._job is not None:
            return
        now = self._open(self._place)
        if now is None:
            self._keeper.say("These two were dealt with elsewhere")
            self._has_acted = True
            self._go(self._place, 1)
        else:
            same = now if now[0].id == self._here[0].id else now[::-1]  # what stays, stays
            if same != self._here:
                self._here = same
                self._show()

    # What is shown

    def _show(self, *, top: bool = False) -> None:
        self.view.display = self._here is not None
        self.empty.display = self._here is None
        if self._has_acted:
            self.message.show(self._keeper.said, Content(), behind=self._keeper.way_back)
        else:
            legend = "✓ what the merged paper will have   ≠ not the same in both"
            self.message.show(Content(legend * (self._here is not None)), Content())
        title = Content.styled("Duplicates", "bold")
        if self._here is None:
            self.head.show(title, Content())
            self.empty.update(self._ending())
            self.hints.show("", self._end_hints())
            return
        kept, other = self._ordered
        number = len(self._pairs)
        reason = self._pairs[self._place].reason
        self.head.show(title + f" · {reason}", Content(f"{self._place + 1:,} of {number:,}"))
        heads = f"id {kept.id:,} · stays", f"id {other.id:,} · goes into it"
        self.view.show(heads, compare(kept, other, united(kept, [other])), top=top)
        self.hints.show("", self._pair_hints())

    @property
    def _ordered(self) -> tuple[Paper, Paper]:
        """The pair that is shown, first the paper that stays."""
        assert self._here is not None
        stays = self._stays.get(self._place)
        return self._here[::-1] if stays == self._here[1].id else self._here

    def _ending(self) -> Content:
        if self._job is not None:
            return progress_line(self._job.progress)
        if not self._pairs:
            return Content("No paper seems to be there twice.")
        fates = Counter(self._decided.values())
        told = ", ".join(f"{number:,} {what}" for what, number in fates.items())
        return Content(f"That was all: {count(len(self._pairs), 'pair')}{', ' * bool(told)}{told}.")

    def _end_hints(self) -> list[tuple[str, str, str]]:
        hint = self._keeper.hint
        if self._job is not None:
            return [hint("back", "gives up")]
        undo = [hint("undo", "takes the last back")] if self._decided else []
        return [*undo, hint("back", "to the list")]

    def _pair_hints(self) -> list[tuple[str, str, str]]:
        hint = self._keeper.hint
        is_narrow = self.app.size.width < NARROW
        more = [hint("next_unread", "next"), hint("previous_unread", "before")]
        return [
            *(hint(key.id, key.short) for key in DUPLICATE_KEYS),
            hint("left", "swaps" if is_narrow else "the other stays"),
            *(more if len(self._pairs) > 1 else []),
            hint("undo"),
            hint("back", "back" if is_narrow else "to the list"),
        ]

    # Deciding

    def action_merge(self) -> None:
        """Merge the two."""
        if self._here is not None:
            kept, other = self._ordered
            self._into[other.id] = kept.id
            self._into.pop(kept.id, None)
        self._decide("merged", self._keeper.merge_papers)

    def action_tell_apart(self) -> None:
        """Remember that they are not the same."""
        self._decide("not the same", self._keeper.tell_apart)

    def _decide(self, what: str, act: Callable[[Sequence[int]], None]) -> None:
        if self._here is None:
            return
        place = self._place
        act([paper.id for paper in self._ordered])
        self._has_acted = True
        if self._open(place) is None:
            self._decided.pop(place, None)
            self._decided[place] = what
            self._go(place + 1, 1)
        else:
            self._show()

    def action_undo(self) -> None:
        """Take back the last change, and show its pair again."""
        self._reverse(self._keeper.action_undo)

    def action_redo(self) -> None:
        """Make again what was taken back."""
        self._reverse(self._keeper.action_redo)

    def _reverse(self, act: Callable[[], None]) -> None:
        act()
        self._has_acted = True
        for place in reversed(self._decided):
            if self._open(place) is not None:
                del self._decided[place]
                self._show_pair(place)
                return
        if self._here is None or self._open(self._place) is None:
            self._go(self._place, 1)
        else:
            self._show()

    # Moving

    def action_next_unread(self) -> None:
        """Go to the next pair."""
        self._step(1)

    def action_previous_unread(self) -> None:
        """Go to the pair before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._here is not None:
            self._has_acted = False
            if not self._go(self._place + step, step) and self._here is not None:
                self._keeper.say("This is the last pair" if step > 0 else "This is the first pair")
                self._has_acted = True
                self._show()

    def action_left(self) -> None:
        """Have the other one stay."""
        if self._here is not None:
            self._stays[self._place] = self._ordered[1].id
            self._show()

    def action_right(self) -> None:
        """Have the other one stay."""
        self.action_left()

    def action_down(self) -> None:
        """Scroll down."""
        self.view.scroll_by(1)

    def action_up(self) -> None:
        """Scroll up."""
        self.view.scroll_by(-1)

    def action_select_down(self) -> None:
        """Scroll a page."""
        self.view.scroll_by(self.view.page)

    def action_page_down(self) -> None:
        """Scroll a page."""
        self.view.scroll_by(self.view.page)

    def action_page_up(self) -> None:
        """Scroll back a page."""
        self.view.scroll_by(-self.view.page)

    def action_half_down(self) -> None:
        """Scroll half a page."""
        self.view.scroll_by(max(1, self.view.page // 2))

    def action_half_up(self) -> None:
        """Scroll back half a page."""
        self.view.scroll_by(-max(1, self.view.page // 2))

    def action_first(self) -> None:
        """Scroll to the top."""
        self.view.scroll_by(-self.view.length)

    def action_last(self) -> None:
        """Scroll to the end."""
        self.view.scroll_by(self.view.length)

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self.view.scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self.view.scroll_by(-3)

    # Leaving

    def action_back(self) -> None:
        """Give up looking, and leave."""
        if self._job is not None:
            self._job.cancel()
            self._keeper.say("Given up: duplicates were being looked for")
        self.dismiss(None)

    def action_quit(self) -> None:
        """Leave."""
        self.action_back()

    def action_leave(self) -> None:
        """Leave."""
        self.action_back()
