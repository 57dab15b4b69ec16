"""The two themes of readlist: one accent, quiet grounds."""

from textual.theme import Theme

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
