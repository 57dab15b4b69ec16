"""Updating: all feeds are fetched, judged by the rules, and taken in, each as one change."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from queue import Empty, Queue
from threading import Thread

from readlist.feeds import NO_FEEDS, Feed, Rule, feed_named
from readlist.library import disk
from readlist.library.library import Library
from readlist.operations import tidy
from readlist.progress import CancelledError, Progress
from readlist.record import Record
from readlist.services import SourceSettings
from readlist.sources.feeds import Fetched, Since, fetch, service_of
from readlist.sources.problems import OfflineError, UnansweredError
from readlist.sources.web import Web
from readlist.text import clean_line, count
from readlist.updating.arrivals import Arrivals, Taken
from readlist.updating.rules import Rules
from readlist.updating.states import FeedState, FeedStates

PATIENCE = 5.0  # seconds, for another update to end
_OFTEN = 0.1


class UpdateError(Exception):
    """Nothing can be updated; one line that says why."""


class Outcome(Record):
    """How the update of a feed went: what was taken in, what went wrong (both when it broke off),
    what else there is to know. One that `is_waiting` was left alone, as it failed just before; to
    one that `is_offline` no connection came about; one that `is_unanswered` got no answer."""

    feed: Feed
    state: FeedState
    taken: Taken | None = None
    error: str = ""
    notes: tuple[str, ...] = ()
    is_waiting: bool = False
    is_offline: bool = False
    is_unanswered: bool = False

    @property
    def new(self) -> int:
        """How many papers came that were not in the library."""
        return len(self.taken.report.added) if self.taken else 0

    @property
    def has_changed(self) -> bool:
        """Whether there is a change of it that can be undone."""
        return self.taken is not None and bool(self.taken.report.added or self.taken.report.merged)


class Updated(Record):
    """How an update went; `problems` are those of rules, a line each."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[str, ...] = ()
    is_given_up: bool = False

    def followed_by(self, later: "Updated") -> "Updated":
        """Return both as one: what became of a feed at last."""
        last = {outcome.feed.name: outcome for outcome in later.outcomes}
        outcomes = tuple(last.get(outcome.feed.name, outcome) for outcome in self.outcomes)
        return later.but(outcomes=outcomes, problems=self.problems or later.problems)

    @property
    def failed(self) -> list[Outcome]:
        """The feeds that were tried in vain, or broke off."""
        return [outcome for outcome in self.outcomes if outcome.error]

    def summary(self) -> str:
        """Return it in a line: `47 new papers, 12 updated; cs.CL failed: arXiv refuses`."""
        new = sum(outcome.new for outcome in self.outcomes)
        updated = sum(len(o.taken.report.merged) for o in self.outcomes if o.taken)
        parts = [count(new, "new paper")] if new else []
        parts += [f"{updated:,} updated"] if updated else []
        done = [outcome for outcome in self.outcomes if outcome.taken and not outcome.error]
        if done and not parts:
            parts = [f"Nothing new in {count(len(done), 'feed')}"]
        line = "; ".join([", ".join(parts), *self._trouble()]).removeprefix("; ")
        return f"Given up: {line or 'nothing was fetched'}" if self.is_given_up else line

    def _trouble(self) -> Iterator[str]:
        failed = self.failed
        if len(failed) == 1:
            yield f"{failed[0].feed.name} failed: {failed[0].error}"
        elif failed:
            yield f"{len(failed):,} feeds failed, {failed[0].feed.name}: {failed[0].error}"
        if waiting := [outcome for outcome in self.outcomes if outcome.is_waiting]:
            names = ", ".join(outcome.feed.name for outcome in waiting)
            yield f"{names} not tried again yet"
        yield from self.problems


def update(
    library: Library,
    feeds: Sequence[Feed],
    rules: Sequence[Rule],
    sources: SourceSettings,
    *,
    names: Iterable[str] = (),
    since: date | None = None,
    progress: Progress | None = None,
) -> Updated:
    """Fetch feeds and take in what is new; without `names` all that are neither paused nor waiting.

    What is done when it is given up, or ends in whatever way, is whole. Raises `UpdateError` when
    there is nothing to fetch, or somebody else does so; `LibraryError`.
    """
    chosen = _chosen(feeds, list(names))
    states = FeedStates(library.path)
    try:
        is_alone = states.take(PATIENCE)
    except OSError as error:
        raise disk.explain(error, library.path) from None
    try:
        if not is_alone:
            raise UpdateError("the feeds are being updated already; try again when that is done")
        run = _Run(library, states, rules, since, progress or Progress())
        return run.over(chosen, sources, are_named=bool(names))
    finally:
        states.let_go()


def _chosen(feeds: Sequence[Feed], names: list[str]) -> list[Feed]:
    if not feeds:
        raise UpdateError(NO_FEEDS)
    try:
        found = dict.fromkeys(feed_named(name, feeds) for name in names)
    except ValueError as error:
        raise UpdateError(str(error)) from None
    if found:
        return list(found)
    chosen = [feed for feed in feeds if not feed.is_paused]
    if not chosen:
        raise UpdateError("all feeds are paused; readlist feeds resume NAME goes on with one")
    return chosen


