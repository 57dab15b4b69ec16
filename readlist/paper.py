"""A paper: its fields, and how one is read from and written to a plain document (a dict)."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self

from readlist.identifiers import is_web_address, normalise
from readlist.record import Record, field
from readlist.text import clean, clean_json, clean_line

Document = dict[str, Any]


class Status(StrEnum):
    """What the user decided about a paper; one at a time."""

    NEW = "new"
    TO_READ = "to-read"
    READING = "reading"
    READ = "read"
    ARCHIVED = "archived"

    @property
    def sign(self) -> str:
        """The sign that stands for the status in lists, one cell wide."""
        return {"new": "●", "to-read": "○", "reading": "◐", "read": "·", "archived": "×"}[self]

    @property
    def words(self) -> str:
        """The status as people read it."""
        return self.value.replace("-", " ")


class PaperError(ValueError):
    """A document is no paper; the message says which field and why, in a few words."""


class Paper(Record, kw_only=True):
    """One paper, as the contract with users lists its fields. The order is that of exports.

    `id` is 0 and `uid` and `citekey` are "" until the paper is in a library. Lists and dicts are
    shared between copies: nobody changes them in place.
    """

    id: int = 0
    uid: str = ""
    citekey: str = ""
    type: str = "article"
    title: str
    abstract: str = ""
    authors: list[str] = field(default_factory=list)
    author_count: int | None = None
    organization: str | None = None
    venue: str | None = None
    published: str | None = None
    identifiers: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    upvotes: int | None = None
    comments: int | None = None
    status: Status = Status.NEW
    starred: bool = False
    tags: list[str] = field(default_factory=list)
    note: str = ""
    added: str | None = None
    decided: str | None = None
    started: str | None = None
    finished: str | None = None
    changed: str | None = None
    sources: list[dict[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Mapping[str, Any], number: int) -> Self:
        """Return the paper that the library keeps as `document` under the id `number`.

        A field that a stranger's edit has spoilt is cleaned, or takes its default, so that one
        bad value hides neither its paper nor the others.
        """
        values: Document = {}
        for name, value in document.items():
            right = _KEPT_TYPES.get(name)
            if right is None or not isinstance(value, right):
                continue
            if not value or _is_plain(value):
                values[name] = value
            else:
                with suppress(PaperError):
                    values[name] = _READERS[name](value)
        try:
            values["status"] = Status(values.get("status", Status.NEW))
        except ValueError:
            values["status"] = Status.NEW
        values["id"] = number
        values.setdefault("title", "(no title)")
        return cls(**values)

    @classmethod
    def read(cls, document: object, sound: Mapping[str, Any] | None = None) -> Self:
        """Return the paper in a document from outside, cleaned; missing fields take defaults.

        Fields without a place here go to `extra`. `sound` are fields that need no more cleaning.
        Raises `PaperError` for what is no paper.
        """
        if type(document) is not dict and not isinstance(document, Mapping):
            raise PaperError("a paper is an object with a title")
        values: Document = {}
        homeless: Document = {}
        for name, value in document.items():
            reader = _READERS.get(name)
            if reader is None:
                homeless[clean_line(str(name))] = clean_json(value)
                continue
            try:
                values[name] = reader(value)
            except PaperError as error:
                raise PaperError(f"{name}: {error}") from None
        values.update(sound or ())
        if not values.get("title"):
            raise PaperError("it has no title")
        if homeless:
            values["extra"] = homeless | values.get("extra", {})
        return cls(**values)

    def document(self) -> Document:
        """Return the paper as the library keeps it: every field but the id, which is the key."""
        found = self.export()
        del found["id"]
        return found

    def export(self) -> Document:
        """Return the paper with every field, in the contract's order, for JSON."""
        found = {name: getattr(self, name) for name in FIELDS}
        found["status"] = str(self.status)
        return found

    @property
    def number_of_authors(self) -> int | None:
        """How many authors the paper has, as far as is known."""
        if self.author_count is not None:
            return max(self.author_count, len(self.authors))
        return len(self.authors) or None

    @property
    def is_unread(self) -> bool:
        """Whether the paper still waits: new or to read."""
        return self.status in (Status.NEW, Status.TO_READ)


FIELDS: tuple[str, ...] = Paper.names
"""Every field's name, in the order of the contract."""

OWN_FIELDS = frozenset(
    ("status", "starred", "tags", "note", "files", "decided", "started", "finished")
)
"""Fields that are the user's own, not facts about the paper."""

_TAG_SPACES = re.compile(r"[\s,;]+")
_NOT_IN_TAG = re.compile(r"[^\w/.\-]")
_PUBLISHED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


