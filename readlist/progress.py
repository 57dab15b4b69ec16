"""Long work, seen from outside: how far it is; and how it is given up."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


class CancelledError(BaseException):
    """The work is not wanted any more. No `Exception`: who deals with bad records lets it pass."""


class Progress:
    """How far a piece of work is. One thread does it, another looks, and may give it up.

    `total` is None as long as nobody knows it; what `is_final` cannot be given up.
    """

    def __init__(self) -> None:
        self.stage = ""
        self.done = 0
        self.total: int | None = None
        self._is_cancelled = False
        self.is_final = False

    def begin(self, stage: str, total: int | None = None) -> None:
        """Begin the next part of the work. Raises `CancelledError`."""
        self.stage, self.done, self.total = stage, 0, total
        self.step(0)

    def step(self, number: int = 1) -> None:
        """Say that `number` more pieces are done. Raises `CancelledError`."""
        if self._is_cancelled and not self.is_final:
            raise CancelledError
        self.done += number

    def finish(self, stage: str) -> None:
        """Begin what cannot be given up any more. Raises `CancelledError`, the last time."""
        self.begin(stage)
        self.is_final = True

    def over(self, items: Iterable[T]) -> Iterator[T]:
        """Yield items, each of them a step. Raises `CancelledError`."""
        for item in items:
            self.step()
            yield item

    def cancel(self) -> None:
        """Have the work end at its next step."""
        self._is_cancelled = True

    @property
    def is_cancelled(self) -> bool:
        """Whether the work was given up."""
        return self._is_cancelled

    @property
    def share(self) -> float | None:
        """How much of this part is done, from 0 to 1; None when nobody knows."""
        return min(1.0, self.done / self.total) if self.total else None
