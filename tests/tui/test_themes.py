"""Text that can be read: WCAG 2.2, 1.4.3."""

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from readlist.library.library import Library
from readlist.tui import themes
from readlist.tui.app import ReadlistApp

ENOUGH = 4.5  # contrast of normal text, level AA


def luminance(color):
    """The relative luminance of WCAG's definition."""
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted(map(luminance, (Color.parse(one), Color.parse(other))))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_what_wcag_calls_so():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


OURS = [themes.DARK, themes.LIGHT]
OTHERS = [theme for theme in BUILTIN_THEMES.values() if not theme.ansi]


@pytest.mark.parametrize("theme", [*OURS, *OTHERS], ids=lambda theme: theme.name)
def test_all_text_can_be_read_on_every_ground(tmp_path, theme):
    colors = ReadlistApp(Library(tmp_path / "l.json"), theme=theme.name).get_css_variables()
    for ground in ("background", "surface", "panel"):
        for text in ("foreground", "muted", "accent", "text-error", "text-warning"):
            below, ink = Color.parse(colors[ground]), Color.parse(colors[text])
            if ink.auto:  # Textual's "auto 87%"
                ink = below.get_contrast_text(ink.a)
            seen = contrast(below.hex6, below.blend(ink, ink.a).hex6)
            assert seen >= ENOUGH, f"{text} {colors[text]} on {ground} {colors[ground]}"


SCREENS = {
    "the list": "",
    "a selection": "x j x",
    "a filter": "/ l l m",
    "a filter that is none": "/ ( a",
    "a message that something went wrong": "j : t a g space r l enter",
    "reading": "enter",
    "tags": "t",
    "a tag that is none": "t !",
    "the menu of copies": "y",
    "the order": "S",
    "export": "X",
    "adding": "a",
    "the palette": ": s t a r",
    "the palette without a match": ": x y z z y",
    "the keys": "?",
    "settings": "comma",
    "themes": "comma enter",
    "a text": ": l i s t space - h enter",
}


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
async def test_all_text_on_every_screen_can_be_read(readlist, theme):
    async with readlist(theme=theme.name) as ui:
        for name, keys in SCREENS.items():
            await ui.press(*keys.split())
            await ui.settles()
            parts = [
                part
                for strip in ui.app.screen._compositor.render_strips()
                for part in strip
                if part.style and any(map(str.isalnum, part.text))
            ]
            assert parts, name
            for text, style, _ in parts:
                ink, ground = (Color.from_rich_color(c) for c in (style.color, style.bgcolor))
                seen = contrast(ground.hex6, ink.hex6)
                assert seen >= ENOUGH and not style.dim, f"{name}: {text!r} {ink} on {ground}"
            await ui.press(*["escape"] * 4)


@pytest.mark.parametrize("theme", ["readlist-light", "ansi-dark", "ansi-light"])
async def test_the_screen_has_the_colours_of_its_theme(readlist, theme):
    async with readlist(theme=theme) as ui:
        ground = ui.app.screen.styles.background
        assert ui.app.theme == theme
        assert ground.ansi is not None or ground == Color.parse(themes.LIGHT.background)
        await ui.press("x", "j", *"/rl", "enter", "t", "escape", "?", "escape", "enter")
        assert "Offline RL" in ui.text


async def test_a_theme_can_be_changed_while_it_runs(readlist):
    async with readlist(theme="nrod") as ui:
        assert ui.message.startswith("there is no theme 'nrod'; did you mean nord?")
        assert ui.app.screen.styles.background == Color.parse(themes.DARK.background)
        ui.app.theme = "readlist-light"
        await ui.settles()
        assert ui.app.screen.styles.background == Color.parse(themes.LIGHT.background)
        assert (
            ui.row_style(3, "Scaling").color.triplet
            == Color.parse(themes.LIGHT.foreground).rich_color.triplet
        )


async def test_without_colour_nothing_has_one_and_all_is_still_told(readlist, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with readlist() as ui:
        await ui.press("x", "j", "s")
        assert not [color for color in ui.colors if len(set(color)) > 1]
        assert ui.footer.startswith("on 1 selected:")  # a star leaves the selection
        await ui.press("x")
        assert ui.row(2).startswith("▌✓●")
