"""The keys that the user gives to actions in `[keys]`, and what they collide with."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from readlist.bindings import BINDINGS, ELSEWHERE, SIGNS, Key, display
from readlist.spelling import meant
from readlist.text import clean_line

_NAMED = (
    "escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end",
    "pageup", "pagedown", "up", "down", "left", "right", *(f"f{n}" for n in range(1, 25)),
)  # fmt: skip
_MODIFIERS = ("ctrl", "alt", "shift", "super", "meta", "hyper")
_WRITTEN = {sign: name for name, sign in SIGNS.items()} | {
    "return": "enter", "pgdown": "pagedown", "page_up": "pageup", "page_down": "pagedown",
    "del": "delete", "ins": "insert", "control": "ctrl",
}  # fmt: skip
"""Other names of keys that people write, those that readlist itself shows among them."""
_CHARACTERS = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at",
    "hyphen_minus": "minus", "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
"""Where the names of characters are others in Textual than in Unicode."""
_SAME = {"ctrl+i": "tab", "ctrl+m": "enter"}
"""Keys for which terminals send the same."""


class KeyNameError(ValueError):
    """No key is called so; the message is one line."""


class Remapped(NamedTuple):
    """The keys of all actions that have others than usual, by their ids, as Textual names keys
    ("" for an action that has lost its own); and what is wrong with them, a line each."""

    keys: dict[str, str]
    warnings: tuple[str, ...]


def remapped(settings: Mapping[str, Any], bindings: Sequence[Key] = BINDINGS) -> Remapped:
    """Return the keys in force by the user's settings, an action and its keys each.

    What the user gives to an action another one does not keep; what he gives to two the first has.
    Actions that are only elsewhere have keys of their own there, beside those of the list.
    Raises `ValueError` for a setting that is no text; what cannot be taken else is told of.
    """
    known = {key.id: key for key in (*bindings, *(key for keys, _ in ELSEWHERE for key in keys))}
    warnings: list[str] = []
    chosen: dict[str, list[str]] = {}
    for name, value in settings.items():
        if name not in known:
            warnings.append(f"no key is called {name!r} in [keys]{meant(name, known)}")
        else:
            keys, problems = _read(name, value)
            warnings += problems
            if keys:
                chosen[name] = keys
    own = [{k.id: chosen.pop(k.id) for k in keys if k.id in chosen} for keys, _ in ELSEWHERE]
    resolved, conflicts = _shared_out(chosen, bindings)
    in_list = dict(resolved)
    for among, (elsewhere, names) in zip(own, ELSEWHERE, strict=True):
        shared = {name: in_list[name].split(",") for name in names if in_list.get(name)}
        too, more = _shared_out(shared | among, elsewhere)
        resolved |= {key.id: too[key.id] for key in elsewhere}
        conflicts += more
    changed = {name: keys for name, keys in resolved.items() if keys != known[name].keys}
    return Remapped(changed, (*warnings, *conflicts))


def _read(name: str, value: Any) -> tuple[list[str], list[str]]:
    """Return the keys that a setting names, and what is wrong with it."""
    parts = value if isinstance(value, list) else [value]
    if not parts or not all(isinstance(part, str) and part.strip() for part in parts):
        raise ValueError(f'keys.{name}: a key is wanted, as {name} = "ctrl+w"')
    found: list[str] = []
    problems: list[str] = []
    for part in parts:
        for text in [part] if part.strip() == "," else part.split(","):
            try:
                found.append(key_named(text))
            except KeyNameError as error:
                problems.append(f"keys.{name}: {error}")
    return list(dict.fromkeys(found)), problems


def _shared_out(
    chosen: Mapping[str, Sequence[str]], bindings: Sequence[Key]
) -> tuple[dict[str, str], list[str]]:
    """Return which action has which keys, none of them two; and whom that took one from."""
    owners: dict[str, str] = {}
    resolved: dict[str, str] = {}
    lost: list[tuple[str, str, str]] = []  # an action, the one that has its key now, the key

    def give(action: str, keys: Iterable[str]) -> None:
        kept = []
        for key in keys:
            owner = owners.setdefault(identity(key), action)
            if owner == action:
                kept.append(key)
            else:
                lost.append((action, owner, key))
        resolved[action] = ",".join(kept)

    for action, keys in chosen.items():
        give(action, keys)
    for binding in bindings:
        if not resolved.get(binding.id):
            give(binding.id, binding.keys.split(","))
    told = dict.fromkeys(_conflict(*one, resolved, chosen) for one in lost)
    return resolved, list(told)


def _conflict(
    action: str, owner: str, key: str, keys: Mapping[str, str], chosen: Mapping[str, Any]
) -> str:
    left = display(keys[action])
    rest = f"{action} has {left}" if left else f"{action} has no key now: give it one"
    both = f"{owner} and {action}" if action in chosen else owner
    belongs = "" if action in chosen else f", which is {action}'s"
    return f"[keys] puts {both} on {display(key)}{belongs}: {owner} has it, {rest}"


def key_named(text: str) -> str:
    """Return Textual's name of the key that a text means. Raises `KeyNameError`.

    Modifiers stand before it, with `+`; upper case is a key of its own.
    """
    text = text.strip()
    *modifiers, base = text.split("+") if text.strip("+") and text[-1:] != "+" else (text,)
    modifiers = [_WRITTEN.get(part.strip().lower(), part.strip().lower()) for part in modifiers]
    base = base.strip()
    if len(base) > 1:
        base = base.lower()
    base = _WRITTEN.get(base, base)
    is_key = base in _NAMED or base in _character_names() or (len(base) == 1 and base.isprintable())
    if not is_key or not set(modifiers) <= set(_MODIFIERS):
        raise KeyNameError(f"no key is called {clean_line(text)!r}{_nearest(text)}")
    if len(base) == 1 and modifiers:
        if modifiers == ["shift"] and base.isalpha():
            return base.upper()
        base = _name(base.lower())
    return "+".join([*modifiers, "comma" if base == "," else base])


def identity(key: str) -> str:
    """Return the one name of a key that several names may stand for, `slash` for `/`."""
    return _SAME.get(key, key) if len(key) > 1 else _name(key)


def _name(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _CHARACTERS.get(name, name)


def _character_names() -> set[str]:
    return {_name(chr(code)) for code in range(33, 127) if not chr(code).isalnum()}


def _nearest(text: str) -> str:
    """Return `; did you mean …?`, each part of a key being the nearest that is one."""
    *modifiers, base = text.lower().replace("-", "+").split("+")
    parts = [_near(part, _MODIFIERS) for part in modifiers]
    parts.append(base if len(base) == 1 else _near(base, [*_NAMED, *sorted(_character_names())]))
    return f"; did you mean {'+'.join(parts)}?" if all(parts) else ""


def _near(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(_WRITTEN.get(name, name), known, n=1, cutoff=0.65)), "")
