"""Adding papers: from a file, or from what is pasted; read and taken in beside the keys."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events

from readlist.library.disk import LibraryError
from readlist.progress import Progress
from readlist.search.views import BUILT_IN, View
from readlist.text import clean_line, quote
from readlist.tui.day_pages import Place
from readlist.tui.job import MANY, Job
from readlist.tui.long_work import LongWork

if TYPE_CHECKING:
    from readlist.adding.addition import Addition, Taken
    from readlist.operations import ImportOptions
    from readlist.tui.screens.adding import SetAside, Wanted

LAST = "import:last"
_A_MOMENT = 0.1  # seconds
_FEW = 9  # papers, that a filter names one by one


class Adding(LongWork):
    """What comes in."""

    _set_aside: "SetAside | None" = None
    _came_from: Place | None = None
    _added_shown = LAST
    _import_before: frozenset[int] = frozenset()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._wanted: list[SetAside] = []

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
        from readlist.adding.addition import PASTED, named_files
        from readlist.adding.looking import asked_for, in_words, look_into

        library = self.library

        def look(progress: Progress) -> "Addition":
            twin = library.twin()
            try:
                return look_into(twin, given, progress)
            except BaseException:
                twin.close()
                raise

        files = named_files(given)
        asked = asked_for(given)
        name = in_words(asked) if asked else PASTED
        return Job(look, clean_line(files[0].name) if files else name)

    def _added(self, chosen: "Wanted | SetAside") -> None:
        from readlist.tui.screens.adding import SetAside

        if isinstance(chosen, SetAside) and chosen.options is not None:
            self._wanted.append(chosen)
            self.go_on_beside(chosen.job, partial(self._was_fetched, wanted=chosen))
            self.say(f"{chosen.job.name}: it is added as soon as it is there")
        elif isinstance(chosen, SetAside):
            self._set_aside = chosen
            self.go_on_beside(chosen.job, self._was_read)
            self.say("It is being read", then=f"{self.key('add')} shows it")
        else:
            self._take(chosen.addition, chosen.options, is_shown=True)

    def _take(self, addition: "Addition", options: "ImportOptions", *, is_shown: bool) -> None:
        job: Job[Taken] = Job(partial(addition.take, options), addition.seen.name, must_end=True)
        then = partial(self._taken, addition=addition, is_shown=is_shown)
        self.go_on_beside(job, then, changes="papers are being taken in")

    def _was_fetched(self, job: "Job[Addition]", wanted: "SetAside") -> None:
        """Take in what was wanted before it was there."""
        if self.is_changing:
            self.set_timer(_A_MOMENT, partial(self._was_fetched, job, wanted))
            return
        if wanted not in self._wanted:  # kept already
            return
        self._wanted.remove(wanted)
        try:
            addition = job.result
        except Exception as problem:
            self.say(str(problem), problem=True)
            return
        if addition is None:
            self.say("Given up: nothing was taken in")
        elif not addition.seen.papers:
            addition.close()
            self.say(next(iter(addition.problems), "Nothing was found"), problem=True)
        elif wanted.options is not None:
            self._take(addition, wanted.options, is_shown=False)

    def action_quit(self) -> None:
        """Go one step back; out of readlist, what was wanted and has not come is kept by its id."""
        wanted = [one for one in self._wanted if not one.job.progress.is_cancelled]
        super().action_quit()
        if not self.app._exit:
            return
        self._wanted.clear()
        for one in wanted:
            try:
                self._take_or_keep(one)
            except LibraryError as error:
                self.library.notices.append(f"not added: {error}")

    def _take_or_keep(self, wanted: "SetAside") -> None:
        from readlist.adding.looking import keep

        if wanted.options is None:
            return
        addition = wanted.job.result if wanted.job.is_done else None
        if addition is None:
            keep(self.library, wanted.given, wanted.options)
        else:
            addition.take(wanted.options, Progress())
            addition.close()

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

    def _taken(self, job: "Job[Taken]", addition: "Addition", *, is_shown: bool) -> None:
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
        if taken.ids and is_shown:
            self._show_added(taken.ids, LAST)
        else:
            self.reload()
        back = f"{self.key('undo')} takes it back" * bool(taken.ids)
        if addition.problems:
            self.say(addition.problems[0], then=back, problem=True)
        elif is_shown and not taken.ids and taken.known:
            self._go_to_known(taken)
        else:
            self.say(taken.summary(), then=back)
        for report in taken.reports:
            for notice in report.notices():
                self.library.reported.keep(notice)

    def _go_to_known(self, taken: "Taken") -> None:
        """Show the papers that were to be added, and are there already, if they are few."""
        first = next((number for number in taken.known if number in self.papers.ids), None)
        if self.is_reading:
            self.leave_reading()
        if first is not None:
            self.set_focus(self.papers)
            self.papers.go_to(first)
        elif len(taken.known) <= _FEW:
            self._show_added(taken.known, _ids(taken.known))
        if len(taken.known) == 1 and taken.known[0] in self.library:
            self.say(f"You have it already: {quote(self.library.paper(taken.known[0]).title)}")
        else:
            self.say(taken.summary())

    def _show_added(self, numbers: Sequence[int], query: str) -> None:
        """Show what was added, and nothing else, where all of it can be seen; the way back leads to
        where one is now."""
        if self.is_reading:
            self.leave_reading()
        place = (self._came_from if self._shows_added else None) or self.where_one_is()
        shown = set(self._finding.ask(self.view, "", ()).ids)
        if not shown.issuperset(numbers):
            self.show_view(BUILT_IN[-1])
        self._came_from, self._added_shown = place, query
        self.filter_line.value = f"{query} "  # what is typed behind it narrows it
        self.apply_filter(self.filter_line.value, typing=False)
        self.set_focus(self.papers)

    @property
    def _shows_added(self) -> bool:
        """Whether what was added is shown, narrowed perhaps."""
        return f"{self.query_text} ".startswith(f"{self._added_shown} ")

    @property
    def leaves_added(self) -> bool:
        """Whether `escape`, as it clears the filter, goes back to where one was."""
        return self._came_from is not None and self._shows_added

    def show_view(self, view: View, *, keep_filter: bool = False) -> None:
        """Show another view: from there nothing leads back to where papers were added."""
        self._came_from = None
        super().show_view(view, keep_filter=keep_filter)

    def action_back(self) -> None:
        """Go one step back; from what was added to where one was."""
        place = self._came_from if self._shows_added else None
        super().action_back()
        if place is not None and not self.is_filtered:
            here = self.papers.current
            self.go_back_to(place)
            if here is not None:
                self.papers.go_to(here)
            self.show_surroundings()

    def action_undo(self) -> None:
        """Take back the last change; of an import that is shown, go back to where one was."""
        self._import_before = self.library.last_import()
        super().action_undo()
        self._was_reversed()

    def _was_reversed(self) -> None:
        is_shown = self.query_text.split()[:1] == [LAST]
        if is_shown and self.library.last_import() != self._import_before:
            message, way_back = self._message, self._way_back
            if self._came_from is None:
                self.show_view(self.view)
            else:
                self.go_back_to(self._came_from)
            self._message, self._way_back = message, way_back
            self._show_message()


def _ids(numbers: Sequence[int]) -> str:
    """Return the filter that finds these papers."""
    found = " OR ".join(f"id:{number}" for number in numbers)
    return f"({found})" if len(numbers) > 1 else found
