"""Changes of many papers: made beside the keys, so that one sees how far they are."""

from collections.abc import Iterator, Sequence
from functools import partial

from readlist.library.disk import LibraryError
from readlist.library.library import Applied, Library
from readlist.progress import Progress
from readlist.text import count
from readlist.tui.job import MANY, Job
from readlist.tui.paper_actions import How, Make
from readlist.tui.updating import Updating


class Bulk(Updating):
    """Has a thread, with a library of its own, change many papers; whole, or not at all."""

    def make_of(self, make: Make, how: How, numbers: Sequence[int]) -> None:
        """Have `make` change these papers; many of them, in a thread."""
        if len(numbers) <= MANY or self.is_changing:
            super().make_of(make, how, numbers)
            return
        work = partial(_made, self.library, numbers, make)
        name = count(len(numbers), "paper")
        then = partial(self._was_made, shown=self.papers.ids, how=how)
        job = Job(work, name, must_end=True)
        self.go_on_beside(job, then, changes=f"{name} are being changed")

    def _was_made(self, job: Job[tuple[Library, Applied]], shown: Sequence[int], how: How) -> None:
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
            self._not_done(how.otherwise)
        else:
            self.reload()
            self.changed(made[1], shown, how)


def _made(
    library: Library, numbers: Sequence[int], make: Make, progress: Progress
) -> tuple[Library, Applied]:
    """Make a change; return it behind the library that it was made with, not to be read again."""

    def read() -> Iterator[int]:
        progress.begin("reading", len(numbers))
        yield from progress.over(numbers)
        progress.finish("changing")

    twin = library.twin()
    try:
        applied = make(twin, read())
        twin.overview.order()
    except BaseException:
        twin.close()
        raise
    return twin, applied
