"""Which keys there are in which place, and what they do there where that is not the usual."""

from collections.abc import Iterable, Mapping, Sequence

from readlist.bindings import Key

PLACES: Mapping[str, str] = {
    "list": "in the list",
    "reading": "while you read",
    "sidebar": "in the sidebar",
    "abstract": "in the abstract",
    "filter": "in the filter",
    "triage": "in triage",
}
"""The places of the main screen, in words."""

TYPING = frozenset(
    ("open", "back", "up", "down", "next_pane", "previous_pane", "palette", "save_view", "complete")
)
"""What keys still do while a filter is typed; the others are text, or move in it."""

_SCROLLS = {
    "down": "scroll down",
    "up": "scroll up",
    "first": "to the top",
    "last": "to the end",
}
OTHERWISE: Mapping[str, Mapping[str, str]] = {
    "reading": {
        **_SCROLLS,
        "select_down": "scroll; at the end, on to the next unread",
        "next_unread": "on to the next unread paper",
        "previous_unread": "back to the unread paper before",
        "back": "back to the list",
        "quit": "back to the list",
        "filter": "back to the list, and filter",
        "export": "export this paper",
    },
    "sidebar": {
        "down": "the view or tag below",
        "up": "the view or tag above",
        "left": "fold a tag",
        "right": "unfold a tag, else to the list",
        "open": "to the list",
        "back": "to the list",
        "quit": "to the list",
        "delete": "take a view of your own away",
    },
    "abstract": {
        **_SCROLLS,
        "select_down": "a page down",
        "back": "to the list",
        "quit": "to the list",
    },
    "triage": {
        **_SCROLLS,
        "left": "archive",
        "right": "want to read",
        "next_unread": "skip, for now",
        "previous_unread": "the paper before",
        "select_down": "scroll",
        "open": "at the end, read the first that is to read",
        "back": "leave triage",
        "quit": "leave triage",
    },
    "filter": {
        "open": "keep the filter, and go to the list",
        "back": "clear it",
        "up": "the filter before",
        "down": "the filter after, else to the list",
        "next_pane": "complete the word, else to the list",
    },
}
"""What a key does in a place where it is not what it does in the list."""

_NOT_IN: Mapping[str, frozenset[str]] = {
    "reading": frozenset((
        "select", "select_range", "select_all", "left", "right", "next_pane", "previous_pane",
        "drop_part", "save_view", "open",
    )),
}  # fmt: skip


def keys_in(place: str, keys: Iterable[Key]) -> Sequence[Key]:
    """Return the keys that there are in a place, each with what it does there."""
    words = OTHERWISE.get(place, {})
    missing = _NOT_IN.get(place, frozenset())
    return [
        key.but(help=words.get(key.id, key.help))
        for key in keys
        if key.keys and key.id not in missing and (place != "filter" or key.id in TYPING)
    ]
