"""Everything by its name: what the palette finds, and lines of the command line run from it."""

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from readlist.bindings import COPY_KEYS, MOVE, SORT_OUT, display
from readlist.library.disk import LibraryError
from readlist.search.views import BUILT_IN
from readlist.text import clean_line, count
from readlist.tui.exchange import SORTS
from readlist.tui.palette import Entry
from readlist.tui.triaging import Triaging

if TYPE_CHECKING:
    from readlist.commands.beside import Outcome

_ORDER = {SORT_OUT: 0, MOVE: 2}
_AT_ONCE = 0.4  # seconds that keys behind a line wait for it
_WANT_WORDS = frozenset(("pdf", "import", "mark", "tag", "note", "restore", "export"))
_CHANGE = frozenset(("import", "complete", "mark", "tag", "tags", "note", "delete"))
_ON_A_SCREEN = frozenset(("list", "show", "log", "check"))
_NOT_HERE = frozenset(("demo", "pick", "undo", "redo", "update"))  # the last are actions
_MOST_LINES = 5000  # of a result, on the screen


class Naming(Triaging):
    """What has a name, and how it is run by it."""

    _line_runs: "asyncio.Task[None] | None" = None

    async def action_palette(self) -> None:
        """Find an action by its name."""
        from readlist.tui import usage
        from readlist.tui.screens.palette_screen import PaletteScreen

        uses = usage.counts()
        entries = [*self.actions(), *self._verb_entries(), *self._earlier_lines(uses)]
        screen = PaletteScreen(entries, uses, self.run_entry, self._line_entry, self._explained)
        await self.app.push_screen(screen)

    async def action_help(self) -> None:
        """Show the keys in force here."""
        raise NotImplementedError

    # What there is

    def actions(self) -> Iterator[Entry]:
        """Yield all actions, those that move last."""
        views = {f"view({place})": view for place, view in enumerate(self.views, start=1)}
        keys = [key for key in self.keys.values() if key.id != "palette"]
        views = {} if self.is_triaging else views
        for key in sorted(keys, key=lambda key: _ORDER.get(key.group, 1)):
            if key.id in views:
                yield Entry(key.id, views[key.id].title, display(key.keys), "view")
            elif not key.id.startswith("view(") and not self._is_off(key.id):
                also = f"{key.short} {key.group}"
                yield Entry(key.id, _capital(key.help), display(key.keys), also=also)
        for place, view in list(enumerate(self.views, start=1))[len(BUILT_IN) :]:
            if f"view({place})" not in self.keys:
                yield Entry(f"view({place})", view.title, detail="view")
        if not self.is_triaging:
            yield from self.day_actions()
        for key in COPY_KEYS:
            if key.id != "again":
                chord = f"{self.key('copy')} {key.keys}"
                yield Entry(f"copy_now('{key.id}')", f"Copy the {key.help}", chord, also="yank")
        for letter, words, order in SORTS:
            chord = f"{self.key('sort')} {letter}"
            yield Entry(f"sort_now('{order}')", f"Sort by {words}", chord)

    def _is_off(self, action: str) -> bool:
        """Whether there is no such action now: it would act on what triage hides."""
        return (self.is_triaging or action == "demo") and not self.check_action(action, ())

    @staticmethod
    def _verb_entries() -> Iterator[Entry]:
        from readlist.commands.verbs import VERBS
        from readlist.tui.screens.palette_screen import WANTS_WORDS

        for verb in VERBS:
            if verb.name not in _NOT_HERE:
                more = WANTS_WORDS if verb.name in _WANT_WORDS else ""
                yield Entry(f":{verb.name}", f":{verb.name}", more, verb.summary)

    @staticmethod
    def _earlier_lines(uses: dict[str, int]) -> Iterator[Entry]:
        for name in uses:
            if name.startswith(":") and " " in name:
                yield Entry(name, clean_line(name), detail="again")

    @staticmethod
    def _line_entry(typed: str) -> Entry | None:
        """Return what a line of the command line does; None when it begins with no verb."""
        from readlist.commands.verbs import VERBS

        first, _, rest = typed.partition(" ")
        for verb in VERBS:
            if verb.name == first and verb.name not in _NOT_HERE and rest.strip():
                return Entry(f":{typed}", f":{typed}", detail=verb.summary)
        return None

    def _explained(self, entry: Entry) -> str:
        """Return what is to be known of an entry before it is run."""
        from readlist.commands.running import CHANGES_HERE

        if entry.id.removeprefix(":") not in CHANGES_HERE:
            return ""
        targets = self.targets()
        on = "this paper" if len(targets) == 1 else count(len(targets), "selected paper")
        return f"without a query: {on}" if targets else ""

    # Running it

    async def run_entry(self, entry: Entry) -> None:
        """Run what was chosen, and remember that it was."""
        if not self.is_demo:
            from readlist.tui import usage

            self.run_worker(partial(usage.count, entry.id), thread=True, group="usage")
        if entry.is_line:
            await self._begin_line(entry.id.removeprefix(":"))
            return
        if entry.id == "help":  # of the place where the palette was opened
            await self.action_help()
            return
        name = entry.id.partition("(")[0]
        if self.is_triaging and not self.check_action(name, ()):
            self.say(f"{self.key('back')} leaves triage; then this can be done")
            return
        if not self.check_action(name, ()):
            self.set_focus(self.papers)  # from the filter, where keys are text
        await self.run_action(entry.id)

    async def _begin_line(self, line: str) -> None:
        """Run a line in a thread; the keys behind it wait for one that is soon done."""
        if self._line_runs is not None and not self._line_runs.done():
            self.say("A line is being run still", problem=True)
            return
        self._line_runs = asyncio.create_task(self._run_line(line))
        await asyncio.wait([self._line_runs], timeout=_AT_ONCE)
        if not self._line_runs.done():
            self.say(f":{line} …")

    async def _run_line(self, line: str) -> None:
        from readlist.commands.beside import run_beside

        room = self.app.size.width - 8
        here = self.targets()
        outcome = await asyncio.to_thread(run_beside, line, self.library, here, room)
        try:
            if self.catch_up():
                self.reload()
        except LibraryError as error:
            self.say(error.short, problem=True)
            return
        if outcome.code == 0 and line.split(maxsplit=1)[0] == "tag":
            self.last_tag_edit = self.library.last_tag_edit() or self.last_tag_edit
            self.show_hints()
        self._tell(line, outcome)

    def _tell(self, line: str, outcome: "Outcome") -> None:
        """Say how a line ended: in the message, or on a screen of its own if that is long."""
        verb = line.split(maxsplit=1)[0]
        result = outcome.result.splitlines()
        if len(result) > 1 or (result and verb in _ON_A_SCREEN):
            is_help = result[0].startswith("usage:")
            result = [self.in_interface(told) for told in result] if is_help else result
            self._show_lines(f":{line}", [*result, *map(self.in_interface, outcome.messages)])
            return
        back = f"{self.key('undo')} takes it back"
        is_done = outcome.code == 0 and bool(result) and verb in _CHANGE
        text = " · ".join([*result, *outcome.messages][:2]) or "Done"
        self.say(_sentence(text), then=back * is_done, problem=outcome.code != 0)

    def _show_lines(self, title: str, lines: Sequence[str]) -> None:
        from readlist.tui.screens.text_screen import TextScreen

        shown = list(lines[:_MOST_LINES])
        if len(lines) > len(shown):
            shown.append(f"… and {count(len(lines) - len(shown), 'line')} more")
        self.app.push_screen(TextScreen(title, "\n".join(shown)))

    def action_copy_now(self, what: str) -> None:
        """Copy something, without the menu."""
        self.uncover()
        if self.targets():
            self._copy(what)
        else:
            self.say("No paper here")

    def action_sort_now(self, keys: str) -> None:
        """Sort, without the menu."""
        self._sort(keys)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    """Return a message with a capital, unless it begins with a name: a feed's, a file's."""
    return _capital(text) if text.partition(" ")[0].rstrip(",;:").isalpha() else text
