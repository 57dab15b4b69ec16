"""Whether two papers may be one: near-equal titles, the same authors, and what tells papers apart
whose titles are nearly the same: a part, a version, a year, a reply.

Titles are compared as `folded`: their words without case and accents, a space between. An edit is
a letter put in, dropped or replaced, or two neighbours swapped (the OSA distance).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from readlist.formats.names import OTHERS, parts
from readlist.insight.publication import is_no_venue
from readlist.paper import Paper
from readlist.text import fold, readable

EDITS = 3
"""More letters than these are never taken for a mistake of who typed a title."""

_WORD = re.compile(r"[^\W_]+")
_PAGES = re.compile(r"\s*(\d{1,6})\s*[-–—]+\s*(\d{1,6})\s*")
_DIGITS = re.compile(r"\d+")
_LONG = 8  # letters of a word
_RARE = 3  # titles that have a word: one that fewer have may be mistyped

_ROMAN = r"x{0,2}(ix|iv|v?i{0,3})"
_COUNTS = """
    one two three four five six seven eight nine ten zero single double first second third fourth
    fifth sixth seventh eighth ninth tenth 1st 2nd 3rd spring summer autumn fall winter january
    february march april may june july august september october november december
"""
_SMALL_WORDS = "a an the of on in to for from by with without at as and or is are via using towards"
_NUMBERS = frozenset(_COUNTS.split())
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that may be left out of a title, and it is still that of the same paper."""


def folded(title: str) -> str:
    """Return a title as titles are compared: its words, folded; itself when it has none."""
    return " ".join(_WORD.findall(fold(readable(title)))) or title


def edits(one: str, other: str) -> int:
    """Return how many edits lie between two folded titles, spaces apart; at most `EDITS` + 1."""
    from rapidfuzz.distance.OSA import distance

    return distance(one.replace(" ", ""), other.replace(" ", ""), score_cutoff=EDITS)


def allowed(length: int, *, is_sure: bool = False) -> int:
    """Return how many edits may be mistakes in a title of so many letters; more when one is sure of
    the author."""
    return sum(length >= step for step in ((5, 9, 12) if is_sure else (8, 14, 20)))


def tells_apart(one: str, other: str) -> bool:
    """Say whether two near-equal folded titles name different papers: parts, versions, years of
    a report, kinds of one system, or a paper and the reply to it."""
    ours, theirs = _only(one.split(" "), other.split(" "))
    if len(ours) == len(theirs):
        return any(map(_differ, ours, theirs))
    if ours and theirs:  # a word came apart, or two were joined
        return _numbers(ours) != _numbers(theirs) and bool(_numbers(ours) and _numbers(theirs))
    return any(map(_tells, ours or theirs))


def is_slip(one: str, other: str, known: Mapping[str, int]) -> bool:
    """Say whether two folded titles that differ are one, in one of them mistyped, so surely that
    nobody need be asked: at most a letter wrong in a word, two in a long one, few in all, no word
    more or less."""
    shorter = min(len(one), len(other))
    if edits(one, other) > sum(shorter >= length for length in (16, 28, 40)):
        return False
    ours, theirs = _only(one.split(" "), other.split(" "))
    if (
        not (ours and theirs)
        or tells_apart(one, other)
        or other_words(one, other, known, strict=True)
    ):
        return False
    pairs = zip(ours, theirs, strict=True) if len(ours) == len(theirs) else ()
    return all(edits(a, b) <= 1 + (min(len(a), len(b)) >= _LONG) for a, b in pairs)


def _tells(word: str) -> bool:
    """Say whether a word more tells a paper from another one: not "the", nor a stray letter."""
    is_stray = len(word) == 1 and word.isalpha() and not re.fullmatch(_ROMAN, word)
    return word not in _SMALL and not is_stray


def other_words(one: str, other: str, known: Mapping[str, int], *, strict: bool = False) -> bool:
    """Say whether near-equal titles differ in words that both are words, and no mistakes:
    "subsonic" and "supersonic", or with `strict` "walk" and "talk"; `known` is how many titles have
    each."""
    ours, theirs = _only(one.split(" "), other.split(" "))
    shortest = 6 if strict else 0
    return len(ours) == len(theirs) and any(
        known.get(a, 0) >= _RARE and known.get(b, 0) >= _RARE and not _is_spelling(a, b, shortest)
        for a, b in zip(ours, theirs, strict=True)
    )


def _is_spelling(one: str, other: str, shortest: int) -> bool:
    """Say whether two words may be one: "number" and "numbers", and if they are not too short
    "modeling" and "modelling"; or mean no more than "of" and "for" do."""
    from rapidfuzz.distance import OSA

    if (one in _SMALL and other in _SMALL) or one + "s" == other or other + "s" == one:
        return True
    return min(len(one), len(other)) >= shortest and OSA.distance(one, other) == 1


def _numbers(words: Sequence[str]) -> list[str]:
    return _DIGITS.findall(" ".join(words))


