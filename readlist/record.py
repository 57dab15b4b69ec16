"""Records: what dataclasses are, made without compiling code.

`dataclasses` imports `inspect` and compiles methods for each class: a quarter of what the command
line takes to start. Type checkers see dataclasses here (PEP 681).
"""

from collections.abc import Callable
from typing import Any, ClassVar, NoReturn, Self, TypeVar, dataclass_transform

T = TypeVar("T")


class _Made:
    """A default that each record gets one of its own of."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], T]) -> T:
    """Return, in the body of a record's class, a default that is made for each record."""
    return _Made(default_factory)  # type: ignore[return-value]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record:
    """Named values, equal when all of them are; given in order or by name.

    Frozen unless the class says `frozen=False`; with `kw_only=True`, type checkers want names.
    """

    names: ClassVar[tuple[str, ...]] = ()
    """Every field's name, in order."""
    __match_args__: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}
    _made: ClassVar[tuple[tuple[str, Callable[[], Any]], ...]] = ()

    def __init_subclass__(cls, *, frozen: bool = True, kw_only: bool = False) -> None:
        cls.names = tuple(cls.__annotations__)
        cls.__match_args__ = cls.names  # type: ignore[misc]
        own = {name: vars(cls)[name] for name in cls.names if name in vars(cls)}
        cls._made = tuple((name, d.make) for name, d in own.items() if isinstance(d, _Made))
        cls._defaults = {name: d for name, d in own.items() if not isinstance(d, _Made)}
        if not frozen:
            cls.__setattr__ = object.__setattr__  # type: ignore[assignment]
            cls.__hash__ = None  # type: ignore[assignment]

    def __init__(self, *in_order: Any, **by_name: Any) -> None:
        """Take the values. Raises `TypeError` when some are missing, or there are others."""
        values = self.__dict__
        values.update(self._defaults)
        for name, make in self._made:
            if name not in by_name:
                values[name] = make()
        if in_order:
            values.update(zip(self.names, in_order, strict=False))
        values.update(by_name)
        if len(values) != len(self.names) or len(in_order) > len(self.names):
            odd = ", ".join(values.keys() ^ set(self.names)) or "too many values"
            raise TypeError(f"{type(self).__name__}: {odd}")

    def but(self, **values: Any) -> Self:
        """Return a copy with other values."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__, **values)
        if len(copy.__dict__) != len(self.names):
            raise TypeError(f"{type(self).__name__}: {', '.join(values.keys() - set(self.names))}")
        return copy

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash(tuple([getattr(self, name) for name in self.names]))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.names)
        return f"{type(self).__name__}({values})"
