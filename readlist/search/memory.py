"""What was worked out of papers by reading each: kept until the paper changes."""

from collections.abc import Callable
from typing import Any

from readlist.paper import Paper

_MOST = 4
"""Kinds of values kept: some ten bytes to a hundred a paper each."""


class Memory:
    """Values of papers by kind: whether a regular expression matches, what to sort a title by."""

    def __init__(self) -> None:
        self._known: dict[str, dict[int, Any]] = {}

    def valuer(
        self, kind: str, work: Callable[[Paper], Any], read: Callable[[int], Paper]
    ) -> Callable[[int], Any]:
        """Return what gives the value of a paper by id; `kind` names `work`, which works it out."""
        known = self._known.pop(kind, {})
        while len(self._known) >= _MOST:
            del self._known[next(iter(self._known))]
        self._known[kind] = known

        def value(number: int) -> Any:
            if number not in known:
                known[number] = work(read(number))
            return known[number]

        return value

    def forget(self, number: int) -> None:
        """Forget a paper, which has changed or gone."""
        for known in self._known.values():
            known.pop(number, None)
