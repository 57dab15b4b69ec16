"""Papers that are there twice: found beside the keys, merged and told apart for their screen."""

from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from textual.content import Content

from readlist.change import Change
from readlist.library.disk import LibraryError
from readlist.paper import Paper
from readlist.progress import Progress
from readlist.tui.job import Job
from readlist.tui.pdf_files import PdfFiles

if TYPE_CHECKING:
    from readlist.insight.duplicates import Pair


class Doubles(PdfFiles):
    """What the screen of duplicates asks the library for."""

    async def action_duplicates(self) -> None:
        """Show pairs of papers that may be one; of a selection, its papers."""
        if self.is_reading:
            self.leave_reading()
        from readlist.tui.screens.duplicates_screen import DuplicatesScreen

        chosen = self.targets() if len(self.papers.selected) > 1 else []
        await self.app.push_screen(DuplicatesScreen(self, chosen))

    @property
    def way_back(self) -> Content:
        """How what was said last is taken back."""
        return self._way_back

    def find_duplicates(self) -> "Job[list[Pair]]":
        """Begin to look for pairs of papers that may be one."""
        library = self.library

        def find(progress: Progress) -> "list[Pair]":
            from readlist.insight import duplicates

            with closing(library.twin()) as twin:
                progress.begin("reading papers", len(twin))
                return duplicates.find(twin.papers(), twin.paper, progress)

        return Job(find, "")

    def paper_of(self, number: int) -> Paper | None:
        """Return the paper with an id as it is now; None when there is none."""
        return self.library.paper(number) if number in self.library else None

    def merge_papers(self, numbers: Sequence[int]) -> None:
        """Merge papers into the first of them."""
        from readlist.merging.uniting import merge_papers

        self._change_pair(numbers, merge_papers)

    def tell_apart(self, numbers: Sequence[int]) -> None:
        """Remember of papers that they are not the same."""
        from readlist.merging.uniting import tell_apart

        self._change_pair(numbers, tell_apart)

    def _change_pair(
        self, numbers: Sequence[int], build: Callable[[Sequence[Paper], str], Change]
    ) -> None:
        try:
            self.catch_up()
            applied = self.library.edit(numbers, build)
        except LibraryError as error:
            self._not_done(error.short, problem=True)
            return
        if not applied.ids:
            self._not_done("One of the two is not there any more")
            return
        self.after(applied)
        self.show_surroundings()
        self.say(applied.label, then=f"{self.key('undo')} takes it back")
