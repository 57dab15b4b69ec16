"""Names of people: the parts that formats tell apart, and "Given Family" as readlist keeps them.

What a name written as one does not show, that "García Márquez" is all family or that a name is an
organisation's, is remembered in a paper's `extra` under `FAMILIES`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from readlist.paper import Paper
from readlist.text import clean_line

FAMILIES = "family_names"
"""The key in `extra`: the family names, by name, that the names do not show by themselves."""

OTHERS = "others"
"""What stands last in a list of authors that ends in "and others"."""

_GENERATION = re.compile(r"(?:[JS]r\.?|[IVX]+)$")
_PARTICLE = re.compile(r"[^\W\d_]*['’]?$")


class Name(NamedTuple):
    """A person's name in its parts; the family name has its particles; all may be ""."""

    given: str
    family: str
    suffix: str = ""

    @property
    def whole(self) -> str:
        """The name as readlist keeps it: "Given Family Jr."."""
        return clean_line(" ".join(filter(None, self)))


def parts(name: str, families: Mapping[str, Any] | None = None) -> Name:
    """Return a name's parts: as remembered in `families`, else the last word, with what is in
    lower case before it, is the family name."""
    suffix = ""
    family = families.get(name) if families else None
    words = name.split(" ")
    if len(words) > 2 and _GENERATION.match(words[-1]):
        suffix = words.pop()
    if isinstance(family, str) and family:
        core = " ".join(words)
        if name.endswith(family):
            return Name(name.removesuffix(family).rstrip(), family)
        if core.endswith(family):
            return Name(core.removesuffix(family).rstrip(), family, suffix)
    first = len(words) - 1
    while first > 1 and words[first - 1].islower() and _PARTICLE.match(words[first - 1]):
        first -= 1
    return Name(" ".join(words[:first]), " ".join(words[first:]), suffix)


def names_of(paper: Paper) -> list[Name]:
    """Return a paper's authors in their parts, also those that names do not show."""
    families = paper.extra.get(FAMILIES)
    known = families if isinstance(families, dict) else None
    return [parts(name, known) for name in paper.authors]


def told(names: Iterable[Name]) -> tuple[list[str], dict[str, str]]:
    """Return names as readlist keeps them, and the family names that they do not show."""
    found, families = [], {}
    for name in names:
        if _is_plain(name):
            found.append(clean_line(f"{name.given} {name.family}"))
            continue
        whole = name.whole
        if not whole:
            continue
        found.append(whole)
        family = clean_line(name.family)
        shown = parts(whole)
        if family and (
            shown.family != family
            or shown.given != clean_line(name.given)
            or shown.suffix != clean_line(name.suffix)
        ):
            families[whole] = family
    return found, families


def _is_plain(name: Name) -> bool:
    """Say, at once, of most names whose parts they show that they do."""
    given, family, suffix = name
    if suffix or not family.isalpha():
        return False
    if given.isalpha():
        return True
    words = given.split()
    is_alone = bool(words) and not words[-1].islower() and given.isprintable()
    return is_alone and not _GENERATION.match(family)


def from_commas(text: str) -> Name:
    """Return the name in "Family, Given", "Family, Jr., Given" or "Given Family"."""
    family, _, given = text.partition(",")
    if given and "," not in given and (given := given.strip()):
        return Name(given, family.strip())
    first, *others = [part.strip() for part in text.split(",")]
    if not any(others):
        return parts(first)
    if len(others) > 1 and _GENERATION.match(others[0]):
        return Name(", ".join(others[1:]), first, others[0])
    if len(others) > 1 and _GENERATION.match(others[-1]):
        return Name(", ".join(others[:-1]), first, others[-1])
    return Name(", ".join(filter(None, others)), first)


def with_commas(name: Name) -> str:
    """Return a name as "Family, Given", "Family, Jr., Given", or "Family" alone."""
    return ", ".join(filter(None, (name.family, name.suffix, name.given)))
