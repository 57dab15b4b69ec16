import pytest

from readlist.tui.screens.text_screen import TextScreen


@pytest.mark.parametrize("key", ["escape", "q", "enter", "space", "ctrl+c"])
async def test_it_shows_the_text_plainly_and_is_left(readlist, key):
    async with readlist() as ui:
        await ui.app.push_screen(TextScreen("Title [/]", "[red]x[/red] \\cite{a}"))
        await ui.shows("Title [/]", "[red]x[/red] \\cite{a}", "esc leaves")
        await ui.press(key)
        assert ui.app.screen is ui.main
        assert not ui.has_ended
