import pytest

from readlist.tui.screens.menu import Choice, Menu

CHOICES = [Choice("a", "first", "one"), Choice("b", "second [/]", "two"), Choice("j", "third", "3")]


@pytest.fixture
def menu(readlist):
    """Opens a menu over the list; `taken` gets what it returns."""

    async def opened(ui, taken, live=None):
        await ui.app.push_screen(Menu("Title [/]", CHOICES, live), taken.append)
        await ui.shows("Title [/]", "b  second [/]")

    return opened


async def test_a_key_chooses(readlist, menu):
    values = {
        ("b",): "two",
        ("j",): "3",
        ("enter",): "one",
        ("down", "enter"): "two",
        ("down", "down", "down", "up", "enter"): "two",
        ("escape",): None,
        ("q",): None,
        ("ctrl+c",): None,
        ("z", "w", "b"): "two",
    }
    async with readlist() as ui:
        for keys, value in values.items():
            taken = []
            await menu(ui, taken)
            await ui.press(*keys)
            assert taken == [value], keys
            assert ui.app.screen is ui.main
        assert ui.done == []


async def test_a_click_chooses(readlist, menu):
    taken = []
    async with readlist() as ui:
        await menu(ui, taken)
        await ui.click("second")
        assert taken == ["two"]


async def test_a_live_menu_stays_and_tells_each_choice(readlist, menu):
    taken, live = [], []
    async with readlist() as ui:
        await menu(ui, taken, live.append)
        await ui.press("b", "down", "a")
        assert live == ["two", "3", "one"]
        assert taken == []
        assert ui.line("first").strip().startswith("▌")
        await ui.press("enter")
        assert taken == [None]