def _only(ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words that only one of two titles has, in order."""
    more, less = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    return [word for word in ours if word in more], [word for word in theirs if word in less]


def _differ(one: str, other: str) -> bool:
    """Say whether two words in the place of each other tell papers apart."""
    if _is_number(one) and _is_number(other):
        return True
    if _DIGITS.sub("", one) == _DIGITS.sub("", other):  # "qwen2" and "qwen3", "emu" and "emu2"
        return _DIGITS.findall(one) != _DIGITS.findall(other)
    return False


def _is_number(word: str) -> bool:
    """Say whether a word counts, or is a letter as in "Part B"."""
    return word.isdigit() or len(word) == 1 or word in _NUMBERS or bool(re.fullmatch(_ROMAN, word))


class _Person(NamedTuple):
    """A name, folded: all its words, sorted; the given name; the family name without particles."""

    words: tuple[str, ...]
    given: str
    family: str


@lru_cache(maxsize=8192)  # each author of one paper is compared with all of another
def _person(name: str) -> _Person:
    found = parts(name)
    family = _WORD.findall(fold(found.family))
    given = "".join(_WORD.findall(fold(found.given)))
    return _Person(tuple(sorted(_WORD.findall(fold(name)))), given, family[-1] if family else "")


def same_person(one: str, other: str) -> bool:
    """Say whether two names, as readlist keeps them, may be one person's: "J. Ito" and "Jun Ito",
    "Wei Zhang" and "Zhang Wei"; one letter of a long family name may be wrong."""
    return _is_one(_person(one), _person(other))


def _is_one(ours: _Person, theirs: _Person) -> bool:
    if ours.words == theirs.words:
        return True
    if not ours.family or not theirs.family:
        return False
    if ours.given and theirs.given and ours.given[0] != theirs.given[0]:
        return False
    return ours.family == theirs.family or _is_mistyped(ours.family, theirs.family)


def shared_persons(some: Iterable[str], others: Iterable[str]) -> int:
    """Return how many of some names may be those of others; quickly, also of thousands."""
    known: set[tuple[str, ...]] = set()
    by_initial: dict[str, list[_Person]] = {}
    for person in map(_person, others):
        known.add(person.words)
        by_initial.setdefault(person.given[:1], []).append(person)
    found = 0
    for person in map(_person, some):
        initials = (person.given[0], "") if person.given else by_initial
        near = (other for initial in initials for other in by_initial.get(initial, ()))
        found += person.words in known or any(_is_one(person, other) for other in near)
    return found


def _is_mistyped(one: str, other: str) -> bool:
    if min(len(one), len(other)) <= 5 or abs(len(one) - len(other)) > 1:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) <= 1


def people(paper: Paper) -> list[str]:
    """Return the authors that are named."""
    return [name for name in paper.authors if name and name != OTHERS]


def same_first_author(one: Paper, other: Paper) -> bool | None:
    """Say whether two papers have the same first author; None when one has none that is named."""
    ours, theirs = people(one), people(other)
    if not ours or not theirs:
        return None
    return same_person(ours[0], theirs[0])


def share_authors(one: Paper, other: Paper) -> bool:
    """Say whether half of the authors of the paper with fewer are authors of the other one."""
    fewer, more = sorted((people(one), people(other)), key=len)
    return bool(fewer) and 2 * shared_persons(fewer, more) >= len(fewer)


def conflict(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether two papers have different identifiers of one kind."""
    return any(one[kind] != other[kind] for kind in one.keys() & other.keys())


def in_other_places(one: Paper, other: Paper) -> bool:
    """Say whether two papers stand in one journal, but not where the other one does: a column that
    is called the same in each issue, as "Calendar", or "Greetings from the Editor"."""
    if not one.venue or not other.venue or folded(one.venue) != folded(other.venue):
        return False
    is_in_time = years_apart(one, other) <= bool(people(one) and people(other))  # volumes are late
    if not is_in_time and not is_no_venue(one.venue):
        return True
    for name in ("volume", "number"):
        ours, theirs = (str(paper.extra.get(name)).strip() for paper in (one, other))
        if ours.isdecimal() and theirs.isdecimal() and ours.lstrip("0") != theirs.lstrip("0"):
            return True
    first, second = _pages(one), _pages(other)
    if first is None or second is None:
        return False
    return max(first) < second[0] or max(second) < first[0]  # 77--7 is one page


def _pages(paper: Paper) -> tuple[int, int] | None:
    match = _PAGES.fullmatch(str(paper.extra.get("pages")))
    return (int(match[1]), int(match[2])) if match else None


def same_signs(one: Paper, other: Paper) -> bool:
    """Say whether titles have as many "+": "DINO" and "DINO+" are two."""
    return one.title.count("+") == other.title.count("+")


def years_apart(one: Paper, other: Paper) -> int:
    """Return how many years lie between two papers, as far as is known."""
    ours, theirs = (one.published or "")[:4], (other.published or "")[:4]
    return abs(int(ours) - int(theirs)) if ours and theirs else 0