@lru_cache(maxsize=1000)  # what one paper has, others have
def tag_name(text: str) -> str:
    """Return `text` as a tag: lower case, spaces as `-`, other signs left out.

    Raises `PaperError` when no letter or digit is left.
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    name = text if text.isascii() else clean_line(text)
    name = _NOT_IN_TAG.sub("", _TAG_SPACES.sub("-", name.strip().lstrip("#").lower()))
    name = re.sub("/{2,}", "/", name).strip("/")
    while name and not name[0].isalnum():
        name = name[1:].lstrip("/")
    if not name:
        raise PaperError("a tag needs a letter or a digit")
    return name


def timestamp(moment: datetime) -> str:
    """Return a moment as papers keep it: ISO 8601, UTC, to the second."""
    plain = moment.astimezone(UTC).replace(tzinfo=None)
    return plain.isoformat(timespec="seconds") + "Z"  # strftime writes the year 999 so


def _is_plain(value: Any) -> bool:
    """Whether nothing in a value needs cleaning; no is no certain no."""
    if type(value) is str:
        return value.isprintable() or value.replace("\n", "").isprintable()
    if not value or type(value) not in (list, dict):
        return True
    try:
        texts = value if type(value) is list else (*value, *value.values())
        return "".join(texts).isprintable()
    except TypeError:  # other things than texts
        return type(value) is list and all(type(v) is dict and _is_plain(v) for v in value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise PaperError("a text is wanted")
    return clean(value).strip()


def _line(value: Any) -> str:
    if not isinstance(value, str):
        raise PaperError("a text is wanted")
    return clean_line(value)


def _line_or_none(value: Any) -> str | None:
    return (_line(value) or None) if value is not None else None


def _lines(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise PaperError("a list of texts is wanted")
    return [line for line in map(_line, value) if line]


def _whole_number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise PaperError("a whole number is wanted")
    if not -(2**63) <= value < 2**63:
        raise PaperError("the number is too large")
    return value


def _count(value: Any) -> int | None:
    if value is None:
        return None
    if _whole_number(value) < 0:
        raise PaperError("a count cannot be negative")
    return int(value)


def _identity(value: Any) -> int:
    if _whole_number(value) < 1:
        raise PaperError("an id is 1 or more")
    return int(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise PaperError("true or false is wanted")
    return value


def _status(value: Any) -> Status:
    try:
        return Status(value)
    except ValueError:
        known = ", ".join(Status)
        raise PaperError(f"{clean_line(str(value))[:40]!r} is none of {known}") from None


def _tags(value: Any) -> list[str]:
    return sorted({tag_name(name) for name in _lines(value)})


def _published(value: Any) -> str | None:
    return _date(line) if (line := _line_or_none(value)) else None


@lru_cache(maxsize=1000)  # years and months are met again and again
def _date(line: str) -> str:
    match = _PUBLISHED.match(line)
    if match is None:
        raise PaperError("a date as 2024, 2024-01 or 2024-01-02 is wanted")
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise PaperError(f"there is no day {line}") from None
    return line


def _moment(value: Any) -> str | None:
    line = _line_or_none(value)
    if line is None:
        return None
    try:
        moment = datetime.fromisoformat(line)
        return timestamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        raise PaperError("a time as 2024-01-02T03:04:05Z is wanted") from None


def _names(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise PaperError("an object of texts is wanted")
    return {_line(name): _line(text) for name, text in value.items() if text is not None}


def _identifiers(value: Any) -> dict[str, str]:
    pairs = (normalise(name, text) for name, text in _names(value).items() if name and text)
    return dict(sorted(pairs))


def _urls(value: Any) -> dict[str, str]:
    found = _names(value)
    for name, url in found.items():
        if not is_web_address(url):
            raise PaperError(f"{name} is no http or https address")
    return found


def _sources(value: Any) -> list[dict[str, str]]:
    if not isinstance(value, list):
        raise PaperError("a list of objects is wanted")
    return [_names(source) for source in value]


def _extra(value: Any) -> Document:
    if not isinstance(value, dict):
        raise PaperError("an object is wanted")
    return clean_json(value)  # type: ignore[no-any-return]


_READERS: dict[str, Callable[[Any], Any]] = {
    "id": _identity,
    "uid": _line,
    "citekey": _line,
    "type": _line,
    "title": _line,
    "abstract": _text,
    "authors": _lines,
    "author_count": _count,
    "organization": _line_or_none,
    "venue": _line_or_none,
    "published": _published,
    "identifiers": _identifiers,
    "urls": _urls,
    "categories": _lines,
    "upvotes": _count,
    "comments": _count,
    "status": _status,
    "starred": _flag,
    "tags": _tags,
    "note": _text,
    "added": _moment,
    "decided": _moment,
    "started": _moment,
    "finished": _moment,
    "changed": _moment,
    "sources": _sources,
    "files": _lines,
    "extra": _extra,
}


def spoilt_fields(document: Mapping[str, Any]) -> Document:
    """Return the fields of a paper, as the library keeps it, whose value no paper can have.

    Each with the value to put there. Fields that are not there, or not known, are fine.
    """
    default = Paper.of({}, 0).document()
    found = {}
    for name, value in document.items():
        if name not in default:
            continue
        try:
            _READERS[name](value)
            is_right = isinstance(value, _KEPT_TYPES[name])
        except PaperError:
            is_right = False
        if not is_right:
            found[name] = default[name]
    if not document.get("title", ""):
        found["title"] = default["title"]
    return found


_OPTIONAL_TEXTS = (
    "organization", "venue", "published", "added", "decided", "started", "finished", "changed",
)  # fmt: skip
_KEPT_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("uid", "citekey", "type", "title", "abstract", "status", "note"), str),
    **dict.fromkeys(_OPTIONAL_TEXTS, (str, type(None))),
    **dict.fromkeys(("author_count", "upvotes", "comments"), (int, type(None))),
    **dict.fromkeys(("authors", "categories", "tags", "files", "sources"), list),
    **dict.fromkeys(("identifiers", "urls", "extra"), dict),
    "starred": bool,
}
