"""What is compared whole, tags and identifiers and the like, as words of an index."""

from collections.abc import Iterator

from readlist.citekeys import aliases
from readlist.identifiers import normalise
from readlist.paper import Paper, PaperError, tag_name
from readlist.search.tree import Field
from readlist.text import fold

SIGN = "\x01"
"""What each key begins with: they come before all words, and are none."""
BEHIND_KEYS = "\x02"
"""Comes before all words, and behind all keys."""
SOURCE = f"{SIGN}source "
"""Before each word of a source's name, which no bare word finds."""


def keys_of(paper: Paper) -> Iterator[str]:
    """Yield the keys of a paper, some perhaps twice."""
    for tag in paper.tags:
        yield f"{SIGN}tag:{fold(tag)}"
    for category in paper.categories:
        yield f"{SIGN}category:{fold(category)}"
    for name, value in paper.identifiers.items():
        yield f"{SIGN}{name}:{fold(value)}"
    yield f"{SIGN}type:{fold(paper.type)}"
    for key in (paper.citekey, *aliases(paper)):
        yield f"{SIGN}citekey:{fold(key)}"


def sought(field: Field) -> list[tuple[str, bool]]:
    """Return the keys that a field, one of `names.EXACT`, asks for, each with whether it is begun.

    What is nested in a tag or a category has it, and identifiers may be given in part.
    """
    name, text, partial = field.name, field.text, field.partial
    nested = {"tag": "/", "category": "."}.get(name)
    if name == "tag":
        try:
            text = tag_name(text)
        except PaperError:
            return []
    elif name in ("arxiv", "doi"):
        # a DOI that arXiv gave is kept as the arXiv id in it, and a link as what it links to
        name, text = normalise(name, text)
    key = f"{SIGN}{name}:{fold(text)}"
    if partial or field.name in ("arxiv", "doi", "citekey"):
        return [(key, True)]
    return [(key, False), (key + nested, True)] if nested else [(key, False)]


def has(paper: Paper, field: Field) -> bool:
    """Say whether a paper has what a field asks for."""
    own = set(keys_of(paper))
    return any(
        key in own or (begun and any(other.startswith(key) for other in own))
        for key, begun in sought(field)
    )
