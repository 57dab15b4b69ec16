"""Work that takes its time: done beside the keys, followed in the message line, given up there."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from textual.content import Content
from textual.timer import Timer

from readlist.library.disk import LibraryError
from readlist.library.library import Applied, Library
from readlist.progress import Progress
from readlist.record import Record
from readlist.tui.job import MANY, Job
from readlist.tui.tagging import Tagging
from readlist.tui.widgets.progress_line import progress_line

_OFTEN = 0.1  # seconds
_AT_ONCE = 1.0  # seconds that keys wait for work that is hardly worth the name


_REVERSING = {"undo": "a change is being taken back", "redo": "a change is being made again"}


class _Going(Record):
    job: Job[Any]
    then: Callable[[Job[Any]], None]
    changes: str


class LongWork(Tagging):
    """What is being done beside the keys. Only this thread touches the library that is shown."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._going: list[_Going] = []
        self._keys_wait = 0.0
        self._follower: Timer | None = None
        self._indexed: float | None = None

    def go_on_beside(
        self, job: Job[Any], then: Callable[[Job[Any]], None], *, changes: str = ""
    ) -> None:
        """Follow work that has begun; `then` gets it when it is done, however it ended.

        While one goes on that changes the library, nothing else may, and `changes` says why not;
        keys wait for it for as long as nobody notices.
        """
        self._going.append(_Going(job, then, changes))
        if changes:
            self._keys_wait = monotonic() + _AT_ONCE
        if self._follower is None:
            self._follower = self.set_interval(_OFTEN, self._follow_work)
        self._show_message()

    @property
    def is_changing(self) -> bool:
        """Whether work goes on that changes the library."""
        return any(going.changes for going in self._going)

    def _follow_work(self) -> None:
        for going in list(self._going):
            if going.job.is_done:
                self._going.remove(going)
                going.then(going.job)
                self._show_message()
        if self._going:
            self._show_message()
        elif self._follower is not None:
            self._follower.stop()
            self._follower = None

    async def done_at_once(self) -> None:
        """Wait for work that takes no time to speak of: the next key acts on what it brings."""
        for going in list(self._going):
            if going.changes and monotonic() < self._keys_wait:
                await going.job.wait(self._keys_wait - monotonic())
                self._follow_work()

    # What must not come between

    def catch_up(self) -> bool:
        """Take in what others changed. Raises `LibraryError` while work changes the library."""
        if self.is_changing:
            why = next(going.changes for going in self._going if going.changes)
            raise LibraryError(self.library.path, why, "try again in a moment")
        return super().catch_up()

    def _watch(self) -> None:
        if not self.is_changing:
            super()._watch()
        if self._indexed != self._finding.share:
            self._indexed = self._finding.share
            self._show_message()

    def _reverse(
        self, step: Callable[[], Applied | None], done: str, nothing: str, key: str, does: str
    ) -> None:
        name = "undo" if step == self.library.undo else "redo"
        if self.is_changing or self.library.reach(name) <= MANY:
            super()._reverse(step, done, nothing, key, does)
            return
        library = self.library

        def reverse(progress: Progress) -> tuple[Library, Applied | None]:
            progress.finish("undoing" if name == "undo" else "making again")
            twin = library.twin()
            try:
                applied = twin.undo() if name == "undo" else twin.redo()
                twin.overview.order()
            except BaseException:
                twin.close()
                raise
            return twin, applied

        def reversed_(job: Job[tuple[Library, Applied | None]]) -> None:
            try:
                found = job.result
            except LibraryError as error:
                self._not_done(error.short, problem=True)
                return
            applied = None
            if found is not None:
                library.go_on_with(found[0])
                applied = found[1] and found[1].but(ids=())
            super(LongWork, self)._reverse(lambda: applied, done, nothing, key, does)
            self._was_reversed()

        self.go_on_beside(Job(reverse, "", must_end=True), reversed_, changes=_REVERSING[name])

    def _was_reversed(self) -> None:
        """Deal with a change that was taken back, or made again."""

    # Giving up

    def action_back(self) -> None:
        """Go one step back; with nothing to leave, give up what is being done."""
        if self.gives_up:
            self.give_up()
        else:
            super().action_back()

    @property
    def gives_up(self) -> bool:
        """Whether `escape` gives up the work."""
        leaves = self._is_busy or self.is_filtered or self.focused is not self.papers
        leaves = leaves or self.leaves_days
        return bool(self._going) and self._going[-1].job.can_be_given_up and not leaves

    def give_up(self) -> None:
        """Give up the work that was begun last."""
        job = self._going[-1].job
        job.cancel()
        self.say(f"Giving up {job.name} …")

    def action_quit(self) -> None:
        """Go one step back, and from the bare list out of readlist; work is left in good order."""
        super().action_quit()
        if self.app._exit:
            for going in self._going:
                if not going.changes:
                    going.job.cancel()

    # What is seen of it

    def _place(self) -> Content:
        """Return how far the work is, and where the cursor is."""
        place = super()._place()
        if self._going:
            job = self._going[-1].job
            line = progress_line(job.progress, job.name, bar=16 if self.size.width >= 100 else 0)
            line += Content.styled("   esc gives up" if self.gives_up else "", "$muted")
        elif self._indexed is not None:
            line = Content.styled(f"indexing {self._indexed:.0%}", "$muted")
        else:
            return place
        return line + Content("   " if place else "") + place
