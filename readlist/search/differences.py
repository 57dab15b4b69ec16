"""Which papers of a library an index does not have as they are, without reading any."""

from collections.abc import Sequence

import numpy as np

from readlist.search.columns import Columns
from readlist.search.segment import Array


def differences(
    columns: Columns,
    order: Sequence[int],
    checksums: tuple[Sequence[int], Sequence[int], set[int]],
) -> tuple[list[int], list[int]]:
    """Return the papers in `order` that may be other than in the columns, and those that are gone.

    `checksums`: ids, checksums that would be in the column `line`, and ids to leave in doubt.
    """
    wanted = np.array(order, np.int64)
    ids, sums = np.array(checksums[0], np.int64), np.array(checksums[1], np.uint32)
    doubtful = np.fromiter(checksums[2], np.int64, len(checksums[2]))
    alive = np.flatnonzero(columns["alive"])
    known, lines = columns["id"][alive], columns["line"][alive]
    same = np.setdiff1d(_common(known, lines, ids, sums), doubtful)
    return wanted[~np.isin(wanted, same)].tolist(), known[~np.isin(known, wanted)].tolist()


def _common(known: Array, lines: Array, ids: Array, sums: Array) -> Array:
    """Return the ids that both sides have with the same checksum."""
    if not len(known):
        return known
    by_id = np.argsort(known)
    known, lines = known[by_id], lines[by_id]
    places = np.minimum(np.searchsorted(known, ids), len(known) - 1)
    found: Array = ids[(known[places] == ids) & (lines[places] == sums)]
    return found
