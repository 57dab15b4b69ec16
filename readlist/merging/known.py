"""Who is who: the papers of a library, to tell whether another account is of one of them."""

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from readlist.citekeys import aliases
from readlist.insight import likeness
from readlist.insight.nearest import Nearest
from readlist.large import LargeDict, Numbers
from readlist.paper import Paper, PaperError
from readlist.text import fold, title_key

FORMER = "merged_from"
"""The key in a paper's `extra` of what is remembered of papers that were merged into it."""
IDENTITY = ("uid", "citekey", "title", "identifiers", "urls")
"""What is remembered of them."""
_BEGINNING = 200  # characters of an abstract
_NEAR_YEARS = 2  # of two papers, of one of which only a title is there

_MOST_KEYS = 349_000  # in memory: those of 100,000 papers, and what a dict has room for then
_Before = tuple[str, tuple[str, ...] | None, Paper | None]
_title_key = lru_cache(maxsize=8)(title_key)  # a title is sought, then put in


class Sign(Enum):
    """What a paper is known by: more than a title; its title alone; one that is nearly the same."""

    MORE = 0
    TITLE = 1
    NEAR = 2


class Match(NamedTuple):
    """A paper that another is an account of."""

    paper: Paper
    sign: Sign


class Known:
    """Papers by what tells one from another: uid, identifiers, title and first author; also by
    what told papers that were merged into them.

    What they are found by is kept as numbers; each that is found is looked at. With `read`, which
    gives the paper with an id, those in the beginning are not held. Unless it is `near`, titles
    that are nearly the same are two. Of many papers most is in files: any method may raise
    `OSError`.
    """

    def __init__(
        self,
        papers: Iterable[Paper] = (),
        read: Callable[[int], Paper] | None = None,
        *,
        near: bool = True,
    ) -> None:
        self.papers: MutableMapping[int, Paper] = {}
        """Those that are held: in memory, or by another mapping in its place."""
        self.citekeys = LargeDict[str]()
        """The citation key of each, by id."""
        self.aliases: dict[int, tuple[str, ...]] = {}
        """Other keys of those that have any."""
        self._read = read
        self._index = LargeDict[int | bytes](_MOST_KEYS)  # ids; also such as they had before
        self._before: dict[int, _Before] | None = None  # while trying: what was there
        self._came = Numbers()  # and what was not
        self._is_near = near
        self._titles = LargeDict[str]()
        self._bare: set[int] = set()  # those of which only a title is there
        self._nearest: dict[bool, Nearest] = {}  # of all, or (True) of the bare ones
        for paper in papers:
            if read is None:
                self.put(paper)
            else:
                self.note(paper)

    def __len__(self) -> int:
        return len(self.citekeys)

    def __contains__(self, number: object) -> bool:
        return number in self.citekeys

    def put(self, paper: Paper) -> None:
        """Take in a paper, or what it has become."""
        self._remember(paper.id)
        self.papers[paper.id] = paper
        self.note(paper)

    def note(self, paper: Paper) -> None:
        """Take in what a paper is found by, which `read` gives."""
        number, index = paper.id, self._index
        self.citekeys[number] = paper.citekey
        if others := aliases(paper):
            self.aliases[number] = tuple(others)
        for key in map(hash, _all_keys(paper)):
            there = index.setdefault(key, number)
            if there != number and number not in (ids := _ids(there)):
                index[key] = array("q", (*ids, number)).tobytes()
        if self._is_near:
            self._note_near(paper)

    def _note_near(self, paper: Paper) -> None:
        is_bare = _is_bare(paper)
        self._titles[paper.id] = paper.title
        (self._bare.add if is_bare else self._bare.discard)(paper.id)
        for only_bare, nearest in self._nearest.items():
            if is_bare or not only_bare:
                nearest.put(paper.id, paper.title)

    def remove(self, number: int) -> None:
        """Forget the paper with an id, if it is there."""
        if number in self.citekeys:
            self._remember(number)
            del self.citekeys[number]
            self.aliases.pop(number, None)
            if number in self.papers:  # `pop` would read it
                del self.papers[number]

    def _remember(self, number: int) -> None:
        if self._before is None or number in self._before or number in self._came:
            return
        citekey = self.citekeys.get(number)
        if citekey is None:
            self._came.add(number)
        else:
            self._before[number] = citekey, self.aliases.get(number), self.papers.get(number)

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Forget, at the end, all that was put in or removed inside."""
        self._before, self._came = {}, Numbers()
        try:
            yield
        finally:
            before, self._before = self._before, None
            for number in self._came:
                self.remove(number)
            for number, (citekey, others, paper) in before.items():
                self.remove(number)
                self.citekeys[number] = citekey
                if others is not None:
                    self.aliases[number] = others
                if paper is not None:
                    self.papers[number] = paper

    @property
    def keys(self) -> Iterator[str]:
        """All citation keys that are some paper's, own or other."""
        yield from (key for _, key in self.citekeys.pairs())
        for others in self.aliases.values():
            yield from others

    def find(self, paper: Paper, apart: Container[str] = ()) -> Paper | None:
        """Return the paper that `paper` is an account of, or None; see `match`."""
        found = self.match(paper, apart)
        return found.paper if found else None

    def match(self, paper: Paper, apart: Container[str] = ()) -> "Match | None":
        """Return the paper that `paper` is an account of, and by what it is known; or None.

        That is the one with its uid; else one that shares an identifier; else one with its title
        and first author, unless both have an identifier of one kind and these differ, or stand in
        other places of one journal ("Introduction" is the title of many; of one of unknown author,
        also in other years); else one whose title is an address of it; else, when
        of one of the two only a title is there, one whose title can only be the same mistyped. A
        paper whose uid is in `apart` is known to be another, but for its own uid.
        """
        if not self.citekeys:
            return None
        for key in _sought(paper):
            found = [
                one
                for number in _ids(self._index.get(hash(key), b""))
                if (one := self._get(number)) and self._has(one, key, paper)
                if one.uid not in apart or (one.uid == paper.uid and len(key) == 1)
            ]
            if found:  # a paper before one that took another in
                one = min(found, key=lambda one: one.uid != paper.uid)
                is_sure = len(key) != 3 or _has_more(one, paper)
                return Match(one, Sign.MORE if is_sure else Sign.TITLE)
        one = next((one for one in self._near(paper) if one.uid not in apart), None)
        if one is None:
            return None
        return Match(one, Sign.MORE if _same_abstract(one, paper) else Sign.NEAR)

    def _near(self, paper: Paper) -> Iterator[Paper]:
        is_bare = _is_bare(paper)
        if not self._is_near or not (is_bare or self._bare):
            return
        nearest = self._nearest.get(not is_bare)
        if nearest is None:
            among = self._titles if is_bare else self._bare
            nearest = Nearest((number, self._titles[number]) for number in among)
            self._nearest[not is_bare] = nearest
        for number in nearest.near(paper.title):
            one = self._get(number)
            is_still = one and nearest.is_slip(paper.title, one.title)  # not only while trying
            if one and is_still and (is_bare or _is_bare(one)) and _may_be_near(one, paper):
                yield one

    def _get(self, number: int) -> Paper | None:
        if number not in self.citekeys:
            return None
        found = self.papers.get(number)
        return found or (self._read(number) if self._read else None)

    def _has(self, one: Paper, key: "_Key", paper: Paper) -> bool:
        """Say whether a paper has a key, and may then be the one that `paper` is."""
        return key in _all_keys(one) and (len(key) != 3 or _may_be_one(one, paper))


