import pytest

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
