"""How papers are cited by their keys in the text of a document, in what it is written in."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from readlist.citekeys import cited
from readlist.paper import Paper

_OF_PANDOC = r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*"  # its manual, "Citation syntax": else in braces
_OF_TYPST = r"[^\W\d_][\w-]*(?:[.:][\w-]+)*"  # what ends the key there would be text


def _pandoc(key: str) -> str:
    return f"@{key}" if re.fullmatch(_OF_PANDOC, key) else f"@{{{key}}}"


def _typst(key: str) -> str:
    if re.fullmatch(_OF_TYPST, key):
        return f"@{key}"
    quoted = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'#cite(label("{quoted}"))'


FORMS: Mapping[str, Callable[[Sequence[str]], str]] = {
    "key": "\n".join,
    "commas": ",".join,
    "latex": lambda keys: f"\\cite{{{','.join(keys)}}}",
    "markdown": lambda keys: f"[{'; '.join(map(_pandoc, keys))}]",
    "typst": lambda keys: " ".join(map(_typst, keys)),
}
"""The ways to write keys: plain, a line each or between commas; or as a citation."""


def citing(papers: Iterable[Paper], form: str) -> str:
    """Return what cites papers, all at once, in one of the `FORMS`."""
    return FORMS[form]([cited(paper) for paper in papers])
