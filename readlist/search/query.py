"""The query language: a text to a syntax tree, or an error that points at what cannot be read.

    query := and ("OR" and)*          a space, or AND, binds closer than OR
    and   := not ("AND"? not)*
    not   := ("-" | "NOT") not | "(" query ")" | term
    term  := word | "phrase" | /regex/ | field:value | #tag | @author | sort:keys

A word with a colon is a field when it names one, or nearly does, or looks as if it should:
`auther:x` and `keyword:x` are errors. `LoRA: low-rank`, `GPT:x`, `https://…` and `3:1` are words,
so a title can be pasted as it is; signs without a letter or digit are passed over.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from readlist.search.conditions import compiled
from readlist.search.names import EXACT, FIELDS, TEXTS, field_meant_by
from readlist.search.sorting import SortKey
from readlist.search.tree import (
    And,
    Field,
    Not,
    Numbers,
    Or,
    Phrase,
    Regex,
    State,
    Term,
    Word,
    leaves,
)
from readlist.search.values import BadValueError, sort_keys, term_of
from readlist.search.words import split

DEEPEST = 50
"""How many parentheses and negations may be open at once."""

_QUOTES = '"“”„'
_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"([A-Za-z][A-Za-z-]*):")
_OPERATOR = re.compile(rf"(OR|AND|NOT)(?=[\s(){_QUOTES}]|\Z)")
_PHRASE = re.compile(rf"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]")
_REGEX = re.compile(r"/((?:[^/\\]|\\.)*)/", re.DOTALL)
_IN_PARENTHESES = re.compile(rf"\([^\s(){_QUOTES}]*\)")


class QueryError(ValueError):
    """A text is no query: what is wrong, at which character (from 1), what was probably meant."""

    def __init__(self, message: str, position: int, suggestion: str | None = None) -> None:
        self.message = message
        self.position = position
        self.suggestion = suggestion
        super().__init__(message, position, suggestion)

    def __str__(self) -> str:
        meant = f"; did you mean “{self.suggestion}”?" if self.suggestion else ""
        return f"character {self.position}: {self.message}{meant}"


@dataclass(frozen=True, slots=True)
class Query:
    """A query: which papers (all, when `where` is None), and in what order."""

    where: Term | None = None
    sort: tuple[SortKey, ...] = ()

    def __str__(self) -> str:
        parts = [str(self.where)] if self.where else []
        if self.sort:
            parts.append("sort:" + ",".join(map(str, self.sort)))
        return " ".join(parts)

    @property
    def words(self) -> tuple[Word | Phrase, ...]:
        """The bare words and phrases asked for, in order: those that rank papers."""
        found = leaves(self.where)
        return tuple(t for t, positive in found if positive and isinstance(t, Word | Phrase))

    @property
    def mentions_archived(self) -> bool:
        """Whether it asks for archived papers, or for papers by id: else those are left out."""
        return any(
            positive and (t in (State("archived"), State("any")) or _is_id(t))
            for t, positive in leaves(self.where)
        )


def parse(text: str, *, typing: bool = False) -> Query:
    """Return the query that `text` writes. Raises `QueryError`, and nothing else, for what is none.

    `typing`: the text is still being written. What is incomplete at its end (`tag:`, `"diff`,
    `(a OR`, `is:un`) is left out and no error, and its last word stands for all that begin so.
    """
    return _Parser(text, typing).query()


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """Return the keys in `text`, as `-starred,title`. Raises `QueryError`."""
    try:
        return tuple(sort_keys(text, half_typed=False))
    except BadValueError as problem:
        suggestion = (problem.suggestion or "").removeprefix("sort:") or None
        raise QueryError(problem.message, problem.offset + 1, suggestion) from None


def ids_in(words: Iterable[str]) -> list[int] | None:
    """Return the ids, when the words of a command line are numbers only; None when not."""
    numbers = " ".join(words).split()
    if not numbers or not all(re.fullmatch("[0-9]{1,18}", number) for number in numbers):
        return None
    return list(dict.fromkeys(map(int, numbers)))


def _is_id(term: Term) -> bool:
    return isinstance(term, Numbers) and term.name == "id"


def _has_word(text: str) -> bool:
    return bool(split(text))


class _Parser:
    """One pass over a text; `at` is the place of the next character, from 0.

    A rule returns None for what asks for nothing: passed-over signs, `sort:`, half-typed ends.
    """

    def __init__(self, text: str, typing: bool) -> None:
        self.text = text
        self.typing = typing
        self.at = 0
        self.depth = 0
        self.excluding = 0
        self.sort: list[SortKey] = []
        self.passed_over: int | None = None

    def query(self) -> Query:
        where = self.alternatives()
        if self.at < len(self.text):
            raise QueryError("no parenthesis is open that this one could close", self.at + 1)
        if where is None and self.passed_over is not None and not self.typing:
            raise QueryError("a letter or a digit to search for is wanted", self.passed_over + 1)
        return Query(where, tuple(self.sort))

    # Rules, from the widest to the closest.

    def alternatives(self) -> Term | None:
        found: list[Term] = []
        operator: int | None = None
        while True:
            term = self.conjunction()
            before, here = operator, self.at
            operator = here if self.take_operator("OR") else None
            if term is not None:
                found.append(term)
            elif operator is not None:
                self.unfinished("OR wants something on both sides", operator)
            elif before is not None:
                self.unfinished("OR wants something on both sides", before)
            if operator is None:
                return _joined(Or, found)

    def conjunction(self) -> Term | None:
        found: list[Term] = []
        while not self.is_done() and self.text[self.at] != ")":
            start = self.at
            if self.peek_operator() == "OR":
                break
            if self.take_operator("AND"):
                if self.is_done() or self.next_closes() or not found:
                    self.unfinished("AND wants something on both sides", start)
                continue
            term = self.negation()
            if term is not None:
                found.append(term)
        return _joined(And, found)

    def negation(self) -> Term | None:
        start = self.at
        sign = self.text[start]
        if sign in "-#@/" and self.text[start + 1 : start + 2].isspace():
            self.pass_over(start, start + 1)  # a dash between the halves of a title
            return None
        if sign == "-":
            self.at += 1
        elif self.take_operator("NOT"):
            sign = "NOT"
        else:
            return self.group() if sign == "(" else self.term()
        if self.is_done() or self.next_closes():
            self.unfinished(f"{sign} wants something to exclude behind it", start)
            return None
        self.go_deeper(start)
        self.excluding += 1
        term = self.negation()
        self.excluding -= 1
        self.depth -= 1
        return Not(term) if term is not None else None

    def group(self) -> Term | None:
        start = self.at
        self.go_deeper(start)
        self.at += 1
        term = self.alternatives()
        self.depth -= 1
        if self.at == len(self.text):
            self.unfinished("this parenthesis is not closed", start)
            return term
        self.at += 1
        if term is None:
            self.unfinished("nothing stands between these parentheses", start)
            return None
        return term

    def term(self) -> Term | None:
        start = self.at
        sign = self.text[start]
        if sign in _QUOTES:
            text = self.phrase()
            if text is None:
                return None
            if _has_word(text):
                return Phrase(text)
            self.pass_over(start, self.at)
            return None
        if sign == "/":
            return self.regex()
        if sign in "#@":
            self.at += 1
            return self.field("tag" if sign == "#" else "author", sign, start)
        name = _NAME.match(self.text, start)
        if name and self.is_field(name):
            self.at = name.end()
            field = FIELDS.get(name[1].lower())
            if field:
                return self.field(field, name[0], start)
            self.unknown_field(name)
            return None
        text = self.run()
        if _has_word(text):
            return Word(text, self.is_growing(text))
        self.pass_over(start, self.at)
        return None

    # Terms.

    def regex(self) -> Term | None:
        start = self.at
        match = _REGEX.match(self.text, start)
        if match is None:
            self.at = len(self.text)
            self.unfinished("this regular expression is not closed by a /", start)
            return None
        self.at = match.end()
        if not match[1]:
            self.unfinished("a regular expression is wanted between / and /", start)
            return None
        try:
            compiled(match[1])
        except (re.error, ValueError, OverflowError, RecursionError) as error:
            place = start + 2 + (getattr(error, "pos", None) or 0)
            reason = getattr(error, "msg", None) or "it asks for too much"
            raise QueryError(f"this is no regular expression: {reason}", place) from None
        return Regex(match[1])

    def is_field(self, match: re.Match[str]) -> bool:
        """Say whether a word before a colon is meant as the name of a field, right or wrong."""
        name = match[1]
        behind = self.text[match.end() : match.end() + 1]
        is_apart = not behind or behind.isspace() or behind == ")"
        is_acronym = not name.islower() and not name.istitle()
        if name.lower() in FIELDS:
            return not (is_acronym and is_apart and behind)
        if is_acronym or behind in (":", "/"):
            return False
        if field_meant_by(name, strictly=is_apart):
            return True
        return not is_apart and len(name) > 2 and name.islower()

    def unknown_field(self, match: re.Match[str]) -> None:
        name = match[1]
        meant = field_meant_by(name, strictly=False)
        message = f"no field is called {name}:"
        if not meant:
            message += "; in quotes it is searched as text"
        self.unfinished(message, match.start(), f"{meant}:" if meant else None)

    def field(self, name: str, written: str, start: int) -> Term | None:
        """Return the term of a field whose value begins here; `written`: how it was named."""
        place = self.at
        is_text = name in TEXTS or name in EXACT
        is_quoted = place < len(self.text) and self.text[place] in _QUOTES
        text = self.phrase() if is_quoted else self.run()
        if text is None:
            return None
        if not text or (is_text and not _has_word(text)):
            wanted = "a word" if is_text else "a value"
            self.unfinished(f"{written} wants {wanted} right behind it", place)
            return None
        if is_text:
            return Field(name, text, is_quoted, not is_quoted and self.is_growing(text))
        if name == "sort" and self.depth:
            raise QueryError("sort: is for the whole query, not within ( ) or NOT", start + 1)
        half_typed = self.typing and self.at == len(self.text) and not is_quoted
        try:
            if name != "sort":
                return term_of(name, text, half_typed=half_typed)
            self.sort += sort_keys(text, half_typed=half_typed)
            return None
        except BadValueError as problem:
            place += problem.offset + is_quoted
            raise QueryError(problem.message, place + 1, problem.suggestion) from None

    # Characters.

    def phrase(self) -> str | None:
        """Return what stands between the quotes here; None when the second is not there yet."""
        match = _PHRASE.match(self.text, self.at)
        if match is None:
            start, self.at = self.at, len(self.text)
            self.unfinished("this quote is not closed", start)
            return None
        self.at = match.end()
        return match[1]

    def run(self) -> str:
        """Return the characters up to a space, a quote or a parenthesis that is not the word's."""
        start = self.at
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign.isspace() or sign in _QUOTES or sign == ")":
                break
            if sign == "(":  # "f(x)" is one word, "NOT(x" is not
                match = _IN_PARENTHESES.match(self.text, self.at)
                if match is None:
                    break
                self.at = match.end()
            else:
                self.at += 1
        return self.text[start : self.at]

    def pass_over(self, start: int, end: int) -> None:
        if self.passed_over is None:
            self.passed_over = start
        self.at = end

    def is_done(self) -> bool:
        """Pass over spaces, and say whether nothing is left."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at == len(self.text)

    def is_growing(self, text: str) -> bool:
        """Say whether a word that ends here is still being typed; one to exclude never is.

        Excluding all that begins with the first letter typed would empty the list.
        """
        at_end = self.at == len(self.text)
        return self.typing and at_end and not self.excluding and text[-1].isalnum()

    def peek_operator(self) -> str | None:
        match = _OPERATOR.match(self.text, self.at)
        return match[1] if match else None

    def take_operator(self, operator: str) -> bool:
        if self.peek_operator() != operator:
            return False
        self.at += len(operator)
        return True

    def next_closes(self) -> bool:
        return self.text[self.at] == ")" or self.peek_operator() == "OR"

    def go_deeper(self, start: int) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise QueryError(f"more than {DEEPEST} parentheses and NOT are open", start + 1)

    def unfinished(self, message: str, place: int, suggestion: str | None = None) -> None:
        """Raise an error for what stands at `place`; return where the text, being typed, ends."""
        if not (self.typing and self.at == len(self.text)):
            raise QueryError(message, place + 1, suggestion)


def _joined(kind: type[And] | type[Or], terms: list[Term]) -> Term | None:
    if len(terms) < 2:
        return terms[0] if terms else None
    return kind(tuple(terms))
