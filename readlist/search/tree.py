"""The syntax tree of a query: one class for each thing that can be asked; `str` writes it back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word. `partial`: it is still being typed, so it stands for all that begin with it."""

    text: str
    partial: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes, which stand side by side in a paper."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Field:
    """A text sought in one field; `name` is a key of `names.TEXTS` or one of `names.EXACT`."""

    name: str
    text: str
    quoted: bool = False
    partial: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return f'{self.name}:"{self.text}"' if self.quoted else f"{self.name}:{self.text}"


@dataclass(frozen=True, slots=True)
class State:
    """`is:…`; the name is a key of `conditions.STATES`."""

    name: str

    def __str__(self) -> str:
        return f"is:{self.name}"


@dataclass(frozen=True, slots=True)
class Has:
    """`has:…`; the name is a key of `conditions.HAS`."""

    name: str

    def __str__(self) -> str:
        return f"has:{self.name}"


@dataclass(frozen=True, slots=True)
class Dates:
    """A date in a range; `text` is one that `ranges.days` reads, as the user wrote it."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}:{self.text}"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number in a range; `text` is one that `ranges.numbers` reads, as the user wrote it."""

    name: str
    text: str

    def __str__(self) -> str:
        return f"{self.name}:{self.text}"


@dataclass(frozen=True, slots=True)
class LastImport:
    """`import:last`: what the last import added or merged."""

    def __str__(self) -> str:
        return "import:last"


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, as between its slashes; it compiles."""

    pattern: str

    def __str__(self) -> str:
        return f"/{self.pattern}/"


@dataclass(frozen=True, slots=True)
class Not:
    """The papers that `term` does not find."""

    term: "Term"

    def __str__(self) -> str:
        return f"-{_enclosed(self.term)}"


@dataclass(frozen=True, slots=True)
class And:
    """The papers that each of two or more terms finds."""

    terms: tuple["Term", ...]

    def __str__(self) -> str:
        return " ".join(map(_enclosed, self.terms))


@dataclass(frozen=True, slots=True)
class Or:
    """The papers that at least one of two or more terms finds."""

    terms: tuple["Term", ...]

    def __str__(self) -> str:
        # "a b OR c" is read as "(a b) OR c", so only an OR in an OR needs its parentheses
        return " OR ".join(_enclosed(t) if isinstance(t, Or) else str(t) for t in self.terms)


Term: TypeAlias = (
    Word | Phrase | Field | State | Has | Dates | Numbers | LastImport | Regex | Not | And | Or
)


def _enclosed(term: Term) -> str:
    return f"({term})" if isinstance(term, And | Or) else str(term)


def leaves(term: Term | None, *, positive: bool = True) -> Iterator[tuple[Term, bool]]:
    """Yield the terms that hold no others, each with whether it is asked for (not excluded)."""
    match term:
        case None:
            return
        case Not(inner):
            yield from leaves(inner, positive=not positive)
        case And(terms) | Or(terms):
            for inner in terms:
                yield from leaves(inner, positive=positive)
        case _:
            yield term, positive
