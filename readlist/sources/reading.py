"""Answers handed to the formats that read them."""

from collections.abc import Callable, Container
from typing import TYPE_CHECKING, TypeVar

from readlist.formats import detect
from readlist.formats.incoming import FormatError, Incoming
from readlist.paper import Paper
from readlist.services import SERVICES
from readlist.sources.problems import MissingError, SourceError

if TYPE_CHECKING:
    from readlist.sources.web import Answer, Web

DAY = 86400.0
"""For how long what is known of a paper is good, in seconds."""

JSON, ATOM, HTML = "application/json", "application/atom+xml", "text/html"


Read = TypeVar("Read")


def papers_at(
    web: "Web",
    url: str,
    read: Callable[[str], Incoming],
    *,
    service: str,
    accept: str = JSON,
    max_age: float = DAY,
) -> Incoming:
    """Return the papers in what is at an address, by the reader of a format.

    Raises `SourceError`, also when the answer cannot be read: then it is not kept.
    """
    found = read_at(web, url, read, service=service, accept=accept, max_age=max_age)
    if found.refusals:  # next time it may be whole
        web.forget(url, accept)
    return found


def one_at(
    web: "Web", url: str, read: Callable[[str], Incoming], *, service: str, accept: str = JSON
) -> list[Paper]:
    """Return the first of the papers in what is at an address; none when it is not there.

    Raises `SourceError`.
    """
    try:
        return papers_at(web, url, read, service=service, accept=accept).papers[:1]
    except MissingError:
        return []


def read_at(
    web: "Web",
    url: str,
    read: Callable[[str], Read],
    *,
    service: str,
    accept: str = JSON,
    max_age: float = DAY,
    sent: bytes | None = None,
    also: Container[int] = (),
) -> Read:
    """Return what a reader makes of what is at an address; what is `sent` goes by POST, and what
    comes with the statuses in `also` is read, too.

    Raises `SourceError`, also when the answer cannot be read: then it is not kept.
    """
    answer = web.get(url, service=service, accept=accept, max_age=max_age, sent=sent, also=also)
    title = SERVICES[service].title or answer.url
    try:
        return read(_text(answer))
    except FormatError as error:
        web.forget(url, accept, sent)
        raise SourceError(f"{title} answered with what cannot be read: {error}", 200) from None


def _text(answer: "Answer") -> str:
    text, _ = detect.decode(answer.body)
    return text
