"""What a word that is being typed in a query may become: fields, and the values of some."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from readlist.search.names import FIELDS
from readlist.text import fold

_MOST = 8
_LEAST_ALIKE = 75.0  # of 100: "ofline" is like "offline", not like "online"
_WORD = re.compile(
    r"(?:(?<=[\s(])|^)-?(?:(?P<sign>[#@])|(?P<name>[A-Za-z]+):)?(?P<text>[^\s():#@]*)$"
)


class Typed(NamedTuple):
    """The word before the cursor: its value begins at `start`; `field` is None for a bare word."""

    start: int
    field: str | None
    text: str


class Candidate(NamedTuple):
    """What may stand there instead, and how many papers have it, None where nobody counts."""

    text: str
    papers: int | None = None


def typed_at(text: str, cursor: int) -> Typed | None:
    """Return the word that is being typed before `cursor`; None where nothing can be completed."""
    if cursor < len(text) and not text[cursor].isspace():
        return None
    match = _WORD.search(text[:cursor])
    if match is None:
        return None
    written = {"#": "tag", "@": "author"}.get(match["sign"] or "", match["name"])
    field = FIELDS.get(written.lower()) if written else None
    if written and field is None:
        return None
    return Typed(match.start("text"), field, match["text"])


def candidates(typed: str, known: Mapping[str, int | None]) -> list[Candidate]:
    """Return which of the `known` names, with their counts, a text may be meant to become.

    Those that begin so come first, then those with a part that does, then those nearly so; in
    each the most frequent first. What is typed in full is none.
    """
    wanted = fold(typed)
    ranked: list[tuple[int, float, str]] = []
    others = []
    for name, count in known.items():
        folded = fold(name)
        if folded == wanted:
            continue
        if folded.startswith(wanted):
            ranked.append((0, -(count or 0), name))
        elif any(part.startswith(wanted) for part in re.split(r"[/ ._-]", folded)):
            ranked.append((1, -(count or 0), name))
        else:
            others.append(name)
    if len(ranked) < _MOST and len(wanted) > 2:
        ranked += [(2, -score, name) for name, score in _alike(wanted, others)]
    return [Candidate(name, known[name]) for _, _, name in sorted(ranked)[:_MOST]]


def completed(text: str, cursor: int, typed: Typed, chosen: str) -> tuple[str, int]:
    """Return the query with a candidate in the place of what was typed, and the cursor behind it.

    A field is followed by its colon, a value by a space, and one with spaces stands in quotes.
    """
    value = f'"{chosen}" ' if " " in chosen else f"{chosen} "
    end = value if typed.field else f"{chosen}:"
    rest = text[cursor:].lstrip() if end.endswith(" ") else text[cursor:]
    head = text[: typed.start] + end
    return head + rest, len(head)


def _alike(wanted: str, names: list[str]) -> list[tuple[str, float]]:
    from rapidfuzz import fuzz, process

    found = process.extract(
        wanted, names, scorer=fuzz.ratio, processor=fold, score_cutoff=_LEAST_ALIKE, limit=_MOST
    )
    return [(name, score) for name, score, _ in found]
