"""Connections: to addresses that were checked, and never for longer than there is time.

The address that is checked is the one that is connected to, whatever a name means a moment later;
TLS knows the server by its name all the same.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from readlist.sources.addresses import is_public

_SLICE = 0.2  # seconds between two looks at whether the work was given up
_MOST_ADDRESSES = 6


class PrivateAddressError(Exception):
    """A name means a private address, and none may be asked."""


class UnknownHostError(Exception):
    """Nobody knows where a host is."""


class Watch(threading.local):
    """What holds for the request that a thread makes just now.

    `end`: when the time for it is over (`time.monotonic`); `look` raises when the work was given
    up; `sent` is told of each time something is sent.
    """

    end = 0.0

    def __init__(self) -> None:
        self.look: Callable[[], None] = lambda: None
        self.sent: Callable[[], None] = lambda: None

    def left(self) -> float:
        """Return how many seconds there are. Raises `httpcore.ReadTimeout` when that is none."""
        self.look()
        left = self.end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left


class Stream(httpcore.NetworkStream):
    """A connection that is watched."""

    def __init__(self, stream: httpcore.NetworkStream, watch: Watch) -> None:
        self._stream = stream
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has come, as soon as something has."""
        end = time.monotonic() + (timeout or self._watch.left())
        while True:
            left = min(self._watch.left(), end - time.monotonic())
            try:
                return self._stream.read(max_bytes, max(0.001, min(left, _SLICE)))
            except httpcore.ReadTimeout:
                if time.monotonic() >= end:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._watch.sent()
        self._stream.write(buffer, min(timeout or 1e9, self._watch.left()))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the same connection, encrypted."""
        left = min(timeout or 1e9, self._watch.left())
        return Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._watch)

    def get_extra_info(self, info: str) -> Any:
        """Return what is known about the connection."""
        return self._stream.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Makes connections; with `only_public`, to public addresses alone."""

    def __init__(self, watch: Watch, *, only_public: bool) -> None:
        self._watch = watch
        self._only_public = only_public
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first of a host's addresses that takes one.

        Raises `UnknownHostError`, `PrivateAddressError`, and what httpcore raises.
        """
        try:
            return self._connected(host, port, timeout, local_address, socket_options)
        except httpcore.ReadTimeout as error:  # all time is over, and nothing was connected
            raise httpcore.ConnectTimeout(str(error)) from None

    def _connected(
        self,
        host: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[Any] | None,
    ) -> Stream:
        end = time.monotonic() + min(timeout or 1e9, self._watch.left())
        found = self._addresses(host, port, end)
        if self._only_public:
            for address in found:
                if not is_public(address):
                    raise PrivateAddressError(address)
        for number, address in enumerate(found, start=1):
            rest = len(found) - number
            left = (end - time.monotonic()) / (2 if rest else 1)
            try:
                stream = self._plain.connect_tcp(
                    address, port, max(0.001, left), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                self._watch.left()
                if not rest:
                    raise
            else:
                return Stream(stream, self._watch)
        raise UnknownHostError(host)

    def _addresses(self, host: str, port: int, end: float) -> list[str]:
        """Return what a name means; looking that up may take longer than there is time."""
        found: list[str] = []
        problem: list[OSError] = []

        def look_up() -> None:
            try:
                for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                    found.append(str(address[0]))
            except (OSError, UnicodeError) as error:
                problem.append(OSError(str(error)))

        thread = threading.Thread(target=look_up, name=f"finding {host}", daemon=True)
        thread.start()
        while thread.is_alive() and time.monotonic() < end:
            self._watch.left()
            thread.join(min(_SLICE, max(0.001, end - time.monotonic())))
        if thread.is_alive():
            raise httpcore.ConnectTimeout("the name was not found in time")
        if problem:
            raise UnknownHostError(host)
        return list(dict.fromkeys(found))[:_MOST_ADDRESSES]
