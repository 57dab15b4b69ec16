"""Triage: papers gone through one by one, what became of each, and how long the rest will take."""

import time
from collections import Counter
from collections.abc import Callable, Sequence

from readlist.paper import Paper, Status
from readlist.text import count

SKIPPED, DELETED, ELSEWHERE = "skipped", "deleted", "decided elsewhere"

_WORDS = {
    str(Status.TO_READ): "to read",
    str(Status.READING): "being read",
    str(Status.READ): "read",
    str(Status.ARCHIVED): "archived",
    str(Status.NEW): "new again",
    DELETED: "deleted",
    SKIPPED: "skipped",
    ELSEWHERE: "decided elsewhere",
}
"""What may become of a paper, in the order in which it is told."""

_ENOUGH = 3  # papers, to tell a pace by
_LATELY = 20  # papers that the pace is taken from
_AWAY = 120.0  # seconds for one paper; who takes longer has been away
_MINUTE = 60.0


class Triage:
    """The papers `ids`, by id, from the one at `start` on; those before it come last.

    What became of a paper is its new status, or one of `SKIPPED`, `DELETED` and `ELSEWHERE`. A
    paper of which nothing has become waits: it comes again before the end.
    """

    def __init__(
        self, ids: Sequence[int], start: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.ids = [*ids[start:], *ids[:start]]
        self._place = 0
        self._fates: dict[int, str] = {}
        self._met: dict[int, Paper] = {}
        self._starred: set[int] = set()
        self._clock = clock
        self._since = clock()
        self._paces: list[float] = []
        self._taken = 0.0

    # Where one is

    @property
    def here(self) -> int | None:
        """The id of the paper that is shown; None at the end."""
        return self.ids[self._place] if self._place < len(self.ids) else None

    @property
    def place(self) -> int:
        """The place of that paper among all, from 0."""
        return self._place

    @property
    def passed(self) -> int:
        """How many papers something has become of."""
        return len(self._fates)

    def fate(self, number: int) -> str | None:
        """Return what became of a paper; None when it waits."""
        return self._fates.get(number)

    @property
    def waiting(self) -> set[int]:
        """The papers of which nothing has become."""
        return {number for number in self.ids if number not in self._fates}

    def go_on(self, is_there: Callable[[int], bool]) -> None:
        """Go to the next paper that waits, round to the first ones; else to the end.

        One that is not there any more has been decided on elsewhere.
        """
        for places in (range(self._place + 1, len(self.ids)), range(self._place + 1)):
            if len(self._fates) == len(self.ids):
                break
            for place in places:
                number = self.ids[place]
                if number in self._fates:
                    continue
                if is_there(number):
                    self._place = place
                    return
                self._fates[number] = ELSEWHERE
        self._place = len(self.ids)

    def go_back(self, is_there: Callable[[int], bool]) -> bool:
        """Go to the paper before, whatever became of it; return whether there is one."""
        for place in range(self._place - 1, -1, -1):
            if is_there(self.ids[place]):
                self._place = place
                return True
        return False

    def go_to(self, number: int) -> None:
        """Go to a paper that was met."""
        self._place = self.ids.index(number)

    # What becomes of papers

    def meet(self, paper: Paper) -> None:
        """Note how a paper is when it is shown for the first time."""
        self._met.setdefault(paper.id, paper)

    def met(self, number: int) -> Paper | None:
        """Return a paper as it was when it was shown first; None if it was not yet."""
        return self._met.get(number)

    def has_met(self, number: int) -> bool:
        """Return whether a paper has been shown."""
        return number in self._met

    def becomes(self, number: int, fate: str) -> None:
        """Note what became of a paper, and how long it took."""
        if number not in self._fates:
            now = self._clock()
            pace = min(now - self._since, _AWAY)
            self._paces = [*self._paces, pace][-_LATELY:]
            self._taken += pace
            self._since = now
        self._fates[number] = fate

    def take_in(self, number: int, paper: Paper | None) -> None:
        """Note what a paper is now that it was changed from here, or that this was taken back;
        None when it is no more."""
        before = self._met[number]
        if paper is None:
            self._starred.discard(number)
            self.becomes(number, DELETED)
            return
        (self._starred.add if paper.starred > before.starred else self._starred.discard)(number)
        if paper.status is not before.status:
            self.becomes(number, str(paper.status))
        elif self._fates.get(number) not in (SKIPPED, str(paper.status)):
            self._fates.pop(number, None)

    # What is told of it

    def to_read(self) -> list[int]:
        """Return the papers that became ones to read."""
        wanted = str(Status.TO_READ)
        return [number for number in self.ids if self._fates.get(number) == wanted]

    def so_far(self) -> str:
        """Return what became of papers so far: `5 to read (1 ★)   6 archived`."""
        counts = Counter(self._fates.values())
        stars = Counter(self._fates.get(number, "") for number in self._starred)
        return "   ".join(
            f"{counts[fate]:,} {words}" + (f" ({stars[fate]:,} ★)" if stars[fate] else "")
            for fate, words in _WORDS.items()
            if counts[fate]
        )

    def summary(self) -> str:
        """Return what became of papers: `6 to read, 1 starred, 40 archived, 3 skipped`."""
        counts = Counter(self._fates.values())
        parts = [f"{counts[fate]:,} {words}" for fate, words in _WORDS.items() if counts[fate]]
        if self._starred:
            parts.insert(counts[str(Status.TO_READ)] > 0, f"{len(self._starred):,} starred")
        return ", ".join(parts)

    def time_left(self) -> str:
        """Return how long the papers that wait will take: `about 2 min left`; "" at first."""
        left = len(self.ids) - len(self._fates)
        if len(self._paces) < _ENOUGH or not left:
            return ""
        seconds = left * sum(self._paces) / len(self._paces)
        return f"about {_long(seconds)} left" if seconds >= _MINUTE else "less than a minute left"

    def time_taken(self) -> str:
        """Return how many papers there were, and how long they took: `57 papers in 4 min`."""
        papers = count(len(self.ids), "paper")
        return f"{papers} in {_long(self._taken)}" if self._taken >= _MINUTE else papers

    def progress(self) -> str:
        """Return where one is and how long the rest takes: `12 of 57 · about 2 min left`."""
        if self.here is None:
            return count(len(self.ids), "paper")
        left = self.time_left()
        return f"{self._place + 1:,} of {len(self.ids):,}" + (f" · {left}" if left else "")


def _long(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / _MINUTE), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
