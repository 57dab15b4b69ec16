"""Answers handed to the formats that read them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

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
    answer = web.get(url, service=service, accept=accept, max_age=max_age)
    title = SERVICES[service].title or answer.url
    try:
        found = read(_text(answer))
    except FormatError as error:
        web.forget(url, accept)
        raise SourceError(f"{title} answered with what cannot be read: {error}", 200) from None
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


def _text(answer: "Answer") -> str:
    text, _ = detect.decode(answer.body)
    return text
