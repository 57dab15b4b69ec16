"""Edits as JSON, for the history; those of many papers read a part at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tinydb.table import Document as Row

from readlist.change import AddPaper, AddTag, DeletePaper, Edit, RemoveTag, SetField
from readlist.library.table import DocumentTable

_EDITS: dict[str, Callable[..., Edit]] = {
    "set": SetField,
    "+tag": AddTag,
    "-tag": RemoveTag,
    "add": AddPaper,
    "delete": DeletePaper,
}


def edits_to_json(edits: Mapping[int, Sequence[Edit]]) -> list[list[Any]]:
    """Return edits as JSON values, `[id, [kind, …], …]` a paper; added papers by id alone."""
    return [[i, *(_edit_to_json(edit) for edit in own)] for i, own in edits.items()]


def _edit_to_json(edit: Edit) -> list[Any]:
    match edit:
        case SetField():
            return ["set", edit.name, edit.new, edit.old]
        case AddTag():
            return ["+tag", edit.tag]
        case RemoveTag():
            return ["-tag", edit.tag]
        case AddPaper():
            return ["add", None, edit.changed]
        case DeletePaper():
            return ["delete", edit.document]


def edits_from_json(values: list[list[Any]]) -> dict[int, list[Edit]]:
    """Return the edits that `edits_to_json` wrote."""
    return {row[0]: edits_of(row) for row in values}


def edits_of(row: list[Any]) -> list[Edit]:
    """Return the edits of one paper, of which `edits_to_json` wrote `row`."""
    return [_EDITS[kind](*rest) for kind, *rest in row[1:]]


class Rows:
    """What `edits_to_json` made of the edits of a change, a paper each; `parts` are read anew."""

    def __init__(
        self, table: DocumentTable, parts: Sequence[int], rest: list[list[Any]], number: int
    ) -> None:
        self._table, self._parts, self._rest, self._number = table, parts, rest, number

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[list[Any]]:
        for number in self._parts:
            part = self._table.get(doc_id=number)
            if isinstance(part, Row):
                yield from part["edits"]
        yield from self._rest


class ManyEdits(Mapping[int, Sequence[Edit]]):
    """The edits of a change of many papers; to be gone through in order."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._row: list[Any] = [0]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[int]:
        for row in self._rows:
            self._row = row
            yield row[0]

    def __getitem__(self, number: int) -> list[Edit]:
        if self._row[0] != number:
            self._row = next((row for row in self._rows if row[0] == number), [0])
        if self._row[0] != number:
            raise KeyError(number)
        return edits_of(self._row)
