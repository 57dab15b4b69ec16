"""Text from outside: made harmless once, where it comes in; and folded, to be compared."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

# Few texts need these, so they are compiled when one does.
# ECMA-48 control sequences: CSI, then OSC, DCS and their like (ended by BEL or ST), then the
# short escapes. Each form also has a one-character C1 introducer.
_ESCAPE_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
_LINE_END = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
# C0 and C1 (but tab and newline), marks and overrides of direction (UAX #9), byte order marks,
# lone surrogates, the Unicode tag block and noncharacters. Joiners (ZWJ, ZWNJ) stay: emoji and
# several scripts need them.
_HARMFUL = (
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"\s+")
_LONG = 200
_LETTERS = 8  # in one cell, with all their marks
_PLAIN = bytes(range(0x20, 0x7F))
_WORD = re.compile(r"[^\W_]+")

# Letters that have no decomposition in Unicode but that people write without their mark.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


class Word(NamedTuple):
    """A word of a text: as it is compared, and where it stands (offsets in characters)."""

    folded: str
    start: int
    end: int


def clean(text: str) -> str:
    """Return `text` without anything that could harm a terminal, its lines ended by `\\n`."""
    is_plain = len(text) > _LONG and _is_plain(text)
    if not (is_plain or text.isprintable()):  # all that is harmful is not
        text = re.sub(_ESCAPE_SEQUENCE, "", text)
        text = re.sub(_LINE_END, "\n", text)
        text = re.sub(_HARMFUL, "", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _is_plain(text: str) -> bool:
    """Say of a long text, four times as fast as `isprintable`, that it is printable ASCII."""
    return text.isascii() and not text.encode().translate(None, _PLAIN)


def is_clean(text: str) -> bool:
    """Say whether cleaning leaves a text, and each part of it, as it is; no is no certain no."""
    return text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text))


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line: each run of white space becomes one space."""
    if text.isprintable() and "  " not in text:  # then each white space is one space already
        return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
    return _SPACES.sub(" ", clean(text)).strip()


def clean_json(value: Any) -> Any:
    """Return a JSON value with each text in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_json(item) for item in value]
    if isinstance(value, dict):
        try:
            if is_clean("".join((*value, *value.values()))):
                return value
        except TypeError:  # other things than texts
            pass
        return {clean(str(name)): clean_json(item) for name, item in value.items()}
    return value


def fold(text: str) -> str:
    """Return `text` as it is compared: without case, accents and ligatures."""
    if text.isascii():
        return text.lower()
    # Twice: "ℂ" becomes a capital letter, and the small "ΐ" comes apart.
    lower = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", lower)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(LETTERS)


def readable(text: str) -> str:
    """Return a title or an abstract as it is shown and sought: its LaTeX as Unicode."""
    if "$" not in text and "\\" not in text:
        return text
    from readlist.math import converted

    return converted(text, commands=True)


def readable_note(text: str) -> str:
    """Return a note as it is shown and sought: its formulas as Unicode, the rest as typed."""
    if "$" not in text and "\\" not in text:
        return text
    from readlist.math import converted

    return converted(text, commands=False)


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text` in order: runs of letters and digits, folded, and their places."""
    for match in _WORD.finditer(text):
        yield Word(fold(match.group()), match.start(), match.end())


def title_key(title: str) -> str:
    """Return what two spellings of one title have in common: its folded letters and digits.

    A title without any (it happens: "???") is its own key.
    """
    return "".join(_WORD.findall(fold(title))) or title


def shorten(text: str, width: int) -> str:
    """Return `text` in at most `width` characters, cut behind a word and ended by `…`."""
    if len(text) <= width:
        return text
    head = text[: width - 1]
    space = head.rfind(" ")
    if space > width // 2:
        head = head[:space]
    return head.rstrip(" ,;:-") + "…"


def cells(text: str) -> int:
    """Return how many cells a terminal gives to a text (UAX #11: wide characters take two)."""
    if text.isascii():
        return len(text)
    return sum(
        (1 + (unicodedata.east_asian_width(sign) in "WF"))
        * (unicodedata.category(sign) not in ("Mn", "Me", "Cf"))
        for sign in text
    )


def filled(text: str, width: int, head: str = "") -> str:
    """Return a line of text, behind `head`, as lines of at most `width` cells: what does not fit
    into the first begins where it begins behind its head."""
    line = head + text
    if cells(line) <= width:
        return line
    if 2 * cells(head) > width:
        text, head = line, ""
    inset = cells(head)
    return head + f"\n{' ' * inset}".join(wrapped(text, width - inset, cells))


def wrapped(
    text: str, width: int, measure: Callable[[str], int], most: int | None = None
) -> list[str]:
    """Return a text in lines of at most `width` cells, which `measure` counts.

    A word for which a line has no room goes on in the next: some scripts have no spaces. Of more
    than `most` lines the last one that is left ends in `…`.
    """
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and measure(word) <= width < measure(longer):
            lines.append(line)
            longer = word
        line = longer
        while len(line) > _LETTERS * width or measure(line) > width:
            head = _head(line, width, measure)
            lines.append(head.rstrip())
            line = line[len(head) :].lstrip()
    lines.append(line)
    if most is not None and len(lines) > most:
        last = _head(f"{lines[most - 1]} {lines[most]}", width - 1, measure)
        lines[most - 1 :] = [f"{last.rstrip()}…"]
    return lines


def _head(text: str, width: int, measure: Callable[[str], int]) -> str:
    """Return as much of the beginning of a text as has room, and a letter at least."""
    head = text[: max(1, width)]
    while len(head) > 1 and (over := measure(head) - width) > 0:
        head = head[: -max(1, over // 2)]
    return head


def quote(title: str, width: int = 48) -> str:
    """Return a title as messages name it: shortened, in curly quotes."""
    return f"“{shorten(title, width)}”"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return `1 paper`, `2 papers`, `3,714 papers`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def few(names: Sequence[str], most: int = 3) -> str:
    """Return the first of some names and how many more there are: `a, b, c and 4 more`."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")
