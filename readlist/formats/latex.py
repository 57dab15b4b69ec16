r"""LaTeX in the fields of a bibliography to Unicode, and back.

Only what means a text is decoded: accents, letters, signs, escapes, dashes, quotes, braces and
emphasis. `$math$` stays as written, and what `\ensuremath` has for it becomes that; commands that
are not known stay as well, with the braces behind them. What `encode` writes is decoded to the same
text again.
"""

import re
import unicodedata
from functools import lru_cache

# Text commands of LaTeX: "LaTeX2e: An unofficial reference manual", 23.5, and of textcomp.
_SIGNS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ",
    "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "SS": "ẞ", "textendash": "–", "textemdash": "—",
    "dots": "…", "ldots": "…", "textellipsis": "…", "copyright": "©", "textcopyright": "©",
    "textregistered": "®", "texttrademark": "™", "pounds": "£", "textsterling": "£",
    "texteuro": "€", "euro": "€", "textyen": "¥", "textcent": "¢", "S": "§", "textsection": "§",
    "P": "¶", "textparagraph": "¶", "dag": "†", "textdagger": "†", "ddag": "‡",
    "textdaggerdbl": "‡", "textdegree": "°", "degree": "°", "textmu": "µ", "textpm": "±",
    "texttimes": "×", "textdiv": "÷", "textonehalf": "½", "textonequarter": "¼",
    "textthreequarters": "¾", "textonesuperior": "¹", "texttwosuperior": "²",
    "textthreesuperior": "³", "textordfeminine": "ª", "textordmasculine": "º",
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_",
    "textless": "<", "textgreater": ">", "textbar": "|", "textbraceleft": "{",
    "textbraceright": "}", "textdollar": "$", "textquotesingle": "'", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textquotedbl": '"', "quotedblbase": "„", "quotesinglbase": "‚", "guillemotleft": "«",
    "guillemotright": "»", "guillemetleft": "«", "guillemetright": "»", "guilsinglleft": "‹",
    "guilsinglright": "›", "textexclamdown": "¡", "textquestiondown": "¿", "textbullet": "•",
    "textperiodcentered": "·", "slash": "/", "TeX": "TeX", "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "quad": " ", "qquad": " ", "thinspace": " ",
    "newline": "\n", "textasciigrave": "`",
}  # fmt: skip
# Commands that only say how a text looks: the text remains.
_COMMANDS = (
    "emph textbf textit textsl textsc texttt textrm textsf textup textmd textnormal text mbox "
    "hbox em bf it sl sc tt rm sf bfseries itshape slshape scshape ttfamily rmfamily sffamily "
    "upshape normalfont mdseries relax protect MakeUppercase NoCaseChange "
)
_LOOKS = frozenset(_COMMANDS.split())
_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "r": "\u030a", "c": "\u0327",
    "k": "\u0328", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_ESCAPED = "&%#_{}"
