"""What a snapshot and a journal found side by side are to each other, and what is done about it.

Nothing that was acknowledged is dropped: what cannot be brought together is set aside in a file of
its own, and the user is told.
"""

import time
from enum import Enum, auto
from itertools import chain, count
from pathlib import Path
from typing import Any

from readlist.library import disk
from readlist.library.beside import beside
from readlist.library.disk import UncertainError
from readlist.library.documents import Documents
from readlist.library.journal import Binding, Journal
from readlist.library.layer import Layer, encode
from readlist.library.snapshot import Snapshot


class Fit(Enum):
    """How a journal and a snapshot belong together."""

    NONE = auto()  # there is no journal
    BOUND = auto()  # the journal's changes follow this very snapshot
    DAMAGED = auto()  # its first line is damaged, so whether they do shows in the others
    EDITED = auto()  # another program changed the snapshot under the journal
    STALE = auto()  # the snapshot has the journal's changes: a crash within compaction
    STRANGE = auto()  # the snapshot is another one


def fit(base: Snapshot, journal: Journal | None) -> Fit:
    """Return how the two belong together."""
    if journal is None:
        return Fit.NONE
    binding = journal.binding
    if binding is None:
        journal.assume(base.contents.generation)
        return Fit.DAMAGED
    if base.stamp is not None and binding.generation == base.contents.generation:
        return Fit.BOUND if binding == binding_of(base) else Fit.EDITED
    return Fit.STALE if binding.generation in base.contents.follows else Fit.STRANGE


def binding_of(base: Snapshot) -> Binding:
    """Return what a journal says to belong to this snapshot."""
    return Binding(base.contents.generation, base.contents.size, base.contents.crc)


def layers_of(record: dict[str, Any]) -> dict[str, Layer]:
    """Return what a line of the journal changes, by table. Raises `ValueError` and its like."""
    return {name: Layer.of(part) for name, part in record.items()}


def replay_on_edited(documents: Documents, records: list[dict[str, Any]]) -> tuple[int, int]:
    """Carry out the journal's changes on a snapshot that another program changed meanwhile.

    A document that it added under an id given here too gets a new id. Returns how many got one,
    and how many changes were to documents that it took away.
    """
    changes = [layers_of(record) for record in records]
    for layers in changes:  # so that new ids are behind all that were given
        for name, layer in layers.items():
            known = documents.layers.setdefault(name, Layer())
            known.next_id = max(known.next_id, layer.next_id)
    moved = lost = 0
    for layers in changes:
        for name, layer in layers.items():
            moved += _make_room(documents, name, layer)
            lost += documents.settle({name: layer})
    return moved, lost


def _make_room(documents: Documents, name: str, layer: Layer) -> int:
    known = documents.layers[name]
    if layer.cleared:
        return 0
    taken = [n for n in layer.put if n not in layer.gone and documents.has(name, n)]
    for number in taken:
        document = documents.settled(name, number)
        known.drop(number, below=documents.base.has(name, number))
        known.add(documents.next_id(name), encode(document))
    return len(taken)


def set_aside(path: Path, kind: str, data: bytes) -> Path:
    """Keep bytes in a new file beside the library, synced; return which. Raises `OSError`."""
    target = free_name(path, kind)
    disk.write_file(target, data)
    disk.sync_folder(path.parent)
    return target


def free_name(path: Path, kind: str) -> Path:
    """Return a name beside the library, with the time, that no file has."""
    kind = f"{kind}-{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}"
    kinds = chain([kind], (f"{kind}-{number}" for number in count(2)))
    return next(name for one in kinds if disk.look(name := beside(path, one)) is None)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def uncertain(path: Path) -> UncertainError:
    """Return the error for a change of which the disk did not say that it has it."""
    return UncertainError(
        path,
        "the disk did not confirm the change, which may be lost",
        "check the disk; the next change writes the library anew",
    )
