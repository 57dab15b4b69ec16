"""Keys that turn the pages of the days: a day's papers as they were listed, what became of each."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.content import Content

from readlist import days
from readlist.paper import Status
from readlist.record import Record
from readlist.search.views import View, day_view
from readlist.text import count
from readlist.tui.finding import Found
from readlist.tui.keyboard import OrderlyApp
from readlist.tui.moving import Moving
from readlist.tui.palette import Entry

if TYPE_CHECKING:
    from readlist.search.sorting import SortKey

_PREFIX = "day:"
_PATIENCE = 8.0  # seconds that keys wait for the library to be read
_IMPATIENCE = 0.5  # when thousands are left
_SPELLED_OUT = 80  # columns, from which on all states are told


class Place(Record):
    """Where one was: the view, its filter and order, the paper; and of a page of a day, where one
    was before the first."""

    view: View
    typed: str
    query: str
    sort: "tuple[SortKey, ...]"
    paper: int | None
    before_days: "Place | None"


class DayPages(Moving):
    """The page of a day, and the way from one to another and back."""

    _waits: "tuple[Callable[[], None], Content] | None" = None
    _before_days: Place | None = None
    _day_states: tuple[Found | None, Counter[Status]] = None, Counter()

    @property
    def period(self) -> str | None:
        """The day, week or month that is shown; None when something else is."""
        name = self.view.name
        return name.removeprefix(_PREFIX) if name.startswith(_PREFIX) else None

    # Keys

    async def action_day_before(self) -> None:
        """Show the day before that has papers; from elsewhere the newest."""
        await self.when_days_are_known(partial(self._turn, -1))

    async def action_day_after(self) -> None:
        """Show the day after that has papers; from elsewhere the newest."""
        await self.when_days_are_known(partial(self._turn, 1))

    async def action_show_period(self, kind: str) -> None:
        """Show the day, week or month of the day that is shown, else of the newest day."""
        await self.when_days_are_known(partial(self._show_period, kind))

    def _show_period(self, kind: str) -> None:
        here = self.period or self._finding.day_beside(None, 0)
        if here is None:
            self.say("No paper has a day")
            return
        day = days.begin(here)
        named = {"week": days.week_of(day), "month": day.isoformat()[:7]}
        self._show_page(named.get(kind, day.isoformat()))

    def _turn(self, step: int) -> None:
        here = self.period
        found = self._finding.day_beside(here, step)
        if found is not None:
            self._show_page(found)
        elif here is None:
            self.say("No paper has a day")
        else:
            self.say(f"No papers {'before' if step < 0 else 'after'} {days.readable(here)}")

    # Waiting for the days

    async def when_days_are_known(self, act: Callable[[], None]) -> None:
        """Do something once all papers have been read. Keys wait for that; when it takes too long,
        it is said, keys that were typed behind are forgotten, as they were meant for what is not
        there, and it is done later unless another key comes first."""
        self.index()
        begun = monotonic()
        while self._finding.progress and monotonic() < begun + self._patience:
            await asyncio.sleep(0.005)
        reading = self._finding.progress
        if not reading:
            act()
            return
        self.say(f"Days are known once all papers have been read: {reading}")
        self._waits = act, self.said
        if isinstance(self.app, OrderlyApp):
            self.app.drop_typed()

    @property
    def _patience(self) -> float:
        """For how many seconds keys wait: longer when little is left to read."""
        return _PATIENCE if self._finding.share is None else _IMPATIENCE

    def _index_more(self) -> None:
        super()._index_more()
        if self._waits is not None and not self._finding.progress:
            (act, said), self._waits = self._waits, None
            if self.said is said:
                self.say("")
                act()

    def _show_page(self, period: str) -> None:
        if self.is_reading:
            self.leave_reading()
        self.show_view(day_view(period), keep_filter=self.period is not None)
        self.set_focus(self.papers)

    # There and back

    def show_view(self, view: View, *, keep_filter: bool = False) -> None:
        """Show another view; a day has an order of its own."""
        is_day = view.name.startswith(_PREFIX)
        if is_day and self._before_days is None:
            self._before_days = self.where_one_is()
            self._order_by((), "-upvotes")
        elif not is_day and self._before_days is not None:
            sort = self._before_days.sort
            self._before_days = None
            self._order_by(sort, ",".join(map(str, sort)))
        super().show_view(view, keep_filter=keep_filter)

    def where_one_is(self) -> Place:
        """Return what `go_back_to` needs to come back here."""
        typed, paper = self.filter_line.value, self.papers.current
        return Place(self.view, typed, self.query_text, self.sort, paper, self._before_days)

    def go_back_to(self, place: Place) -> None:
        """Show what was shown, and the paper where one was."""
        self.show_view(place.view)
        self._before_days = place.before_days
        if place.query.strip():
            self.filter_line.value, self.query_text = place.typed, place.query
            self.reload()
        if place.paper is not None:
            self.papers.go_to(place.paper)
        self.show_surroundings()

    def _order_by(self, sort: "tuple[SortKey, ...]", shown: str) -> None:
        self.sort = sort
        self.show_sorting(shown)

    def show_sorting(self, keys: str) -> None:
        """Mark the column that the list is sorted by."""
        raise NotImplementedError

    @property
    def leaves_days(self) -> bool:
        """Whether `escape` goes back to where one was before the first page."""
        is_bare = not self._is_busy and not self.is_filtered
        return self._before_days is not None and is_bare and self.focused is self.papers

    def action_back(self) -> None:
        """Go one step back; from a day to where one was."""
        place = self._before_days
        if place is None or not self.leaves_days:
            super().action_back()
        else:
            self.go_back_to(place)

    def action_quit(self) -> None:
        """Go one step back, and from the bare list out of readlist."""
        if self.leaves_days:
            self.action_back()
        else:
            super().action_quit()

    # What is told of it

    def numbers(self) -> str:
        """Return how many papers are shown; of a day, in which states."""
        if self.period is None or self.query_text.strip():
            return super().numbers()
        if self._day_states[0] is not self._found:
            self._day_states = self._found, self._finding.states(self._found.ids)
        states = days.states(self._day_states[1])
        shown = states if self.app.size.width >= _SPELLED_OUT else states[:1]
        return " · ".join([count(len(self._found.ids), "paper"), *shown])

    def day_actions(self) -> Iterator[Entry]:
        """Yield what the palette has besides the keys."""
        here = self.period
        day = days.begin(here) if here else None
        of = f"of {days.readable(day.isoformat())}" if day else "of the newest day"
        for kind in ("day", "week", "month"):
            name = f"Papers of the {kind} {of}" if kind != "day" else f"Papers {of}"
            yield Entry(f"show_period('{kind}')", name, detail="page", also="listed date")
