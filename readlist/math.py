"""LaTeX in titles and abstracts as Unicode, for who reads or seeks them; papers keep it as it is.

`$O(n^2)$` is `O(n²)`. A formula that cannot be written so without losing anything stays as it is,
whole. Outside of formulas only what is known for certain is taken: escapes (`96\\%`), emphasis,
accents, signs. Measured on real abstracts, the packages that do this either lose information
(`x^{n+1}` becomes `x^n+1`, unknown commands vanish) or garble it (`\\log` becomes `łog`).
"""

import re
import unicodedata
from functools import lru_cache

from readlist.math_signs import (
    ACCENTS,
    CLOSING,
    FONTS,
    LETTERS,
    NAMES,
    NOTHING,
    OPENING,
    OPERATORS,
    PLAIN_FONTS,
    SPACES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SWITCHES,
)

# Begun with a set of signs, which is sought much faster than what the choices begin with.
_FORMULA = re.compile(
    r"[$\\](?:(?<=\\)(?:\(((?:[^\\]|\\[^()])+)\\\)|\[((?:[^\\]|\\[^\[\]])+)\\\]|.)"
    r"|\$((?:\\.|[^$\\])+)\$\$|((?:\\.|[^$\\])+)\$(?!\d))",
    re.S,
)
_LONGEST = 500  # characters of a formula; what is longer is none, or nobody can read it
_SPACES = re.compile(r" {2,}")
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.S)
_PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}")
_BETWEEN = re.compile(r"\s[A-Za-z]{2,}\s")
_WITH_TEXT = re.compile(r"\\(?:text|mbox|math|operatorname)[a-z]*\s*\{[^{}]*\}")
_SIMPLE = re.compile(r"(?:[∂∇√]?[^\W_]|\d+)[′'!]*|\([^()]*\)")
_WORD = re.compile("[A-Za-z0-9]+|[Α-Ωα-ω]+")
_MOST_LETTERS = 2  # in a small script, where more are hard to read: `x_max`


def converted(text: str, *, commands: bool) -> str:
    """Return `text` with its formulas as Unicode, and with `commands` also what is between them."""
    return _converted(text, commands)


@lru_cache(maxsize=512)
def _converted(text: str, commands: bool) -> str:
    if "\0" in text:  # no text of a paper has one
        return text
    kept: list[str] = []
    shown, end, at = [], 0, 0
    while found := _FORMULA.search(text, at):
        at = found.end()
        if not found.lastindex:
            continue  # a command, or an escaped sign
        source = found[found.lastindex]
        if _is_prose(source if found[0][0] == "$" else source.strip()):
            at = found.start() + 1  # a price: behind its sign, a formula may begin
            continue
        formula = _formula(source)
        kept += [found[0]] if formula is None else []
        shown += [text[end : found.start()], "\0" if formula is None else formula]
        end = at
    whole = "".join([*shown, text[end:]])
    if commands and "\\" in whole:
        from readlist.math_text import without_commands

        whole = without_commands(whole)
    parts = iter(kept)
    return re.sub("\0", lambda _: next(parts), whole) if kept else whole


class _NotPlainError(Exception):
    """Something in a formula has no like in Unicode."""


@lru_cache(maxsize=1024)
def _formula(source: str) -> str | None:
    """Return a formula as Unicode, or None when that would lose something."""
    try:
        shown = _Formula(source).part("")[0]
    except (_NotPlainError, RecursionError):
        return None
    return _SPACES.sub(" ", shown).strip() or None


@lru_cache(maxsize=1024)
def _is_prose(source: str) -> bool:
    if len(source) > _LONGEST or "\n\n" in source:
        return True
    has_signs = any(sign in source for sign in "\\^_=<>")
    if not has_signs and (source.strip() != source or _BETWEEN.search(source)):
        return True  # "$5 to 10$": TeX's own rule is looser
    return bool(_PROSE.search(_WITH_TEXT.sub("", source)))


