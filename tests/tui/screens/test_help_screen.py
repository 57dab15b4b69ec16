import pytest

from readlist.bindings import BINDINGS


@pytest.mark.parametrize("key", ["escape", "q", "?", "enter", "ctrl+c"])
async def test_it_is_left(readlist, key):
    async with readlist() as ui:
        await ui.press("?")
        assert "SORT PAPERS OUT" in ui.text
        await ui.press(key)
        assert ui.app.screen is ui.main
        assert not ui.has_ended


async def test_on_a_small_screen_it_scrolls_to_the_end(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press("?")
        assert "esc leaves" not in ui.text
        await ui.press(*["space"] * 8)
        assert "esc leaves" in ui.text
        assert BINDINGS[-1].help in ui.text
        await ui.press("k", "k", *["pageup"] * 8)
        assert "MOVE" in ui.text


async def test_it_acts_on_nothing(readlist):
    async with readlist() as ui:
        await ui.press("?", *"werbsD")
        assert ui.done == []
