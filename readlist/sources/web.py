"""The way to the network for all of readlist: polite, bounded in time and size, and distrustful.

Import it where it is used: httpcore takes its time.
"""

import time
from collections.abc import Callable, Iterator, Mapping
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
from readlist.sources.pacing import BusyError, Pace, Turn
from readlist.sources.problems import BrokenOffError, OfflineError, SourceError
from readlist.sources.silence import Silence

MAX = 20_000_000
"""Bytes of an answer."""

_HOPS = 5
_TRIES = 3
_SLICE = 0.1
_SLOWEST = 2000  # bytes in a second, of a file; slower is as if it did not come


class Answer(NamedTuple):
    """What came: the body, the address that it came from at last, its media type; and whether it is
    the one that was kept."""

    body: bytes
    url: str
    type: str
    is_cached: bool = False


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
    ) -> Answer:
        """Return what is at an address, asked for in the way of a service (`SERVICES`).

        What was answered before is taken if it is younger than `max_age` seconds, else the service
        is asked whether it has changed. `accept` is a media type: an answer that is a web page
        where JSON or XML is wanted is none.

        Raises `SourceError` in a line, `CancelledError`.
        """
        kept = self._cache.find(url, accept)
        if kept is not None and kept.is_fresh(max_age):
            return Answer(kept.body, kept.url, kept.type, True)
        fields = {"Accept": accept or "*/*", "Accept-Encoding": "gzip"}
        if kept is not None:
            known = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
            fields |= {name: value for name, value in known.items() if value}

        def read(head: Head, address: Address, who: Who) -> Answer:
            if head.status == 304 and kept is not None:
                self._cache.keep(url, accept, kept.but(at=time.time()))
                return Answer(kept.body, kept.url, kept.type, True)
            self._check(head, who)
            coding = head.fields.get("content-encoding", "")
            body = unpacked(head.body, coding, limit, who.title)
            kind = head.fields.get("content-type", "")
            answers.check_kind(body, accept, who.title)
            told = (head.fields.get("etag", ""), head.fields.get("last-modified", ""))
            self._cache.keep(url, accept, Kept(body, address.url, kind, *told, time.time()))
            return Answer(body, address.url, kind)

        return self._fetched(parse(url), service, fields, read)

    def forget(self, url: str, accept: str = "") -> None:
        """Let go of a kept answer which turned out to be of no use."""
        self._cache.forget(url, accept)

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
        return self._fetched(parse(url), service, part.fields, read)

    # Trying, and trying again

    def _fetched(
        self,
        address: Address,
        service: str,
        fields: Mapping[str, str] | Callable[[], Mapping[str, str]],
        read: Callable[[Head, Address, Who], Answer],
    ) -> Answer:
        name = service if service != ELSEWHERE else f"{ELSEWHERE}-{address.host}"
        self._stop_if_in_vain(name, SERVICES[service].title or address.host)
        with self._silence.asking():
            left = self.settings.patience - self._silence.seconds
            end = time.monotonic() + max(0.05, left)
            try:
                found = self._tried(address, service, fields, read, end)
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
            raise SourceError(f"{title} was not asked: nothing else has answered")

    def _tried(
        self,
        address: Address,
        service: str,
        fields: Mapping[str, str] | Callable[[], Mapping[str, str]],
        read: Callable[[Head, Address, Who], Answer],
        end: float,
    ) -> Answer:
        wait = self._first_wait
        for attempt in range(1, _TRIES + 1):
            told = fields() if callable(fields) else fields
            try:
                return self._followed(address, service, told, read, end)
            except (BrokenOffError, StatusError) as error:
                least = getattr(error, "wait", 0.0)
                if attempt == _TRIES or time.monotonic() + max(wait, least) > end:
                    raise
                if not least:  # what the service itself asked for is kept by the pace
                    self._wait(wait)
            wait *= 2
        raise AssertionError("the last try returns or raises")

    def _followed(
        self,
        address: Address,
        service: str,
        fields: Mapping[str, str],
        read: Callable[[Head, Address, Who], Answer],
        end: float,
    ) -> Answer:
        """Ask, and follow redirects."""
        seen = {address.url}
        while True:
            source = self.settings.of(service)
            title = SERVICES[service].title or address.host
            who = Who(title, service, source.allow_private)
            sent = {**fields, **self._own(service)}
            if address.login:
                sent["Authorization"] = address.login
            with self._turn(address, service, title, end) as turn:
                self._watch.end, self._watch.sent = end, turn.asked
                self._watch.look = self._look
                with self._asking.ask(address, sent, who) as head:
                    location = head.fields.get("location")
                    if head.status not in answers.REDIRECTS or not location:
                        try:
                            return read(head, address, who)
                        except StatusError as error:
                            turn.hold_off(error.wait)
                            raise
                    address = led_to(address, location)
            if address.url in seen or len(seen) > _HOPS:
                raise SourceError(f"{title} redirects in circles", status=head.status)
            seen.add(address.url)

    @contextmanager
    def _turn(self, address: Address, service: str, title: str, end: float) -> Iterator[Turn]:
        source = self.settings.of(service)
        name = service if service != ELSEWHERE else f"{service}-{address.host}"
        pace = Pace(self._folder, name, source.pause)
        try:
            with pace.turn(self._wait, end - time.monotonic()) as turn:
                yield turn
        except BusyError as busy:
            raise answers.busy(title, busy.seconds) from None

    @staticmethod
    def _check(head: Head, who: Who) -> None:
        """Raise `SourceError` for an answer that is none."""
        if head.status not in (200, 206):
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
