"""What was changed in a table since the snapshot, or within one change that is being made.

A layer lies over what is below it: the snapshot, or another layer. It is also what a line of the
journal says, as JSON, carried out in this order:

    {"papers": {"clear": true, "drop": [2], "put": {"9": {…}}, "set": {"3": {"status": "read"}},
                "unset": {"3": ["decided"]}, "next": 10}}

`clear` takes all documents that were there before; `next` says that ids below it were given
before. null in the place of the object drops the table itself.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from json import encoder as _json
from pathlib import Path
from typing import Any

from readlist.library.spool import Spool, texts

Document = dict[str, Any]

_ENCODER = json.JSONEncoder(separators=(",", ":"))
_MAKE = getattr(_json, "c_make_encoder", None)
# `JSONEncoder.encode` makes one of these at each call; for a small change that is most of its time.
_CHUNKS = _MAKE and _MAKE(
    None, _ENCODER.default, _json.encode_basestring_ascii, None, ":", ",", False, False, True
)


def encode(value: Any) -> str:
    """Return a value as compact JSON in ASCII, the encoding of every platform's TinyDB.

    Raises `TypeError` or `ValueError` for what JSON cannot hold.
    """
    if _CHUNKS is not None and type(value) is not str:
        try:
            return "".join(_CHUNKS(value, 0))
        except RecursionError:
            pass  # it holds itself, which is said below
    return _ENCODER.encode(value)


_EXACT = frozenset((str, int, bool, type(None)))  # equal ones are written alike; 0.0 and -0.0 not
_SCALARS = _EXACT | {float}


class _Gone:
    """In a patch: the field is taken away."""


GONE = _Gone()


def fresh(value: Any) -> Any:
    """Return a value as JSON keeps it, sharing nothing with the one given."""
    return value if type(value) in _SCALARS else json.loads(encode(value))


def plain(fields: Document) -> Document:
    """Return fields as JSON keeps them, sharing nothing with those given."""
    if all(type(name) is str and type(value) in _SCALARS for name, value in fields.items()):
        return fields
    found: Document = json.loads(encode(fields))
    return found


def same(one: Any, other: Any) -> bool:
    """Whether JSON would write both alike: 1, 1.0 and true differ."""
    if type(one) is type(other) and type(one) in _EXACT:
        return bool(one == other)
    return encode(one) == encode(other)


def difference(old: Document, new: Document) -> Document:
    """Return the patch that makes `new` of `old`."""
    patch = {name: GONE for name in old if name not in new}
    for name, value in new.items():
        if name not in old or not same(old[name], value):
            patch[name] = value
    return patch


def patched(document: Document, patch: Mapping[str, Any]) -> Document:
    """Carry out a patch on a document in place, and return it."""
    for name, value in patch.items():
        if value is GONE:
            document.pop(name, None)
        else:
            document[name] = fresh(value)
    return document


class Layer:
    """Changes of one table.

    `gone` holds ids that are below and no longer count, also where `put` has a new document of
    the same id; `put` the text of each new document; `patches` the fields of changed ones below.
    """

    __slots__ = ("cleared", "dropped", "gone", "next_id", "patches", "put")

    def __init__(self) -> None:
        self.cleared = False
        self.dropped = False
        self.gone: set[int] = set()
        self.put: MutableMapping[int, str] = {}
        self.patches: dict[int, Document] = {}
        self.next_id = 0

    @classmethod
    def of(cls, record: Mapping[str, Any] | None) -> "Layer":
        """Return what a line of the journal says of a table. Raises `ValueError` or its like."""
        layer = cls()
        if record is None:
            layer.cleared = layer.dropped = True
            return layer
        layer.cleared = bool(record.get("clear"))
        layer.gone = {int(number) for number in record.get("drop", ())}
        layer.put = {int(key): encode(document) for key, document in record.get("put", {}).items()}
        layer.patches = {int(key): dict(patch) for key, patch in record.get("set", {}).items()}
        for key, names in record.get("unset", {}).items():
            layer.patches.setdefault(int(key), {}).update(dict.fromkeys(names, GONE))
        layer.next_id = max(record.get("next", 0), max(layer.put, default=0) + 1)
        return layer

    def __bool__(self) -> bool:
        return bool(self.cleared or self.gone or self.put or self.patches)

    @property
    def touched(self) -> set[int]:
        """The ids of all documents that it changes, but for those that clearing takes."""
        return self.gone | self.put.keys() | self.patches.keys()

    @property
    def new(self) -> Iterable[int]:
        """The ids of all new documents, ascending."""
        return self.put.ascending() if isinstance(self.put, Spool) else sorted(self.put)

    def touches(self, number: int) -> bool:
        """Say whether it changes a document, or takes it away."""
        changes = (self.gone, self.put, self.patches)
        return self.cleared or any(number in change for change in changes)

    def clear(self) -> None:
        """Drop all documents, here and below."""
        self.cleared = True
        self.gone.clear()
        self.put.clear()
        self.patches.clear()

    def add(self, number: int, text: str) -> None:
        """Put a document, given as JSON, under an id that is free."""
        self.put[number] = text
        self.next_id = max(self.next_id, number + 1)

    def drop(self, number: int, *, below: bool) -> None:
        """Take a document away; `below` says whether what lies below has one of that id."""
        self.put.pop(number, None)
        self.patches.pop(number, None)
        if below and not self.cleared:
            self.gone.add(number)

    def patch(self, number: int, patch: Document) -> None:
        """Change fields of a document that is here or below."""
        text = self.put.get(number)
        if text is not None:
            self.put[number] = encode(patched(json.loads(text), patch))
        else:
            earlier = self.patches.get(number)
            self.patches[number] = {**earlier, **patch} if earlier else patch

    def merge(self, upper: "Layer", below: Callable[[int], bool]) -> list[int]:
        """Take in the changes of a layer above; `below` tells what lies under this one.

        Returns the ids of documents that `upper` changes and that are not there any more.
        """
        if upper.cleared:
            self.clear()
        self.dropped = upper.dropped
        for number in upper.gone:
            self.drop(number, below=below(number))
        for number, text in upper.put.items():
            self.drop(number, below=below(number))  # it is there if a damaged line had dropped it
            self.put[number] = text
        lost = []
        for number, patch in upper.patches.items():
            stands = number in self.put or number in self.patches
            if stands or (number not in self.gone and not self.cleared and below(number)):
                self.patch(number, patch)
            else:
                lost.append(number)
        self.next_id = max(self.next_id, upper.next_id)
        return lost

    @property
    def is_spooled(self) -> bool:
        """Whether its new documents are in a file, as they are too many for memory."""
        return isinstance(self.put, Spool)

    def spool(self, folder: Path) -> None:
        """Have the new documents in a file from now on. Raises `OSError`."""
        if self.put and not self.is_spooled:
            spool = texts(folder)
            spool.update(self.put)
            self.put = spool

    def record(self, *, whole: bool = False) -> str:
        """Return the layer as its part of a line; `whole` adds the counter of ids."""
        if self.dropped:
            return "null"
        parts = []
        if self.cleared:
            parts.append('"clear":true')
        if self.gone:
            parts.append(f'"drop":{encode(sorted(self.gone))}')
        if self.put:
            parts.append(f'"put":{{{",".join(_pairs(self.put.items()))}}}')
        settings, unsettings = self._patches_split()
        if settings:
            parts.append(f'"set":{encode(settings)}')
        if unsettings:
            parts.append(f'"unset":{encode(unsettings)}')
        if self.next_id > (0 if whole else max(self.put, default=-1) + 1):
            parts.append(f'"next":{self.next_id}')
        return f"{{{','.join(parts)}}}"

    def _patches_split(self) -> tuple[dict[int, Document], dict[int, list[str]]]:
        settings: dict[int, Document] = {}
        unsettings: dict[int, list[str]] = {}
        for number, patch in self.patches.items():
            if GONE not in patch.values():
                settings[number] = patch
                continue
            taken = [name for name, value in patch.items() if value is GONE]
            left = {name: value for name, value in patch.items() if value is not GONE}
            unsettings[number] = taken
            if left:
                settings[number] = left
        return settings, unsettings


class Touched:
    """What others changed: `documents` as (table, id), or, with `everything`, who knows what."""

    __slots__ = ("documents", "everything")

    def __init__(self) -> None:
        self.documents: set[tuple[str, int]] = set()
        self.everything = False

    def __bool__(self) -> bool:
        return self.everything or bool(self.documents)

    def add(self, changes: dict[str, Layer]) -> None:
        """Note what a change touches."""
        for name, layer in changes.items():
            self.everything |= layer.cleared
            self.documents.update((name, number) for number in layer.touched)


def record_of(changes: dict[str, Layer], *, whole: bool = False) -> str:
    """Return changes as a line of the journal says them."""
    parts = (f"{encode(name)}:{layer.record(whole=whole)}" for name, layer in changes.items())
    return f"{{{','.join(parts)}}}"


def _pairs(items: Iterable[tuple[int, str]]) -> Iterator[str]:
    return (f'"{number}":{text}' for number, text in items)
