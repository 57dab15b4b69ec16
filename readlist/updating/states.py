"""What is remembered of feeds: when they were fetched, how it went, what was there.

It lies beside the library, in `library.json.feeds`, and is written whole or not at all.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from readlist.feeds import Feed
from readlist.library import disk
from readlist.library.beside import beside
from readlist.paper import timestamp
from readlist.record import Record

_WAITS = (1, 5, 15, 60)  # minutes, after the first failure, the second, …
_LONGEST = 86_400.0  # seconds, whatever a service asks for
_MOST_SEEN = 2_000
_NAME = "feeds"


class FeedState(Record):
    """What is remembered of a feed. Moments are ISO 8601 in UTC.

    `source`: what the feed was then; `tried` and `succeeded`: when it was last begun to be
    fetched, and when that went well; `error`: how it failed since, `failures` times, so that it is
    left alone until `wait`; `new`: how many papers the last success brought; `seen`: what was
    there.
    """

    source: str
    tried: str | None = None
    succeeded: str | None = None
    error: str | None = None
    failures: int = 0
    wait: str | None = None
    new: int = 0
    seen: tuple[str, ...] = ()

    def after_success(self, now: str, new: int, seen: tuple[str, ...]) -> "FeedState":
        """Return what to remember once the feed, begun to be fetched at `now`, was taken in."""
        kept = tuple(dict.fromkeys((*seen, *self.seen)))[: max(_MOST_SEEN, len(seen))]
        return FeedState(self.source, now, now, new=new, seen=kept)

    def after_failure(
        self, now: str, error: str, least: float = 0.0, *, grows: bool = True
    ) -> "FeedState":
        """Return what to remember of a failure; `least`: seconds that the service asked for.

        Waits grow with each failure, unless it `grows` not: nobody was bothered by it.
        """
        failures = self.failures + 1
        minutes = _WAITS[min(failures, len(_WAITS)) - 1 if grows else 0]
        wait = max(timedelta(minutes=minutes), timedelta(seconds=min(least, _LONGEST)))
        until = datetime.fromisoformat(now) + wait
        return self.but(tried=now, error=error, failures=failures, wait=timestamp(until))

    def waits(self, now: str) -> bool:
        """Whether it is too early to try again; a moment far ahead is of a clock that was wrong."""
        if self.wait is None or self.tried is None:
            return False
        return self.tried <= now < self.wait


class FeedStates:
    """What is remembered of the feeds of a library."""

    def __init__(self, library: Path) -> None:
        """Read it; what cannot be read is forgotten: the feeds are fetched as if they were new."""
        self._path = beside(library, _NAME)
        self._lock = disk.Lock(beside(library, f"{_NAME}.lock"))
        self._states: dict[str, FeedState] = {}
        self.read()

    def read(self) -> None:
        """Read what is kept."""
        try:
            values = json.loads(self._path.read_bytes())["feeds"]
            self._states = {name: _state(value) for name, value in values.items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self._states = {}

    def of(self, feed: Feed) -> FeedState:
        """Return what is remembered of a feed, as far as it is still the same."""
        found = self._states.get(feed.name)
        return found if found and found.source == feed.source else FeedState(feed.source)

    def keep(self, feed: Feed, state: FeedState) -> None:
        """Remember something of a feed: it is on the disk when this returns. Raises `OSError`."""
        self._states[feed.name] = state
        values = {name: vars(state) for name, state in self._states.items()}
        content = json.dumps({"feeds": values}, ensure_ascii=False, indent=1)
        disk.make_folder(self._path.parent)
        disk.write_file(self._path, content.encode("utf-8", "replace"))

    def take(self, patience: float) -> bool:
        """Say whether nobody else updates the feeds of this library; then nobody does until
        `let_go`. Raises `OSError`."""
        is_alone = self._lock.take(patience=patience)
        if is_alone:
            self.read()
        return is_alone

    def let_go(self) -> None:
        """Let others update them."""
        self._lock.close()


def _state(value: Any) -> FeedState:
    texts = ("tried", "succeeded", "wait")
    found = FeedState(**{name: value[name] for name in FeedState.names if name in value})
    for name in texts:
        moment = getattr(found, name)
        if moment is not None:
            datetime.fromisoformat(moment).astimezone(UTC)
    if not all(isinstance(number, int) for number in (found.failures, found.new)):
        raise TypeError
    if not isinstance(found.source, str) or not isinstance(found.error, str | None):
        raise TypeError
    return found.but(seen=tuple(map(str, found.seen)))