def _ids(there: int | bytes) -> Sequence[int]:
    """Return the ids that are found by a key: one, mostly, is itself, several are their bytes."""
    return (there,) if isinstance(there, int) else array("q", there)


_ADDRESS = ("http://", "https://")
_Key = tuple[str, ...]


def _keys(paper: Paper) -> Iterator[_Key]:
    """Yield what a paper is found by: uid, identifiers, folded title; of different lengths."""
    if paper.uid:
        yield (paper.uid,)
    yield from paper.identifiers.items()
    yield (_title_key(paper.title), "", "")
    if paper.title.startswith(_ADDRESS):
        yield (paper.title, "", "", "")


def _sought(paper: Paper) -> Iterator[_Key]:
    """Yield what the same paper may be found by: of one that is known by nothing but an address,
    the address is the title."""
    yield from _keys(paper)
    for url in paper.urls.values():
        yield (url, "", "", "")


def _all_keys(paper: Paper) -> Iterator[_Key]:
    yield from _keys(paper)
    if FORMER in paper.extra:
        for former in former_selves(paper):
            yield from _keys(former)


def _is_bare(paper: Paper) -> bool:
    """Say whether of a paper only a title is there, to know it by."""
    is_known = paper.authors or paper.identifiers or paper.title.startswith(_ADDRESS)
    return not is_known


def _may_be_one(one: Paper, other: Paper) -> bool:
    """Say whether nothing speaks against it that papers with one title are one."""
    is_same_author = likeness.same_first_author(one, other)
    if is_same_author is None:
        is_same_author = likeness.years_apart(one, other) <= _NEAR_YEARS
    return (
        is_same_author
        and not likeness.conflict(one.identifiers, other.identifiers)
        and not likeness.in_other_places(one, other)
        and likeness.same_signs(one, other)
    )


def _has_more(one: Paper, other: Paper) -> bool:
    """Say whether more than the title of papers is the same."""
    return bool(likeness.same_first_author(one, other)) or _same_abstract(one, other)


def _same_abstract(one: Paper, other: Paper) -> bool:
    beginnings = (fold(paper.abstract[:_BEGINNING]) for paper in (one, other))
    ours, theirs = ("".join(filter(str.isalnum, text)) for text in beginnings)
    length = min(len(ours), len(theirs), _BEGINNING // 2)
    return length > 0 and ours[:length] == theirs[:length]


def _may_be_near(one: Paper, other: Paper) -> bool:
    is_near_in_time = likeness.years_apart(one, other) <= _NEAR_YEARS
    return likeness.same_signs(one, other) and is_near_in_time


def former_selves(paper: Paper) -> list[Paper]:
    """Return the papers that were merged into one, with what is remembered of them: `IDENTITY`."""
    kept = paper.extra.get(FORMER)
    found = []
    for one in kept if isinstance(kept, list) else ():
        if isinstance(one, dict):
            with suppress(PaperError):
                found.append(Paper.read({name: one[name] for name in IDENTITY if name in one}))
    return found
