"""What a LaTeX document cites, and which other files it reads; also from LaTeX's own `.aux` files.

After the manuals of natbib, biblatex (chapter 3.9), apacite, csquotes, import and subfiles. Nothing
is executed: macros that a document defines for itself are not followed.
"""

import re
from collections.abc import Iterator

from readlist.record import Record

EVERYTHING = "*"
"""The key by which `\\nocite{*}` asks for all there is."""


class Cited(Record):
    """A key, and the line on which it is cited."""

    key: str
    line: int


class Read(Record):
    """A file that is read there, as it is named, and the folder that the command names with it.

    `is_needed` is false where the document itself says what happens without the file.
    """

    name: str
    line: int
    folder: str = ""
    is_needed: bool = True


_VERBATIM = (
    "verbatim|Verbatim|BVerbatim|LVerbatim|SaveVerbatim|lstlisting|minted|comment|filecontents"
)
_HIDDEN = re.compile(
    r"%[^\n]*"
    rf"|\\begin\s*+\{{(?P<environment>(?:{_VERBATIM})\*?)\}}"
    r"|\\(?:verb\*?|lstinline(?:\[[^\]\n]*+\])?|mintinline(?:\[[^\]\n]*+\])?\{[^{}\n]*+\})"
    r"(?P<mark>[^\sA-Za-z*{])[^\n]{0,2000}?(?P=mark)"
    r"|\\(?P<off>iffalse)(?![A-Za-z@])"
    r"|(?P<end>\\end\s*+\{document\}|\\endinput(?![A-Za-z@]))"
    r"|\\.",
    re.DOTALL,
)
_CONDITION = re.compile(r"\\(?:(?P<more>if[A-Za-z@]*+)|(?P<other>else|fi))(?![A-Za-z@])")
_NO_CONDITION = re.compile(r"\\(?:iff|ifthenelse|if[A-Za-z@]*+(?=\s*+\{))(?![A-Za-z@])")

# Braces in optional arguments nest: two levels deep, which also bounds the time this can take.
_NEST = r"\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\}"
_OPTIONAL = (
    rf"(?:\s*+(?:\[(?:[^\[\]{{}}]++|{_NEST})*+\]|\((?:[^(){{}}]++|{_NEST})*+\)"
    r"|<[^<>{}\[\]]*+>))*+"
)
_KEYS = re.compile(rf"{_OPTIONAL}\s*+\{{([^{{}}]*+)\}}")
_PLACE = re.compile(r"\s*+\{\s*+([^{}]*?)\s*+\}")
_SECOND = re.compile(rf"{_OPTIONAL}\s*+\{{(?:[^{{}}]|{_NEST})*+\}}")

_COMMAND = re.compile(
    r"\\(?:(?P<cites>[A-Za-z]*[cC]ite[A-Za-z]*|[A-Za-z]*(?:text|block)c?quote)\*?"
    r"|(?P<reads>input|include|subfile|subfileinclude|InputIfFileExists)(?![A-Za-z@])"
    r"|(?P<imports>(?:sub)?(?:import|inputfrom|includefrom))\*?(?![A-Za-z@]))"
)
_BARE = re.compile(r"[ \t]+([^\s\\{}%#]+)")
# Commands that set citations up, take a text, or whose key stands in LaTeX's own files.
_NO_CITATION = re.compile(
    r"(?:Declare|At|if|set|newcites|renew|mkbib|bibcite|bstctlcite)|cite(?:style|index|reset|setup|text)"
)
_IN_AUX = re.compile(
    r"\\(?:citation|abx@aux@(?:no)?cite(?:\{\d*\})?)\{(?P<keys>[^{}]*+)\}|\\@input\{(?P<file>[^{}]*+)\}"
)
_OF_PACKAGES = re.compile(r"biblatex-control|(?:REVTEX|aps|IEEE)[\w:]*[cC]ontrol")


_BIBLATEX = re.compile(
    r"(?m)^[^%\n]*?\\(?:addbibresource\b|abx@aux@"
    r"|(?:usepackage|RequirePackage)\s*+(?:\[[^\]]{0,999}\])?\s*+\{[^{}]{0,999}\bbiblatex\b)"
)


def is_for_biblatex(text: str) -> bool:
    """Say whether a document, or LaTeX's own file of one, has its bibliography from BibLaTeX."""
    return _BIBLATEX.search(text) is not None


