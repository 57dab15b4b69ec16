"""The near-equal titles of one title, among many that are kept in several orders."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator

from readlist.insight import likeness
from readlist.insight.neighbours import ORDERS, key

_WINDOW = 10  # neighbours on either side
_LONGEST = 32  # letters of a key: what comes behind changes little


class Nearest:
    """Titles by their ids, to find those that are the same but for a slip of the pen."""

    def __init__(self, titles: Iterable[tuple[int, str]] = ()) -> None:
        self._titles = {number: likeness.folded(title) for number, title in titles}
        self._words = Counter(word for text in self._titles.values() for word in set(text.split()))
        self._orders = [
            sorted(
                (key(title, *order)[:_LONGEST], number) for number, title in self._titles.items()
            )
            for order in ORDERS
        ]

    def put(self, number: int, title: str) -> None:
        """Take in a title, or what it has become."""
        text = likeness.folded(title)
        if self._titles.get(number) == text:
            return
        self.remove(number)
        self._titles[number] = text
        self._words.update(set(text.split()))
        for order, places in zip(ORDERS, self._orders, strict=True):
            insort(places, (key(text, *order)[:_LONGEST], number))

    def remove(self, number: int) -> None:
        """Forget a title; where it stood in the orders, it is passed over."""
        self._words.subtract(set(self._titles.pop(number, "").split()))

    def near(self, title: str) -> list[int]:
        """Return the ids of titles that can only be the same one mistyped, the nearest first."""
        text = likeness.folded(title)
        near = {
            number: likeness.edits(text, self._titles[number])
            for number in set(self._neighbours(text))
            if abs(len(text) - len(self._titles[number])) <= 2 * likeness.EDITS
            and likeness.is_slip(text, self._titles[number], self._words)
        }
        return sorted(near, key=lambda number: (near[number], number))

    def _neighbours(self, text: str) -> Iterator[int]:
        for order, places in zip(ORDERS, self._orders, strict=True):
            begins = key(text, *order)[:_LONGEST]
            if begins:
                here = bisect_left(places, (begins, 0))
                for _, number in places[max(0, here - _WINDOW) : here + _WINDOW]:
                    if number in self._titles:
                        yield number
