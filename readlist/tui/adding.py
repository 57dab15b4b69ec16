"""Adding papers: from a file, or from what is pasted; read and taken in beside the keys."""

from functools import partial
from typing import TYPE_CHECKING

from textual import events

from readlist.library.disk import LibraryError
from readlist.progress import Progress
from readlist.search.views import BUILT_IN, View
from readlist.text import clean_line
from readlist.tui.job import MANY, Job
from readlist.tui.long_work import LongWork

if TYPE_CHECKING:
    from readlist.addition import Addition, Taken
    from readlist.tui.screens.adding import SetAside, Wanted

LAST = "import:last"


class Adding(LongWork):
    """What comes in."""

    _set_aside: "SetAside | None" = None
    _came_from: View | None = None
    _import_before: frozenset[int] = frozenset()

    async def action_add(self, given: str = "") -> None:
        """Ask what to add, and show what is in it; or show what was read meanwhile."""
        from readlist.tui.screens.adding import AddScreen

        if self.is_changing:
            self.say("Papers are being changed: a moment, please")
            return
        aside, self._set_aside = self._set_aside, None
        if aside is not None and given:
            aside.job.cancel()
            aside = None
        self._going = [going for going in self._going if not aside or going.job is not aside.job]
        await self.app.push_screen(AddScreen(self._look_into, self._added, given, aside))

    async def on_paste(self, event: events.Paste) -> None:
        """Show what is in a text that was pasted, or in a file that was dropped here."""
        if event.text.strip():
            event.stop()
            await self.action_add(event.text)

    def _look_into(self, given: str) -> "Job[Addition]":
        """Begin to read what a text names, or is."""
        from readlist.addition import PASTED, Addition, named_files, read_given

        library = self.library

        def look(progress: Progress) -> Addition:
            inputs = read_given(given, progress)
            twin = library.twin()
            try:
                return Addition(twin, inputs, progress)
            except BaseException:
                twin.close()
                raise

        files = named_files(given)
        return Job(look, clean_line(files[0].name) if files else PASTED)

    def _added(self, chosen: "Wanted | SetAside") -> None:
        from readlist.tui.screens.adding import SetAside

        if isinstance(chosen, SetAside):
            self._set_aside = chosen
            self.go_on_beside(chosen.job, self._was_read)
            self.say("It is being read", then=f"{self.key('add')} shows it")
        else:
            addition, options = chosen.addition, chosen.options
            name = addition.seen.name
            job = Job(lambda progress: addition.take(options, progress), name, must_end=True)
            then = partial(self._taken, addition=addition)
            self.go_on_beside(job, then, changes="papers are being taken in")

    def _was_read(self, job: "Job[Addition]") -> None:
        """Tell that what was set aside has been read; it is not taken before it was seen."""
        try:
            addition = job.result
        except Exception as problem:
            self._set_aside = None
            self.say(str(problem), problem=True)
            return
        if addition is None:
            self._set_aside = None
            self.say("Given up: nothing was taken in")
        else:
            seen = addition.seen
            self.say(
                f"{seen.name}: {seen.summary()}", then=f"{self.key('add')} shows them", kept=True
            )

    def _taken(self, job: "Job[Taken]", addition: "Addition") -> None:
        try:
            taken = job.result
        except LibraryError as error:
            addition.close()
            self.say(error.short, problem=True)
            return
        if taken is None:
            addition.close()
            self.say("Given up: nothing was taken in")
            return
        if len(taken.ids) > MANY:
            self.library.go_on_with(addition.library)
        else:
            addition.close()
        self.catch_up()
        if taken.ids:
            self._show_last_import(taken)
        else:
            self.reload()
        self.say(taken.summary(), then=f"{self.key('undo')} takes it back" * bool(taken.ids))
        for report in taken.reports:
            for notice in report.notices():
                self.library.reported.keep(notice)

    def _show_last_import(self, taken: "Taken") -> None:
        """Show what was taken in, and nothing else, where all of it can be seen."""
        if self.is_reading:
            self.leave_reading()
        self._came_from = self.view
        shown = set(self._finding.ask(self.view, "", ()).ids)
        if not shown.issuperset(taken.ids):
            self.show_view(BUILT_IN[-1])
        self.filter_line.value = f"{LAST} "  # what is typed behind it narrows it
        self.apply_filter(self.filter_line.value, typing=False)
        self.set_focus(self.papers)

    def action_undo(self) -> None:
        """Take back the last change; of an import that is shown, go back to where one was."""
        self._import_before = self.library.last_import()
        super().action_undo()
        self._was_reversed()

    def _was_reversed(self) -> None:
        is_shown = self.query_text.split()[:1] == [LAST]
        if is_shown and self.library.last_import() != self._import_before:
            message, way_back = self._message, self._way_back
            self.show_view(self._came_from or self.view)
            self._message, self._way_back = message, way_back
            self._show_message()
