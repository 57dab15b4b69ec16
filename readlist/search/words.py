"""The words of a text as the search compares them, and of a paper field by field."""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import name as unicode_name

from readlist.paper import Paper
from readlist.text import fold, readable, readable_note

FIELDS = ("title", "authors", "tags", "abstract", "note", "organization", "venue", "sources")
"""The fields of a paper that have words; a field's code is its place here."""
BARE = FIELDS[:-1]
"""The fields that a bare word is sought in."""
STEMMED = frozenset(("title", "tags", "abstract", "note"))
"""The fields where a word named with its field is also found with another ending."""

_ASCII_WORD = re.compile("[a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")
# A word, with a hyphen behind it when that joins it to the next one.
_ASCII_RUN = re.compile("[a-z0-9]+(?:-(?=[a-z0-9]))?")
_RUN = re.compile(r"[^\W_]+(?:[-\u2010](?=[^\W_]))?")
_HYPHENS = "-\u2010"
_NO_HYPHENS = dict.fromkeys(map(ord, _HYPHENS))
# Raised and lowered digits and letters; folded, they are as any other.
_SCRIPT = (
    "\u00b2\u00b3\u00b9\u02b0-\u02b8\u02e1-\u02e3\u1d2c-\u1d6a\u1d9c-\u1dbb\u2070-\u209c"
    "\u2c7c\u2c7d"
)
_BESIDE_SCRIPT = re.compile(
    f"(?<=[{_SCRIPT}])(?=[^\\W_{_SCRIPT}])|(?<=[^\\W_{_SCRIPT}])(?=[{_SCRIPT}])"
)
_GREEK = re.compile("(?<![α-ω])[α-ω](?![α-ω])")
# Scripts that put no spaces between words (kana, CJK ideographs): each sign is a word, and a word
# of several is found as neighbours are.
_FIRST_UNSPACED = "\u3040"
_UNSPACED = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"


def split(text: str) -> list[str]:
    """Return the words of `text` in order, folded; a hyphenated one is several."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return _WORD.findall(apart(fold(_scripts_apart(text))))


def placed(text: str) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the words of `text`, as `split`; and each hyphenated one joined, and where it begins.

    `Fine-tuning works` is `fine tuning works`, and `finetuning` at 0.
    """
    folded = text.lower() if text.isascii() else apart(fold(_scripts_apart(text)))
    runs = (_ASCII_RUN if folded.isascii() else _RUN).findall(folded)
    if not any(hyphen in folded for hyphen in _HYPHENS):
        return runs, []
    ahead = [place for place, run in enumerate(runs) if run[-1] in _HYPHENS]
    words = " ".join(runs).translate(_NO_HYPHENS).split()
    joined: list[tuple[str, int]] = []
    while ahead:  # from the last: a run of them is one word
        end = start = ahead.pop()
        while ahead and ahead[-1] == start - 1:
            start = ahead.pop()
        joined.append(("".join(words[start : end + 2]), start))
    return words, joined


def apart(folded: str) -> str:
    """Return a folded text with a space on each side of a sign that is a word by itself.

    A Greek letter that stands alone gets its name, so `λ` and `lambda` find each other.
    """
    highest = max(folded, default="")
    if highest >= "α":
        folded = _GREEK.sub(lambda match: letter_name(match[0]), folded)
    return folded if highest < _FIRST_UNSPACED else _unspaced().sub(r" \g<0> ", folded)


def _scripts_apart(text: str) -> str:
    """Return a text with hyphens beside what is raised or lowered: `λ₁` is `λ` and `1`."""
    return _BESIDE_SCRIPT.sub("-", text)


def pieces(text: str) -> list[str]:
    """Return what becomes of each character of a text when it is folded and taken `apart`."""
    found = [c.lower() if c.isascii() else fold(c) for c in text]
    around = ["", *found, ""]
    for at, piece in enumerate(found):
        if "α" <= piece[:1] <= "ω":
            if not any("α" <= other[:1] <= "ω" for other in (around[at], around[at + 2])):
                found[at] = letter_name(piece)
        elif piece >= _FIRST_UNSPACED:
            found[at] = _unspaced().sub(r" \g<0> ", piece)
    for match in _BESIDE_SCRIPT.finditer(text):
        found[match.start()] = "-" + found[match.start()]
    return found


@cache
def letter_name(letter: str) -> str:
    """Return the name of a Greek letter, as `lambda` (Unicode calls that one LAMDA)."""
    found = unicode_name(letter, "").split(" ")[-1].lower()
    return "lambda" if found == "lamda" else found


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(_UNSPACED)  # 5 ms that few libraries need


def texts_of(paper: Paper, field: str) -> Iterator[str]:
    """Yield the texts in a field: one, or the items of a list, which no phrase spans."""
    if field == "sources":
        yield from (str(source.get("name", "")) for source in paper.sources)
        return
    value = getattr(paper, field)
    if isinstance(value, list):
        yield from map(str, value)
    elif value:
        yield as_shown(field, value)


def as_shown(field: str, text: str) -> str:
    """Return the text of a field as it is shown: with its formulas as Unicode."""
    if "$" not in text and "\\" not in text:
        return text
    if field == "note":
        return readable_note(text)
    return readable(text) if field in ("title", "abstract") else text


def halves(word: str) -> list[tuple[str, str]]:
    """Return the pairs of words that a word may be written as: `finetuning` as `fine tuning`."""
    return [(word[:at], word[at:]) for at in range(3, len(word) - 2)]


def is_short(beginning: str) -> bool:
    """Say whether too many words begin so to look for them behind a hyphen: `fine-t`."""
    return len(beginning) < 3


STOP = frozenset(
    [
        "a",
        "about",
        "all",
        "also",
        "an",
        "and",
        "any",
        "anyone",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "each",
        "for",
        "from",
        "further",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "might",
        "must",
        "not",
        "of",
        "on",
        "or",
        "other",
        "our",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
    ]
)
"""Words of a question that say nothing of what it asks for; rare in abstracts, so they look rare.
"""
