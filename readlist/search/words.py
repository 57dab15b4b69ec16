"""The words of a text as the search compares them, and of a paper field by field."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from readlist.paper import Paper
from readlist.text import fold

_ASCII_WORD = re.compile("[a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")
# Scripts that put no spaces between words (kana, CJK ideographs): each sign is a word, and a word
# of several is found as neighbours are.
_FIRST_UNSPACED = "\u3040"
_UNSPACED = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"


def split(text: str) -> list[str]:
    """Return the words of `text` in order, folded; a hyphenated one is several."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return _WORD.findall(apart(fold(text)))


def apart(folded: str) -> str:
    """Return a folded text with a space on each side of a sign that is a word by itself."""
    if max(folded, default="") < _FIRST_UNSPACED:
        return folded
    return _unspaced().sub(r" \g<0> ", folded)


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(_UNSPACED)  # 5 ms that few libraries need


def spaced(text: str) -> str:
    """Return the words of `text`, each between spaces, so that `" word " in …` finds one."""
    return f" {' '.join(split(text))} "


def needle(parts: list[str], *, partial: bool) -> str:
    """Return what to look for in a `spaced` text; `partial`: the last word is only begun."""
    return f" {' '.join(parts)}" if partial else f" {' '.join(parts)} "


def field_text(paper: Paper, field: str) -> str:
    """Return the `spaced` text of a field; items of a list are parted, so no phrase spans two."""
    if field == "sources":
        return "|".join(spaced(str(source.get("name", ""))) for source in paper.sources)
    value = getattr(paper, field)
    if isinstance(value, list):
        return "|".join(spaced(str(item)) for item in value)
    return spaced(value) if value else ""


class FieldTexts:
    """The `spaced` text of fields of papers, kept once made: by field, then by id."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[int, str]] = {}

    def of(self, field: str, papers: Mapping[int, Paper], wanted: Iterable[int]) -> dict[int, str]:
        """Return the texts of a field by id, of the `wanted` papers at least."""
        kept = self._kept.setdefault(field, {})
        for number in wanted:
            if number not in kept:
                kept[number] = field_text(papers[number], field)
        return kept

    def forget(self, number: int, fields: Iterable[str] | None = None) -> None:
        """Drop what is kept of a paper, or of some fields of it, because it changed."""
        for field in self._kept if fields is None else fields:
            self._kept.get(field, {}).pop(number, None)
