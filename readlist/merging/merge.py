"""Two accounts of one paper: what the second adds to the first."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from readlist.change import AddTag, Edit, SetField
from readlist.citekeys import ALIASES
from readlist.days import ASSUMED, PREPRINT
from readlist.identifiers import is_stand_in
from readlist.insight import likeness, publication
from readlist.insight.duplicates import APART
from readlist.merging.known import FORMER
from readlist.paper import OWN_FIELDS, Paper

_FILLED = ("organization", "venue", "upvotes", "comments")
_COUNTS = ("upvotes", "comments")
_UNITED = ("identifiers", "urls")


def facts(kept: Paper, found: Paper) -> list[Edit]:
    """Return the edits that give `kept` what `found`, another account of it, knows better.

    What is missing is filled in; a cut abstract or list of authors gives way to the whole one,
    initials to names; of counts the newest hold; a date that was assumed gives way to one that was
    written; what a preprint was called, by whom, where and when, to how it was published. No date
    gives way to a coarser one of the same year, and no day of a page to another. Nothing that the
    user did is touched, but tags are united.
    """
    values: dict[str, Any] = {}
    for name in _FILLED:
        if getattr(kept, name) in (None, []):
            values[name] = getattr(found, name)
    if _seen(found) >= _seen(kept):
        counts = {name: getattr(found, name) for name in _COUNTS}
        values |= {name: value for name, value in counts.items() if value is not None}
    if is_stand_in(kept.title, kept.identifiers, kept.urls):
        values["title"] = found.title
    if kept.type == "article":  # what a paper is called whose kind is not known
        values["type"] = found.type
    if _is_cut(kept.abstract, found.abstract):
        values["abstract"] = found.abstract
    for name in _UNITED:
        values[name] = getattr(found, name) | getattr(kept, name)
    values["identifiers"] = dict(sorted(values["identifiers"].items()))
    more = [name for name in found.categories if name not in kept.categories]
    values["categories"] = [*kept.categories, *dict.fromkeys(more)]
    values["sources"] = _sources(kept.sources, found.sources)
    values |= _authors(kept, found)
    values |= _published(kept, found)
    values["extra"] = _with_lists(values["extra"], kept, found)
    if _is_day(found.published) and not _is_day(values["published"]) and is_preprint(found):
        values["extra"] = {PREPRINT: found.published} | values["extra"]
    if is_preprint(kept) and _is_published(found):
        values |= _as_published(kept, found, values["extra"])
    edits: list[Edit] = [
        SetField(name, value) for name, value in values.items() if value != getattr(kept, name)
    ]
    return edits + tags(kept, found.tags)


def tags(kept: Paper, wanted: Iterable[str]) -> list[Edit]:
    """Return the edits that put the tags on a paper which it has not."""
    return [AddTag(tag) for tag in wanted if tag not in kept.tags]


def own_fields(kept: Paper, found: Paper) -> list[Edit]:
    """Return the edits that give `kept` what the user did to `found`, if that was done later."""
    if (found.changed or "") <= (kept.changed or ""):
        return []
    names = sorted((OWN_FIELDS | {"changed"}) - {"tags"})
    pairs = [(name, getattr(found, name)) for name in names]
    return [
        SetField(name, str(value) if name == "status" else value)
        for name, value in pairs
        if value != getattr(kept, name)
    ]


def _seen(paper: Paper) -> str:
    """Return when a source was last known to tell of the paper."""
    return max((source.get("at", "") for source in paper.sources), default="")


def _is_cut(text: str, whole: str) -> bool:
    return len(whole) > len(text) and whole.startswith(text.rstrip("… "))


def _sources(
    kept: Sequence[dict[str, str]], found: Sequence[dict[str, str]]
) -> list[dict[str, str]]:
    """Return where a paper comes from, each place once; one learns the day of its page."""
    pages = {source.get("name"): source for source in found if "day" in source}
    known = [_paged(source, pages.get(source.get("name"))) for source in kept]
    names = {source.get("name") for source in kept}
    return [*known, *(source for source in found if source.get("name") not in names)]


def _paged(source: dict[str, str], page: dict[str, str] | None) -> dict[str, str]:
    """Return a source with the day of a page: one that is known, not assumed, before any other."""
    is_surer = page is not None and ASSUMED in source and ASSUMED not in page
    if page is None or ("day" in source and not is_surer):
        return source
    told = {name: page[name] for name in ("day", ASSUMED) if name in page}
    return {name: value for name, value in source.items() if name != ASSUMED} | told


def is_preprint(paper: Paper) -> bool:
    """Say whether a paper is known as one of arXiv, and of nowhere else."""
    return "doi" not in paper.identifiers and publication.is_preprint(paper)


def _is_published(paper: Paper) -> bool:
    if paper.venue and publication.is_no_venue(paper.venue):
        return False
    return paper.type != "article" and bool(paper.venue or "doi" in paper.identifiers)


def _as_published(kept: Paper, found: Paper, extra: dict[str, Any]) -> dict[str, Any]:
    """Return what the published version of a preprint says better, and `extra`, in which the day of
    the preprint stays."""
    values: dict[str, Any] = {"type": found.type, "venue": found.venue or kept.venue}
    is_titled = not is_stand_in(found.title, found.identifiers, found.urls)
    if is_titled and not _is_nearly_so_called(kept, found):
        values["title"] = found.title
    is_dated = found.published and not _assumed(found)
    if is_dated and not _is_coarser(found.published, kept.published):
        values["published"] = found.published
        if _is_day(kept.published) and not _assumed(kept):
            values["extra"] = {PREPRINT: kept.published} | extra
    is_whole = "others" not in found.authors and len(found.authors) >= (kept.author_count or 0)
    if is_whole and len(found.authors) >= len(kept.authors) and not _has_initials(found):
        values["authors"] = found.authors
    return values


def _is_nearly_so_called(kept: Paper, found: Paper) -> bool:
    """Say whether titles differ by no more than a slip of the pen: who typed the better one?"""
    ours, theirs = likeness.folded(kept.title), likeness.folded(found.title)
    return likeness.edits(ours, theirs) <= likeness.EDITS and not likeness.tells_apart(ours, theirs)


def _with_lists(extra: dict[str, Any], kept: Paper, found: Paper) -> dict[str, Any]:
    """Return `extra` with what both remember of other papers."""
    for name in (APART, FORMER, ALIASES):
        ours, theirs = kept.extra.get(name), found.extra.get(name)
        if isinstance(ours, list) and isinstance(theirs, list):
            extra[name] = [*ours, *(one for one in theirs if one not in ours)]
    return extra


def _has_initials(paper: Paper) -> bool:
    return any(re.match(r"\w\.?(?:[\s-]|\w\.)", name) for name in paper.authors)


def _authors(kept: Paper, found: Paper) -> dict[str, Any]:
    """Return the better list of authors, and the newest count of them unless the list is longer."""
    authors = kept.authors
    is_cut = not authors or len(authors) < (kept.author_count or 0) or authors[-1] == "others"
    if (is_cut and len(found.authors) > len(authors)) or _are_fuller(kept, found):
        authors = found.authors
    counts = [kept.author_count, found.author_count]
    if _seen(found) < _seen(kept):
        counts.reverse()
    count = counts[1] if counts[1] is not None else counts[0]
    is_told = count is not None and count >= len(authors)
    return {"authors": authors, "author_count": count if is_told else kept.author_count}


def _are_fuller(kept: Paper, found: Paper) -> bool:
    """Say whether authors are the same, with names where the others have initials."""
    return (
        len(kept.authors) == len(found.authors)
        and _has_initials(kept)
        and not _has_initials(found)
        and all(map(likeness.same_person, kept.authors, found.authors))
    )


def _published(kept: Paper, found: Paper) -> dict[str, Any]:
    """Return the better date, and `extra` united, in which the list of what is assumed is true.

    A written date is better than an assumed one, a finer one than the same one coarser.
    """
    date, is_assumed = kept.published, "published" in _assumed(kept)
    if is_assumed and not _assumed(found) and _is_coarser(found.published, date):
        is_assumed = False  # it was the right year
    is_finer = bool(date and found.published and found.published.startswith(date + "-"))
    if found.published and (not date or ((is_assumed or is_finer) and not _assumed(found))):
        date, is_assumed = found.published, "published" in _assumed(found)
    extra = found.extra | kept.extra
    assumed = [name for name in _assumed(kept) if name != "published"]
    assumed += ["published"] * is_assumed
    if assumed:
        extra[ASSUMED] = assumed
    elif isinstance(extra.get(ASSUMED), list):
        del extra[ASSUMED]
    return {"published": date, "extra": extra}


def _is_coarser(date: str | None, known: str | None) -> bool:
    """Say whether a date tells no more than one of the same year that is known."""
    if not date or not known or date[:4] != known[:4]:
        return False
    return date == known or len(date) < len(known)


def _is_day(date: str | None) -> bool:
    return date is not None and len(date) == len("2026-08-21")


def _assumed(paper: Paper) -> list[str]:
    """Return the names of the fields that are a guess."""
    names = paper.extra.get(ASSUMED)
    return names if isinstance(names, list) else []
