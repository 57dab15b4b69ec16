"""Papers that are there twice: made one, or told apart, by their user. Each is one `Change`."""

from collections.abc import Iterable, Sequence
from typing import Any

from readlist.change import Change, DeletePaper, Edit, SetField, resolve
from readlist.citekeys import aliases, called, is_made
from readlist.insight.duplicates import APART, apart_from
from readlist.merging import merge
from readlist.merging.known import FORMER, IDENTITY
from readlist.paper import Paper, Status
from readlist.text import count, quote, readable

_FURTHEST = (Status.NEW, Status.ARCHIVED, Status.TO_READ, Status.READING, Status.READ)
"""States, from the one that gives way to all others on."""
_FACTS = ("authors", "abstract", "published", "venue", "organization", "categories", "urls")


def best_first(papers: Iterable[Paper]) -> list[Paper]:
    """Return papers, first the one that others are best merged into: the one that its user did more
    with; else the one that more is known of; else the one that was there before."""
    return sorted(papers, key=lambda p: (*_effort(p), -_knowledge(p), p.added or "~", p.id))


def _effort(paper: Paper) -> tuple[int, int, bool, int]:
    """Return how much was done with a paper, the less the more: in how many ways, how far, and what
    took longest."""
    came_so = paper.decided is not None and paper.decided == paper.added
    status = Status.NEW if came_so else paper.status
    done = (paper.starred, paper.note, paper.tags, paper.files)
    is_named = paper.citekey and not is_made(paper)
    ways = sum(map(bool, (*done, is_named, status is not Status.NEW)))
    return -ways, -_FURTHEST.index(status), not paper.note, -len(paper.tags)


def _knowledge(paper: Paper) -> int:
    """Return how many facts are known of a paper."""
    return sum(bool(getattr(paper, name)) for name in _FACTS) + len(paper.identifiers)


def united(kept: Paper, others: Iterable[Paper]) -> Paper:
    """Return the paper that others become one with: what is known of any of them, and all that
    their user did; it remembers who they were, so that a later import knows them."""
    for other in others:
        document = resolve(merge.facts(kept, other), kept.document()).document or {}
        kept = Paper.of(document, kept.id).but(**_own(kept, other), sources=_sources(kept, other))
        kept = kept.but(extra=_remembering(kept, other))
        keys = (other.citekey, *aliases(other))
        kept = called(kept, keys, are_given=not is_made(other))
    return kept


def merge_papers(papers: Sequence[Paper], now: str) -> Change:
    """Return the change that merges papers into the first of them."""
    kept, *others = papers
    after = united(kept, others).but(changed=now)
    before, document = kept.document(), after.document()
    edits: list[Edit] = [
        SetField(name, value) for name, value in document.items() if value != before[name]
    ]
    gone = {other.id: [DeletePaper(None)] for other in others}
    number = count(len(others), "other")
    label = f"Merged {quote(readable(after.title))} with {number}" if others else "Merged nothing"
    return Change(label, {kept.id: edits, **gone} if others else {})


def tell_apart(papers: Sequence[Paper], now: str) -> Change:
    """Return the change that notes of papers that no two of them are the same."""
    edits = {}
    for paper in papers:
        known = apart_from(paper)
        more = [p.uid for p in papers if p.id != paper.id and p.uid and p.uid not in known]
        if more:
            extra = {**paper.extra, APART: [*known, *more]}
            edits[paper.id] = [SetField("extra", extra), SetField("changed", now)]
    names = " and ".join(quote(readable(paper.title), 32) for paper in papers[:2])
    rest = f" and {len(papers) - 2:,} more" if len(papers) > 2 else ""
    return Change(f"Not the same: {names}{rest}", edits)


def _own(kept: Paper, other: Paper) -> dict[str, Any]:
    """Return what the user did to either of two papers."""
    status = max(kept.status, other.status, key=_FURTHEST.index)
    return {
        "status": status,
        "starred": kept.starred or other.starred,
        "note": _joined(kept.note, other.note),
        "tags": sorted({*kept.tags, *other.tags}),
        "files": list(dict.fromkeys([*kept.files, *other.files])),
        "added": _earlier(kept.added, other.added),
        "decided": None if status is Status.NEW else _earlier(kept.decided, other.decided),
        "started": _earlier(kept.started, other.started),
        "finished": _earlier(kept.finished, other.finished) if status is Status.READ else None,
    }


def _joined(one: str, other: str) -> str:
    """Return two notes as one, each once."""
    if not other or other in one:
        return one
    return other if one in other else f"{one}\n\n{other}"


def _earlier(one: str | None, other: str | None) -> str | None:
    return min(filter(None, (one, other)), default=None)


def _sources(kept: Paper, other: Paper) -> list[dict[str, str]]:
    """Return where both come from, the newest last."""
    both = [*kept.sources, *(source for source in other.sources if source not in kept.sources)]
    return sorted(both, key=lambda source: source.get("at", ""))


def _remembering(kept: Paper, other: Paper) -> dict[str, Any]:
    """Return `extra` with who another paper was; what it took in itself is there already."""
    before = kept.extra.get(FORMER)
    was = {name: getattr(other, name) for name in IDENTITY}
    extra = {**kept.extra, FORMER: [*(before if isinstance(before, list) else ()), was]}
    others = [uid for uid in apart_from(kept) if uid not in (kept.uid, other.uid)]
    extra.pop(APART, None)
    return {**extra, APART: others} if others else extra