class _Run:
    """One update."""

    def __init__(
        self,
        library: Library,
        states: FeedStates,
        rules: Sequence[Rule],
        back_to: date | None,
        progress: Progress,
    ) -> None:
        self.library = library
        self.states = states
        self.rules = rules
        self.back_to = back_to
        self.progress = progress
        self.now = library.now()
        self.outcomes: dict[str, Outcome] = {}
        self.problems: dict[str, None] = {}

    def over(self, feeds: Sequence[Feed], sources: SourceSettings, *, are_named: bool) -> Updated:
        """Update these feeds."""
        due = [feed for feed in feeds if self._is_due(feed, are_named)]
        is_given_up = False
        # Whoever gives it up gives up what threads are waiting for.
        asking = Progress()
        with Web(sources, progress=asking) as web:
            try:
                self._take_all(due, web)
            except BaseException as error:
                asking.cancel()
                if not isinstance(error, CancelledError):
                    raise
                is_given_up = True
        outcomes = [self.outcomes[feed.name] for feed in feeds if feed.name in self.outcomes]
        tidy(self.library)
        return Updated(tuple(outcomes), tuple(self.problems), is_given_up)

    def _is_due(self, feed: Feed, is_named: bool) -> bool:
        state = self.states.of(feed)
        if feed.problem:
            self.outcomes[feed.name] = Outcome(feed, state, error=feed.problem)
        elif state.waits(self.now) and not is_named:
            self.outcomes[feed.name] = Outcome(feed, state, is_waiting=True)
        return feed.name not in self.outcomes

    def _take_all(self, feeds: Sequence[Feed], web: Web) -> None:
        """Have a thread for each service fetch its feeds, and take each in when it has come."""
        waiting: dict[str, list[Feed]] = {}
        for feed in feeds:
            waiting.setdefault(service_of(feed), []).append(feed)
        found: Queue[tuple[Feed, Fetched]] = Queue()
        since = {feed.name: self._since(feed) for feed in feeds}

        def work(own: Sequence[Feed]) -> None:
            with suppress(CancelledError):
                for feed in own:
                    found.put((feed, _fetched(feed, web, since[feed.name])))

        for service, own in waiting.items():
            Thread(target=work, args=(own,), name=f"feeds of {service}", daemon=True).start()
        self.progress.begin("fetching", len(feeds))
        arrivals = Arrivals(self.library)
        left = {feed.name for feed in feeds}
        while left:
            self.progress.stage = _stage(sorted(left))
            self.progress.step(0)
            try:
                feed, fetched = found.get(timeout=_OFTEN)
            except Empty:
                continue
            self._take(feed, fetched, arrivals)
            left.discard(feed.name)
            self.progress.step()

    def _since(self, feed: Feed) -> Since:
        state = self.states.of(feed)
        succeeded = datetime.fromisoformat(state.succeeded) if state.succeeded else None
        now = datetime.fromisoformat(self.now)
        return Since(now, succeeded, frozenset(state.seen), self.back_to)

    def _take(self, feed: Feed, fetched: Fetched, arrivals: Arrivals) -> None:
        """Take in what came; then remember that it did: killed in between, it comes once more."""
        rules = Rules((*self.rules, *feed.rules))
        self.problems |= dict.fromkeys(rules.problems)
        taken = arrivals.take(feed, fetched.inputs, rules)
        state, error = self.states.of(feed), ""
        if fetched.error is None:
            state = state.after_success(self.now, len(taken.report.added), tuple(fetched.seen))
        else:
            error = _line(fetched.error)
            least = getattr(fetched.error, "wait", 0.0)
            grows = not isinstance(fetched.error, OfflineError)
            state = state.after_failure(self.now, error, least, grows=grows)
        try:
            self.states.keep(feed, state)
        except OSError as problem:
            raise disk.explain(problem, self.library.path) from None
        notes = (*fetched.notes, *taken.report.notes)
        self.outcomes[feed.name] = Outcome(
            feed,
            state,
            taken,
            error,
            notes,
            is_offline=isinstance(fetched.error, OfflineError),
            is_unanswered=isinstance(fetched.error, UnansweredError),
        )


def _stage(names: list[str]) -> str:
    more = f" and {count(len(names) - 1, 'other')}" if len(names) > 1 else ""
    return f"fetching {names[0]}{more}"


def _fetched(feed: Feed, web: Web, since: Since) -> Fetched:
    """Return what a feed has; a mistake that is made here spoils no other feed."""
    try:
        return fetch(feed, web, since)
    except Exception as error:
        return Fetched(error=error)


def _line(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'the file'}: {error.strerror or error}"
    return clean_line(str(error)) or type(error).__name__
