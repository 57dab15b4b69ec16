"""The columns of the list, chosen in the settings."""

import tomllib

from readlist import config


def written():
    file = config.config_path()
    return tomllib.loads(file.read_text()) if file.exists() else {}


def heads(ui):
    return ui.line("title").split("title")[1].split()


async def test_columns_are_hidden_and_moved_in_sight_and_kept(readlist):
    async with readlist(size=(220, 40)) as ui:
        await ui.press("]")
        assert heads(ui) == ["authors", "date", "▲", "tags"]
        await ui.press(",", *"columns", "enter")
        await ui.shows("Columns", "✓ authors", "✓ tags", "space hides it")
        await ui.press("space", "j", "J")
        assert heads(ui) == ["▲", "date", "tags"]
        assert "García-Durán +6" not in ui.row(1)
        await ui.shows("space hides it", "K to the left")
        await ui.press("enter")
        await ui.until(lambda: ui.message.startswith("Columns: upvotes, date, tags, kept in"))
        assert written()["layout"]["columns"] == ["upvotes", "date", "tags"]
        await ui.press(",")
        await ui.shows("upvotes, date, tags")


async def test_escape_brings_the_columns_back(readlist):
    async with readlist(size=(220, 40)) as ui:
        await ui.press(":", *"columns…", "enter", "space", *"jxjxjx")
        assert "authors" not in ui.text.partition("Columns")[0]
        assert "García-Durán +6" not in ui.row(1)
        await ui.press("escape")
        assert "authors" in ui.line("title")
        assert "García-Durán +6" in ui.row(1)
        assert written() == {}
        assert ui.done == []


async def test_a_column_that_the_list_has_no_room_for_says_so(readlist):
    async with readlist(size=(80, 24)) as ui:
        await ui.press(",", *"columns", "enter")
        assert "no room at this width" not in ui.line("▲ upvotes")
        assert "no room at this width" in ui.line("✓ tags")
        await ui.resize(300, 40)
        await ui.until(lambda: "no room" not in ui.line("✓ tags"))


async def test_a_click_turns_a_column_and_one_beside_takes_all_back(readlist):
    async with readlist() as ui:
        await ui.press(",", *"columns", "enter")
        await ui.click("✓ authors")
        await ui.until(lambda: "authors" not in ui.line("title"))
        await ui.click("Inbox ·")
        assert "authors" in ui.line("title")
        assert ui.app.screen is ui.main


async def test_only_titles_can_be_shown(readlist):
    async with readlist() as ui:
        await ui.press(",", *"columns", "enter", "space", *"jxjxjx", "enter")
        await ui.until(lambda: ui.message.startswith("Columns: only titles, kept in"))
        assert written()["layout"]["columns"] == []
        assert ui.row(1).strip().endswith("Does Not Know")
