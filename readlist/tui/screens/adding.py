"""The screen on which papers are added: what is in a file or a pasted text, before it is taken."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import TypeAlias

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from readlist.adding.addition import Addition, Listed, Seen, named_files, what_is_wrong
from readlist.adding.looking import asked_for, in_words
from readlist.operations import ImportOptions
from readlist.paper import PaperError, Status, tag_name
from readlist.record import Record
from readlist.text import count
from readlist.tui.advice import in_interface
from readlist.tui.job import Job
from readlist.tui.paths import complete_path
from readlist.tui.screens.panel import Panel
from readlist.tui.screens.text_screen import TextScreen
from readlist.tui.widgets.bars import keyed
from readlist.tui.widgets.clickable import Clickable, clickable
from readlist.tui.widgets.columns import fit
from readlist.tui.widgets.given_field import GivenField
from readlist.tui.widgets.progress_line import progress_line

_PATIENCE = 1.0  # seconds that enter waits for what is being read
_TYPED = 0.6  # seconds after the last key, until an id is taken for whole
_MOST_SHOWN = 10
_LABEL = 12
_AUTHORS = 22  # cells

Look: TypeAlias = Callable[[str], Job[Addition]]
"""Begins to read what a text names, or is."""


class Wanted(Record):
    """Papers that are to be taken in, and how."""

    addition: Addition
    options: ImportOptions


class SetAside(Record):
    """What was being read when the screen was left for the list, and goes on being read; with
    `options`, it is wanted as soon as it is there."""

    given: str
    job: Job[Addition]
    options: ImportOptions | None = None


Chosen: TypeAlias = Callable[[Wanted | SetAside], None]


class AddScreen(Clickable, Panel[None]):
    """Hands on what to take in; or, if that is still being read, what is set aside.

    `look` begins to read; `chosen` gets the choice, before the next key is looked at; `given` is
    there from the start, or was `set_aside`.
    """

    LEFT_BESIDE = False
    BINDINGS = [
        Binding("escape,ctrl+c", "leave", priority=True),
        Binding("enter", "finish", priority=True),
        Binding("tab", "complete", priority=True),
        Binding("down", "step(1)", priority=True),
        Binding("up,shift+tab", "step(-1)", priority=True),
        Binding("right,space", "turn(1)", priority=True),
        Binding("left", "turn(-1)", priority=True),
    ]

    def __init__(
        self, look: Look, chosen: Chosen, given: str = "", set_aside: SetAside | None = None
    ) -> None:
        super().__init__(classes="panel")
        self._look = look
        self._chosen = chosen
        self._given = set_aside.given if set_aside else given
        self._job: Job[Addition] | None = set_aside.job if set_aside else None
        self._is_pasted = len(self._given.strip().splitlines()) > 1
        self._asked = asked_for(self._given)
        self._typed_at = 0.0
        self._row = "given"
        self._state = 0
        self._problem = ""
        self._drawn: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the field, what is in what it names, and how that is to be taken."""
        with Vertical(id="adding"):
            yield Static(Content.styled("Add papers", "bold"))
            yield GivenField(
                "" if self._is_pasted else self._given.strip(),
                id="given",
                compact=True,
                select_on_focus=False,
            )
            yield Static(id="seen", markup=False)
            yield Static(id="state-row", markup=False)
            with Horizontal(id="tags-row"):
                yield Static(id="tags-label", markup=False)
                yield Input(id="tags-given", compact=True, placeholder="none")
            yield Static(id="refused-row", markup=False)
            yield Static(id="what", markup=False)

    def on_mount(self) -> None:
        """Go to the field; read what was given."""
        self._field = self.query_one("#given", GivenField)
        self._field.cursor_position = len(self._field.value)
        self.set_focus(self._field)
        if self._job is None and self._given.strip():
            self._begin()
        self.set_interval(0.1, self._show)
        self._show()

    # What is given

    @on(Input.Changed, "#given")
    def _typed(self) -> None:
        self._follow()
        self._show()

    def _follow(self) -> None:
        """Read what stands in the field, if that is another; Textual reports a change late."""
        typed = self._field.value.strip()
        if typed == self._given.strip() or (self._is_pasted and not typed):
            return
        self._give_up()
        self._given, self._is_pasted = typed, False
        self._asked, self._typed_at = asked_for(typed), monotonic()
        if named_files(typed):
            self._begin()

    @on(GivenField.Pasted)
    def _pasted(self, message: GivenField.Pasted) -> None:
        self._take_paste(message.text)

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted while no field has the keys."""
        self._take_paste(event.text)

    def _take_paste(self, text: str) -> None:
        self._give_up()
        self._given, self._is_pasted, self._asked = text, True, asked_for(text)
        self._field.value = ""
        self._begin()
        self._show()

    def _begin(self) -> None:
        self._problem, self._state = "", 0
        self._job = self._look(self._given)

    def _give_up(self) -> None:
        self._problem = ""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            if job.is_done and self._addition(job) is not None:
                job.result.close()  # type: ignore[union-attr]

    def _addition(self, job: Job[Addition] | None) -> Addition | None:
        """Return what was read; None, and what is wrong is kept, when that cannot be used."""
        if job is None or not job.is_done:
            return None
        try:
            return job.result
        except Exception as problem:  # whatever it was, it is told here
            self._problem = str(problem)
            return None

    @property
    def _seen(self) -> Seen | None:
        found = self._addition(self._job)
        return found.seen if found else None

    # What is shown

    def _show(self) -> None:
        """Bring all up to date; ask for an id that has been typed to its end."""
        if self._asked and self._job is None and monotonic() - self._typed_at > _TYPED:
            self._begin()
        seen = self._seen
        reading = self._job is not None and not self._job.is_done
        done = self._job.progress.done if self._job and reading else 0
        stage = self._job.progress.stage if self._job and reading else ""
        now = (seen, reading, done, stage, self._row, self._state, self._problem, self._given)
        if (*now, self.size) == self._drawn:
            return
        self._drawn = (*now, self.size)
        if self._row not in self._rows(seen):
            self._go_to("given")
        self._field.placeholder = self._placeholder()
        self.query_one("#seen", Static).update(self._content(seen, reading))
        self._show_rows(seen)
        self.query_one("#what", Static).update(self._hint(seen, reading))

    def _placeholder(self) -> str:
        if not self._is_pasted:
            return "an id, a link, a DOI, a file; or paste BibTeX, JSON, a page"
        return f"pasted text, {count(len(self._given.splitlines()), 'line')}"

    def _content(self, seen: Seen | None, reading: bool) -> Content:
        if reading and self._job is not None:
            return progress_line(self._job.progress)
        if seen is None:
            problem = self._problem or ("" if self._is_pasted else self._expected())
            return Content.styled(
                in_interface(problem), "$text-error" if self._problem else "$muted"
            )
        width = max(20, self.size.width - 6)
        kinds = " + ".join(seen.kinds)
        lines = [Content.assemble((seen.summary(), "bold"), (f"   {kinds}", "$muted"))]
        lines += [Content.styled(in_interface(note), "$muted") for note in seen.notes[:2]]
        room = max(2, min(_MOST_SHOWN, self.size.height * 7 // 10 - 11 - len(lines)))
        shown = seen.first if len(seen.first) <= room else seen.first[: room - 1]
        lines += _lines(shown, width)
        more = seen.papers - len(shown)
        if more > 0:
            lines.append(Content.styled(f"  … and {more:,} more", "$muted"))
        return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)

    def _expected(self) -> str:
        return in_words(self._asked) if self._asked else what_is_wrong(self._given)

    def _rows(self, seen: Seen | None) -> list[str]:
        rows = ["given"]
        if seen is not None and seen.papers:
            rows += ["state"] * bool(seen.new) + ["tags"]
        return rows + ["refused"] * bool(seen and seen.refusals)

    def _show_rows(self, seen: Seen | None) -> None:
        rows = self._rows(seen)
        for row in ("state", "tags", "refused"):
            self.query_one(f"#{row}-row").display = row in rows
        if seen is None:
            return
        choices = _states(seen)
        words = [_choice(n, w, n == self._state) for n, (w, _) in enumerate(choices)]
        state = self._label("state", "come in as") + Content("   ").join(words)
        self.query_one("#state-row", Static).update(state)
        self.query_one("#tags-label", Static).update(self._label("tags", "tags"))
        shows = clickable(Content.assemble(("→", "bold $accent"), " shows why"), "turn", 1)
        refused = Content(f"{len(seen.refusals):,}   ") + shows
        self.query_one("#refused-row", Static).update(self._label("refused", "refused") + refused)

    def _label(self, row: str, words: str) -> Content:
        bar = "▌" if row == self._row else " "
        return Content.assemble((bar, "bold $accent"), (f" {words:<{_LABEL}}", "$muted"))

    def _hint(self, seen: Seen | None, reading: bool) -> Content:
        if reading:
            then = "takes it when it is there" if self._asked else "reads on behind the list"
            keys = [f"enter {then}", "esc gives it up"]
        elif seen is None or not seen.papers:
            keys = ["enter fetches it" if self._asked else "tab completes a path", "esc leaves"]
        else:
            rows = "↓ state, tags" if seen.new else "↓ tags"
            keys = [f"enter {seen.effect()}", rows, "esc leaves"]
        return keyed("   ".join(keys))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key does its action now: in a field, it moves there."""
        return action != "turn" or self._row in ("state", "refused")

    async def action_step(self, rows: int) -> None:
        """Go to the row below, or above; there are more once it has been read."""
        self._follow()
        if self._job is not None:
            await self._job.wait(_PATIENCE)
        found = self._rows(self._seen)
        place = found.index(self._row) if self._row in found else 0
        self._go_to(found[max(0, min(place + rows, len(found) - 1))])
        self._show()

    def _go_to(self, row: str) -> None:
        self._row = row
        fields = {"given": self._field, "tags": self.query_one("#tags-given", Input)}
        self.set_focus(fields.get(row))

    @on(Input.Submitted)
    @on(events.DescendantFocus)
    def _focused(self) -> None:
        row = (
            {"given": "given", "tags-given": "tags"}.get(self.focused.id or "", self._row)
            if self.focused
            else self._row
        )
        if row != self._row:  # by a click
            self._row = row
            self._show()

    def action_turn(self, step: int) -> None:
        """Choose the next state, or the one before; or show what was refused."""
        seen = self._seen
        if seen is None:
            return
        if self._row == "state":
            self._state = (self._state + step) % len(_states(seen))
            self._show()
        elif seen.refusals:
            lines = (f"{refusal.place}: {refusal.reason}" for refusal in seen.refusals)
            title = f"Refused of {seen.name}: {len(seen.refusals):,}"
            self.app.push_screen(TextScreen(title, "\n".join(lines)))

    def action_choose(self, place: int) -> None:
        """Choose a state."""
        self._state = place
        self._show()

    async def action_complete(self) -> None:
        """Complete the path as far as it is certain; elsewhere, go on."""
        completed = complete_path(self._field.value)
        if self._row != "given" or (completed == self._field.value and self._job is not None):
            await self.action_step(1)
            return
        self._field.value = completed
        self._field.cursor_position = len(completed)

    async def action_finish(self) -> None:
        """Take what is shown. What is still being read goes on behind the list."""
        if not self.is_active:  # it was left by the key before
            return
        self._follow()
        if not self._given.strip():
            self.dismiss()
            return
        if self._job is None:
            self._begin()
        job = self._job
        assert job is not None
        is_read = await job.wait(_PATIENCE)
        addition = self._addition(job)
        self._show()
        if is_read and (addition is None or not addition.seen.papers):
            return
        try:
            tags = self._tags()
        except PaperError as problem:
            self.query_one("#what", Static).update(Content.styled(str(problem), "$text-error"))
            return
        if addition is not None:
            status = _states(addition.seen)[self._state][1]
            self._chosen(Wanted(addition, ImportOptions(status=status, tags=tags)))
        else:
            wanted = ImportOptions(tags=tags) if self._asked else None
            self._chosen(SetAside(self._given, job, wanted))
        self.dismiss()

    def _tags(self) -> tuple[str, ...]:
        """Return the tags to give. Raises `PaperError`."""
        words = self.query_one("#tags-given", Input).value.replace(",", " ").split()
        return tuple(dict.fromkeys(tag_name(word.removeprefix("#")) for word in words))

    def action_leave(self) -> None:
        """Take nothing."""
        self._give_up()
        self.dismiss()


def _states(seen: Seen) -> Sequence[tuple[str, Status | None]]:
    """Return the states to choose from: first the one that the format says."""
    own = seen.states[0].words if len(seen.states) == 1 else "as the file says"
    others = [(s.words, s) for s in (Status.NEW, Status.TO_READ) if s.words != own]
    return [(own, None), *others]


def _choice(place: int, words: str, is_chosen: bool) -> Content:
    style = "bold" if is_chosen else "$muted"
    text = Content.assemble(("● " if is_chosen else "○ ", "$accent"), (words, style))
    return clickable(text, "choose", place)


def _lines(papers: Sequence[Listed], width: int) -> list[Content]:
    """Return a line for each paper: its title, and beside it its authors."""
    longest = max((cell_len(paper.title) for paper in papers), default=0)
    room = max(10, min(longest, width - _AUTHORS - 4))
    return [_line(paper, room) for paper in papers]


def _line(paper: Listed, room: int) -> Content:
    names = ", ".join(author.split()[-1] for author in paper.authors[:2] if author.strip())
    beside = "you have it" if paper.is_known else names
    style = "$muted" if paper.is_known else ""
    title = Content.styled(fit(paper.title, room), style)
    return Content("  ") + title + Content.styled(f"  {beside}", "$muted")