def found_in(text: str, *, is_aux: bool = False) -> Iterator[Cited | Read]:
    """Yield what a document cites and which files it reads, in its order."""
    if is_aux:
        yield from _in_aux(text)
        return
    text = visible(text)
    lines = _Lines(text)
    for match in _COMMAND.finditer(text):
        line = lines.at(match.start())
        if match["cites"]:
            if not _NO_CITATION.match(match["cites"]):
                for keys in _arguments(match["cites"], text, match.end()):
                    yield from (Cited(key, line) for key in _apart(keys))
        elif match["reads"]:
            yield from _read(match["reads"], text, match.end(), line)
        elif (folder := _PLACE.match(text, match.end())) and (
            file := _PLACE.match(text, folder.end())
        ):
            yield from _named(file[1], line, folder[1])


def visible(text: str) -> str:
    """Return what LaTeX takes for LaTeX: no comments, nothing verbatim; lines stay lines."""
    parts: list[str] = []
    place = 0
    is_off = True  # whether what is switched off is left out, as far as it is known to end
    while match := _HIDDEN.search(text, place):
        start, end = match.span()
        parts.append(text[place:start])
        if match["environment"]:
            close = re.compile(rf"\\end\s*+\{{{re.escape(match['environment'])}\}}")
            found = close.search(text, end)
            end = found.end() if found else len(text)
        elif match["off"] and is_off:
            switched = _switched_on(text, end)
            is_off = switched is not None
            end = switched or end
        elif match["end"]:
            return "".join(parts)
        elif text[start] == "\\" and not match["mark"]:
            # A command: its name is looked at later, but no comment begins in `\%`.
            end = start + 2
            parts.append(text[start:end])
            place = end
            continue
        parts.append("\n" * text.count("\n", start, end))
        place = end
    parts.append(text[place:])
    return "".join(parts)


def _switched_on(text: str, place: int) -> int | None:
    """Return where the branch ends that `\\iffalse` before `place` leaves out; None if nowhere."""
    depth = 0
    for match in _CONDITION.finditer(text, place):
        if match["more"]:
            depth += _NO_CONDITION.match(text, match.start()) is None
        elif depth == 0:
            return match.end()
        elif match["other"] == "fi":
            depth -= 1
    return None


def _arguments(name: str, text: str, place: int) -> Iterator[str]:
    """Yield the arguments of a citation that hold keys."""
    lower = name.lower()
    is_second = "volcite" in lower or lower.startswith(("foreign", "hybrid"))
    if lower.endswith("quote") and not lower.endswith("cquote"):
        return  # it takes the whole citation as text
    while True:
        if is_second:
            first = _SECOND.match(text, place)
            if first is None:
                return
            place = first.end()
        match = _KEYS.match(text, place)
        if match is None:
            return
        yield match[1]
        place = match.end()
        if not lower.endswith("cites"):
            return


def _apart(keys: str) -> Iterator[str]:
    """Yield the keys in a list of them; what is made by macros is not known."""
    for key in map(str.strip, keys.split(",")):
        if key and "#" not in key and "\\" not in key and not _OF_PACKAGES.fullmatch(key):
            yield key


def _read(command: str, text: str, place: int, line: int) -> Iterator[Read]:
    match = _PLACE.match(text, place) or (_BARE.match(text, place) if command == "input" else None)
    if match:
        yield from _named(match[1], line, is_needed=command != "InputIfFileExists")


def _named(name: str, line: int, folder: str = "", *, is_needed: bool = True) -> Iterator[Read]:
    name = name.strip('"')
    if name and "#" not in name + folder and not name.startswith("|"):
        yield Read(name, line, folder, is_needed)


def _in_aux(text: str) -> Iterator[Cited | Read]:
    lines = _Lines(text)
    for match in _IN_AUX.finditer(text):
        line = lines.at(match.start())
        if match["file"]:
            yield Read(match["file"], line, is_needed=False)  # LaTeX writes it in its own time
        else:
            yield from (Cited(key, line) for key in _apart(match["keys"] or ""))


class _Lines:
    """The numbers of lines, asked for in the order of the text."""

    def __init__(self, text: str) -> None:
        self._text, self._place, self._line = text, 0, 1

    def at(self, place: int) -> int:
        self._line += self._text.count("\n", self._place, place)
        self._place = place
        return self._line
