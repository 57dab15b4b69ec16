"""The hint line of the demo: five keys, those first that have not been tried."""

from collections.abc import Mapping

STEPS: tuple[tuple[str, str], ...] = (
    ("down", "goes to the next paper, {up} back. Try it"),
    ("want", "puts this paper on the list “to read”"),
    ("archive", "archives this one: not for me"),
    ("undo", "takes that back, and whatever came before"),
    ("filter", "finds: type two words, then {open}; {back} clears"),
)
"""An action and what it does; other actions stand in it by name, for their keys."""

END = "{tag} tags, {export} exports, {help} all keys, {quit} leaves this throw-away library"


class Tour:
    """What a newcomer has still to try of the first keys; `keys` are those of the actions."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = keys
        self._left = dict(STEPS)

    def did(self, action: str) -> bool:
        """Note that an action was done; return whether the line is now another."""
        return self._left.pop(action, None) is not None

    @property
    def hint(self) -> tuple[str, str, str]:
        """How far one is, the key to try, and what it does."""
        if not self._left:
            return "", "", END.format_map(self._keys)
        action, words = next(iter(self._left.items()))
        so_far = f"{len(STEPS) - len(self._left) + 1} of {len(STEPS)}"
        return so_far, self._keys[action], words.format_map(self._keys)
