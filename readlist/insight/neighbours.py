"""Near-equal titles among many: sorted-neighbourhood blocking.

Titles are sorted several times, each time by other parts of them, and compared with their
neighbours only. An edit moves a title away from its twin in the orders that begin before it; so
some orders read from the first words on, others backwards from the last ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from readlist.insight.likeness import EDITS
from readlist.progress import Progress

ORDERS = ((0, False), (0, True), (2, False), (2, True), (4, False), (4, True))
"""How many words are left out at the beginning, or (True) at the end, from where it is read."""

_WINDOW = 12  # neighbours that a title is compared with
_STEP = 1000


def key(title: str, words: int, backwards: bool) -> str:
    """Return what a folded title is sorted by in an order; "" when it is too short for that."""
    if not words:
        letters = title.replace(" ", "")
        return letters[::-1] if backwards else letters
    rest = title.split(" ", words) if not backwards else title.rsplit(" ", words)
    if len(rest) <= words:
        return ""
    return rest[0].replace(" ", "")[::-1] if backwards else rest[-1].replace(" ", "")


def near_pairs(titles: Sequence[str], progress: Progress) -> Iterator[tuple[int, int]]:
    """Yield the places of titles that are 1 to `EDITS` edits apart, and not by numbers alone; some
    of them repeatedly.

    Raises `CancelledError` when it is given up.
    """
    from rapidfuzz.distance import OSA

    distance = OSA.distance
    letters = [title.replace(" ", "") for title in titles]
    bare = [re.sub(r"\d", "", text) if re.search(r"\d", text) else text for text in letters]
    progress.begin("comparing titles", len(titles) * len(ORDERS))
    for words, backwards in ORDERS:
        keys = [key(title, words, backwards) for title in titles]
        order = _ordered(keys)
        del keys
        progress.step(len(titles) - len(order))
        for start in range(0, len(order), _STEP):
            part = order[start : start + _STEP + _WINDOW]
            progress.step(min(_STEP, len(order) - start))
            for gap in range(1, _WINDOW + 1):
                for one, other in zip(part[:_STEP], islice(part, gap, None), strict=False):
                    ours, theirs = letters[one], letters[other]
                    if (
                        ours != theirs
                        and bare[one] != bare[other]  # numbers tell papers apart
                        and -EDITS <= len(ours) - len(theirs) <= EDITS
                        and distance(ours, theirs, score_cutoff=EDITS) <= EDITS
                    ):
                        yield (one, other) if one < other else (other, one)


def _ordered(keys: Sequence[str]) -> list[int]:
    """Return the places of keys in the order of these, without empty ones.

    Not sorted all at once, which would keep other threads, and so a key that is pressed, waiting.
    """
    parts: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(keys):
        if one:
            parts[one[:2]].append(place)
    found: list[int] = []
    for begins in sorted(parts):
        found += sorted(parts[begins], key=keys.__getitem__)
    return found
