import pytest
from textual import events

from readlist.tui.screens.adding import AddScreen
from readlist.tui.screens.help_screen import HelpScreen

PANELS = {
    "the editor of tags": "t",
    "all tags": "ctrl+t",
    "the chooser of a tag": "#",
    "the dialog that exports": "X",
    "the keys": "?",
    "a menu": "y",
}


@pytest.mark.parametrize("key", PANELS.values(), ids=PANELS)
async def test_a_panel_is_left_once_however_many_keys_leave_it(readlist, key):
    async with readlist() as ui:
        await ui.press("x", key)
        assert ui.app.screen is not ui.main
        panel = ui.app.screen
        panel.dismiss(None)
        panel.dismiss(None)
        await ui.press(key)
        assert ui.app.screen_stack[0] is ui.main
        assert len(ui.app.screen_stack) == 2


@pytest.mark.parametrize("key", PANELS.values(), ids=PANELS)
async def test_a_click_beside_a_panel_leaves_it(readlist, key):
    async with readlist() as ui:
        await ui.press(key)
        await ui.click("Inbox ·")
        assert ui.app.screen is ui.main and ui.done == []


async def test_a_click_beside_what_took_a_while_leaves_it_there(readlist):
    async with readlist() as ui:
        await ui.press("a")
        await ui.click("Inbox ·")
        assert isinstance(ui.app.screen, AddScreen)


async def test_a_double_click_beside_a_panel_leaves_it_once(readlist):
    async with readlist() as ui:
        await ui.press("t")
        await ui.click("Inbox ·", times=2)
        assert ui.app.screen is ui.main


async def test_what_is_typed_behind_the_key_that_leaves_does_nothing(readlist):
    async with readlist() as ui:
        for key in "qeDs":
            await ui.begin_to_type(key)
        await ui.until(lambda: ui.has_ended)
        assert ui.done == []


async def test_what_is_pasted_behind_the_key_that_leaves_does_nothing(readlist):
    async with readlist() as ui:
        await ui.press("q")
    assert not ui.app.screen_stack
    await ui.app.on_event(events.Paste("papers.json"))
    assert ui.app._exception is None


@pytest.mark.parametrize("leave", ["pop_screen", "exit"])
async def test_a_panel_that_is_taken_away_before_it_came_up_fails_nothing(readlist, leave):
    async with readlist() as ui:
        ui.app.push_screen(HelpScreen([]))
        getattr(ui.app, leave)()
        if leave == "exit":
            await ui.until(lambda: ui.has_ended)
        else:
            await ui.press()
            assert ui.app.screen is ui.main
    assert ui.app._exception is None
