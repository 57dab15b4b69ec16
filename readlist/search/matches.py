"""Where a text matches: what lists and abstracts highlight."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from readlist.search.conditions import LONGEST_SCANNED, compiled
from readlist.search.words import pieces

Words = tuple[str, ...]

HIGHLIGHTED = ("title", "abstract", "note")
"""Fields whose words are highlighted in texts; those of people and places would only mislead."""

_LETTER = r"[^\W_]"


@dataclass(frozen=True, slots=True)
class Matched:
    """What a query sought and found, to be highlighted: folded words, alone or side by side.

    `begun` are those whose last word is only a beginning; `patterns` are regular expressions.
    """

    whole: frozenset[Words] = frozenset()
    begun: frozenset[Words] = frozenset()
    patterns: tuple[str, ...] = ()


def spans(text: str, matched: Matched) -> list[tuple[int, int]]:
    """Return the places in `text` to highlight: (start, end) in characters, sorted, apart.

    Of a word that is being typed, the letters typed so far.
    """
    found: list[tuple[int, int]] = []
    finder = _finder(matched)
    if finder is not None:
        found = _folded_spans(text, finder)
    for pattern in matched.patterns:
        regex = _regex(pattern)
        found += [m.span() for m in regex.finditer(text, 0, LONGEST_SCANNED) if m.group()]
    return _united(found)


def _folded_spans(text: str, finder: re.Pattern[str]) -> list[tuple[int, int]]:
    if text.isascii():
        return [m.span() for m in finder.finditer(text.lower())]
    # folding makes one letter of two and two of one: note where each comes from
    found = pieces(text)
    places = [place for place, piece in enumerate(found) for _ in piece]
    return [(places[m.start()], places[m.end() - 1] + 1) for m in finder.finditer("".join(found))]


@lru_cache(maxsize=32)
def _finder(matched: Matched) -> re.Pattern[str] | None:
    """Return an expression for folded text that finds what was sought, the longest first."""
    choices = []
    if matched.whole:
        choices.append(f"(?:{_choice(matched.whole)})(?!{_LETTER})")
    if matched.begun:
        choices.append(_choice(matched.begun))
    return re.compile(f"(?<!{_LETTER})(?:{'|'.join(choices)})") if choices else None


def _choice(sought: Iterable[Words]) -> str:
    # the words of a hyphenated one may also be joined: "fine-tuning" finds "finetuning"
    expressions = [r"[\W_]*".join(map(re.escape, words)) for words in sought]
    return "|".join(sorted(expressions, key=lambda expression: (-len(expression), expression)))


@lru_cache(maxsize=32)
def _regex(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)


def _united(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
