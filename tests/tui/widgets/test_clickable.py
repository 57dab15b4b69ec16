from types import SimpleNamespace

from readlist.tui.widgets.clickable import is_beside


async def test_a_click_behind_the_edge_of_the_window_was_beside_nothing(readlist):
    async with readlist(size=(80, 24)) as ui:
        await ui.press(":")
        screen = ui.app.screen
        assert is_beside(screen, SimpleNamespace(screen_offset=(0, 0)))
        assert not is_beside(screen, SimpleNamespace(screen_offset=(500, 5)))
