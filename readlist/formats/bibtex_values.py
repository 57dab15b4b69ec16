"""The values of BibTeX's fields: pieces and macros, names, addresses, files."""

import re
from collections.abc import Iterator, Mapping

from readlist.formats.latex import decode
from readlist.formats.names import OTHERS, Name, from_commas, parts
from readlist.text import clean_line

VERBATIM = frozenset(
    ("url", "doi", "file", "pdf", "eprint", "arxiv", "arxivid", "pmid", "pmcid", "biburl")
)
"""Fields whose value is no LaTeX."""

_PARTS = frozenset((
    "family", "given", "prefix", "suffix", "useprefix", "family-i", "given-i", "prefix-i",
    "suffix-i", "id", "sortingnamekeytemplatename",
))  # fmt: skip
_PARAGRAPH = re.compile(r"\n\s*\n")
_SPACES = re.compile(r"[ \t\r\n]+")
_FILE_ESCAPE = re.compile(r"\\([:;\\{}_&%#])")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([_%&#~{}])|\{\\?([_~%&#])\}|\\string|[{}]")


def joined(raw: str, macros: Mapping[str, str]) -> str:
    """Return a value without its marks: pieces joined by `#`, macros for their meaning."""
    if raw[:1] == "{" and raw[-1:] == "}" and "#" not in raw:
        return raw[1:-1]
    return "".join(_piece(piece.strip(), macros) for piece in _pieces(raw))


def _pieces(raw: str) -> Iterator[str]:
    depth, start, in_quotes = 0, 0, False
    for match in re.finditer(r"\\.|[{}\"#]", raw, re.DOTALL):
        sign = match[0]
        depth += (sign == "{") - (sign == "}")
        if sign == '"' and depth == 0:
            in_quotes = not in_quotes
        elif sign == "#" and depth == 0 and not in_quotes:
            yield raw[start : match.start()]
            start = match.end()
    yield raw[start:]


def _piece(piece: str, macros: Mapping[str, str]) -> str:
    if len(piece) > 1 and piece[0] + piece[-1] in ("{}", '""'):
        return piece[1:-1]
    return macros.get(piece.lower(), piece)


def persons(text: str) -> Iterator[Name]:
    """Yield the names in an author or editor field; "and others" ends in a name of its own."""
    for raw in _split(text, _AND):
        name = " ".join(raw.split())
        if not name:
            continue
        if name == OTHERS:
            yield Name("", OTHERS)
        elif "=" in name and (told := _told(name)):
            yield told
        elif "{" not in name:
            yield from_commas(decode(name)) if "," in name else parts(clean_line(decode(name)))
        else:
            yield _braced(name)


def _told(name: str) -> Name | None:
    """Return a name whose parts are named, as Biber takes them: `family=Fontaine, prefix=de la`."""
    found: dict[str, str] = {}
    for part in _split(name, re.compile(r"\s*,\s*")):
        key, _, value = part.strip().strip('"').partition("=")
        found[key.strip().lower()] = clean_line(decode(value.strip().strip('"')))
    if not found.get("family") or not found.keys() <= _PARTS:
        return None
    family = " ".join(filter(None, (found.get("prefix"), found["family"])))
    return Name(found.get("given", ""), family, found.get("suffix", ""))


def _braced(name: str) -> Name:
    """Return a name in which braces hold words together."""
    pieces = [clean_line(decode(piece)) for piece in _split(name, re.compile(r"\s*,\s*"))]
    if len(pieces) > 2:
        return Name(", ".join(pieces[2:]), pieces[0], pieces[1])
    if len(pieces) == 2:
        return Name(pieces[1], pieces[0])
    words = [clean_line(decode(word)) for word in _split(name, re.compile(r"\s+"))]
    whole = parts(" ".join(words))
    if words and " " in words[-1]:
        return Name(" ".join(words[:-1]), words[-1])
    return whole


def _split(text: str, separator: re.Pattern[str]) -> Iterator[str]:
    """Split a text where a separator stands outside of braces."""
    if "{" not in text:
        yield from separator.split(text)
        return
    depths, depth = [0] * len(text), 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        depths[place] = depth
    start = 0
    for match in separator.finditer(text):
        if depths[match.start()] <= 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def plain(value: str) -> str:
    """Return a value of LaTeX as one line of text."""
    return clean_line(decode(" ".join(value.split()))) if value else ""


def long_text(value: str) -> str:
    """Return a value of several paragraphs as text."""
    if not value:
        return ""
    paragraphs = (
        decode(_SPACES.sub(" ", part.strip(" \t\r\n"))) for part in _PARAGRAPH.split(value)
    )
    return "\n\n".join(paragraphs).strip()


def address(value: str) -> str:
    r"""Return a value that is no LaTeX without the escapes that some write all the same."""
    value = re.sub(r"^\s*\\(?:url|href)\s*\{([^{}]*)\}.*", r"\1", value.strip(), flags=re.DOTALL)
    value = value.replace("\\textasciitilde", "~").replace("\\~{}", "~")
    return _ESCAPED.sub(lambda match: match[1] or match[2] or "", value).strip()


def paths(value: str) -> Iterator[str]:
    """Yield the paths in a `file` field: as JabRef, Zotero and Mendeley write it, or plain."""
    for part in re.split(r"(?<!\\);", value.strip()):
        pieces = [_FILE_ESCAPE.sub(r"\1", piece) for piece in re.split(r"(?<!\\):", part)]
        if len(pieces) > 2 and not re.fullmatch(r"[A-Za-z]", pieces[0].strip()):
            yield clean_line(":".join(pieces[1:-1]))
        else:
            yield clean_line(":".join(pieces))