_CONTROL = {
    **dict.fromkeys(_ESCAPED, ""), " ": " ", "\n": " ", ",": " ", ";": " ", ":": " ",
    "-": "", "/": "", "@": "", "!": "", "\\": "\n",
}  # fmt: skip
_PUNCTUATION = {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"}

_MATH = r"\$\$(?:[^$\\]|\\.)+\$\$|\$(?:[^$\\]|\\.)+\$|\\\((?:[^\\]|\\[^()])*\\\)"
_BASE = r"\\[ijolOL](?![A-Za-z])|\\(?:aa|AA|ae|AE|oe|OE)(?![A-Za-z])|[^\W\d_]"
_ACCENT = r"\\(?P<mark>[`'^\"~=.]|[uvHrckdb](?![A-Za-z]))"
_GROUP = r"\{(?:[^{}$]++|\{[^{}$]*+\})*+\}"
_TOKEN = (
    rf"(?P<math>{_MATH})"
    r"|\\url\s*\{(?P<url>[^{}]*)\}"
    rf"|(?<!\$)\\ensuremath\s*+\{{(?P<ensured>(?:[^{{}}$]++|{_GROUP})++)\}}(?!\$)"
    rf"|\\texorpdfstring\s*+\{{(?P<tex>(?:[^{{}}]++|{_GROUP})*+)\}}\s*+\{{(?:[^{{}}]++|{_GROUP})*+\}}"
    rf"|{_ACCENT}\s*(?:(?P<base>{_BASE})"
    rf"|\{{\s*(?P<inner>{_BASE}|\\[`'^\"~=.]\{{?[A-Za-z]\}}?|)(?P<rest>[^{{}}\\$]*)\}})"
    r"|\\(?P<name>[A-Za-z]+)(?P<gap>\s*)"
    r"|\\(?P<control>\\[ \t]*\n?[ \t]*|.)"
    r"|(?P<open>\{)|(?P<close>\})"
    r"|(?P<mark2>~|---?|``|'')"
)
_SPECIAL = re.compile(r"[\\{}$~]|--|``|''")


def decode(text: str) -> str:
    r"""Return a text of LaTeX as Unicode, as far as that is lossless; `\\` becomes a line end."""
    return text if _SPECIAL.search(text) is None else _decoded(text)


@lru_cache(maxsize=2000)  # names and venues come back
def _decoded(text: str) -> str:
    return _Decoder(text).run()


class _Decoder:
    """A walk over a text; `frames` are the groups that are open, each with what is in it so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        self.frames: list[tuple[list[str], bool]] = []  # of the groups around; are braces kept
        self.is_argument = False  # a brace here belongs to a command that is kept
        self.has_one_dollar = text.count("$") == 1

    def run(self) -> str:
        place = 0
        for match in re.finditer(_TOKEN, self.text, re.DOTALL):
            if match.start() > place:
                self.put(self.text[place : match.start()])
            self.take(match)
            place = match.end()
        self.put(self.text[place:])
        while self.frames:
            self.close(is_closed=False)
        return unicodedata.normalize("NFC", "".join(self.parts))

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.is_argument = False

    def take(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if match["open"]:
            self.frames.append((self.parts, self.is_argument))
            self.parts, self.is_argument = [], False
        elif match["close"]:
            if self.frames:
                self.close()
            else:
                self.put("}")
        elif match["name"]:
            self.command(match)
        elif match["mark"]:
            self.put(_accented(match))
        elif match["control"]:
            self.put(self.control(match))
        elif match["ensured"]:
            self.put(f"${match['ensured']}$")
        elif match["tex"] is not None:
            self.put(decode(match["tex"]))
        elif match["math"] or match["url"] is not None:
            self.put(match["math"] or match["url"])
        else:
            self.put(_PUNCTUATION[match[kind or 0]])

    def close(self, *, is_closed: bool = True) -> None:
        inside = "".join(self.parts)
        self.parts, is_kept = self.frames.pop()
        if not is_closed:
            self.put("{" + inside)
        elif is_kept:
            self.put("{" + inside + "}")
            self.is_argument = True
        else:
            self.put(inside)

    def command(self, match: re.Match[str]) -> None:
        name = match["name"]
        if name in _SIGNS:
            self.put(_SIGNS[name])
        elif name in _LOOKS:
            self.is_argument = False
        else:
            self.put(match[0])
            self.is_argument = not match["gap"]

    def control(self, match: re.Match[str]) -> str:
        sign = match["control"][0]
        if sign == "$":
            return "$" if self.has_one_dollar else "\\$"
        found = _CONTROL.get(sign)
        if found is None:
            return match[0]
        return sign if sign in _ESCAPED else found


def _accented(match: re.Match[str]) -> str:
    mark, base = match["mark"], match["base"] or match["inner"] or ""
    rest = match["rest"] or ""
    if not base:
        plain = {"~": "~", "^": "^"}.get(mark)
        return plain if plain and not rest else match[0]
    letter = decode(base).replace("ı", "i").replace("ȷ", "j")
    return unicodedata.normalize("NFC", letter[0] + _MARKS[mark] + letter[1:]) + rest


# To LaTeX

_ESCAPES = {
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "$": "\\textdollar{}",
    "&": "\\&", "%": "\\%", "#": "\\#", "_": "\\_", "–": "--", "—": "---", "\n": "\\\\\n",
}  # fmt: skip
_DOUBLED = re.compile(r"(?<=[-`'–—“”])(?=[-`'–—“”])")
_LETTERS = {
    sign: f"{{\\{name}}}"
    for name, sign in reversed(_SIGNS.items())
    if len(sign) == 1 and sign not in _ESCAPES and ord(sign) > 127
}
_LETTERS |= {"“": "``", "”": "''"}
_LETTER_MARKS = {mark: sign for sign, mark in _MARKS.items()}
# What is written as it stands: math, `\\$`, and unknown commands with plain arguments, in which
# others and math may be.
_PLAIN = r"[A-Za-z0-9 .,:;()=+-]++|\\[A-Za-z]++|[_^]"
_ARGUMENT = rf"\{{(?:{_PLAIN}|\$[^$\\{{}}]*+\$|\{{(?:{_PLAIN})*+\}})*+\}}"
_AS_WRITTEN = rf"{_MATH}|\\\$|\\[A-Za-z]+(?:{_ARGUMENT})+"
_WORD = re.compile(r"[^\s{}$\\]+")
_CAPITAL_INSIDE = re.compile(r"[^-(\"'“‘/][A-Z]")


def encode(text: str, *, ascii_only: bool = False, is_title: bool = False) -> str:
    """Return a text as LaTeX, with balanced braces, that `decode` takes back to the same text.

    With `ascii_only`, letters that have a name or an accent in LaTeX are written so; words of a
    title with capitals inside keep them in braces.
    """
    parts, place = [], 0
    for match in re.finditer(_AS_WRITTEN, text, re.DOTALL) if "$" in text or "\\" in text else ():
        if not _stays(match[0]):
            continue
        parts += [_plain(text[place : match.start()], ascii_only, is_title), match[0]]
        place = match.end()
    parts.append(_plain(text[place:], ascii_only, is_title))
    found = "".join(parts)
    if len(parts) > 1 and decode(found) != unicodedata.normalize("NFC", text):
        return _plain(text, ascii_only, is_title)  # a mixture: then nothing is markup
    return found


def _stays(written: str) -> bool:
    if written[0] == "$":
        return _is_balanced(written)
    return written == "\\$" or (decode(written) == written and _is_balanced(written))


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _plain(text: str, ascii_only: bool, is_title: bool) -> str:
    if not is_title:
        return _escaped(text, ascii_only)
    parts, place = [], 0
    for match in _WORD.finditer(text):
        if _CAPITAL_INSIDE.search(match[0]):
            before = _escaped(text[place : match.start()], ascii_only)
            parts.append(f"{before}{{{_escaped(match[0], ascii_only)}}}")
            place = match.end()
    return "".join(parts) + _escaped(text[place:], ascii_only)


def _escaped(text: str, ascii_only: bool) -> str:
    text = _DOUBLED.sub("\x00", text.replace("\t", " "))
    text = re.sub(r"(?<=[ \n]) ", "\x01", text)
    found = re.sub(r"[\\{}~^$&%#_–—\n]", lambda m: _ESCAPES[m[0]], text)
    if ascii_only and not found.isascii():
        found = "".join(c if c.isascii() else _letter(c) for c in found)
    return found.replace("\x00", "{}").replace("\x01", "\\ ")


@lru_cache(maxsize=1000)
def _letter(sign: str) -> str:
    if sign in _LETTERS:
        return _LETTERS[sign]
    parts = unicodedata.normalize("NFD", sign)
    base, marks = parts[0], parts[1:]
    if len(marks) == 1 and base.isascii() and base.isalpha() and marks in _LETTER_MARKS:
        return f"{{\\{_LETTER_MARKS[marks]}{{{base}}}}}"
    return sign
