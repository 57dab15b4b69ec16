"""Keys that change papers. Each is one `Change`, and the message names the way back."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeAlias

from readlist import change
from readlist.change import Change
from readlist.library.disk import LibraryError
from readlist.library.library import Applied, Library
from readlist.paper import Paper, Status
from readlist.record import Record
from readlist.text import count
from readlist.tui.keyboard import OrderlyApp, laid_out
from readlist.tui.own_views import OwnViews

_ALREADY = {
    Status.TO_READ: "Already to read",
    Status.ARCHIVED: "Already archived",
    Status.READING: "Already being read",
}
_FEW = 50  # papers, of which the first is sought in the list


Make: TypeAlias = Callable[[Library, Iterable[int]], Applied]
"""Changes papers of a library, these."""


class How(Record):
    """How a change of papers is made: what is said when there was nothing to do; whether the next
    paper is wanted, as one has been dealt with; whether they stay selected, but for those that
    leave the list."""

    otherwise: str = ""
    goes_on: bool = False
    keeps_selection: bool = False


PLAINLY = How()


class PaperActions(OwnViews):
    """What keys do to the selection, else to the paper here."""

    @property
    def is_alone(self) -> bool:
        """Whether a paper has the screen for itself: keys act on it, and spare the selection."""
        return self.is_reading

    def targets(self) -> list[int]:
        """Return the ids of the papers that keys act on: what is selected, or is on screen."""
        if self.papers.selected and not self.is_alone:
            shown = [number for number in self.papers.ids if number in self.papers.selected]
            return shown + sorted(self.papers.selected.difference(shown))
        return [self.current.id] if self.current and not self.is_covered else []

    def comes_in_sight(self) -> bool:
        """Bring what keys act on to the screen where it was not, and return whether it was not:
        then the key does nothing yet, nor do those typed behind it."""
        is_new = self.uncover()
        if is_new:
            self.say("Not done: it was not on screen", then="again does it")
            if isinstance(self.app, OrderlyApp):
                self.app.drop_typed()
        return is_new

    # Changing

    def change(
        self,
        build: Callable[[Sequence[Paper], str], Change],
        *,
        on: Sequence[int] | None = None,
        otherwise: str = "",
        goes_on: bool = False,
    ) -> None:
        """Apply the change that `build` makes of the targets, or of the papers `on`.

        `otherwise` is said when there was nothing to do; with `goes_on` the paper has been dealt
        with, and the next one is wanted.
        """
        self.make(partial(_edit, build=build), How(otherwise, goes_on), on=on)

    def make(self, make: Make, how: How = PLAINLY, *, on: Sequence[int] | None = None) -> None:
        """Have `make` change the targets, or the papers `on`, in a library that it is given."""
        if on is None and self.comes_in_sight():
            return
        numbers = self.targets() if on is None else on
        if numbers:
            self.make_of(make, how, numbers)
        else:
            self.say("No paper here")

    def make_of(self, make: Make, how: How, numbers: Sequence[int]) -> None:
        """Have `make` change these papers."""
        try:
            self.catch_up()
            applied = make(self.library, numbers)
        except LibraryError as error:
            self._not_done(error.short, problem=True)
            return
        if not applied.ids:
            self._not_done(how.otherwise)
            return
        shown = self.papers.ids
        self.after(applied)
        if how.goes_on and len(numbers) == 1:
            self.go_on(numbers[0])
        self.changed(applied, shown, how)

    def changed(self, applied: Applied, shown: Sequence[int], how: How = PLAINLY) -> None:
        """Tell of a change that was made, when these papers were shown."""
        unseen = 0
        if not self.is_alone:
            unseen = len(set(applied.ids).difference(shown))
            done = set(shown).difference(self.papers.ids) if how.keeps_selection else None
            self.papers.select_none(done)
        self.show_surroundings()
        self.tell(applied, unseen)

    def tell(self, applied: Applied, unseen: int = 0) -> None:
        """Say what was done, to how many papers that were not shown, and the way back."""
        hidden = f", {unseen:,} of them not shown" if unseen else ""
        if applied.ids[0] in self.papers.ids:
            does = "takes it back"
        else:
            does = "brings it back" if len(applied.ids) == 1 else "brings them back"
        self.say(applied.label + hidden, then=f"{self.key('undo')} {does}")

    def _not_done(self, why: str, *, problem: bool = False) -> None:
        self.reload()  # what others did has been taken in
        self.say(why, problem=problem)

    def after(self, applied: Applied) -> None:
        """Show the papers as they are now."""
        self.take_in(applied.ids)
        self.reload()
        self.papers.repaint(applied.ids)
        if self.is_reading and self._reading not in self.library:
            self._read_current()

    def go_on(self, number: int) -> None:
        """Go to the next paper, unless the list did so as this one left it."""
        if self.papers.current == number:
            self.papers.move_to(self.papers.cursor + 1)
        if self.is_reading:
            self._read_current()

    def _read_current(self) -> None:
        self._reading = self.papers.current
        if self._reading is None:
            self.leave_reading()

    def action_want(self) -> None:
        """Want to read."""
        self._set_status(Status.TO_READ, goes_on=True)
        self.did("want")

    def action_archive(self) -> None:
        """Not for me."""
        self._set_status(Status.ARCHIVED, goes_on=True)
        self.did("archive")

    def action_begin(self) -> None:
        """Begin reading."""
        self._set_status(Status.READING)

    def _set_status(self, status: Status, *, goes_on: bool = False) -> None:
        build = partial(_with_status, status=status)
        self.change(build, otherwise=_ALREADY[status], goes_on=goes_on)

    def action_toggle_read(self) -> None:
        """Mark read; where all are read, back to the state before."""
        self.make(_toggle_read)

    def action_star(self) -> None:
        """Star, or where all have one, take it; the selection stays, but for what leaves."""
        self.make(partial(_edit, build=change.toggle_star), How(keeps_selection=True))

    def action_delete(self) -> None:
        """Take out of the library; in the sidebar, a view of the user's from there."""
        if self.focused is self.sidebar:
            if self.own_view is None:
                self.say("Only views of your own can be taken away here")
            else:
                self.forget_view(self.own_view)
            return
        self.change(lambda papers, _now: change.delete(papers), goes_on=True)

    # Back and forth

    def action_undo(self) -> None:
        """Take back the last change."""
        self._reverse(self.library.undo, "Undone", "Nothing to undo", "redo", "makes it again")
        self.did("undo")

    def action_redo(self) -> None:
        """Make again what was taken back; what leaves the list with it is read no further."""
        here, was_shown = self._reading, self._reading in self.papers.ids
        self._reverse(self.library.redo, "Again", "Nothing to redo", "undo", "takes it back")
        if was_shown and self._reading == here and here not in self.papers.ids:
            self._read_current()
            self.show_surroundings()

    def _reverse(
        self, step: Callable[[], Applied | None], done: str, nothing: str, key: str, does: str
    ) -> None:
        try:
            self.catch_up()
            applied = step()
        except LibraryError as error:
            self._not_done(error.short, problem=True)
            return
        if applied is None:
            self._not_done(nothing)
            return
        self.after(applied)
        self.show_touched(applied)
        self.show_surroundings()
        if applied.conflicts:
            more = len(applied.conflicts) - 1
            rest = f" (and {count(more, 'more')})" if more else ""
            self.say(f"{done}, but {applied.conflicts[0]}{rest}", problem=True)
        else:
            self.say(f"{done}: {applied.label}", then=f"{self.key(key)} {does}")

    def show_touched(self, applied: Applied) -> None:
        """Put the cursor on the paper that was brought back, when it is shown, and read it; of a
        few on the first, unless it is on one of them."""
        ids = self.papers.ids
        if len(applied.ids) > _FEW or self.papers.current in applied.ids[1:]:
            return
        places = [ids.index(number) for number in applied.ids if number in ids]
        if places:
            self.papers.move_to(min(places))
            if self.is_reading and len(applied.ids) == 1:
                self._read_current()

    # Selecting

    def numbers(self) -> str:
        """Return how many papers are shown, selected, and selected but not shown."""
        if not self.papers.selected:
            return super().numbers()
        hidden = self.papers.selected_but_hidden
        chosen = f"{super().numbers()} · {len(self.papers.selected):,} selected"
        return f"{chosen}, {hidden:,} not shown" if hidden else chosen

    async def action_select_down(self) -> None:
        """Select and go down; when reading, read on."""
        if self.is_reading:
            await laid_out(self)  # the paper may have come with the key before
            self.read_on()
        elif self.focused is self.pane:
            self._move(self._page)
        elif self.papers.current is not None and not self.comes_in_sight():
            self.papers.toggle_selected([self.papers.current])
            self.papers.move_to(self.papers.cursor + 1)
            self.show_surroundings()

    def action_select(self) -> None:
        """Select the paper here, or not any more."""
        if self.papers.current is not None and not self.comes_in_sight():
            self.papers.toggle_selected([self.papers.current])
            self.show_surroundings()

    def action_select_range(self) -> None:
        """Begin a range here, or select from its beginning to here."""
        if self.comes_in_sight():
            return
        if self.papers.range_start is None:
            self.papers.range_start = self.papers.current
            self.say(f"Range begun: {self.key('select_range')} again selects up to there")
            return
        chosen = self.papers.range_to_here()
        self.papers.range_start = None
        self.papers.toggle_selected(chosen - self.papers.selected)
        self.say("")
        self.show_surroundings()

    def action_select_all(self) -> None:
        """Select all that is shown; when all are, none."""
        if self.comes_in_sight():
            return
        shown = set(self.papers.ids)
        self.papers.toggle_selected(shown - self.papers.selected or shown)
        self.show_surroundings()


def _edit(
    library: Library, numbers: Iterable[int], build: Callable[[Sequence[Paper], str], Change]
) -> Applied:
    return library.edit(numbers, build)


def _toggle_read(library: Library, numbers: Iterable[int]) -> Applied:
    before = library.statuses_before_read
    return library.edit(numbers, lambda papers, now: change.toggle_read(papers, before, now))


def _with_status(papers: Sequence[Paper], now: str, status: Status) -> Change:
    return change.set_status(papers, status, now)
