"""Citation keys: `garcia2026reward`, made for papers that bring none, unique in the library.

A paper that was met under several has one of its own and is found by the others, its aliases: what
cites it by one of them goes on doing so.
"""

import re
from collections.abc import Iterable

from readlist.large import LargeDict
from readlist.paper import Paper
from readlist.text import fold

ALIASES = "citekeys"
"""The key in a paper's `extra` of other citation keys that it is found by."""

_NOT_IN_LATEX = r"[\s,{}()\"'#%~\\=@]"  # what ends a key in `\cite{…}` or in an entry's head
_NOT_A_LETTER = re.compile("[^a-z]")
_WORD = re.compile("[a-z0-9]+")
_LONGEST_PART = 30  # characters
_GENERATION = r"(?i)(?:jr|sr|[ivx]+)\.?"  # "Jr.", "III" behind a name
_SMALL_WORDS = (
    "a an the and or nor but of on in to for from by with without at as is are was be been do does "
    "can could should will it its this that these those we our you your how what when where which "
    "who why into over under via using towards toward about not no der die das le la les un une el "
    "de du des et und i"
)
_INSIGNIFICANT = frozenset(_SMALL_WORDS.split())


class Citekeys:
    """The citation keys of a library, to give each paper one that no other has.

    They are kept as numbers, as there may be millions: of as many keys, one in thirty million
    may count as taken that is not. Raises `OSError` when there is no room for them.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = LargeDict[int]()  # how many suffixes it was tried with
        for key in taken:
            self._taken[hash(key)] = 0

    def give(self, paper: Paper) -> str:
        """Return a key for `paper`, and remember it: its own if it has one and that is free.

        Otherwise the key gets a suffix: a, b, … z, aa, ab, …
        """
        wanted = paper.citekey or citekey(paper)
        key = wanted
        while hash(key) in self._taken:
            self._taken[hash(wanted)] = number = self._taken[hash(wanted)] + 1
            key = wanted + _suffix(number)
        self._taken[hash(key)] = 0
        return key

    def claim(self, key: str) -> bool:
        """Return whether a key is free; from now on it is not."""
        is_free = hash(key) not in self._taken
        if is_free:
            self._taken[hash(key)] = 0
        return is_free


def aliases(paper: Paper) -> list[str]:
    """Return the other keys that a paper is found by."""
    found = paper.extra.get(ALIASES)
    keys = found if isinstance(found, list) else ()
    return [key for key in keys if isinstance(key, str) and key != paper.citekey]


def called(paper: Paper, keys: Iterable[str], *, are_given: bool = True) -> Paper:
    """Return a paper that is found by further keys. When they `are_given`, not made by readlist,
    the first takes the place of one that was made; none gets lost."""
    known = (paper.citekey, *aliases(paper))
    more = [key for key in dict.fromkeys(keys) if key and key not in known]
    if not more:
        return paper
    own, *others = [*known, *more]
    if are_given and is_made(paper):
        own, others = more[0], [*known, *more[1:]]
    return paper.but(citekey=own, extra={**paper.extra, ALIASES: others})


def is_made(paper: Paper) -> bool:
    """Say whether a paper's key is one that it gets by itself, now or when less was known of it:
    no author, another year or none, an identifier for its title. Who makes his own likewise is
    not told from that."""
    kinds = [(f"{name}:{value}", value) for name, value in paper.identifiers.items()]
    shapes = {r"paper(?:\d{4})?"}
    for title in (paper.title, *(title for titles in kinds for title in titles)):
        first, second = _title_words(title)
        shapes.add(rf"{first}(?:\d{{4}})?{second}")
        says_much = first or title == paper.title  # of a number, people make "ito2020" themselves
        if says_much and paper.authors and (author := _family_name(paper.authors[0])):
            shapes.add(rf"{author}(?:\d{{4}})?{first}")
    return any(re.fullmatch(f"{shape}[a-z]{{0,2}}", paper.citekey) for shape in shapes)


def cited(paper: Paper) -> str:
    """Return the key by which a LaTeX document can cite a paper, in whatever it is written out.

    Its own, without what LaTeX or BibTeX does not take in a key; if nothing is left, a made one.
    """
    return as_cited(paper.citekey) or citekey(paper)


def as_cited(key: str) -> str:
    """Return a key without what LaTeX or BibTeX does not take in one."""
    return re.sub(_NOT_IN_LATEX, "", key)


def citekey(paper: Paper) -> str:
    """Return the key that a paper gets by itself: first author, year, first word of its title.

    Without an author that can be written in ASCII letters: the title's first two words around
    the year. Only words that say something count.
    """
    year = (paper.published or "")[:4]
    first, second = _title_words(paper.title)
    author = _family_name(paper.authors[0]) if paper.authors else ""
    key = f"{author}{year}{first}" if author else f"{first}{year}{second}"
    return key if key != year else f"paper{year}"


def _family_name(author: str) -> str:
    """Return the first part of a family name ("García-Durán" is `garcia`), without particles."""
    family, comma, _ = author.partition(",")
    names = family.split()
    if not comma and len(names) > 1 and re.fullmatch(_GENERATION, names[-1]):
        names.pop()
    if not names:
        return ""
    parts = (_NOT_A_LETTER.sub("", fold(part)) for part in re.split("[-‐–]", names[-1]))
    return next(filter(None, parts), "")[:_LONGEST_PART]


def _title_words(title: str) -> tuple[str, str]:
    """Return the first two words of a title that say something, as far as there are any."""
    found = [word for word in _WORD.findall(fold(title[:500])) if not word.isdigit()]
    telling = [word for word in found if word not in _INSIGNIFICANT] or found
    first, second, *_ = [*telling, "", ""]
    return first[:_LONGEST_PART], second[:_LONGEST_PART]


def _suffix(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
