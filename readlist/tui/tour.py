"""The hint line of the demo: five keys, one after the other."""

STEPS: tuple[tuple[str, str, str], ...] = (
    ("down", "j", "goes to the next paper, k back. Try it"),
    ("want", "w", "puts this paper on the list “to read”"),
    ("archive", "e", "archives this one: not for me"),
    ("undo", "u", "takes that back, and whatever came before"),
    ("filter", "/", "finds: type two words of a title, then enter; esc clears"),
)
"""An action, its key, and what it does."""

END = ("t tags, X exports, ? shows all keys, q leaves. This library is thrown away", "")


class Tour:
    """Where a newcomer is on the way through the first keys."""

    def __init__(self) -> None:
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
        if self._step < len(STEPS):
            _action, key, words = STEPS[self._step]
            return f"{self._step + 1} of {len(STEPS)}", key, words
        return "That is the main job.", "", END[0]
