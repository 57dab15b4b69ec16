"""The two themes of readlist: one accent, quiet grounds."""

from collections.abc import Collection

from textual.theme import Theme

from readlist.spelling import meant
from readlist.text import clean_line

DARK = Theme(
    name="readlist-dark",
    primary="#e0a458",
    accent="#e0a458",
    foreground="#d8d4cc",
    background="#16181d",
    surface="#1c1f26",
    panel="#23262e",
    success="#8fb573",
    warning="#e0a458",
    error="#e06c75",
    dark=True,
)
LIGHT = Theme(
    name="readlist-light",
    primary="#8a4b08",
    accent="#8a4b08",
    foreground="#2b2a27",
    background="#fbfaf7",
    surface="#f1efe9",
    panel="#e8e5dd",
    success="#3f6b2a",
    warning="#8a4b08",
    error="#a8323a",
    dark=False,
)

MUTED = 0.72
"""How much of the text's colour is in quieter text; the rest is the ground's. With less it is too
faint on panels (WCAG 2.2, 1.4.3)."""

_SHORT = {"dark": DARK.name, "light": LIGHT.name, "ansi": "ansi-dark"}


def chosen(name: str | None, known: Collection[str]) -> tuple[str, str]:
    """Return the theme that a setting names, and what is wrong with it, a line; "" if nothing."""
    found = _SHORT.get(name or "dark", name or "")
    if found in known:
        return found, ""
    near = meant(found, [*_SHORT, *known])
    return DARK.name, f"there is no theme {clean_line(found)!r}{near}"
