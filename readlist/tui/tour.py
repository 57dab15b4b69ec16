"""The hint line of the demo: five keys, one after the other."""

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
    """Where a newcomer is on the way through the first keys; `keys` are those of the actions."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = keys
        self._step = 0

    def did(self, action: str) -> bool:
        """Note that an action was done; return whether the hint is now another."""
        if self._step < len(STEPS) and STEPS[self._step][0] == action:
            self._step += 1
            return True
        return False

    @property
    def hint(self) -> tuple[str, str, str]:
        """How far one is, the key to try, and what it does."""
        if self._step == len(STEPS):
            return "", "", END.format_map(self._keys)
        action, words = STEPS[self._step]
        so_far = f"{self._step + 1} of {len(STEPS)}"
        return so_far, self._keys[action], words.format_map(self._keys)
