"""Settings, chosen in the interface."""

import tomllib

import pytest
from textual.color import Color

from readlist import config
from readlist.tui import themes


@pytest.fixture
def written():
    """What is in the settings, {} without a file."""

    def read():
        file = config.config_path()
        return tomllib.loads(file.read_text()) if file.exists() else {}

    return read


async def test_a_theme_is_seen_while_the_cursor_is_on_it_and_kept_with_enter(readlist, written):
    async with readlist() as ui:
        await ui.press(",")
        await ui.shows("Settings", "Theme", "readlist-dark", "enter changes it   esc leaves")
        await ui.press("enter", "down")
        await ui.until(lambda: ui.app.theme == "readlist-light")
        assert ui.main.styles.background == Color.parse(themes.LIGHT.background)
        assert written() == {}
        await ui.press("enter")
        await ui.until(lambda: ui.message.startswith("Theme: readlist-light, kept in config.toml"))
        assert written() == {"theme": "readlist-light"}
        assert ui.app.screen is ui.main


async def test_escape_takes_it_back(readlist, written):
    async with readlist(theme="nord") as ui:
        await ui.press(":", *"theme", "enter")
        await ui.shows("enter keeps it   esc takes it back")
        await ui.press(*"dracula")
        await ui.until(lambda: ui.app.theme == "dracula")
        await ui.press("escape")
        assert ui.app.theme == "nord"
        await ui.press(":", *"theme", "enter", "enter")
        assert ui.message.startswith("Theme: nord, as before")
        assert written() == {}
        assert ui.done == []


async def test_keys_typed_in_a_burst_choose_what_they_name(readlist, written):
    async with readlist() as ui:
        await ui.press(",", *"theme", "enter", *"light", "enter")
        await ui.until(lambda: "kept in config.toml" in ui.message)
        assert written() == {"theme": "readlist-light"}
        await ui.press(",", *"xyzzy")
        await ui.shows("nothing is called so")
        await ui.press("enter", "escape")
        assert ui.app.screen is ui.main


async def test_a_pane_is_hidden_and_stays_so(readlist, written):
    async with readlist() as ui:
        await ui.press(",", *"sidebar", "enter")
        await ui.shows("Shown", "Hidden")
        await ui.press("down")
        await ui.until(lambda: not ui.main.has_class("-sidebar"))
        await ui.press("escape")
        await ui.until(lambda: ui.main.has_class("-sidebar"))
        await ui.press(":", *"abstract…", "enter", "down", "enter")
        await ui.until(lambda: ui.message.startswith("Abstract: Hidden, kept in config.toml"))
        assert not ui.main.has_class("-abstract")
        assert written() == {"layout": {"abstract": False}}


async def test_tags_without_unread_papers_are_hidden(readlist, written):
    async with readlist() as ui:
        await ui.press("x", "j", "x", "r")
        await ui.shows("  offline", "llm ")
        await ui.press(",", *"hide read", "enter")
        await ui.shows("With unread papers")
        await ui.press("down")
        await ui.until(lambda: "  offline" not in ui.text)
        assert "llm " in ui.text
        await ui.press("escape")
        await ui.shows("  offline")
        await ui.press(",", *"tags in", "enter", "down", "enter")
        await ui.until(lambda: ui.message.startswith("Tags in the sidebar: With unread papers"))
        assert written() == {"layout": {"unread_tags": True}}


async def test_in_the_demo_nothing_is_written(readlist, written):
    async with readlist(demo=True) as ui:
        await ui.press(",", *"theme", "enter", *"nord", "enter")
        await ui.until(lambda: ui.message.startswith("Theme: nord, in this demo"))
        assert ui.app.theme == "nord"
        assert written() == {}


async def test_what_cannot_be_written_is_said(readlist):
    file = config.config_path()
    file.mkdir(parents=True)
    async with readlist() as ui:
        await ui.press(",", *"theme", "enter", *"nord", "enter")
        await ui.until(lambda: "config.toml cannot be read" in ui.message)
        assert ui.app.theme == "nord"


async def test_the_mouse_chooses_and_a_click_beside_takes_back(readlist):
    async with readlist() as ui:
        await ui.press(",", "enter")
        await ui.click("ansi-dark")
        await ui.until(lambda: ui.app.theme == "ansi-dark")
        assert "A Reward Model That Knows" in ui.text  # the list is seen above the panel
        await ui.click("Inbox ·")
        assert ui.app.theme == "readlist-dark"
        assert ui.app.screen is ui.main
