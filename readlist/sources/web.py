"""The way to the network for all of readlist: polite, bounded in time and size, and distrustful.

Import it where it is used: httpcore takes its time.
"""

import hashlib
import time
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

from readlist import __version__, config
from readlist.progress import Progress
from readlist.services import ELSEWHERE, SERVICES, SourceSettings
from readlist.sources import answers
from readlist.sources.addresses import Address, led_to, parse
from readlist.sources.answers import StatusError
from readlist.sources.asking import Asking, Head, Who
from readlist.sources.bodies import unpacked
from readlist.sources.cache import Cache, Kept
from readlist.sources.connecting import Watch
from readlist.sources.keys import Keys
from readlist.sources.pacing import BusyError, Pace, Turn
from readlist.sources.problems import (
    BrokenOffError,
    OfflineError,
    SourceError,
    UnansweredError,
)
from readlist.sources.silence import Silence

MAX = 20_000_000
"""Bytes of an answer."""

_HOPS = 5
_TRIES = 3
_SLICE = 0.1
_SLOWEST = 2000  # bytes in a second, of a file; slower is as if it did not come
_SAME_METHOD = (307, 308)  # redirects behind which a POST is one again (RFC 9110, 15.4)


class Answer(NamedTuple):
    """What came: the body, the address that it came from at last, its media type; and whether it is
    the one that was kept."""

    body: bytes
    url: str
    type: str
    is_cached: bool = False


class _Errand(NamedTuple):
    """What is asked for: where, in the way of which service, with which fields of the head (made
    anew for each try), what is sent behind them; and how its answer is read."""

    address: Address
    service: str
    fields: Mapping[str, str] | Callable[[], Mapping[str, str]]
    read: Callable[[Head, Address, Who], Answer]
    sent: bytes | None = None

    def title_of(self, address: Address) -> str:
        """Return what users call who is asked at an address."""
        return SERVICES[self.service].title or address.host

    def pace_of(self, address: Address) -> str:
        """Return whose pace is kept at an address: the service's, or else the host's."""
        return self.service if self.service != ELSEWHERE else f"{ELSEWHERE}-{address.host}"


