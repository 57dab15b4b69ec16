"""The key that fetches PDFs: beside the other keys, noted as one change when they are there."""

from functools import partial
from typing import TYPE_CHECKING

from readlist import config
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.progress import Progress
from readlist.text import clean_line, count, quote
from readlist.tui.clearing import Clearing
from readlist.tui.job import Job

if TYPE_CHECKING:  # nothing of the network is imported before something is fetched
    from readlist.pdf.fetching import Outcome

_SOON = 0.5  # seconds


class PdfFiles(Clearing):
    """Fetches the PDFs of papers, those asked for meanwhile after these."""

    _fetching_pdfs: "list[Outcome] | None" = None
    _waiting_pdfs: tuple[int, ...] = ()

    def action_get_pdf(self) -> None:
        """Fetch the PDFs of the selection, else of the paper here."""
        if self.comes_in_sight():
            return
        numbers = self.targets()
        if not numbers:
            self.say("No paper here")
        elif self._fetching_pdfs is None:
            self._fetch(numbers)
        else:
            self._waiting_pdfs += tuple(n for n in numbers if n not in self._waiting_pdfs)
            self.say(f"{count(len(self._waiting_pdfs), 'PDF')} to be fetched after these")

    def _fetch(self, numbers: list[int]) -> None:
        outcomes: list[Outcome] = []
        self._fetching_pdfs = outcomes
        work = partial(_fetched, self.library, numbers, outcomes)
        self.go_on_beside(Job(work, ""), partial(self._note_pdfs, outcomes))

    def _note_pdfs(self, outcomes: "list[Outcome]", job: Job[bool]) -> None:
        """Note what there is now, also of work that was given up, and say what came of it."""
        from readlist.pdf.folder import FolderError

        if self.is_changing:
            self.set_timer(_SOON, partial(self._note_pdfs, outcomes, job))
            return
        self._fetching_pdfs, waiting, self._waiting_pdfs = None, self._waiting_pdfs, ()
        try:
            is_done = job.result
            is_noted = self._note(outcomes)
        except (FolderError, LibraryError, config.ConfigError) as error:
            self.say(getattr(error, "short", str(error)), problem=True)
            return
        self._tell_pdfs(outcomes, is_given_up=is_done is None, is_noted=is_noted)
        if waiting and is_done:
            self._fetch(list(waiting))

    def _note(self, outcomes: "list[Outcome]") -> bool:
        """Note which files there are, as one change; say whether there was one. Raises
        `LibraryError`."""
        from readlist.pdf.fetching import note

        self.catch_up()
        applied = note(self.library, outcomes)
        if applied is None or not applied.ids:
            return False
        self.after(applied)
        self.show_surroundings()
        return True

    def _tell_pdfs(self, outcomes: "list[Outcome]", *, is_given_up: bool, is_noted: bool) -> None:
        from readlist.pdf.fetching import summary

        problems = [one for one in outcomes if one.problem]
        if len(outcomes) == 1 and not is_given_up:
            [one] = outcomes
            title = quote(clean_line(one.title), 40)
            opens = f"{self.key('open_link')} opens it" * (not one.problem)
            words = clean_line(one.problem) or ("fetched" if is_noted else "is there already")
            self.say(f"PDF of {title}: {words}", then=opens, problem=bool(one.problem))
            return
        told = summary(outcomes) + (f"; {clean_line(problems[0].problem)}" if problems else "")
        given_up = "Given up: " if is_given_up else ""
        undo = f"{self.key('undo')} takes it back" * is_noted
        self.say(f"{given_up}{told}", then=undo, problem=bool(problems))

    def action_quit(self) -> None:
        """Go one step back, and from the bare list out of readlist: what was fetched is noted."""
        super().action_quit()
        if self.app._exit and self._fetching_pdfs and not self.is_changing:
            try:
                self._note(self._fetching_pdfs)
            except LibraryError as error:
                self.library.reported.keep(error.short)


def _fetched(
    library: Library, numbers: list[int], outcomes: "list[Outcome]", progress: Progress
) -> bool:
    """Fetch the PDFs of papers; what is done is in `outcomes`, also when it is given up."""
    from readlist.pdf.fetching import fetch_all
    from readlist.pdf.folder import PdfFolder

    settings = config.load()
    twin = library.twin()
    try:
        papers = list(twin.papers(numbers))
    finally:
        twin.close()
    folder = PdfFolder(settings.pdf, library.path)
    fetch_all(papers, folder, settings.sources, outcomes.append, progress)
    return True
