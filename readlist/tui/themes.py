"""The two themes of readlist, one accent and quiet grounds; and what all themes are checked for."""

from collections.abc import Collection, Mapping, Sequence

from textual.color import Color
from textual.theme import Theme

from readlist.spelling import meant
from readlist.text import clean_line
from readlist.tui.palette import Entry

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

_MUTED = 0.72  # how much of the text's colour is in quieter text; the rest is the ground's
_ENOUGH = 4.5  # contrast, for normal text (WCAG 2.2, 1.4.3, level AA)
_GROUNDS = ("background", "surface", "panel")
_INKS = ("foreground", "accent", "text-error", "text-warning")


def with_muted(variables: dict[str, str], theme: Theme) -> dict[str, str]:
    """Return a theme's variables with `$muted`, the quieter text, and every colour that readlist
    writes in brought so far from the grounds that it can be read. Those of the terminal stay."""
    if theme.ansi:
        return variables | {"muted": variables["text-muted"]}
    if theme in (DARK, LIGHT):  # a test looks at them
        ground, text = (Color.parse(variables[name]) for name in ("background", "foreground"))
        return variables | {"muted": ground.blend(text, _MUTED).hex6}
    grounds = [Color.parse(variables[name]) for name in _GROUNDS]
    inks = {name: Color.parse(variables[name]) for name in _INKS}
    text = inks["foreground"] = _readable(inks["foreground"], grounds)
    inks["muted"] = grounds[0].blend(text, _MUTED)
    found = {name: _readable(_opaque(ink, grounds[0]), grounds).hex6 for name, ink in inks.items()}
    return variables | found


def _opaque(ink: Color, ground: Color) -> Color:
    """Return a colour without alpha, and of Textual's `auto` the one that it stands for."""
    if ink.auto:
        ink = ground.get_contrast_text(ink.a)
    return ground.blend(ink, ink.a).with_alpha(1) if ink.a < 1 else ink


def _readable(ink: Color, grounds: Sequence[Color]) -> Color:
    """Return a colour nearest to `ink` that has enough contrast on all grounds, else the best."""
    if _least(ink, grounds) >= _ENOUGH:
        return ink
    far = max((Color(0, 0, 0), Color(255, 255, 255)), key=lambda color: _least(color, grounds))
    steps = (ink.blend(far, part / 20) for part in range(1, 20))
    return next((color for color in steps if _least(color, grounds) >= _ENOUGH), far)


def _least(ink: Color, grounds: Sequence[Color]) -> float:
    return min(contrast(ink, ground) for ground in grounds)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2: relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_SHORT = {"dark": DARK.name, "light": LIGHT.name, "ansi": "ansi-dark"}


def chosen(name: str | None, known: Collection[str]) -> tuple[str, str]:
    """Return the theme that a setting names, and what is wrong with it, a line; "" if nothing."""
    found = _SHORT.get(name or "dark", name or "")
    if found in known:
        return found, ""
    near = meant(found, [*_SHORT, *known])
    return DARK.name, f"there is no theme {clean_line(found)!r}{near}"


def entries(known: Mapping[str, Theme]) -> list[Entry]:
    """Return the themes to choose from: ours, the terminal's own colours, Textual's."""
    ours = (DARK.name, LIGHT.name)

    def place(name: str) -> tuple[bool, bool, bool]:
        return name not in ours, not known[name].ansi, not known[name].dark

    return [Entry(name, name, detail=_words(known[name])) for name in sorted(known, key=place)]


def _words(theme: Theme) -> str:
    ground = "dark" if theme.dark else "light"
    return f"your terminal's own colours, {ground}" if theme.ansi else ground
