"""Papers that may be in a library twice: pairs that share an identifier, or a title and the first
author, or have near-equal titles. Which of them are one, people decide.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from readlist.insight import likeness
from readlist.insight.neighbours import near_pairs
from readlist.paper import Paper
from readlist.progress import Progress
from readlist.text import count

APART = "not_same_as"
"""The key in a paper's `extra` of the uids of papers that it is not, as its user said."""

_ALL_PAIRS = 6  # papers alike: of so many each pair is looked at
_MOST = 200_000  # pairs with near-equal titles that are looked at closely
_NEAR_YEARS = 4  # from a preprint to its book
_GENERIC = 15  # letters: a title as short as "Introduction" is that of many papers


class Pair(NamedTuple):
    """Two papers by their ids, the older one first; why they may be one, in a few words; and how
    certain that is: 0 the most."""

    one: int
    other: int
    reason: str
    rank: int


def find(
    papers: Iterable[Paper], paper: Callable[[int], Paper], progress: Progress | None = None
) -> list[Pair]:
    """Return the pairs among `papers` that may be one, the certain ones first, of these the newest.

    `paper` reads one of them again by its id. Held in memory is only a folded title of each.
    Raises `CancelledError` when it is given up.
    """
    progress = progress or Progress()
    known = _Known()
    for one in progress.over(papers):
        known.put(one)
    near: set[tuple[int, int]] = set()
    for a, b in near_pairs(known.titles, progress):
        if len(near) < _MOST and _may_be_near(known.titles[a], known.titles[b]):
            near.add((known.ids[a], known.ids[b]))
    found = []
    alike = known.alike() | near
    progress.begin("comparing papers", len(alike))
    for numbers in progress.over(alike):
        one, other = map(paper, sorted(numbers))
        reason = why(one, other, known.words)
        if reason and not are_apart(one, other):
            found.append(Pair(one.id, other.id, *reason))
    return sorted(found, key=lambda pair: (pair.rank, -pair.other, pair.one))


def are_apart(one: Paper, other: Paper) -> bool:
    """Say whether the user said of two papers that they are not the same."""
    return other.uid in apart_from(one) or one.uid in apart_from(other)


def apart_from(paper: Paper) -> list[str]:
    """Return the uids of papers that a paper is not, as its user said."""
    found: Any = paper.extra.get(APART)
    return [uid for uid in found if isinstance(uid, str)] if isinstance(found, list) else []


def why(one: Paper, other: Paper, words: Mapping[str, int]) -> tuple[str, int] | None:
    """Return why two papers may be one, and how certain it is, 0 the most; None if they may not.

    `words`: how many titles have each, among all papers.
    """
    shared = [
        kind for kind, value in one.identifiers.items() if other.identifiers.get(kind) == value
    ]
    if shared:
        return f"same {' and '.join(_KINDS.get(kind, kind) for kind in shared)}", 0
    ours, theirs = likeness.folded(one.title), likeness.folded(other.title)
    length = min(len(ours.replace(" ", "")), len(theirs.replace(" ", "")))
    is_conflict = likeness.conflict(one.identifiers, other.identifiers)
    if (length < _GENERIC and is_conflict) or not likeness.same_signs(one, other):
        return None
    same_author = likeness.same_first_author(one, other)
    if same_author is False and not likeness.share_authors(one, other):
        return None
    behind = ", same first author" if same_author else ""
    edits = likeness.edits(ours, theirs)
    if not edits:
        return f"same title{behind}", 1 if same_author else 2
    is_near = (
        edits <= likeness.allowed(length, is_sure=bool(same_author))
        and likeness.years_apart(one, other) <= _NEAR_YEARS
        and not likeness.tells_apart(ours, theirs)
        and not likeness.other_words(ours, theirs, words, strict=same_author is False)
    )
    return (f"{count(edits, 'letter')} apart in the title{behind}", 3) if is_near else None


_KINDS = {"arxiv": "arXiv id", "doi": "DOI"}


def _may_be_near(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    edits = likeness.edits(one, other)
    return 0 < edits <= likeness.allowed(length, is_sure=True) and not likeness.tells_apart(
        one, other
    )


class _Known:
    """What is remembered of all papers: ids, folded titles, who is alike."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.titles: list[str] = []
        self.words: Counter[str] = Counter()
        self._by_identifier: dict[int, int | list[int]] = {}  # by hash: most have one paper

    def put(self, paper: Paper) -> None:
        """Take in a paper."""
        title = likeness.folded(paper.title)
        self.ids.append(paper.id)
        self.titles.append(title)
        self.words.update(set(title.split(" ")))
        for pair in paper.identifiers.items():
            _gather(self._by_identifier, hash(pair), paper.id)

    def alike(self) -> set[tuple[int, int]]:
        """Return the pairs with the same identifier or title."""
        by_title: dict[int, int | list[int]] = {}
        for number, title in zip(self.ids, self.titles, strict=True):
            _gather(by_title, hash(title.replace(" ", "")), number)
        groups = [*self._by_identifier.values(), *by_title.values()]
        return {pair for group in groups if isinstance(group, list) for pair in _pairs(group)}


def _gather(groups: dict[int, int | list[int]], key: int, number: int) -> None:
    before = groups.setdefault(key, number)
    if isinstance(before, list):
        before.append(number)
    elif before != number:
        groups[key] = [before, number]


def _pairs(group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of papers that are alike: each of a few, of many each with the next."""
    numbers = sorted(set(group))
    yield from combinations(numbers, 2) if len(numbers) <= _ALL_PAIRS else pairwise(numbers)
