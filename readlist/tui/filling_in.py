"""Filling papers in: services are asked beside the keys, and what they tell is shown first."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from readlist.library.disk import LibraryError
from readlist.library.library import Applied, Library
from readlist.paper import Paper
from readlist.progress import Progress
from readlist.text import count, quote, readable
from readlist.tui.bulk import Bulk
from readlist.tui.job import Job
from readlist.tui.paper_actions import How

if TYPE_CHECKING:
    from readlist.filling.completing import Found
    from readlist.tui.screens.filling_in import Answers, SetAside

_ASKED_ONE_BY_ONE = 50  # papers: for so many, whether they were published is asked one by one


class FillingIn(Bulk):
    """What papers lack: authors, identifiers, dates, where they were published."""

    _asked_aside: "Job[Found] | None" = None
    _asked_what = ""

    async def action_fill_in(self) -> None:
        """Ask services for the selection, else the paper here; or show what was found meanwhile."""
        from readlist.tui.screens.filling_in import FillScreen

        self.uncover()
        numbers = self.targets()
        job, self._asked_aside = self._asked_aside, None
        if job is None:
            if not numbers:
                self.say("No paper here")
                self.drop_keys("y", "n", "s")
                return
            self._asked_what = self._in_words(numbers)
            job = Job(partial(_asked, self.library, numbers), self._asked_what)
        self._going = [going for going in self._going if going.job is not job]
        await self.app.push_screen(
            FillScreen(job, self._asked_what, self._take_found, self._remember_asked)
        )

    def _in_words(self, numbers: Sequence[int]) -> str:
        if len(numbers) == 1:
            return quote(readable(self.library.paper(numbers[0]).title))
        return count(len(numbers), "paper")

    def _take_found(self, chosen: "Answers | SetAside") -> None:
        from readlist.tui.screens.filling_in import SetAside

        if isinstance(chosen, SetAside):
            self._asked_aside = chosen.job
            self.go_on_beside(chosen.job, self._was_asked)
            self.say("Services are being asked", then=f"{self.key('fill_in')} shows it")
            return
        certain = chosen.found.certain
        self._remember_asked(chosen)

        def fill(library: Library, numbers: Iterable[int]) -> Applied:
            from readlist.filling.completing import fill_in

            wanted = set(numbers)
            return fill_in(library, [one for one in certain if one.paper.id in wanted])

        numbers = [one.paper.id for one in certain]
        self.make(fill, How("They were changed since: nothing was filled in"), on=numbers)
        filled = {one.paper.id: one.now for one in certain}
        self.go_on_beside(Job(partial(_twice, self.library, filled), ""), self._found_twice)

    def _found_twice(self, job: "Job[list[tuple[int, int]]]") -> None:
        """Tell of papers that turn out to be one, now that more is known of them."""
        try:
            pairs = [pair for pair in job.result or () if self._share_an_identifier(*pair)]
        except LibraryError:  # as it could be read before, whoever looks next is told
            return
        if pairs:
            one = self.library.paper(pairs[0][0])
            is_one = len(pairs) == 1
            what = f"{quote(readable(one.title))} is" if is_one else f"{len(pairs):,} papers are"
            ways = f"{self.key('undo')} takes it back, {self.key('duplicates')} shows"
            then = f"{ways} {'both' if is_one else 'them'}"
            self.say(f"Filled in: {what} there twice now", then=then, kept=True)

    def _share_an_identifier(self, one: int, other: int) -> bool:
        """Say whether two papers, as they are by now, are known by the same."""
        if one not in self.library or other not in self.library:
            return False
        ours, theirs = self.library.paper(one).identifiers, self.library.paper(other).identifiers
        return bool(ours.items() & theirs.items())

    def _was_asked(self, job: "Job[Found]") -> None:
        """Tell what was found of what was set aside; nothing is taken before it was seen."""
        try:
            found = job.result
        except Exception as problem:
            self._asked_aside = None
            self.say(str(problem), problem=True)
            return
        if found is None:
            self._asked_aside = None
            self.say("Given up: nothing was changed")
            return
        if not found.has_answer:
            self._asked_aside = None
            self.say(f"No service could be asked: {found.problems[0]}", problem=True)
            return
        doubtful = f", {len(found.doubtful):,} doubtful" if found.doubtful else ""
        number = f"{len(found.certain):,} of {len(found.sought):,} found{doubtful}"
        self.say(f"{number} to fill in", then=f"{self.key('fill_in')} shows them", kept=True)

    def _remember_asked(self, answers: "Answers") -> None:
        """Remember what nobody knew, and what is another paper; in a thread, as it is written."""
        if not self.is_demo:
            self.run_worker(partial(_remember, self.library, answers), thread=True, group="asked")


def _asked(library: Library, numbers: Sequence[int], progress: Progress) -> "Found":
    """Ask for papers. Raises `ConfigError`, `CancelledError`."""
    from readlist import config
    from readlist.filling.asked import Asked
    from readlist.filling.completing import look_up

    settings = config.load().sources
    with closing(library.twin()) as twin:
        papers = list(twin.papers(numbers))
        now = twin.now()
    published = len(papers) <= _ASKED_ONE_BY_ONE
    return look_up(papers, settings, progress, Asked(library.path), now, published=published)


def _twice(
    library: Library, filled: Mapping[int, Paper], progress: Progress
) -> list[tuple[int, int]]:
    """Return the papers that turn out to be one, in pairs. Raises `CancelledError`."""
    from readlist.filling.twice import twice

    with closing(library.twin()) as twin:
        return twice(progress.over(twin.papers()), filled)


def _remember(library: Library, answers: "Answers") -> None:
    from readlist.filling.asked import Asked
    from readlist.filling.completing import remember

    asked, now = Asked(library.path), library.now()
    for one in answers.rejected:
        if one.doubtful is not None:
            asked.reject(one.paper, one.doubtful.match.found, now)
    remember(asked, answers.found, now)
