from readlist.tui.screens.text_screen import TextScreen


async def test_it_shows_the_text_plainly_and_is_left(readlist):
    async with readlist() as ui:
        for key in ("escape", "q", "enter", "ctrl+c"):
            await ui.app.push_screen(TextScreen("Title [/]", "[red]x[/red] \\cite{a}"))
            await ui.shows("Title [/]", "[red]x[/red] \\cite{a}", "esc leaves")
            await ui.press(key)
            assert ui.app.screen is ui.main, key
        assert not ui.has_ended
