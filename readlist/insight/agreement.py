"""How far two accounts agree, part by part: titles, abstracts, authors, dates.

The bounds were looked for on 9,577 abstracts of Daily Papers: of two papers there, but for two
pairs that share an abstract as a whole, at most 0.28 of the shorter one's triples of words stand in
the other; papers that follow one another have 0.17 and less.

Titles are read otherwise than in `likeness`: a service was asked for this one, so that a subtitle
or little words more are no other paper; there, two may as well be a work and its sequel.
"""

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from readlist.formats.names import OTHERS
from readlist.insight.likeness import people, shared_persons
from readlist.paper import Paper
from readlist.text import count, readable, title_key, words

SAME_ABSTRACT, SIMILAR_ABSTRACT, OTHER_ABSTRACT = 0.6, 0.35, 0.12
_LEAST_TRIPLES = 12
_SIMILAR_TITLE = 75  # of 100
_LEAST_SUBTITLED = 2  # words
_MOST_LISTED = 100  # authors in an answer of OpenAlex
_CLOSE_DAYS = 31

_LITTLE = {
    "a", "an", "the", "of", "for", "on", "to", "from", "by", "and", "its", "via", "using",
    "towards", "toward",
}  # fmt: skip
_NUMERALS = {
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
}  # fmt: skip
_ABOUT_ANOTHER = {
    "addendum", "comment", "comments", "commentary", "correction", "corrigendum", "decision",
    "discussion", "errata", "erratum", "preface", "rejoinder", "reply", "response", "retracted",
    "retraction", "review", "supplement", "supplementary", "supplemental", "withdrawn",
}  # fmt: skip
"""Words that one title has and the other has not when the one paper is about the other."""


class TitleMatch(IntEnum):
    """How near two titles are. `NEAR`: but for a subtitle, or for what a slip of the pen changes;
    `SIMILAR`: most of their letters are the same, which says little."""

    OTHER = 0
    SIMILAR = 1
    NEAR = 2
    EXACT = 3


class Agreement(NamedTuple):
    """Whether two accounts agree in something, `None` when that cannot be told; and in words."""

    agrees: bool | None
    words: str = ""


def titles(one: str, other: str) -> TitleMatch:
    """Return how near two titles are, however they are spelt."""
    one, other = readable(one), readable(other)
    firsts, seconds = _words(one), _words(other)
    if title_key(one) == title_key(other):
        is_marked = one.count("+") != other.count("+")  # DINO and DINO+
        return TitleMatch.NEAR if is_marked else TitleMatch.EXACT
    if _ABOUT_ANOTHER & set(firsts) != _ABOUT_ANOTHER & set(seconds):
        return TitleMatch.OTHER
    if _is_subtitled(one, other) or _is_subtitled(other, one) or _is_slip(firsts, seconds):
        return TitleMatch.NEAR
    from rapidfuzz import fuzz

    ratio = fuzz.ratio(" ".join(firsts), " ".join(seconds))
    return TitleMatch.SIMILAR if ratio >= _SIMILAR_TITLE else TitleMatch.OTHER


def _words(title: str) -> list[str]:
    return [word.folded for word in words(title)]


def _is_subtitled(short: str, long: str) -> bool:
    """Say whether a title is another one with a subtitle behind it."""
    firsts, seconds = list(words(short)), list(words(long))
    number = len(firsts)
    if not _LEAST_SUBTITLED <= number < len(seconds):
        return False
    if [w.folded for w in firsts] != [w.folded for w in seconds[:number]]:
        return False
    between = long[seconds[number - 1].end : seconds[number].start]
    is_part = seconds[number].folded in _NUMERALS or seconds[number].folded.isdigit()
    return any(sign in between for sign in ":–—.?!|(") and not is_part


def _is_slip(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether titles differ only in little words, and by one letter in longer ones."""
    from rapidfuzz.distance import Levenshtein

    for step in Levenshtein.opcodes(one, other):
        if step.tag == "equal":
            continue
        old = one[step.src_start : step.src_end]
        new = other[step.dest_start : step.dest_end]
        if step.tag == "replace" and len(old) == len(new):
            if not all(map(_is_one_word, old, new)):
                return False
        elif not _LITTLE.issuperset([*old, *new]):
            return False
    return True


def _is_one_word(one: str, other: str) -> bool:
    """Say whether two words are spellings of one: `behavior` and `behaviour`, `network(s)`."""
    from rapidfuzz.distance import OSA

    if {one, other} <= _LITTLE:
        return True
    is_plain = one.isalpha() and other.isalpha() and min(len(one), len(other)) >= 4
    return is_plain and one[0] == other[0] and OSA.distance(one, other) <= 1


def abstracts(one: str, other: str) -> float | None:
    """Return how much of the shorter abstract stands in the other, 0 to 1; None when one is too
    short to say. One that is cut off is all there."""
    if one and title_key(one) == title_key(other):
        return 1.0
    firsts, seconds = _triples(one), _triples(other)
    least = min(len(firsts), len(seconds))
    return len(firsts & seconds) / least if least >= _LEAST_TRIPLES else None


@lru_cache(maxsize=64)  # one paper is compared with several
def _triples(text: str) -> set[tuple[str, str, str]]:
    found = _words(readable(text))
    return set(zip(found, found[1:], found[2:], strict=False))


def authors(one: Paper, other: Paper) -> Agreement:
    """Say whether the authors are the same, as far as both accounts name them."""
    firsts, seconds = people(one), people(other)
    if not firsts or not seconds:
        return Agreement(None)
    if len(firsts) > len(seconds):
        firsts, seconds = seconds, firsts
    shared = shared_persons(firsts, seconds)
    if not shared:
        return Agreement(False, "the authors are others")
    number = f"{shared} of {count(len(firsts), 'author')}" if shared < len(firsts) else "authors"
    return Agreement(True if shared >= 0.6 * len(firsts) else None, number)


def numbers(one: Paper, other: Paper) -> Agreement:
    """Say whether both have as many authors: one or a fifth may come or go with a version."""
    firsts, seconds = one.number_of_authors, other.number_of_authors
    if not firsts or not seconds or OTHERS in (*one.authors, *other.authors):
        return Agreement(None)
    if abs(firsts - seconds) <= max(1, max(firsts, seconds) // 5):
        return Agreement(True, count(seconds, "author"))
    if min(firsts, seconds) == _MOST_LISTED:
        return Agreement(None)
    return Agreement(False, f"{count(seconds, 'author')}, not {firsts:,}")


def dates(one: Paper, other: Paper) -> Agreement:
    """Say whether a paper may have both dates: those of a preprint and of what became of it are up
    to three years apart. An assumed year says nothing; its day does."""
    first, second = one.published, other.published
    if not first or not second:
        return Agreement(None)
    assumed = any(_is_assumed(paper) for paper in (one, other))
    if (apart := _days_apart(first, second)) is not None:
        around = min(apart % 365, 365 - apart % 365) if assumed else apart
        if around <= _CLOSE_DAYS:
            return Agreement(True, "date")
    years = abs(int(first[:4]) - int(second[:4]))
    if years <= 1 and not assumed:
        return Agreement(True, "year")
    if years <= 3 or assumed:
        return Agreement(None)
    return Agreement(False, f"it is of {second[:4]}, not {first[:4]}")


def _days_apart(one: str, other: str) -> int | None:
    if len(one) < 10 or len(other) < 10:
        return None
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _is_assumed(paper: Paper) -> bool:
    assumed = paper.extra.get("assumed")
    return isinstance(assumed, list) and "published" in assumed
