"""Two papers side by side: field by field, what each says, and what they would be as one."""

from collections.abc import Callable
from typing import Any, NamedTuple

from readlist.paper import Paper
from readlist.text import readable, readable_note

Spans = list[tuple[int, int]]


class _Part(str):
    """A text that may be a part of the merged one."""


class Field(NamedTuple):
    """A field of two papers, as people read it, and of the paper that they would become.

    `takes`: whether what each says is in that one.
    """

    name: str
    one: str
    other: str
    merged: str
    takes: tuple[bool, bool]

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        return self.one == self.other

    @property
    def is_new(self) -> bool:
        """Whether the merged paper says what neither does."""
        return self.merged not in (self.one, self.other)


def compare(one: Paper, other: Paper, merged: Paper) -> list[Field]:
    """Return the fields in which two papers say anything."""
    found = []
    for name, (text, value) in _FIELDS.items():
        ours, theirs, both = text(one), text(other), text(merged)
        if ours or theirs:
            values = [value(paper) for paper in (one, other, merged)]
            takes = _is_in(values[0], values[2]), _is_in(values[1], values[2])
            found.append(Field(name, ours, theirs, both, takes))
    return found


def _is_in(value: Any, merged: Any) -> bool:
    if isinstance(value, dict):
        return bool(value) and value.items() <= merged.items()
    if isinstance(value, set):
        return bool(value) and value <= merged
    if isinstance(value, _Part):
        return bool(value) and value in merged
    if isinstance(value, str):
        return bool(value) and value == merged
    return bool(value == merged)


def differences(one: str, other: str) -> tuple[Spans, Spans]:
    """Return which parts of two texts, in words, the other one has not."""
    from difflib import SequenceMatcher

    ours, theirs = _words(one), _words(other)
    blocks = SequenceMatcher(
        None, [one[a:b] for a, b in ours], [other[a:b] for a, b in theirs], autojunk=False
    ).get_opcodes()
    changed = [block[1:] for block in blocks if block[0] != "equal"]
    return (
        [(ours[a][0], ours[b - 1][1]) for a, b, _, _ in changed if a < b],
        [(theirs[a][0], theirs[b - 1][1]) for _, _, a, b in changed if a < b],
    )


def _words(text: str) -> Spans:
    places, start = [], 0
    for word in text.split(" "):
        if word:
            places.append((start, start + len(word)))
        start += len(word) + 1
    return places


def _state(paper: Paper) -> str:
    return f"{paper.status.sign} {paper.status.words}" + "  ★ starred" * paper.starred


def _authors(paper: Paper) -> str:
    more = (paper.number_of_authors or 0) - len(paper.authors)
    if not paper.authors:
        return f"{more:,} authors" if more else ""
    return ", ".join(paper.authors) + (f" +{more:,}" if more > 0 else "")


_Field = tuple[Callable[[Paper], str], Callable[[Paper], Any]]


def _plain(name: str) -> _Field:
    return (lambda paper: str(getattr(paper, name) or "")), (lambda paper: getattr(paper, name))


def _several(name: str, sign: str = "") -> _Field:
    def text(paper: Paper) -> str:
        return ", ".join(sign + one for one in getattr(paper, name))

    return text, lambda paper: set(getattr(paper, name))


_FIELDS: dict[str, _Field] = {
    "title": (lambda paper: readable(paper.title), lambda paper: paper.title),
    "authors": (_authors, lambda paper: (paper.authors, paper.author_count)),
    "published": _plain("published"),
    "venue": _plain("venue"),
    "organization": _plain("organization"),
    "type": _plain("type"),
    "identifiers": (
        lambda paper: ", ".join(f"{name} {value}" for name, value in paper.identifiers.items()),
        lambda paper: paper.identifiers,
    ),
    "citation key": _plain("citekey"),
    "state": (_state, lambda paper: (paper.status, paper.starred)),
    "tags": _several("tags", "#"),
    "note": (lambda paper: readable_note(paper.note), lambda paper: _Part(paper.note)),
    "files": _several("files"),
    "categories": _several("categories"),
    "links": (
        lambda paper: ", ".join(paper.urls.values()),
        lambda paper: set(paper.urls.values()),
    ),
    "abstract": (lambda paper: readable(paper.abstract), lambda paper: paper.abstract),
    "sources": (
        lambda paper: ", ".join(source.get("name", "") for source in paper.sources),
        lambda paper: {source.get("name", "") for source in paper.sources},
    ),
    "added": (lambda paper: (paper.added or "")[:10], lambda paper: (paper.added or "")[:10]),
}
