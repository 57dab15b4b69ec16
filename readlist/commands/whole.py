"""One paper, whole, to be read in a terminal."""

import re
from collections.abc import Iterator
from datetime import datetime

from readlist.citekeys import aliases
from readlist.commands.terminal import line_width, put, styled
from readlist.paper import Paper
from readlist.text import count, filled, readable, readable_note

_WIDEST = 96
_HEAD = re.compile(r"[ \t]*(?:(?:[-*+>]|\d{1,3}[.)])[ \t]+)?")  # of a line of Markdown
_TIMES = ("added", "decided", "started", "finished")


def put_whole(paper: Paper) -> None:
    """Print all that is known of a paper."""
    put(styled(_filled(readable(paper.title)), "1"))
    for line in filter(None, (_authors(paper), _facts(paper), _state(paper), _times(paper))):
        put(_filled(line))
    for text in (readable(paper.abstract), paper.note and f"Note\n{readable_note(paper.note)}"):
        if text:
            put()
            put("\n".join(map(_filled, text.split("\n"))))
    links = list(_links(paper))
    if links:
        put()
    for name, address in links:
        put(f"{styled(f'{name:<10}', '2')} {address}")


def _filled(text: str) -> str:
    width = line_width()
    if width is None:
        return text
    head = _HEAD.match(text)
    inset = head[0] if head else ""
    return filled(text[len(inset) :], min(width, _WIDEST), inset)


def _authors(paper: Paper) -> str:
    number = paper.number_of_authors or 0
    names = ", ".join(paper.authors)
    if not names:
        return count(number, "author") if number else ""
    more = number - len(paper.authors)
    return f"{names} +{more:,}" if more else names


def _facts(paper: Paper) -> str:
    date = paper.published or ""
    assumed = paper.extra.get("assumed")
    if isinstance(assumed, list) and "published" in assumed:
        date += " (year assumed)"
    parts = [
        *(f"{name} {value}" for name, value in paper.identifiers.items()),
        *paper.categories,
        paper.venue,
        paper.organization,
        date,
        count(paper.upvotes, "upvote") if paper.upvotes is not None else None,
        count(paper.comments, "comment") if paper.comments is not None else None,
    ]
    return " · ".join(part for part in parts if part)


def _state(paper: Paper) -> str:
    star = ["★"] if paper.starred else []
    tags = [f"#{tag}" for tag in paper.tags]
    return " ".join([paper.status.sign, paper.status.words, *star, *tags])


def _times(paper: Paper) -> str:
    moments = [(name, getattr(paper, name)) for name in _TIMES]
    told = [f"{name} {local(moment)[:10]}" for name, moment in moments if moment]
    keys = " also ".join([paper.citekey, *aliases(paper)])
    return " · ".join([f"id {paper.id}", keys, *told])


def _links(paper: Paper) -> Iterator[tuple[str, str]]:
    yield from paper.urls.items()
    for file in paper.files:
        yield "file", file


def local(moment: str) -> str:
    """Return a time of a paper as the user's clock showed it: `2026-11-20 08:12`."""
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):  # a stranger's edit, or the year 1
        return moment
