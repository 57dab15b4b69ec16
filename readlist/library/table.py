"""TinyDB's table over documents that are read one by one, and changes that are written as such."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, cast

from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from readlist.library.layer import Layer, difference, encode, plain
from readlist.library.storage import JournalStorage

_IDS = range(-(2**63), 2**63 - 1)

Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]


class Working(MutableMapping[int, Any]):
    """A table as TinyDB's updaters want it; what they do to it becomes a layer.

    Documents that it hands out may be changed in place, so they are compared in the end.
    """

    def __init__(self, storage: JournalStorage, name: str) -> None:
        self._storage = storage
        self._name = name
        self._layer = Layer()
        self._handed: dict[int, dict[str, Any]] = {}

    def __contains__(self, number: object) -> bool:
        if number in self._layer.put:
            return True
        return self._stands(number) and self._storage.has(self._name, cast(int, number))

    def __getitem__(self, number: int) -> dict[str, Any]:
        if number not in self._handed:
            text = self._layer.put.get(number)
            document = json.loads(text) if text is not None else self._below(number)
            if document is None:
                raise KeyError(number)
            self._handed[number] = document
        return self._handed[number]

    def __setitem__(self, number: int, document: Mapping[str, Any]) -> None:
        if number not in _IDS:
            raise ValueError(f"no id: {number!r}")
        text = encode(dict(document))
        if number in self:
            del self[number]
        self._layer.add(number, text)
        self._storage.give_id(self._name, number)

    def __delitem__(self, number: int) -> None:
        if number not in self:
            raise KeyError(number)
        self._handed.pop(number, None)
        self._layer.drop(number, below=self._storage.has(self._name, number))

    def __iter__(self) -> Iterator[int]:
        return iter(list(self._storage.numbers(self._name, self._layer)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Take all documents away."""
        self._handed.clear()
        self._layer.clear()

    def finish(self) -> Layer:
        """Return what was done. Raises `TypeError` or `ValueError` for what JSON cannot hold."""
        for number, document in self._handed.items():
            text = encode(document)
            if number in self._layer.put:
                self._layer.put[number] = text
                continue
            old = self._storage.document(self._name, number)
            patch = difference(old or {}, json.loads(text))
            if patch:
                self._layer.patch(number, patch)
        return self._layer

    def _stands(self, number: object) -> bool:
        return not self._layer.cleared and number not in self._layer.gone

    def _below(self, number: int) -> dict[str, Any] | None:
        return self._storage.document(self._name, number) if self._stands(number) else None


class DocumentTable(Table):
    """A table whose documents are read when they are looked at, always anew, and by id.

    As TinyDB's, but for three things: documents come in the order of their ids; the counter of ids
    never falls; what is given out is the caller's own. Each change is on the disk when it returns.
    """

    _storage: JournalStorage

    def __len__(self) -> int:
        return self._storage.count(self._name)

    def __iter__(self) -> Iterator[Document]:
        for number in self._storage.numbers(self._name):
            document = self._storage.document(self._name, number)
            if document is not None:
                yield Document(document, number)

    def doc_ids(self) -> Iterator[int]:
        """Return the ids of all documents, ascending, as they are found; none is parsed."""
        return self._storage.numbers(self._name)

    def search(self, cond: QueryLike) -> list[Document]:
        """Return the documents that match; reads all."""
        return [document for document in self if cond(document)]

    def get(  # type: ignore[override]
        self,
        cond: QueryLike | None = None,
        doc_id: int | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> Document | list[Document] | None:
        """Return the document of an id, those of several by id, or the first that matches."""
        if doc_id is not None:
            document = self._storage.document(self._name, doc_id)
            return None if document is None else Document(document, doc_id)
        if doc_ids is not None:
            found = (self.get(doc_id=number) for number in sorted(set(doc_ids)))
            return cast(list[Document], [document for document in found if document is not None])
        if cond is not None:
            return next((document for document in self if cond(document)), None)
        raise RuntimeError("You have to pass either cond or doc_id or doc_ids")

    def contains(self, cond: QueryLike | None = None, doc_id: int | None = None) -> bool:
        """Whether there is a document of that id, or one that matches."""
        if doc_id is not None:
            return self._storage.has(self._name, doc_id)
        return super().contains(cond)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Add a document; return its id. Raises `ValueError` when that id is taken."""
        with self._storage.writing():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Add documents, all or none; return their ids."""
        with self._storage.writing():
            return super().insert_multiple(documents)

    def update(
        self,
        fields: Fields,
        cond: QueryLike | None = None,
        doc_ids: Iterable[int] | None = None,
    ) -> list[int]:
        """Change documents; return their ids. Those that get given fields are not read for that."""
        with self._storage.writing():
            numbers = self._numbers(cond, doc_ids)
            if callable(fields):
                return super().update(fields, doc_ids=numbers)
            given = plain(dict(fields))
            return self._set((number, given) for number in numbers)

    def update_each(self, changes: Mapping[int, Mapping[str, Any]]) -> list[int]:
        """Set the fields of each document, by id; return the ids of those that are there."""
        with self._storage.writing():
            return self._set((n, plain(dict(fields))) for n, fields in changes.items())

    def update_multiple(
        self,
        updates: Iterable[tuple[Fields, QueryLike]],
    ) -> list[int]:
        """Change documents, for each pair of fields and condition; return their ids."""
        with self._storage.writing():
            return [number for fields, cond in updates for number in self.update(fields, cond)]

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Change the documents that match, or the one of the same id; add it if there is none."""
        with self._storage.writing():
            return super().upsert(document, cond)

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> list[int]:
        """Take documents away; return the ids of those that were there."""
        if cond is None and doc_ids is None:
            raise RuntimeError("Use truncate() to remove all documents")
        with self._storage.writing():
            return super().remove(doc_ids=self._numbers(cond, doc_ids))

    def _numbers(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> list[int]:
        if doc_ids is not None:
            return list(doc_ids)
        if cond is None:
            return list(self.doc_ids())
        return [document.doc_id for document in self if cond(document)]

    def _set(self, changes: Iterable[tuple[int, dict[str, Any]]]) -> list[int]:
        """Set fields of documents, which are not read; return the ids of those that are there."""
        layer = Layer()
        changed = []
        for number, fields in changes:
            if self._storage.has(self._name, number):
                changed.append(number)
                if fields:
                    layer.patch(number, fields)
        self._storage.fold(self._name, layer)
        return changed

    def _get_next_id(self) -> int:
        return self._storage.take_id(self._name)

    def _read_table(self) -> dict[str, Any]:
        return {str(document.doc_id): dict(document) for document in self}

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.writing():
            working = Working(self._storage, self._name)
            updater(working)
            self._storage.fold(self._name, working.finish())
