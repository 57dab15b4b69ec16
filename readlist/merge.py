"""Two accounts of one paper: who is who, and what the second adds to the first."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from readlist.change import AddTag, Edit, SetField
from readlist.identifiers import is_stand_in
from readlist.paper import OWN_FIELDS, Paper
from readlist.text import title_key

_FILLED = ("organization", "venue", "upvotes", "comments")
_COUNTS = ("upvotes", "comments")
_UNITED = ("identifiers", "urls")
ASSUMED = "assumed"
"""The key in a paper's `extra` under which its fields that are a guess are listed."""

_title_key = lru_cache(maxsize=8)(title_key)  # a title is sought, then put in


class Known:
    """Papers by what tells one from another: uid, identifiers, folded title.

    What they are found by is kept as numbers, a tenth of what the papers take; each that is found
    is looked at. With `read`, which gives the paper with an id, those in the beginning are not
    held. When it is `thin`, of those put in nothing is held but their identifiers.
    """

    def __init__(
        self, papers: Iterable[Paper] = (), read: Callable[[int], Paper] | None = None
    ) -> None:
        self.papers: dict[int, Paper] = {}
        """Those that are held."""
        self.citekeys: dict[int, str] = {}
        """The citation key of each, by id."""
        self.thin = False
        self._read = read
        self._identifiers: dict[int, tuple[tuple[str, str], ...]] = {}
        self._index: dict[int, int | tuple[int, ...]] = {}  # ids; also such as they had before
        self._before: dict[int, tuple[str | None, Paper | None]] | None = None
        for paper in papers:
            if read is None:
                self.put(paper)
            else:
                self.note(paper)

    def __len__(self) -> int:
        return len(self.citekeys)

    def __contains__(self, number: object) -> bool:
        return number in self.citekeys

    def put(self, paper: Paper) -> None:
        """Take in a paper, or what it has become."""
        self._remember(paper.id)
        if self.thin:
            self._identifiers[paper.id] = tuple(paper.identifiers.items())
        else:
            self.papers[paper.id] = paper
        self.note(paper)

    def note(self, paper: Paper) -> None:
        """Take in what a paper is found by, which `read` gives."""
        number, index = paper.id, self._index
        self.citekeys[number] = paper.citekey
        for key in map(hash, _keys(paper)):
            there = index.setdefault(key, number)
            if there != number:
                there = there if isinstance(there, tuple) else (there,)
                index[key] = there if number in there else (*there, number)

    def remove(self, number: int) -> None:
        """Forget the paper with an id, if it is there."""
        if number in self.citekeys:
            self._remember(number)
            del self.citekeys[number]
            self.papers.pop(number, None)

    def _remember(self, number: int) -> None:
        if self._before is not None:
            before = self.citekeys.get(number), self.papers.get(number)
            self._before.setdefault(number, before)

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Forget, at the end, all that was put in or removed inside."""
        self._before = {}
        try:
            yield
        finally:
            before, self._before = self._before, None
            for number, (citekey, paper) in before.items():
                self.remove(number)
                if citekey is not None:
                    self.citekeys[number] = citekey
                if paper is not None:
                    self.papers[number] = paper

    def find(self, paper: Paper, apart: Container[str] = ()) -> Paper | None:
        """Return the paper that `paper` is an account of, or None.

        That is the one with its uid; else one that shares an identifier; else one with its title,
        unless both have an identifier of one kind and these differ ("Introduction" is the title of
        many). A paper whose uid is in `apart` is known to be another, but for its own uid.
        """
        for key in _keys(paper) if self.citekeys else ():
            there = self._index.get(hash(key), ())
            for number in there if isinstance(there, tuple) else (there,):
                one = self._get(number)
                if one and self._has(one, key, paper) and (len(key) == 1 or one.uid not in apart):
                    return one
        return None

    def _get(self, number: int) -> Paper | None:
        if number not in self.citekeys:
            return None
        found = self.papers.get(number)
        if found is None and number in self._identifiers:
            return Paper(id=number, title="", identifiers=dict(self._identifiers[number]))
        return found or (self._read(number) if self._read else None)

    def _has(self, one: Paper, key: "_Key", paper: Paper) -> bool:
        """Say whether a paper has a key, and may then be the one that `paper` is."""
        match key:
            case (uid,):
                return one.uid == uid
            case (kind, value):
                return one.identifiers.get(kind) == value
        is_alike = one.id in self._identifiers or _title_key(one.title) == key[0]
        return is_alike and not _differ(one.identifiers, paper.identifiers)


_Key = tuple[str, ...]


def _keys(paper: Paper) -> Iterator[_Key]:
    """Yield what a paper is found by: uid, identifiers, folded title; of different lengths."""
    if paper.uid:
        yield (paper.uid,)
    yield from paper.identifiers.items()
    yield (_title_key(paper.title), "", "")


def _differ(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(one[kind] != other[kind] for kind in one.keys() & other.keys())


def facts(kept: Paper, found: Paper) -> list[Edit]:
    """Return the edits that give `kept` what `found`, another account of it, knows better.

    What is missing is filled in; a cut abstract or list of authors gives way to the whole one; of
    counts the newest hold; a date that was assumed gives way to one that was written. Nothing that
    the user did is touched, but tags are united.
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
    days = {source.get("name"): source["day"] for source in found if "day" in source}
    known = [
        {**source, "day": days[name]}
        if (name := source.get("name")) in days and "day" not in source
        else source
        for source in kept
    ]
    names = {source.get("name") for source in kept}
    return [*known, *(source for source in found if source.get("name") not in names)]


def _authors(kept: Paper, found: Paper) -> dict[str, Any]:
    """Return the better list of authors, and the newest count of them unless the list is longer."""
    authors = kept.authors
    is_cut = not authors or len(authors) < (kept.author_count or 0) or authors[-1] == "others"
    if is_cut and len(found.authors) > len(authors):
        authors = found.authors
    counts = [kept.author_count, found.author_count]
    if _seen(found) < _seen(kept):
        counts.reverse()
    count = counts[1] if counts[1] is not None else counts[0]
    is_told = count is not None and count >= len(authors)
    return {"authors": authors, "author_count": count if is_told else kept.author_count}


def _published(kept: Paper, found: Paper) -> dict[str, Any]:
    """Return the better date, and `extra` united, in which the list of what is assumed is true.

    A written date is better than an assumed one, a finer one than the same one coarser.
    """
    date, is_assumed = kept.published, "published" in _assumed(kept)
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


def _assumed(paper: Paper) -> list[str]:
    """Return the names of the fields that are a guess."""
    names = paper.extra.get(ASSUMED)
    return names if isinstance(names, list) else []
