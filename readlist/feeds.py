"""Feeds: where new papers come from by themselves, and the rules for them, as `config.toml` has
them: `[feeds.NAME]` with one of `huggingface`, `arxiv`, `url` and `folder`; and `[[rules]]`."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from readlist.identifiers import is_web_address
from readlist.paper import PaperError, tag_name
from readlist.record import Record
from readlist.spelling import meant
from readlist.text import clean_line, shorten

KINDS = ("huggingface", "arxiv", "url", "folder")
LISTINGS = ("daily", "weekly", "monthly", "trending")
"""The listings of Hugging Face that can be followed."""
SETTINGS = (*KINDS, "rules", "tags", "paused")

DROP, KEEP, STAR, WANT, TAG = "drop", "keep", "star", "want", "tag "
_ACTIONS = (DROP, KEEP, STAR, WANT, "tag NAME")
_SEARCH = re.compile(r"(?i)search(?:\s*:\s*|\s+)(?P<words>\S.*)")

NO_FEEDS = "there are no feeds yet; readlist feeds add cs.CL adds one"


class Rule(Record):
    """What is to happen with papers that come in: with those that the query `when` finds.

    `actions` are `drop`, `keep` (only such papers), `star`, `want` (to read), `tag NAME`. `place`
    says where it stands; a rule with a `problem` does nothing.
    """

    when: str
    actions: tuple[str, ...]
    place: str
    problem: str = ""


class Feed(Record):
    """A feed: one of `KINDS`, and what of it. One with a `problem` cannot be fetched."""

    name: str
    kind: str
    what: str
    rules: tuple[Rule, ...] = ()
    tags: tuple[str, ...] = ()
    is_paused: bool = False
    problem: str = ""

    @property
    def about(self) -> str:
        """Where its papers come from, as people say it."""
        if self.kind == "huggingface":
            words = self.search
            return f"Hugging Face, search: {words}" if words else f"Hugging Face, {self.what}"
        return f"arXiv {self.what}" if self.kind == "arxiv" else self.what

    @property
    def search(self) -> str:
        """The words that a search of Hugging Face is for; "" for another feed."""
        found = _SEARCH.fullmatch(self.what) if self.kind == "huggingface" else None
        return found["words"] if found else ""

    @property
    def source(self) -> str:
        """What it is, whatever its name: once that is another, all of it is yet unseen."""
        return f"{self.kind} {self.what}"


def feed_named(name: str, feeds: Iterable[Feed]) -> Feed:
    """Return the feed with a name. Raises `ValueError`, in a line."""
    known = {feed.name: feed for feed in feeds}
    for feed in known.values():
        if feed.name.lower() == name.lower():
            return feed
    raise ValueError(
        f"no feed is called {clean_line(name)!r}: there are {', '.join(known)}{meant(name, known)}"
    )


def read_feeds(values: Any, text: str = "") -> tuple[Feed, ...]:
    """Return the feeds in the table `[feeds]`; what is wrong with one is its `problem`.

    `text` is that of the whole file, to say in which line a rule stands. Raises `ValueError` for
    what is no table.
    """
    if not isinstance(values, dict):
        raise ValueError(f"feeds: tables are wanted, as {_EXAMPLE}")
    lines = _Lines(text)
    return tuple(_feed(name, value, lines) for name, value in values.items())


_EXAMPLE = '[feeds.daily] with a line like huggingface = "daily"'


def _feed(name: str, values: Any, lines: "_Lines") -> Feed:
    shown = clean_line(name) or "feed"
    if not isinstance(values, dict):
        return Feed(shown, "", "", problem=f"a table is wanted, as {_EXAMPLE}")
    kinds = [kind for kind in KINDS if kind in values]
    if len(kinds) != 1:
        said = f"not {' and '.join(kinds)}" if kinds else "there is none"
        return Feed(shown, "", "", problem=f"one of {', '.join(KINDS)} is wanted, {said}")
    kind, what = kinds[0], values[kinds[0]]
    if not isinstance(what, str) or not clean_line(what):
        return Feed(shown, kind, "", problem=f'{kind}: a text is wanted, as {kind} = "…"')
    feed = Feed(shown, kind, clean_line(what))
    problem = what_is_wrong(feed.kind, feed.what)
    tags, paused = values.get("tags", []), values.get("paused", False)
    try:
        own = tuple(tag_name(tag) for tag in tags)
    except (PaperError, TypeError, AttributeError):
        own, problem = (), problem or 'tags: a list of tags is wanted, as tags = ["rl", "vision"]'
    if not isinstance(paused, bool):
        problem = problem or "paused: true or false is wanted"
    rules = tuple(_rules(values.get("rules", []), f" of feed {shown}", lines))
    return feed.but(rules=rules, tags=own, is_paused=paused is True, problem=problem)


def what_is_wrong(kind: str, what: str) -> str:
    """Return why this cannot be followed, in a few words; "" when it can."""
    if kind == "huggingface" and what not in LISTINGS and not _SEARCH.fullmatch(what):
        known = f'{", ".join(LISTINGS)} or "search: WORDS"'
        return f"huggingface: {shorten(what, 40)!r} is none of {known}{meant(what, LISTINGS)}"
    if kind == "url" and not is_web_address(what):
        return f"url: {shorten(what, 40)!r} is no address that begins with https:// or http://"
    if kind == "folder" and not (what.startswith("~") or Path(what).is_absolute()):
        return f"folder: {shorten(what, 40)!r} is no whole path, from / or ~ on"
    return ""


def read_rules(values: Any, text: str = "") -> tuple[Rule, ...]:
    """Return the rules for all feeds in `[[rules]]`; what is wrong with one is its `problem`."""
    return tuple(_rules(values, "", _Lines(text)))


def _rules(values: Any, whose: str, lines: "_Lines") -> Iterator[Rule]:
    if not isinstance(values, list):
        values = [values]
    for number, value in enumerate(values, start=1):
        when = value.get("when") if isinstance(value, dict) else None
        line = lines.find(when) if isinstance(when, str) else None
        place = f"rule {number}{whose}"
        place = f"line {line}, {place}" if line else place
        try:
            yield Rule(when if isinstance(when, str) else "", _actions(value), place)
        except ValueError as error:
            yield Rule("", (), place, str(error))


def _actions(value: Any) -> tuple[str, ...]:
    example = 'as when = "title:survey", do = "drop"'
    if not isinstance(value, dict) or not isinstance(value.get("when"), str):
        raise ValueError(f"when and do are wanted, {example}")
    odd = [name for name in value if name not in ("when", "do")]
    if odd:
        raise ValueError(f"nothing is known of {clean_line(odd[0])!r} in a rule")
    if not value["when"].strip():
        raise ValueError(f"when: a query is wanted, {example}")
    asked = value.get("do")
    words = [asked] if isinstance(asked, str) else asked
    if not isinstance(words, list) or not words or not all(isinstance(w, str) for w in words):
        raise ValueError(f"do: one of {', '.join(_ACTIONS)} is wanted, or a list of them")
    return tuple(map(_action, words))


def _action(text: str) -> str:
    word = clean_line(text)
    if word.startswith(TAG):
        try:
            return TAG + tag_name(word.removeprefix(TAG))
        except PaperError as error:
            raise ValueError(f"do: {word!r}: {error}") from None
    name = {"keep only": KEEP}.get(word, word)
    if name not in (DROP, KEEP, STAR, WANT):
        known = ", ".join(_ACTIONS)
        raise ValueError(f"do: {shorten(word, 40)!r} is none of {known}{meant(word, _ACTIONS)}")
    return name


class _Lines:
    """The lines of a file of settings, among which those of rules are found."""

    def __init__(self, text: str) -> None:
        self._lines = dict(enumerate(text.splitlines(), start=1))

    def find(self, when: str) -> int | None:
        """Return the number of the next line with a query, as far as one can tell."""
        for number, line in self._lines.items():
            if re.search(r"\bwhen\b", line) and when in line.replace("\\", ""):
                del self._lines[number]
                return number
        return None