class _Formula:
    """The tokens of a formula, read from left to right."""

    def __init__(self, source: str) -> None:
        self._tokens: list[str] = _TOKEN.findall(source)
        self._at = 0

    def _take(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _skip_spaces(self) -> bool:
        skipped = self._peek().isspace()
        self._at += skipped
        return skipped

    @property
    def _letter_follows(self) -> bool:
        following = self._peek()
        return following[:1].isalnum() or following[1:] in LETTERS

    def part(self, end: str) -> tuple[str, bool]:
        """Return what stands up to `end`, and whether a command said how the rest looks."""
        out = ""
        while (token := self._take()) != end:
            if not token or token in ("}", "]" if end == "]" else "}"):
                raise _NotPlainError
            if token[1:] in SWITCHES and token[0] == "\\":
                self._skip_spaces()
                return out + _in_font(SWITCHES[token[1:]], self.part(end)[0]), True
            out = self._grown(out, token)
        return out, False

    def _grown(self, out: str, token: str) -> str:
        """Return `out` with what a token, and what belongs to it, add."""
        if token.isspace():
            return out if not out or out[-1] in " \n" else out + " "
        if token == "{":
            return out + self.part("}")[0]
        if token in "^_":
            return out.rstrip() + self._script(token)
        if token in "&#":
            raise _NotPlainError
        if token[0] != "\\" or len(token) == 1:
            return out + {"~": " ", "'": "′"}.get(token, token)
        return self._with_command(out, token[1:])

    def _with_command(self, out: str, name: str) -> str:
        if name in OPERATORS:
            was_apart = out.endswith(" ")
            followed = self._skip_spaces()
            apart = " " if (was_apart or not out.strip()) and (followed or was_apart) else ""
            return out + OPERATORS[name] + (apart if out.strip() else "")
        if name in LETTERS:
            apart = " " if self._skip_spaces() and not self._peek()[:1].isalnum() else ""
            return out + LETTERS[name] + apart
        if name in NAMES:
            gap = " " if out and (out[-1].isalnum() or out[-1] in ")]") else ""
            self._skip_spaces()
            return out + gap + NAMES[name] + (" " if self._letter_follows else "")
        if name in OPENING:
            self._skip_spaces()
            return out + OPENING[name]
        if name in CLOSING:
            return out.rstrip() + CLOSING[name]
        if name in SPACES:
            return out + SPACES[name]
        if name in NOTHING:
            return self._without_sign(out, name)
        return self._with_argument(out, name)

    def _without_sign(self, out: str, name: str) -> str:
        """`\\left(` is `(`; behind `\\left` a dot is nothing."""
        self._skip_spaces()
        if name in ("left", "right") and self._peek() == ".":
            self._take()
        return out

    def _with_argument(self, out: str, name: str) -> str:
        if name in ("frac", "tfrac", "dfrac", "nicefrac"):
            return out + self._fraction(out)
        if name == "sqrt":
            return out + self._root()
        if name in ACCENTS:
            base = self.argument()
            marked = unicodedata.normalize("NFC", base + ACCENTS[name])
            if len(unicodedata.normalize("NFC", base)) != 1 or not base.isalpha():
                raise _NotPlainError
            return out + marked
        if name in FONTS:
            return out + _in_font(name, self.argument())
        if name in PLAIN_FONTS:
            gap = " " if name.startswith("operatorname") and out[-1:].isalnum() else ""
            return out + gap + self.argument(spaces=True)
        if name == "not" and (sign := OPERATORS.get(self._take()[1:])):
            negated = unicodedata.normalize("NFC", sign + "\u0338")
            if len(negated) == 1:
                return out + negated
        raise _NotPlainError

    def argument(self, *, spaces: bool = False) -> str:
        """Return what a command or a script applies to: a group in braces, or one sign."""
        self._skip_spaces()
        token = self._take()
        if not token or token in "}^_":
            raise _NotPlainError
        shown = self._grown("", token)
        return shown if spaces else shown.strip()

    def _script(self, sign: str) -> str:
        text = self.argument()
        small = SUPERSCRIPTS if sign == "^" else SUBSCRIPTS
        tight = text.replace(" ", "")
        if sign == "^" and text in ("∘", "°"):
            return "°"
        if sign == "^" and tight and not tight.strip("′†‡"):
            return tight
        if all(c in small for c in tight) and sum(map(str.isalpha, tight)) <= _MOST_LETTERS:
            return "".join(map(small.__getitem__, tight))
        is_word = len(text) == 1 or (sign == "_" and _WORD.fullmatch(text) is not None)
        if is_word and not self._letter_follows and self._peek() != "{":
            return text if sign == "^" and text in "*⋆" else sign + text
        return f"{sign}{{{text}}}"

    def _fraction(self, before: str) -> str:
        above, below = (_enclosed(self.argument()) for _ in "ab")
        whole = f"{above}/{below}"
        return f"({whole})" if before[-1:].isalnum() or self._letter_follows else whole

    def _root(self) -> str:
        self._skip_spaces()
        sign = "√"
        if self._peek() == "[":
            self._take()
            sign = {"3": "∛", "4": "∜", "2": "√"}.get(self.part("]")[0].strip(), "")
        if not sign:
            raise _NotPlainError
        under = self.argument()
        is_one = (len(under) == 1 or under.isdigit()) and not self._letter_follows
        return sign + (under if is_one else f"({under})")


def _enclosed(text: str) -> str:
    """Return a text, in parentheses unless it holds together by itself."""
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _in_font(font: str, text: str) -> str:
    kinds = FONTS.get(font)
    if kinds is None:
        return text
    return "".join(_letter_in(kinds, c) if c.isalnum() else c for c in text)


@lru_cache(maxsize=512)
def _letter_in(kinds: tuple[str, ...], letter: str) -> str:
    """Return a letter or digit of a font, by its name in Unicode."""
    name = unicodedata.name(letter, "")
    for word in ("LATIN ", "GREEK "):
        name = name.removeprefix(word).replace("LETTER ", "")
    for kind in kinds:
        try:
            return unicodedata.lookup(f"{kind} {name}")
        except KeyError:
            continue
    raise _NotPlainError
