from readlist.bindings import BINDINGS


async def test_it_is_left(readlist):
    async with readlist() as ui:
        for key in ("escape", "q", "?", "enter", "ctrl+c"):
            await ui.press("?")
            assert "MOVE" in ui.text
            await ui.press(key)
            assert ui.app.screen is ui.main, key
        assert not ui.has_ended


async def test_on_a_small_screen_it_says_how_it_scrolls_and_does(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press("?")
        assert "space scrolls   esc leaves" in ui.text
        await ui.press(*["space"] * 8)
        assert BINDINGS[-1].help in ui.text
        await ui.press("k", "k", *["pageup"] * 8)
        assert "MOVE" in ui.text


async def test_it_acts_on_nothing(readlist):
    async with readlist() as ui:
        await ui.press("?", *"werbsD")
        assert ui.done == []
