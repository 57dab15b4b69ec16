"""What messages of all of readlist advise, as it is done in the interface: by keys, and by `:`."""

import re
from collections.abc import Callable

_BY_KEY = {"update": "update", "undo": "undo", "redo": "redo", "complete": "fill_in"}
"""Verbs that have a key here, and its action."""

_QUOTED = re.compile(r"`(readlist [^`]*)`")
_VERB = re.compile(r"\breadlist ([a-z]+)\b(?: [\d ]+, in a terminal,)?")
_OPTION = re.compile(r"(?<![^ ])--(page-date|since)\b")
_OF = {
    "page-date": ":import FILE --page-date",
    "since": "in a shell, readlist update --since",
}


def _named(action: str) -> str:
    return f":{action.replace('_', ' ')}"


def in_interface(text: str, key: Callable[[str], str] = _named) -> str:
    """Return a message in which `readlist feeds add` is `:feeds add`, and `readlist update` the key
    that does so; `key` names the key of an action."""
    from readlist.commands.verbs import VERBS

    verbs = {verb.name for verb in VERBS}

    def told(found: re.Match[str]) -> str:
        verb = found[1]
        if verb in _BY_KEY:
            return key(_BY_KEY[verb])
        return f":{verb}" if verb in verbs else found[0]

    text = _VERB.sub(told, _QUOTED.sub(r"\1", text))
    return _OPTION.sub(lambda found: _OF[found[1]], text)
