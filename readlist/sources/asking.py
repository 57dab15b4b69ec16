"""One request and its answer, nothing behind it: no cache, no second try, no redirect followed."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore

from readlist.sources.addresses import Address, is_literal, is_public
from readlist.sources.connecting import Backend, PrivateAddressError, UnknownHostError, Watch
from readlist.sources.problems import (
    BrokenOffError,
    OfflineError,
    SourceError,
    UnansweredError,
)

_CONNECTIONS = 16
_KEPT = 10.0  # seconds that a connection stays open for the next request


class Head(NamedTuple):
    """What stands before the body of an answer: its status, its fields in lower case, the body."""

    status: int
    fields: dict[str, str]
    body: Iterator[bytes]


class Who(NamedTuple):
    """Who is asked, in words; what to write into the settings for it; whether it may be private."""

    title: str
    table: str
    allow_private: bool


class Asking:
    """Connections to all that is asked in one piece of work; for several threads."""

    def __init__(self, watch: Watch, timeout: float) -> None:
        self._watch = watch
        self._timeout = timeout
        self._pools: dict[tuple[bool, str], httpcore.ConnectionPool] = {}
        self._context: ssl.SSLContext | None = None
        self._lock = Lock()

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()

    @contextmanager
    def ask(
        self, address: Address, fields: dict[str, str], who: Who, sent: bytes | None = None
    ) -> Iterator[Head]:
        """Ask for one thing, and have the answer; with `sent` behind the request, by POST.

        Raises `SourceError`, of the kind that it is.
        """
        method = "GET" if sent is None else "POST"
        pool = self._pool(address, who)
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=None if address.is_usual else address.port,
            target=address.target.encode(),
        )
        extensions = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), self._timeout)}
        with self._explained(address, who):
            headers: list[tuple[str | bytes, str | bytes]] = [
                ("Host", address.place),
                *fields.items(),
            ]
            with pool.stream(
                method, url, headers=headers, content=sent, extensions=extensions
            ) as response:
                told = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in reversed(response.headers)
                }
                yield Head(response.status, told, response.iter_stream())

    def _pool(self, address: Address, who: Who) -> httpcore.ConnectionPool:
        """Return the connections that may be used: those to private addresses are apart."""
        proxy = _proxy(address)
        if proxy and not who.allow_private:
            # The proxy finds the address of a name, and what it may connect to is its own rule.
            is_here = address.host == "localhost" or address.host.endswith(".localhost")
            if is_here or (is_literal(address.host) and not is_public(address.host)):
                raise _private(address.host, address, who)
        key = (who.allow_private, proxy)
        with self._lock:
            if key not in self._pools:
                only_public = not (who.allow_private or proxy)
                self._pools[key] = self._new_pool(proxy, only_public=only_public)
            return self._pools[key]

    def _new_pool(self, proxy: str, *, only_public: bool) -> httpcore.ConnectionPool:
        if self._context is None:
            self._context = httpcore.default_ssl_context()
        common: dict[str, Any] = {
            "ssl_context": self._context,
            "max_connections": _CONNECTIONS,
            "keepalive_expiry": _KEPT,
            "network_backend": Backend(self._watch, only_public=only_public),
        }
        if not proxy:
            return httpcore.ConnectionPool(**common)
        try:
            return _through(proxy, common)
        except (ValueError, RuntimeError, TypeError, AttributeError):
            raise SourceError(
                "the proxy that the environment names is none that can be used"
            ) from None

    @contextmanager
    def _explained(self, address: Address, who: Who) -> Iterator[None]:
        """Turn what goes wrong with a connection into what is told."""
        try:
            yield
        except PrivateAddressError as error:
            raise _private(str(error), address, who) from None
        except UnknownHostError as error:
            raise OfflineError(
                f"{who.title} cannot be reached: {error} is not found; are you online?"
            ) from None
        except httpcore.ConnectTimeout:
            raise OfflineError(f"{who.title} cannot be reached: it does not answer") from None
        except (httpcore.ConnectError, httpcore.ProxyError) as error:
            raise OfflineError(f"{who.title} cannot be reached: {_reason(error)}") from None
        except httpcore.TimeoutException:
            raise UnansweredError(f"{who.title} did not answer in time; try again later") from None
        except httpcore.UnsupportedProtocol:
            raise SourceError(f"{who.title} cannot be asked at {address.url}") from None
        except (httpcore.NetworkError, httpcore.ProtocolError):
            raise BrokenOffError(f"{who.title} broke the connection off; try again later") from None


def _through(proxy: str, common: dict[str, Any]) -> httpcore.ConnectionPool:
    parts = urlsplit(proxy if "//" in proxy else f"http://{proxy}")
    login = None
    if parts.username:
        login = (unquote(parts.username), unquote(parts.password or ""))
    is_socks = parts.scheme.startswith("socks")
    scheme = "socks5" if is_socks else parts.scheme
    port = parts.port or {"https": 443, "socks5": 1080}.get(scheme, 80)
    host = parts.hostname or ""
    make: Callable[..., httpcore.ConnectionPool]
    make = httpcore.SOCKSProxy if is_socks else httpcore.HTTPProxy
    return make(
        httpcore.URL(scheme=scheme, host=host, port=port, target="/"), proxy_auth=login, **common
    )


def _proxy(address: Address) -> str:
    """Return the proxy for an address, as the environment (or the system) says; "" for none."""
    proxies = getproxies()
    found = proxies.get(address.scheme) or proxies.get("all") or ""
    if found:
        with suppress(OSError, ValueError):
            if proxy_bypass(f"{address.host}:{address.port}"):
                return ""
    return found


def _private(found: str, address: Address, who: Who) -> SourceError:
    where = f"{address.host} is" if found == address.host else f"{address.host} is at {found},"
    return SourceError(
        f"{who.title} is not asked: {where} a private address "
        f"(allow_private = true in [sources.{who.table}] allows it)"
    )


def _reason(error: Exception) -> str:
    """Return why no connection came about, as the system says it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not good ({cause.verify_message})"
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror.lower()
        cause = cause.__cause__ or cause.__context__
    return str(error).strip().lower()[:100] or "no connection"
