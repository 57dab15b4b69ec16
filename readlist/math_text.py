"""LaTeX between formulas: escapes, emphasis, accents and signs, as plain text."""

import re
import unicodedata

from readlist.math_signs import LETTERS, OPERATORS

_LOOKS = (
    "textbf|textit|textsl|textsc|texttt|textrm|textsf|textup|textmd|text|emph|underline|mbox|"
    "mathrm|mathbf|mathit|url|uline"
)
_BARE_LOOKS = "it|em|bf|sc|tt|rm|sl|sf|itshape|bfseries|scshape"
_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
# The letters that people put each mark on; behind a backslash there may also be a quote.
_MARKED = {
    '"': "aeiouyAEIOUY", "'": "aeiouycnszlrAEIOUYCNSZLR", "`": "aeiouAEIOU", "~": "anoANO",
    "^": "aeioucghjswyAEIOUCGHJSWY",
}  # fmt: skip
_SIGNS = {
    **LETTERS, **OPERATORS, "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ",
    "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "deg": "°",
    "textdegree": "°", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_",
    "textbar": "|", "textendash": "–", "textemdash": "—", "textquoteright": "’",
    "textquoteleft": "‘", "textbackslash": "\\", "LaTeX": "LaTeX", "TeX": "TeX", "eg": "e.g.",
    "ie": "i.e.", "etc": "etc.", "etal": "et al.", "wrt": "w.r.t.", "vs": "vs.", "xspace": "",
    "textmu": "µ", "textpm": "±", "texttimes": "×", "nobreakdash": "", "allowbreak": "",
}  # fmt: skip
for _name in ("|", "S", "P"):  # outside of formulas too short to be certain
    _SIGNS.pop(_name, None)

# Begun with a set of signs, which is sought much faster than what the choices begin with.
_ACCENT = (
    r"(?:(?P<{0}mark>[`'^~\"=.])|(?P<{0}letter>[cvuHkr])(?=[\s{{]))\s*"
    r"(?:\{{\\?(?P<{0}in>[A-Za-z])\}}|\\?(?P<{0}on>[A-Za-z]))"
)
_COMMAND = re.compile(
    r"[\\{](?:(?<=\{)(?:"
    rf"\s*\\(?:{_BARE_LOOKS})(?![A-Za-z])\s*(?P<bare>[^{{}}\\]*)\}}"
    r"|\\(?P<grouped>[A-Za-z]+)\s*\}"
    rf"|\\{_ACCENT.format('g')}\}}"
    r")|(?<=\\)(?:"
    rf"(?:{_LOOKS})\s*\{{(?P<looks>[^{{}}]*)\}}"
    r"|href\s*\{(?P<address>[^{}]*)\}\s*\{(?P<words>[^{}]*)\}"
    r"|(?P<apostrophe>')(?=(?:s|t|re|ve|ll|d|m)\b)"
    rf"|{_ACCENT.format('')}"
    r"|(?P<sign>[A-Za-z]+)(?:\{\})?"
    r"|(?P<escaped>[%&_#${}])"
    r"|(?P<space>[, \n]|[-/@])"
    r"|(?P<about>~)(?=\d)"
    r"|\\"  # a line's end
    r"))"
)
_DEEPEST = 3


def without_commands(text: str) -> str:
    """Return `text` with the commands that are known as plain text; others stay as they are."""
    for _ in range(_DEEPEST):  # emphasis in emphasis
        shown = _COMMAND.sub(_plain, text)
        if shown == text:
            break
        text = shown
    return text


def _plain(found: re.Match[str]) -> str:
    part = found.groupdict()
    for name in ("bare", "looks", "escaped"):
        if part[name] is not None:
            return str(part[name])
    if part["address"] is not None:
        return f"{part['words']} ({part['address']})"
    if part["apostrophe"] or part["about"]:
        return found[0][-1]
    if part["space"]:
        is_first = not found.string[max(0, found.start() - 1) : found.start()].isspace()
        return " " if part["space"] in ", \n" and is_first else ""
    if part["grouped"] or part["sign"]:
        shown = _SIGNS.get(part["grouped"] or part["sign"], found[0])
        return shown.rstrip(".") if found.string.startswith(".", found.end()) else shown
    mark = part["mark"] or part["letter"] or part["gmark"] or part["gletter"] or ""
    letter = part["in"] or part["on"] or part["gin"] or part["gon"] or ""
    return _accented(mark, letter) or found[0]


def _accented(mark: str, letter: str) -> str:
    if not mark or letter not in _MARKED.get(mark, letter):
        return ""
    marked = unicodedata.normalize("NFC", letter + _MARKS[mark])
    return marked if len(marked) == 1 else ""
