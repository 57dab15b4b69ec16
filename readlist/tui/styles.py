"""What is written to the terminal, with colours and styles said only where they are seen to change.

Textual says all of them before each piece of text, and takes them back behind it: three quarters of
what a key of the filter wrote. A terminal takes 4 KB at once; for more, who writes waits for who
draws. (Select Graphic Rendition: ECMA-48, 8.3.117; xterm's ctlseqs on 38 and 48.)
"""

import re
from functools import lru_cache
from itertools import islice

from readlist.record import Record

_STYLE = re.compile(r"\x1b\[([0-9;]*)m")
_MOVES = re.compile(r"(?:\r?\n|\x1b\[[0-9;]*H)*")  # they do the same in any style
_BLANKS = re.compile(r"(?: |\r?\n|\x1b\[[0-9;]*H)*")  # so do these on one ground
_SEEN = frozenset(("4", "5", "6", "7", "9", "21", "51", "52", "53"))  # marks that blanks show
_NONE = ("", "0")
_ENDS = {  # by what each style is ended
    "1": "22", "2": "22", "3": "23", "4": "24", "21": "24", "5": "25", "6": "25", "7": "27",
    "8": "28", "9": "29", "51": "54", "52": "54", "53": "55",
}  # fmt: skip
_COLORS = {"38": "fore", "48": "back"}
_COUNTS = {"5": 1, "2": 3}  # numbers behind: one of 256 colours, or red, green and blue


class _Style(Record):
    """The style of text: marks as bold, and the codes of two colours, "" for the terminal's own."""

    marks: frozenset[str]
    fore: str
    back: str


def thrifty(data: str) -> str:
    """Return what draws the same with fewer letters, where no style is in force before."""
    first, *rest = _STYLE.split(data)
    written = [first]
    now = wanted = ""
    for said, text in zip(rest[::2], rest[1::2], strict=True):
        wanted = "" if said in _NONE else f"{wanted};{said}" if wanted else said
        if not text:
            continue
        if wanted != now and not _looks_same(text, now, wanted):
            written.append(_change(now, wanted))
            now = wanted
        written.append(text)
    if wanted != now:
        written.append(_change(now, wanted))
    return "".join(written)


def _looks_same(text: str, now: str, wanted: str) -> bool:
    """Return whether a text is known to look the same in two styles."""
    if _BLANKS.fullmatch(text) is None:
        return False
    return _same_ground(now, wanted) or _MOVES.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _change(now: str, wanted: str) -> str:
    """Return what makes one style of another."""
    anew = f"\x1b[0;{wanted}m" if wanted else "\x1b[0m"
    before, after = _read(now), _read(wanted)
    if before is None or after is None or not wanted:
        return anew
    ends = {_ENDS[mark] for mark in before.marks - after.marks}
    codes = sorted(ends)
    codes += [m for m in sorted(after.marks) if m not in before.marks or _ENDS[m] in ends]
    if after.fore != before.fore:
        codes.append(after.fore or "39")
    if after.back != before.back:
        codes.append(after.back or "49")
    return min(f"\x1b[{';'.join(codes)}m" if codes else "", anew, key=len)


@lru_cache(maxsize=4096)
def _same_ground(now: str, wanted: str) -> bool:
    """Return whether two styles have one ground, and no mark that is seen on it."""
    before, after = _read(now), _read(wanted)
    if before is None or after is None or _SEEN & (before.marks | after.marks):
        return False
    return before.back == after.back


def _read(said: str) -> _Style | None:
    """Return the style that codes make; None where one of them is not known here."""
    marks = set()
    colors = {"fore": "", "back": ""}
    codes = iter(said.split(";") if said else ())
    for code in codes:
        if code in _ENDS:
            marks.add(code)
        elif code in _COLORS:
            kind = next(codes, "")
            numbers = list(islice(codes, _COUNTS.get(kind, 0)))
            if not numbers:
                return None
            colors[_COLORS[code]] = ";".join([code, kind, *numbers])
        elif code[:-1] in ("3", "9", "4", "10") and code[-1] < "8":
            colors["fore" if code[:-1] in ("3", "9") else "back"] = code
        else:
            return None
    return _Style(frozenset(marks), colors["fore"], colors["back"])
