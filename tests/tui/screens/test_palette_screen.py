from tests.tui.invented import NEW


async def test_it_says_what_enter_does_and_that_nothing_is_called_so(readlist):
    async with readlist() as ui:
        await ui.press(":")
        await ui.shows("an action, or a verb and its words", "enter runs it   tab completes")
        await ui.press(*"xyzzy")
        await ui.shows("Nothing is called so")
        await ui.press("enter", "down", "tab", "pagedown")
        assert "xyzzy" in ui.text
        await ui.press("escape")
        assert ui.app.screen is ui.main
        assert ui.done == []


async def test_keys_stand_at_the_right_and_the_cursor_moves(readlist):
    async with readlist(size=(80, 24)) as ui:
        await ui.press(":")
        assert ui.line("Want to read").startswith("   ▌ Want to read")
        assert ui.line("Want to read").split()[-1] == "w"
        await ui.press("down", "down", "up")
        assert ui.line("Archive: not for me").startswith("   ▌ ")
        await ui.press("enter")
        assert ui.shown == NEW[1:]


async def test_a_verb_that_wants_words_gets_them_first(readlist):
    async with readlist() as ui:
        await ui.press(":", *"import", "enter")
        assert ui.line(": import").strip() == ": import"
        await ui.press("escape", ":", *"backu", "tab")
        await ui.shows(": backup")
        await ui.press("escape")
        assert ui.done == []


async def test_the_mouse_chooses_and_leaves(readlist):
    async with readlist() as ui:
        await ui.press(":", *"archive: not")
        await ui.click("Archive: not for me")
        await ui.until(lambda: ui.shown == NEW[1:])
        await ui.press(":")
        await ui.click("Inbox ·")
        assert ui.app.screen is ui.main
        assert len(ui.done) == 1


async def test_it_fits_a_small_screen_and_follows_another_size(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press(":", *"star")
        await ui.shows("Star, or take the star", "esc leaves")
        await ui.resize(140, 40)
        await ui.shows("Star, or take the star", "esc leaves")
