"""What every reader of a format returns: papers, and what could not be taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from readlist.paper import Paper, Status
from readlist.progress import Progress
from readlist.record import Record, field
from readlist.text import shorten

MOST_REFUSED, MOST_SHARE = 10_000, 100
"""From so many refused records on, and so many for each paper, a file is none of papers."""


class FormatError(ValueError):
    """A whole input cannot be read; the message is one line that says what was seen in it."""


_LONGEST = 300  # characters of a reason: what is wrong may be quoted in it


class Refusal(Record):
    """A record that was left out: where it stands in the input ("paper 3", "line 14"), and why."""

    place: str
    reason: str


class _Counted(list[Paper]):
    """Papers that are being read, of which somebody wants to know how many there are so far."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress

    def append(self, paper: Paper) -> None:
        """Take a paper in. Raises `CancelledError`."""
        self._progress.step()
        super().append(paper)


_progress: ContextVar[Progress | None] = ContextVar("progress", default=None)


def _papers() -> list[Paper]:
    progress = _progress.get()
    return [] if progress is None else _Counted(progress)


@contextmanager
def watched(progress: Progress | None) -> Iterator[None]:
    """Have `progress` told, whatever the format, of each paper that is read inside, and have the
    reading end when it is given up."""
    token = _progress.set(progress)
    try:
        yield
    finally:
        _progress.reset(token)


class Incoming(Record, frozen=False):
    """The content of one input.

    `source` is the name that papers get in `sources`; `is_own` is true for readlist's own files,
    whose papers have ids and the user's state. `status` is what the papers come in as, `day` that
    of the page that they were on, where it is known or assumed (`is_day_assumed`). `is_cut`: the
    input ends in the middle. `passed_over`: how many more there were that nobody asked for.
    `is_named`: the user named each of the papers, so that those come back that were deleted.
    """

    format: str
    source: str
    papers: list[Paper] = field(default_factory=_papers)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_own: bool = False
    status: Status | None = None
    day: date | None = None
    is_day_assumed: bool = False
    is_cut: bool = False
    passed_over: int = 0
    is_named: bool = False

    def refuse(self, place: str, reason: str) -> None:
        """Note a record that is left out.

        Raises `FormatError` when hardly any other is one of the format: millions of reasons help
        nobody.
        """
        self.refusals.append(Refusal(place, shorten(reason, _LONGEST)))
        number = len(self.refusals)
        if number >= MOST_REFUSED and number > MOST_SHARE * len(self.papers):
            first = self.refusals[0]
            raise FormatError(
                f"{number:,} of its first {number + len(self.papers):,} records are no papers;"
                f" {first.place}: {first.reason}"
            )
