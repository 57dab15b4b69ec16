"""What papers become by what was found of them, and how that is shown before it is done."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from readlist.change import Change, Edit, SetField, resolve
from readlist.formats.names import OTHERS
from readlist.insight import completion, publication
from readlist.insight.completion import Match, Same
from readlist.merging import merge
from readlist.paper import Paper
from readlist.services import SERVICES
from readlist.text import count, quote, readable

_UNSEEN = frozenset(("sources", "extra", "author_count"))
"""Fields whose change alone is not worth a change of the paper."""
_NAMED = 4  # authors that are shown
_SHOWN_FIRST = (
    "title", "authors", "venue", "published", "type", "identifiers", "organization", "abstract",
    "urls", "categories", "upvotes", "comments",
)  # fmt: skip


class Told(NamedTuple):
    """A record of a paper that a service has, and why it is one of this paper."""

    service: str
    match: Match

    @property
    def who(self) -> str:
        """Who told of it, as users call it."""
        known = SERVICES.get(self.service)
        return (known.title if known else "") or "its page"


class Sought:
    """A paper that is to be filled in, and what was found of it.

    `told` are records of the paper, `now` what it would be with these; `doubtful` is a record that
    may be of it; `unanswered`: somebody who might have known more could not be asked.
    """

    def __init__(self, paper: Paper) -> None:
        self.paper = self.now = paper
        self.told: list[Told] = []
        self.doubtful: Told | None = None
        self.unanswered = False

    def take(self, told: Told) -> None:
        """Take a record to be of the paper."""
        self.told.append(told)
        self.now = filled(self.paper, self.told)

    def accept(self) -> None:
        """Take the doubtful record to be of the paper."""
        if self.doubtful is not None:
            self.take(self.doubtful)
            self.doubtful = None

    @property
    def steps(self) -> "list[Step]":
        """What would change, with what is certain."""
        return list(steps(self.paper, self.now))

    @property
    def changes(self) -> "list[tuple[str, Any, Any]]":
        """The fields that would change, each with the value that it has and the one it will."""
        edits = [e for e in edits_of(self.paper, self.now) if isinstance(e, SetField)]
        return [(edit.name, getattr(self.paper, edit.name), edit.new) for edit in edits]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Who told of the paper, by name, and why that is of this one."""
        return [(one.who, one.match.verdict.reason) for one in self.told]

    @property
    def published(self) -> str:
        """Where the preprint has been published, in words, if that is new."""
        now = self.now
        values = {name: getattr(now, name) for name in ("venue", "published")}
        is_new = publication.is_preprint(self.paper) and now.venue != self.paper.venue
        return publication.in_words(values, now) if is_new else ""


class Step(NamedTuple):
    """A field that changes: what was there, and what will be, in words; what was may be ""."""

    name: str
    old: str
    new: str


def filled(paper: Paper, told: Sequence[Told]) -> Paper:
    """Return a paper with what records of it tell: what it lacks, and what is fuller or newer.

    Of two records the first counts. Nothing of the user's own changes.
    """
    records = [one.match.found for one in told]
    for record in records:
        became = publication.published_as(paper, record)
        paper = _with(paper, merge.facts(paper, publication.as_told(record)), became)
    for record in records:
        paper = _with(paper, [], publication.referenced_as(paper, record))
    return paper


def _with(paper: Paper, edits: Sequence[Edit], values: dict[str, Any]) -> Paper:
    document = dict(resolve(edits, paper.document()).document or {})
    extra = {**document["extra"], **values.get("extra", {})}
    return Paper.of({**document, **values, "extra": extra}, paper.id)


def change_of(sought: Sequence[Sought], papers: Sequence[Paper]) -> tuple[Change, list[Paper]]:
    """Return the change that fills papers in, as they are now; and those that have changed since
    they were looked at so that what was found may not be of them.
    """
    told = {one.paper.id: one for one in sought}
    edits: dict[int, list[Edit]] = {}
    others = []
    done = []
    for paper in papers:
        one = told[paper.id]
        good = [record for record in one.told if _holds(record, one.paper, paper)]
        if len(good) < len(one.told):
            others.append(paper)
        own = edits_of(paper, filled(paper, good))
        if own:
            edits[paper.id] = own
            done.append(paper)
    name = quote(readable(done[0].title)) if len(done) == 1 else count(len(done), "paper")
    return Change(f"Filled in {name}", edits), others


def _holds(told: Told, before: Paper, paper: Paper) -> bool:
    """Say whether a record is of a paper still, though that may have changed."""
    if (before.title, before.identifiers) == (paper.title, paper.identifiers):
        return True
    return completion.judge(paper, told.match.found).same is Same.SAME


def edits_of(old: Paper, new: Paper) -> list[Edit]:
    """Return the edits that make one of the other; none when only what nobody sees would change."""
    names = [name for name in Paper.names if getattr(old, name) != getattr(new, name)]
    if _UNSEEN.issuperset(names):
        return []
    return [SetField(name, getattr(new, name)) for name in names]


def steps(old: Paper, new: Paper) -> Iterator[Step]:
    """Yield what changes between one and the other, in words, the most telling first."""
    for name in _SHOWN_FIRST:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        match after:
            case dict():
                added = {key: value for key, value in after.items() if before.get(key) != value}
                yield Step({"urls": "links"}.get(name, name), "", _pairs(name, added))
            case _ if name == "categories":
                yield Step(name, "", " ".join(one for one in after if one not in before))
            case _:
                yield Step(name, in_words(name, before, old), in_words(name, after, new))


def in_words(name: str, value: Any, paper: Paper) -> str:
    """Return the value of a field as it is shown."""
    if value in (None, "", []):
        return ""
    if name == "authors":
        named = [author for author in value if author != OTHERS]
        more = max(len(named), paper.author_count or 0) - _NAMED
        return ", ".join(named[:_NAMED]) + (f" +{more:,}" if more > 0 else "")
    if name == "abstract":
        return f"{count(len(value), 'character')}"
    return readable(value) if name == "title" else str(value)


def _pairs(name: str, values: dict[str, str]) -> str:
    if name == "identifiers":
        return "   ".join(f"{key} {value}" for key, value in values.items())
    return "   ".join(values)  # of links, what they lead to
