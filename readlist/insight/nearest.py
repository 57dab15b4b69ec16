"""The near-equal titles of one title, among many that are kept in several orders."""

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator

from readlist.insight import likeness
from readlist.insight.neighbours import ORDERS, key

_ORDERS = ORDERS[:4]
_WINDOW = 6  # neighbours on either side
_LONGEST = 32  # letters of a key: what comes behind changes little


class Nearest:
    """Titles by their ids, to find those that are the same but for a slip of the pen."""

    def __init__(self, titles: Iterable[tuple[int, str]] = ()) -> None:
        self._titles = {number: likeness.folded(title) for number, title in titles}
        self._bare = {number: _bare(text) for number, text in self._titles.items()}
        self._words = Counter(word for text in self._titles.values() for word in set(text.split()))
        self._orders = [
            sorted((key(text, *order)[:_LONGEST], number) for number, text in self._titles.items())
            for order in _ORDERS
        ]

    def put(self, number: int, title: str) -> None:
        """Take in a title, or what it has become."""
        text = likeness.folded(title)
        if self._titles.get(number) == text:
            return
        self.remove(number)
        self._titles[number] = text
        self._bare[number] = _bare(text)
        self._words.update(set(text.split()))
        for order, places in zip(_ORDERS, self._orders, strict=True):
            insort(places, (key(text, *order)[:_LONGEST], number))

    def remove(self, number: int) -> None:
        """Forget a title; where it stood in the orders, it is passed over."""
        self._words.subtract(set(self._titles.pop(number, "").split()))
        self._bare.pop(number, None)

    def near(self, title: str) -> list[int]:
        """Return the ids of titles that can only be the same one mistyped, the nearest first."""
        text = likeness.folded(title)
        bare = _bare(text)
        near = {
            number: likeness.edits(text, self._titles[number])
            for number in self._neighbours(text)
            if self._bare[number] != bare  # numbers tell papers apart
            and abs(len(bare) - len(self._bare[number])) <= likeness.EDITS
            and likeness.is_slip(text, self._titles[number], self._words)
        }
        return sorted(near, key=lambda number: (near[number], number))

    def is_slip(self, one: str, other: str) -> bool:
        """Say whether two titles can only be the same one mistyped."""
        return likeness.is_slip(likeness.folded(one), likeness.folded(other), self._words)

    def _neighbours(self, text: str) -> Iterator[int]:
        """Yield the titles around the place of a folded title, each once."""
        found: set[int] = set()
        for order, places in zip(_ORDERS, self._orders, strict=True):
            begins = key(text, *order)[:_LONGEST]
            if begins:
                here = bisect_left(places, (begins, 0))
                around = places[max(0, here - _WINDOW) : here + _WINDOW]
                found.update(number for _, number in around)
        return filter(self._titles.__contains__, found)


def _bare(text: str) -> str:
    """Return the letters of a folded title, without its numbers."""
    return re.sub(r"[\d ]", "", text)
