"""What was made last, kept in case it is asked for again: at the next key, mostly."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Values by key; what was asked for longest ago is forgotten when they are too much."""

    def __init__(self, most: int, weight: Callable[[Value], int] = lambda _: 1) -> None:
        """`most`: the sum of all weights, as `weight` says them; one value may exceed it."""
        self._most = most
        self._weight = weight
        self._sum = 0
        self._values: dict[Hashable, Value] = {}

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made if it is not there."""
        if key in self._values:
            value = self._values.pop(key)
        else:
            value = make()
            self._sum += self._weight(value)
        self._values[key] = value  # the last one used stands last
        while self._sum > self._most and len(self._values) > 1:
            self._sum -= self._weight(self._values.pop(next(iter(self._values))))
        return value

    def clear(self) -> None:
        """Forget all values."""
        self._sum = 0
        self._values.clear()
