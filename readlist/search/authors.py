"""The authors whose names begin as a text does, for the line where it is typed."""

from collections.abc import Callable
from itertools import islice

import numpy as np

from readlist.paper import Paper
from readlist.search.index import Index, field_mask
from readlist.text import fold, words

_WORDS = 500  # that begin alike are counted
_MOST = 8  # names are returned


def authors_begun(index: Index, typed: str, paper: Callable[[int], Paper]) -> dict[str, int | None]:
    """Return the parts of authors' names that begin so, as the papers write them, with how many
    papers have each; the most frequent ones. `paper` reads a paper by its id."""
    bit = np.uint16(field_mask(("authors",)))
    alive, ids = index.columns["alive"], index.columns["id"]
    found: dict[str, tuple[int, int]] = {}
    for word in islice(dict.fromkeys(index.starting(fold(typed))), _WORDS):
        slots, flags = index.postings(word)
        slots = slots[(flags & bit) != 0]
        slots = slots[alive[slots]]
        if len(slots):
            found[word] = len(slots), int(ids[slots[0]])
    most = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:_MOST]
    names = ((_written(word, paper(number)), count) for word, (count, number) in most)
    return {name: count for name, count in names if name}


def _written(word: str, paper: Paper) -> str | None:
    """Return a folded part of a name as a paper writes it; None for two parts joined."""
    for author in paper.authors:
        for part in words(author):
            if part.folded == word:
                return author[part.start : part.end]
    return None
