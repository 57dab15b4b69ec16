"""Addresses that are asked: taken apart, and those that nobody outside should make us ask."""

import base64
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from readlist.sources.problems import SourceError
from readlist.text import clean_line, shorten

_PORTS = {"http": 80, "https": 443}
_LONGEST = 8000
_SAFE = "/?#[]@!$&'()*+,;=:%-._~"
_UNICAST = IPv6Network("2000::/3")  # all of IPv6 that is given out (IANA)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an address of IPv4


class Address(NamedTuple):
    """A web address, taken apart: nothing in it but ASCII. `login` is what stands before the `@`,
    as the value of an `Authorization` (RFC 7617)."""

    scheme: str
    host: str
    port: int
    target: str
    login: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What decides whether something is told to the same server (RFC 6454)."""
        return self.scheme, self.host, self.port

    @property
    def is_usual(self) -> bool:
        """Whether the port is that of the scheme."""
        return self.port == _PORTS[self.scheme]

    @property
    def place(self) -> str:
        """The host, and the port unless it is the usual one: what `Host` says (RFC 9110, 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.is_usual else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address as one text, without login."""
        return f"{self.scheme}://{self.place}{self.target}"


def parse(url: str) -> Address:
    """Return an address, taken apart. Raises `SourceError` for what is none of http or https."""
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in _PORTS or not parts.hostname or len(url) > _LONGEST:
            raise ValueError
        host = parts.hostname.rstrip(".")
        if not host.isascii():
            host = host.encode("idna").decode()
        if not host or any(c in host for c in " /\\@?#%") or not host.isprintable():
            raise ValueError
        port = parts.port or _PORTS[parts.scheme]
    except ValueError:  # UnicodeError of `idna`, too
        shown = shorten(clean_line(url), 80)
        raise SourceError(f"{shown} is no address of http or https") from None
    target = parts.path or "/"
    if parts.query:
        target += f"?{parts.query}"
    login = ""
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        login = "Basic " + base64.b64encode(pair.encode()).decode()
    return Address(parts.scheme, host, port, quote(target, safe=_SAFE), login)


def led_to(address: Address, location: str) -> Address:
    """Return where a redirect leads. Raises `SourceError` unless that is http or https."""
    found = parse(urljoin(address.url, location.strip()))
    return found._replace(login=found.login or address.login * (found.origin == address.origin))


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the open network, and not of this machine or house.

    Source: the registries of IANA for special purposes, which `ipaddress` has; addresses of IPv4
    inside of IPv6 count as what they are.
    """
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is None and found in _NAT64:
            inner = IPv4Address(int(found) & 0xFFFF_FFFF)
        found = inner or found
        if isinstance(found, IPv6Address) and found not in _UNICAST:
            return False
    return found.is_global and not found.is_multicast


def is_literal(host: str) -> bool:
    """Say whether a host is given by its IP address."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
