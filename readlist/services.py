"""Services on the network that tell of papers, and what the settings say about each of them."""

import re
from collections.abc import Mapping
from typing import Any

from readlist.record import Record, field


class Service(Record):
    """A service: what users call it, its address, and the seconds between two requests to it; and
    how a key of the user's is told to it, in a field of the head, or in the address (`?name`).

    One request at a time is made to each, by all programs of a user together.
    """

    name: str
    title: str
    url: str
    pause: float
    key: str = ""


ELSEWHERE = "web"
"""The name for all other addresses: feeds, PDFs, pages. Their pace is kept by host."""

SERVICES: Mapping[str, Service] = {
    service.name: service
    for service in (
        # https://info.arxiv.org/help/api/tou.html: one request in three seconds, one connection;
        # a tenth more, as requests may arrive closer to each other than they were sent.
        Service("arxiv", "arXiv", "https://export.arxiv.org", 3.1),
        # https://huggingface.co/docs/hub/rate-limits: 500 requests in five minutes.
        Service("huggingface", "Hugging Face", "https://huggingface.co", 0.7),
        # https://www.crossref.org/documentation/retrieve-metadata/rest-api: since December 2025
        # five a second, of lists one a second, one at a time.
        Service("crossref", "Crossref", "https://api.crossref.org", 1.1),
        # https://developers.openalex.org: single works are free of charge without a key.
        Service("openalex", "OpenAlex", "https://api.openalex.org", 0.2, "?api_key"),
        # https://www.semanticscholar.org/product/api: those without a key share one limit.
        Service(
            "semanticscholar",
            "Semantic Scholar",
            "https://api.semanticscholar.org",
            1.1,
            "x-api-key",
        ),
        Service("openreview", "OpenReview", "https://api2.openreview.net", 1.0),
        Service("acl", "ACL Anthology", "https://aclanthology.org", 1.0),
        Service("doi", "doi.org", "https://doi.org", 1.0),
        Service(ELSEWHERE, "", "", 1.0),
    )
}
"""All services, by name."""


class Source(Record):
    """What the settings say of one service: another address, the pause there, private addresses,
    the command that prints the user's key."""

    url: str
    pause: float
    allow_private: bool = False
    key_command: tuple[str, ...] = ()


class SourceSettings(Record):
    """What the settings say about the network.

    `contact`: an address of the user's for those who run the services; `patience`: for how many
    seconds nothing may come before it is given up.
    """

    contact: str = ""
    patience: float = 45.0
    sources: Mapping[str, Source] = field(default_factory=dict)

    def of(self, name: str) -> Source:
        """Return what holds for a service."""
        service = SERVICES[name]
        return self.sources.get(name) or Source(service.url, service.pause)


NAMES = ("url", "pause", "allow_private", "key_command")
"""The settings of one service."""


def read(values: Mapping[str, Any]) -> SourceSettings:
    """Return what `[sources]` says. Raises `ValueError` with what is wrong."""
    contact = values.get("contact", "")
    if not isinstance(contact, str) or not re.fullmatch(r"[!-~]*", contact):
        raise ValueError('sources.contact: an address is wanted, as contact = "me@example.org"')
    patience = _seconds("patience", values.get("patience", 45.0), 50.0)
    tables = {name: values[name] for name in SERVICES if name in values}
    return SourceSettings(
        contact.removeprefix("mailto:"),
        patience,
        {name: _source(SERVICES[name], table) for name, table in tables.items()},
    )


def _source(service: Service, table: Mapping[str, Any]) -> Source:
    where = f"sources.{service.name}"
    url = table.get("url", service.url)
    is_address = isinstance(url, str) and url.startswith(("http://", "https://"))
    if url != service.url and not is_address:
        raise ValueError(f'{where}.url: an address is wanted, as url = "https://…"')
    allowed = table.get("allow_private", False)
    if not isinstance(allowed, bool):
        raise ValueError(f"{where}.allow_private: true or false is wanted")
    pause = _seconds(f"{service.name}.pause", table.get("pause", service.pause), 3600.0)
    if url == service.url and service.url:  # the rules of the service itself hold
        pause = max(pause, service.pause)
    return Source(url.rstrip("/"), pause, allowed, _key_command(service, where, table))


def _key_command(service: Service, where: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    if "key_command" not in table:
        return ()
    if not service.key:
        takers = ", ".join(one.name for one in SERVICES.values() if one.key)
        raise ValueError(f"{where}.key_command: only {takers} take a key")
    from readlist import secret_commands

    example = f'["pass", "{service.name}"]'
    return secret_commands.read(table["key_command"], f"{where}.key_command", example)


def _seconds(name: str, value: Any, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ValueError(f"sources.{name}: a number of seconds is wanted, from 0 to {most:g}")
    return float(value)
