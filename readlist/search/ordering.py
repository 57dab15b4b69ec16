"""Slots in an order that a user asked for: by columns where they have it, else by reading."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from readlist.paper import Paper
from readlist.search.columns import NONE, STAMPS, Columns
from readlist.search.memory import Memory
from readlist.search.segment import Array
from readlist.search.sorting import SORTS, SortKey

_COLUMNS = frozenset(
    ("published", "day", *STAMPS, "upvotes", "comments", "status", "starred", "id")
)


def sort_slots(
    columns: Columns,
    slots: Array,
    keys: Sequence[SortKey],
    memory: Memory,
    read: Callable[[int], Paper],
) -> Array:
    """Return slots sorted by the first key, ties by the next, then as they were.

    Papers without a value stand last in both directions, as in `sorting.sort_ids`.
    """
    for key in reversed(keys):
        if key.field in _COLUMNS:
            slots = slots[_by_column(columns[key.field][slots], key.descending)]
        else:
            value = memory.valuer(f"sort:{key.field}", SORTS[key.field], read)
            values = list(map(value, columns["id"][slots].tolist()))
            slots = slots[_by_value(values, key.descending)]
    return slots


def _by_column(values: Array, descending: bool) -> Array:
    numbers = values.astype(np.int64)
    missing = numbers == NONE
    order = -numbers if descending else numbers
    order[missing] = np.iinfo(np.int64).max
    return np.argsort(order, kind="stable")


def _by_value(values: Sequence[Any], descending: bool) -> Array:
    places = [place for place, value in enumerate(values) if value is not None]
    places.sort(key=values.__getitem__, reverse=descending)
    places += [place for place, value in enumerate(values) if value is None]
    return np.array(places, np.int64)