class Web:
    """The network, for one piece of work: a verb, or a job of the interface. For several threads.

    A service that cannot be reached is not asked again by it; and when nothing has come for as long
    as the settings have `patience`, nothing is asked any more. `progress` gives the work up.
    """

    def __init__(
        self,
        settings: SourceSettings,
        *,
        progress: Progress | None = None,
        folder: Path | None = None,
    ) -> None:
        self.settings = settings
        self._progress = progress or Progress()
        self._folder = folder or config.cache_folder()
        self._cache = Cache(self._folder)
        self._watch = Watch()
        patience = settings.patience
        self._asking = Asking(self._watch, max(0.05, patience * 0.45))
        self._first_wait = min(1.0, patience / 45)
        self._failures: dict[str, list[SourceError]] = {}
        self._silence = Silence()
        self._keys = Keys(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._asking.close()
        self._cache.tidy()

    def get(
        self,
        url: str,
        *,
        service: str = ELSEWHERE,
        accept: str = "",
        max_age: float = 0.0,
        limit: int = MAX,
        sent: bytes | None = None,
        also: Container[int] = (),
    ) -> Answer:
        """Return what is at an address, asked for in the way of a service (`SERVICES`).

        What was answered before is taken if it is younger than `max_age` seconds, else the service
        is asked whether it has changed. `accept` is a media type: an answer that is a web page
        where JSON or XML is wanted is none. What is `sent` goes as JSON, by POST. Answers with a
        status in `also` are taken, too.

        Raises `SourceError` in a line, `CancelledError`.
        """
        name = _kept_as(url, sent)
        kept = self._cache.find(name, accept)
        if kept is not None and kept.is_fresh(max_age):
            return Answer(kept.body, kept.url, kept.type, True)
        fields = {"Accept": accept or "*/*", "Accept-Encoding": "gzip"}
        if kept is not None:
            known = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
            fields |= {field: value for field, value in known.items() if value}
        if sent is not None:
            fields["Content-Type"] = "application/json"

        def read(head: Head, address: Address, who: Who) -> Answer:
            if head.status == 304 and kept is not None:
                self._cache.keep(name, accept, kept.but(at=time.time()))
                return Answer(kept.body, kept.url, kept.type, True)
            self._check(head, who, also)
            coding = head.fields.get("content-encoding", "")
            body = unpacked(head.body, coding, limit, who.title)
            kind = head.fields.get("content-type", "")
            answers.check_kind(body, accept, who.title)
            told = (head.fields.get("etag", ""), head.fields.get("last-modified", ""))
            self._cache.keep(name, accept, Kept(body, address.url, kind, *told, time.time()))
            return Answer(body, address.url, kind)

        return self._fetched(_Errand(parse(url), service, fields, read, sent))

    def forget(self, url: str, accept: str = "", sent: bytes | None = None) -> None:
        """Let go of a kept answer which turned out to be of no use."""
        self._cache.forget(_kept_as(url, sent), accept)

    def download(
        self, url: str, to: Path, *, service: str = ELSEWHERE, limit: int = 200_000_000
    ) -> Answer:
        """Fetch a file to `to`; what an earlier try has left beside it (`.part`) is gone on with.

        Raises `SourceError`, `CancelledError`, `OSError`; the part that came stays for next time.
        """
        from readlist.sources.downloading import Part

        def read(head: Head, address: Address, who: Who) -> Answer:
            if head.status == 416:  # there is nothing behind the part: it is of another file
                part.begin_anew()
                raise BrokenOffError(f"{who.title} has another file than before")
            self._check(head, who)
            part.take(head, limit, who.title, still_coming)
            part.finish()
            return Answer(b"", address.url, head.fields.get("content-type", ""))

        def still_coming(size: int) -> None:
            latest = begun + patience + size / _SLOWEST
            self._watch.end = min(time.monotonic() + patience, latest)

        part = Part(to, url)
        begun, patience = time.monotonic(), self.settings.patience
        return self._fetched(_Errand(parse(url), service, part.fields, read))

    # Trying, and trying again

    def _fetched(self, errand: _Errand) -> Answer:
        name = errand.pace_of(errand.address)
        self._stop_if_in_vain(name, errand.title_of(errand.address))
        with self._silence.asking():
            left = self.settings.patience - self._silence.seconds
            end = time.monotonic() + max(0.05, left)
            try:
                found = self._tried(errand, end)
            except SourceError as error:
                if error.status and not isinstance(error, StatusError):
                    self._silence.end()  # it has answered, with no
                else:
                    self._failures.setdefault(name, []).append(error)
                raise
            self._silence.end()
        self._failures.pop(name, None)
        return found

    def _stop_if_in_vain(self, name: str, title: str) -> None:
        failures = self._failures.get(name, [])
        if len(failures) > 1 or any(isinstance(error, OfflineError) for error in failures):
            raise failures[-1]
        if self._silence.seconds >= self.settings.patience:
            raise UnansweredError(f"{title} was not asked: nothing else has answered")

    def _tried(self, errand: _Errand, end: float) -> Answer:
        wait = self._first_wait
        for attempt in range(1, _TRIES + 1):
            try:
                return self._followed(errand, end)
            except (BrokenOffError, StatusError) as error:
                least = getattr(error, "wait", 0.0)
                if attempt == _TRIES or time.monotonic() + max(wait, least) > end:
                    raise
                if not least:  # what the service itself asked for is kept by the pace
                    self._wait(wait)
            wait *= 2
        raise AssertionError("the last try returns or raises")

    def _followed(self, errand: _Errand, end: float) -> Answer:
        """Ask, and follow redirects."""
        address, sent = errand.address, errand.sent
        fields = errand.fields() if callable(errand.fields) else errand.fields
        seen = {address.url}
        while True:
            allow_private = self.settings.of(errand.service).allow_private
            who = Who(errand.title_of(address), errand.service, allow_private)
            told = {**fields, **self._own(errand.service)}
            if address.login:
                told["Authorization"] = address.login
            asked = address
            if address.origin == errand.address.origin:
                asked = self._keys.add(errand.service, address, told)
            with self._turn(errand, address, end) as turn:
                self._watch.end, self._watch.sent = end, turn.asked
                self._watch.look = self._look
                with self._asking.ask(asked, told, who, sent) as head:
                    location = head.fields.get("location")
                    if head.status not in answers.REDIRECTS or not location:
                        try:
                            return errand.read(head, address, who)
                        except StatusError as error:
                            turn.hold_off(error.wait)
                            raise
                    address = led_to(address, location)
            if address.url in seen or len(seen) > _HOPS:
                raise SourceError(f"{who.title} redirects in circles", status=head.status)
            seen.add(address.url)
            if head.status not in _SAME_METHOD or address.origin != errand.address.origin:
                sent = None

    @contextmanager
    def _turn(self, errand: _Errand, address: Address, end: float) -> Iterator[Turn]:
        pause = self.settings.of(errand.service).pause
        pace = Pace(self._folder, errand.pace_of(address), pause)
        try:
            with pace.turn(self._wait, end - time.monotonic()) as turn:
                yield turn
        except BusyError as busy:
            raise answers.busy(errand.title_of(address), busy.seconds) from None

    @staticmethod
    def _check(head: Head, who: Who, also: Container[int] = ()) -> None:
        """Raise `SourceError` for an answer that is none."""
        if head.status not in (200, 206) and head.status not in also:
            raise answers.refusal(head, who)

    def _own(self, service: str) -> dict[str, str]:
        contact = self.settings.contact
        agent = f"readlist/{__version__}"
        if contact:
            agent += f" (+{contact})" if "//" in contact else f" (mailto:{contact})"
        rare = SERVICES[service].pause >= 1
        return {"User-Agent": agent} | ({"Connection": "close"} if rare else {})

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self._look()
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _SLICE))
            self._look()

    def _look(self) -> None:
        """Raise `CancelledError` when the work was given up."""
        self._progress.step(0)


def _kept_as(url: str, sent: bytes | None) -> str:
    """Return what an answer is kept under."""
    return url if sent is None else f"{url}#{hashlib.sha256(sent).hexdigest()}"
