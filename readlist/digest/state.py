"""Which papers were in a digest that was sent, and which wait for the next.

It lies beside the library, in `library.json.digests`, and is written whole or not at all. While a
mail is handed over it says so; who finds that afterwards cannot know whether the mail arrived, and
takes it as sent: a digest may be lost in that moment, but none comes twice.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from readlist.library import disk
from readlist.library.beside import beside
from readlist.paper import Paper
from readlist.record import Record, field

_NAME = "digests"
_MOST = 20_000  # papers that are remembered one by one


Moments = Mapping[str, str]
"""When papers were added, by their uids."""


class Attempt(Record):
    """A mail that was begun: when, its Message-ID, and its papers."""

    at: str
    message: str
    papers: Moments


class DigestState(Record):
    """What is remembered of digests.

    `sent` are papers that were in one; those added until `before` are not remembered one by one,
    and count as sent. `last`: when one was last sent. `waiting` could not be sent, `error` says
    why. `sending` is a mail that was about to be handed over; `doubtful` one that was found so, and
    may not have arrived.
    """

    sent: Moments = field(default_factory=dict)
    before: str = ""
    last: str = ""
    waiting: Moments = field(default_factory=dict)
    error: str = ""
    sending: Attempt | None = None
    doubtful: Attempt | None = None

    def was_sent(self, paper: Paper) -> bool:
        """Whether a paper was in a digest that was sent, or may have been."""
        is_old = bool(self.before) and (paper.added or "") <= self.before
        return paper.uid in self.sent or (is_old and paper.uid not in self.waiting)

    def after_success(self, attempt: Attempt) -> "DigestState":
        """Return what to remember of a mail that was sent."""
        sent, before = {**self.sent, **attempt.papers}, self.before
        if len(sent) > _MOST:
            items = list(sent.items())
            before = max(before, *(added for _, added in items[: -_MOST // 2]))
            sent = dict(items[-_MOST // 2 :])
        waiting = {uid: at for uid, at in self.waiting.items() if uid not in attempt.papers}
        return DigestState(sent, before, attempt.at, waiting, doubtful=self.doubtful)

    def after_failure(self, attempt: Attempt, error: str) -> "DigestState":
        """Return what to remember of a mail that was not sent."""
        waiting = {**self.waiting, **attempt.papers}
        return self.but(waiting=waiting, error=error, sending=None)

    def settled(self) -> "DigestState":
        """Return what to remember when it is not known whether the mail that was about to be
        handed over arrived: it counts as sent."""
        if self.sending is None:
            return self
        return self.after_success(self.sending).but(doubtful=self.sending)

    def again(self) -> "DigestState":
        """Return what to remember when the papers of the mail in doubt are to be sent again."""
        if self.doubtful is None:
            return self
        papers = self.doubtful.papers
        sent = {uid: added for uid, added in self.sent.items() if uid not in papers}
        return self.but(sent=sent, waiting={**self.waiting, **papers}, doubtful=None)


class DigestStates:
    """The file. Raises `OSError`, and `ValueError` for one that cannot be understood."""

    def __init__(self, library: Path) -> None:
        self.path = beside(library, _NAME)
        self._lock = disk.Lock(beside(library, f"{_NAME}.lock"))

    def read(self) -> DigestState:
        """Return what is remembered."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return DigestState()
        try:
            return _state(json.loads(content))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise ValueError(
                f"{self.path} is damaged; moved away, the digests begin anew"
            ) from None

    def keep(self, state: DigestState) -> None:
        """Remember a state: it is on the disk when this returns."""
        mails = {"sending": state.sending, "doubtful": state.doubtful}
        values = vars(state) | {name: mail and vars(mail) for name, mail in mails.items()}
        content = json.dumps(values, ensure_ascii=False, indent=0).encode("utf-8", "replace")
        disk.make_folder(self.path.parent)
        disk.write_file(self.path, content)
        disk.sync_folder(self.path.parent)

    @contextmanager
    def alone(self, patience: float) -> Iterator[bool]:
        """Say whether nobody else sends digests of this library; nobody begins to, inside."""
        try:
            yield self._lock.take(patience=patience)
        finally:
            self._lock.close()


def _state(values: Any) -> DigestState:
    """Return what a document says. Raises what a strange one leads to."""
    texts = {name: values[name] for name in ("before", "last", "error")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError
    return DigestState(
        sent=_moments(values["sent"]),
        waiting=_moments(values["waiting"]),
        sending=_attempt(values["sending"]),
        doubtful=_attempt(values["doubtful"]),
        **texts,
    )


def _attempt(value: Any) -> Attempt | None:
    if value is None:
        return None
    return Attempt(str(value["at"]), str(value["message"]), _moments(value["papers"]))


def _moments(value: Any) -> Moments:
    return {str(uid): str(added) for uid, added in value.items()}
