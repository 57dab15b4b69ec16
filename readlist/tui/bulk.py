"""Changes of many papers: made beside the keys, so that one sees how far they are."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from readlist.change import Change
from readlist.library.disk import LibraryError
from readlist.library.library import Applied, Library
from readlist.paper import Paper
from readlist.progress import Progress
from readlist.text import count
from readlist.tui.exchange import Exchange
from readlist.tui.job import Job
from readlist.tui.long_work import MANY

Build = Callable[[Sequence[Paper], str], Change]


class Bulk(Exchange):
    """Has a thread, with a library of its own, change many papers; whole, or not at all."""

    def change(
        self,
        build: Build,
        *,
        on: Sequence[int] | None = None,
        otherwise: str = "",
        goes_on: bool = False,
    ) -> None:
        """Apply the change that `build` makes of papers; of many, in a thread."""
        numbers = self.targets() if on is None else on
        if len(numbers) <= MANY or self.is_changing:
            super().change(build, on=numbers, otherwise=otherwise, goes_on=goes_on)
            return
        work = partial(_made, self.library, numbers, build)
        name = count(len(numbers), "paper")
        then = partial(self._was_made, shown=self.papers.ids, otherwise=otherwise)
        self.go_on_beside(Job(work, name, must_end=True), then, changes=True)

    def _was_made(
        self, job: Job[tuple[Library, Applied]], shown: Sequence[int], otherwise: str
    ) -> None:
        try:
            made = job.result
            if made is not None:
                self.library.go_on_with(made[0])
            self.catch_up()
        except LibraryError as error:
            self._not_done(error.short, problem=True)
            return
        if made is None:
            self._not_done("Given up: nothing was changed")
        elif not made[1].ids:
            self._not_done(otherwise)
        else:
            self.reload()
            self.changed(made[1], shown)


def _made(
    library: Library, numbers: Sequence[int], build: Build, progress: Progress
) -> tuple[Library, Applied]:
    """Make a change; return it behind the library that it was made with, not to be read again."""

    def read() -> Iterator[int]:
        progress.begin("reading", len(numbers))
        yield from progress.over(numbers)
        progress.finish("changing")

    twin = library.twin()
    try:
        applied = twin.edit(read(), build)
        twin.overview.order()
    except BaseException:
        twin.close()
        raise
    return twin, applied
