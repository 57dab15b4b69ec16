"""The screen on which papers are filled in: what was found of them, before it is taken."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from readlist.filling.filled import Sought
from readlist.filling.side_by_side import LABEL, side_by_side
from readlist.record import Record
from readlist.text import count, readable, wrapped
from readlist.tui.job import Job
from readlist.tui.screens.scrolled import LETTERS, Scrolled
from readlist.tui.widgets.bars import TwoEnds
from readlist.tui.widgets.columns import fit
from readlist.tui.widgets.progress_line import progress_line

if TYPE_CHECKING:
    from readlist.filling.completing import Found

_WIDEST = 120  # cells
_OFTEN = 0.1  # seconds
_NAMED = 5  # papers of which nothing was found
_PROBLEM = 3  # lines


class Answers(Record, frozen=False):
    """What was found, and the records that the user said are of other papers."""

    found: "Found"
    rejected: list[Sought]


class SetAside(Record):
    """Services are being asked still, while the list has the keys again."""

    job: "Job[Found]"


Chosen: TypeAlias = Callable[[Answers | SetAside], None]


class FillScreen(Scrolled[None]):
    """Shows how far the asking is, then each doubtful match, then all that would change.

    `chosen` gets what is to be taken, or the job that goes on behind the list; `left` is called
    when nothing is, with what was said of doubtful ones.
    """

    LEFT_BESIDE = False
    BINDINGS = [
        Binding("escape,ctrl+c,q", "leave", priority=True),
        Binding("enter", "finish", priority=True),
        Binding("y", "answer('y')", priority=True),
        Binding("n", "answer('n')", priority=True),
        Binding("s", "answer('s')", priority=True),
        *LETTERS,
    ]

    def __init__(
        self, job: "Job[Found]", what: str, chosen: Chosen, left: Callable[[Answers], None]
    ) -> None:
        super().__init__()
        self._job = job
        self._what = what
        self._chosen = chosen
        self._left = left
        self._answers: Answers | None = None
        self._open: list[Sought] = []
        self._problem = ""

    def compose(self) -> ComposeResult:
        """Yield the title, what there is to see, and what keys do."""
        with Vertical(id="filling"):
            yield TwoEnds(id="text-title")
            with VerticalScroll(id="text"):
                yield Static(id="fill-text")
            yield Static(id="what", markup=False)

    def on_mount(self) -> None:
        """Follow the asking."""
        self._timer = self.set_interval(_OFTEN, self._follow)
        self.on_resize()
        self._follow()

    def on_resize(self) -> None:
        """Leave a little of the list to see; lines are made for this width."""
        around = 7  # the title, the keys, the lines around them, and one of what lies below
        self.text.styles.max_height = self.room_beside(around)
        self._show()

    def _follow(self) -> None:
        if self._job.is_done:
            self._timer.stop()
            try:
                found = self._job.result
            except Exception as problem:  # whatever it was, it is told here
                self._problem = str(problem)
                found = None
            if found is not None:
                self._answers = Answers(found, [])
                self._open = list(found.doubtful)
        self._show()

    # What is shown

    @property
    def _width(self) -> int:
        return max(20, min(self.app.size.width - 8, _WIDEST))

    def _show(self) -> None:
        title = Content.styled(f"Fill in {self._what}", "bold")
        self.query_one("#text-title", TwoEnds).show(title, self._state())
        self.query_one("#fill-text", Static).update(Content("\n").join(self._lines()))
        self._show_keys()
        self.call_after_refresh(self._show_keys)  # whether it scrolls is known then

    def _show_keys(self) -> None:
        self.query_one("#what", Static).update(Content.styled("   ".join(self._keys()), "$muted"))

    def _state(self) -> Content:
        if self._answers is None:
            return Content()
        if self._open:
            number = len(self._answers.found.doubtful) - len(self._open) + 1
            several = f" {number} of {len(self._answers.found.doubtful)}"
            return Content.styled(f"doubtful{several if number > 1 or self._open[1:] else ''}", "")
        found = self._answers.found
        missing = sum(not one.told for one in found.sought)
        parts = {"to fill in": len(found.certain), "not found": missing}
        told = [f"{number:,} {what}" for what, number in parts.items() if number]
        is_told = found.has_answer and len(found.sought) > 1
        return Content.styled(", ".join(told) if is_told else "", "$muted")

    def _lines(self) -> Iterator[Content]:
        if self._problem:
            yield Content.styled(self._problem, "$text-error")
        elif self._answers is None:
            yield progress_line(self._job.progress)
        elif self._open:
            yield from _question(self._open[0], self._width)
        else:
            yield from _summary(self._answers.found, self._width)

    def _keys(self) -> list[str]:
        if self._problem:
            return ["esc leaves"]
        if self._answers is None:
            return ["enter goes on behind the list", "esc gives it up"]
        if self._open:
            skips = "s skips it" if len(self._open) == 1 else "s skips it, enter the rest"
            return ["y it is the same paper", "n it is another", skips, "esc leaves"]
        number = len(self._answers.found.certain)
        takes = ["enter fills it in" if number == 1 else f"enter fills {number:,} in"]
        scrolls = ["space scrolls"] if self.scrolls else []
        return [*(takes if number else []), *scrolls, "esc leaves"]

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether a key does its action now."""
        return action != "answer" or bool(self._open)

    def action_answer(self, answer: str) -> None:
        """Say whether the doubtful record is of the paper, and go on to the next."""
        if self._answers is None or not self._open:
            return
        one = self._open.pop(0)
        if answer == "y":
            one.accept()
        elif answer == "n":
            self._answers.rejected.append(one)
        self.text.scroll_home(animate=False)
        self._show()

    def action_finish(self) -> None:
        """Take what is shown; what is still being asked goes on behind the list."""
        if not self.is_active:
            return
        if self._answers is None and not self._job.is_done:
            self._chosen(SetAside(self._job))
            self.dismiss()
        elif self._open:
            self._open.clear()
            self._show()
        elif self._answers is not None and self._answers.found.certain:
            self._chosen(self._answers)
            self.dismiss()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Take nothing."""
        if not self._job.is_done:
            self._job.cancel()
        if self._answers is not None and self.is_active:
            self._left(self._answers)
        self.dismiss()


def _summary(found: "Found", width: int) -> Iterator[Content]:
    """Yield lines that say what would change of each paper."""
    for number, one in enumerate(found.certain):
        if number:
            yield Content()
        told = ", ".join(dict.fromkeys(service for service, _ in one.reasons))
        room = max(10, width - cell_len(told) - 2)
        title = fit(readable(one.now.title), room)
        yield Content.assemble((title, "bold"), "  ", (told, "$muted"))
        if one.published:
            yield Content.styled(fit(f"  {one.published}", width).rstrip(), "$accent")
        for step in one.steps:
            yield from _step(step.name, step.old, step.new, width)
    missing = [one for one in found.sought if not one.told]
    if not found.has_answer:
        yield Content("No service could be asked:")
        yield from _problems(found, width)
        return
    if not found.certain:
        yield Content("Nothing new was found" if not missing else "Nothing certain was found")
    elif missing:
        yield Content()
        yield Content.styled(f"Nothing certain of {count(len(missing), 'other')}:", "$muted")
    for one in missing[:_NAMED] if found.sought[1:] else ():
        yield Content.styled(fit(f"  {readable(one.paper.title)}", width).rstrip(), "$muted")
    if len(missing) > _NAMED:
        yield Content.styled(f"  … and {len(missing) - _NAMED:,} more", "$muted")
    yield from _problems(found, width)


def _problems(found: "Found", width: int) -> Iterator[Content]:
    for failure in found.problems:
        for line in wrapped(failure, width, cell_len, _PROBLEM):
            yield Content.styled(line, "$text-warning")


def _step(name: str, old: str, new: str, width: int) -> Iterator[Content]:
    lines = wrapped(f"{old} → {new}" if old else new, width - LABEL - 2, cell_len, 3)
    for place, line in enumerate(lines):
        label = f"  {'' if place else name:<{LABEL}}"
        yield Content.assemble((label, "$muted"), line)


def _question(one: Sought, width: int) -> Iterator[Content]:
    """Yield lines that show a doubtful record beside the paper."""
    told = one.doubtful
    if told is None:
        return
    room = (width - LABEL - 2) // 2
    yield Content(told.match.verdict.reason[:1].upper() + told.match.verdict.reason[1:])
    yield Content()
    heading = fit(f"found at {told.who}", room).rstrip()
    yield Content.styled(f"{'':<{LABEL}}{fit('yours', room)}  {heading}", "$muted")
    for name, ours, theirs in side_by_side(one.paper, told.match.found, room, cell_len):
        label = (f"{name:<{LABEL}}", "$muted")
        yield Content.assemble(label, fit(ours, room), "  ", theirs)
