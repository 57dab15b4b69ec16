"""What came in, ranked for this user: by whom they starred, by the tags of what they read, then by
upvotes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from readlist.formats.digest_out import Digest, Item
from readlist.library.library import Library
from readlist.paper import Paper, Status, timestamp
from readlist.record import Record
from readlist.text import fold

if TYPE_CHECKING:
    from readlist.digest.state import DigestState

MOST = 40
"""Papers that a digest shows when nothing else is said; the others are counted."""

_KEPT = (Status.TO_READ, Status.READING, Status.READ)
_LEAST_TAG = 4  # letters of a tag that a title is looked through for
_WORDS = re.compile(r"[^\W_]+")


class Taste(Record):
    """What the user cares for: authors of starred papers, by their folded names; tags of papers
    that are starred, to be read or read. Each with the ids of the papers that say so."""

    authors: Mapping[str, frozenset[int]]
    tags: Mapping[str, frozenset[int]]


def taste_of(library: Library) -> Taste:
    """Return what the user of a library cares for."""
    authors: dict[str, set[int]] = {}
    tags: dict[str, set[int]] = {}
    overview = library.overview
    starred = set(overview.where(*Status, starred=True))
    for paper in library.papers(dict.fromkeys((*starred, *overview.where(*_KEPT)))):
        for tag in paper.tags:
            tags.setdefault(tag, set()).add(paper.id)
        if paper.starred:
            for author in paper.authors:
                authors.setdefault(fold(author), set()).add(paper.id)
    return Taste(
        {name: frozenset(ids) for name, ids in authors.items()},
        {tag: frozenset(ids) for tag, ids in tags.items()},
    )


def ranked(papers: Iterable[Paper], taste: Taste) -> list[Item]:
    """Return papers, the most wanted first, each with the reasons.

    Those that are starred already (by a rule, or by the user) are first, then those by an author
    whom the user starred and with a tag of theirs, those by such an author, those with such a tag;
    among equals upvotes count.
    """
    wanted = _Wanted(taste)
    found = [(wanted.look(paper), paper) for paper in papers]
    found.sort(key=lambda one: (-one[0][0], -(one[1].upvotes or 0), one[1].id))
    return [Item(paper, reasons) for (_, reasons), paper in found]


class _Wanted:
    def __init__(self, taste: Taste) -> None:
        self.taste = taste
        self.phrases = {tag: phrase for tag in taste.tags if (phrase := _phrase(tag))}

    def look(self, paper: Paper) -> tuple[int, tuple[str, ...]]:
        """Return how much a paper is wanted, and why."""
        mine = {paper.id}
        authors = [
            name for name in paper.authors if self.taste.authors.get(fold(name), frozenset()) - mine
        ]
        tags = [tag for tag in paper.tags if self.taste.tags.get(tag, frozenset()) - mine]
        title = f" {' '.join(_WORDS.findall(fold(paper.title)))} "
        told = [
            tag
            for tag, phrase in self.phrases.items()
            if tag not in tags and phrase in title and self.taste.tags[tag] - mine
        ]
        reasons = []
        if paper.starred:
            reasons.append("★ starred")
        if authors:
            reasons.append(f"by {_listed(authors)}, of whom you starred a paper")
        if tags:
            reasons.append(f"tagged {_listed(tags)}, as papers that you keep")
        if told and not tags:
            reasons.append(f"its title has your tag {_listed(told[:2])}")
        score = 4 * paper.starred + 2 * bool(authors) + bool(tags or told)
        return score, tuple(reasons)


def _phrase(tag: str) -> str:
    """Return what a title has that is about a tag; "" for a tag that is too short to tell."""
    words = _WORDS.findall(fold(tag.rpartition("/")[2]))
    return f" {' '.join(words)} " if sum(map(len, words)) >= _LEAST_TAG else ""


def _listed(names: Sequence[str]) -> str:
    *first, last = names[:3]
    return f"{', '.join(first)} and {last}" if first else last


def came(papers: Iterable[Paper], since: str, state: "DigestState | None" = None) -> list[Paper]:
    """Return those of the papers that were added from the moment `since` on and that nobody put
    away; of a `state`, without those that were sent, and with those that wait to be sent."""
    found = []
    for paper in papers:
        is_in = (paper.added or "") >= since
        if state is not None:
            is_in = (is_in or paper.uid in state.waiting) and not state.was_sent(paper)
        if is_in and paper.status is not Status.ARCHIVED:
            found.append(paper)
    return found


def digest_of(items: Sequence[Item], since: date, today: date, most: int | None = MOST) -> Digest:
    """Return the digest of a day."""
    shown = tuple(items[:most])
    return Digest(_day(today), _day(since), shown, more=len(items) - len(shown))


def midnight(day: date) -> str:
    """Return the moment at which a day begins here, as papers have moments."""
    try:
        return timestamp(datetime.combine(day, time()).astimezone())
    except (OverflowError, OSError, ValueError):  # the year 1
        return "0001-01-01T00:00:00Z"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b} {day.year}"
