import re

import pytest

from readlist.bindings import BINDINGS, display
from tests.tui.invented import NEW

TITLE = "“A Reward Model That Knows When It Does Not Know”"


def footer_keys(ui):
    return re.split("  +", ui.footer.strip())


async def test_the_footer_names_what_matters_in_the_list(readlist):
    async with readlist() as ui:
        assert footer_keys(ui) == [
            "w to read",
            "e archive",
            "s star",
            "t tag",
            "u undo",
            "/ filter",
            "enter open",
            "T one by one",
            "H by day",
            "X export",
            "q quit",
            "? all keys",
        ]


async def test_the_footer_says_what_escape_does_now(readlist):
    async with readlist() as ui:
        await ui.press("x")
        assert "esc selects none" in ui.footer
        await ui.press("escape", *"/rl")
        assert footer_keys(ui)[:3] == ["enter keeps it", "↑ those before", "esc clears it"]
        await ui.press("enter")
        assert "esc clears the filter" in ui.footer
        await ui.press("enter")
        assert "esc to the list" in ui.footer


async def test_the_footer_follows_the_pane_and_the_view(readlist):
    async with readlist() as ui:
        await ui.press("h")
        keys = ["enter to the list", "/ finds a tag", "h folds", "U only unread", "ctrl+t all tags"]
        assert footer_keys(ui) == [*keys, "[ sidebar", "? all keys"]
        await ui.press("enter", "2")
        assert "r read" in ui.footer
        await ui.press("5")
        assert "r unread" in ui.footer
        await ui.click("filter")
        assert ui.app.focused is ui.main.filter_line


async def test_a_click_into_the_filter_changes_the_footer(readlist):
    async with readlist() as ui:
        await ui.click("/", right=3)
        assert ui.footer.startswith("enter keeps it")


async def test_where_room_is_scarce_the_footer_names_what_the_main_job_needs(readlist):
    main_job = ["w to read", "e archive", "t tag", "u undo", "/ filter", "? all keys"]
    async with readlist(size=(60, 20)) as ui:
        assert footer_keys(ui) == main_job
    async with readlist(size=(80, 24)) as ui:
        assert set(footer_keys(ui)) == {*main_job, "s star", "X export"}


async def test_without_a_sidebar_the_footer_names_the_way_back_to_the_inbox(readlist):
    async with readlist(size=(90, 24)) as ui:
        assert "1 Inbox" not in ui.footer
        await ui.press("4")
        assert "1 Inbox" in ui.footer


async def test_a_click_on_a_hint_does_what_it_says(readlist):
    async with readlist(size=(140, 40)) as ui:
        await ui.click("e archive")
        assert ui.done == [f"Archived {TITLE}"]
        await ui.click("u undo")
        assert ui.paper(1).status == "new"
        await ui.click("s star")
        assert ui.paper(1).starred
        await ui.click("/ filter")
        assert ui.app.focused is ui.main.filter_line
        await ui.click("esc clears it")
        await ui.click("enter open")
        assert ui.main.is_reading
        await ui.click("esc to the list")
        await ui.click("? all keys")
        assert "The keys in the list" in ui.text
        await ui.press("escape")
        await ui.click("q quit")
        assert ui.has_ended


# Remapped keys

REMAPPED = {"want": "W", "archive": "f4,A", "view(1)": "f1", "undo": "z"}


async def test_a_remapped_key_is_in_force_and_the_old_one_is_not(readlist):
    async with readlist(keys=REMAPPED) as ui:
        await ui.press("w", "u", "e")
        assert ui.done == []
        await ui.press("W")
        assert ui.done == [f"To read {TITLE}"]
        await ui.press("A", "f4", "z")
        assert ui.shown == NEW[2:]
        await ui.press("2", "f1")
        assert "Inbox ·" in ui.head


async def test_a_remapped_key_is_named_wherever_keys_are(readlist):
    async with readlist(size=(140, 60), keys=REMAPPED, demo=True) as ui:
        assert ui.footer.startswith("W to read   f4 archive")
        await ui.press("j")
        assert ui.line("puts this paper on").strip().startswith("W puts this paper")
        await ui.press("W")
        assert "· z brings it back" in ui.message
        await ui.press("?")
        assert f"{'W':<13}want to read" in ui.text
        await ui.press("escape", "ctrl+p", *"archive")
        await ui.shows("f4 A")


async def test_an_action_that_lost_its_key_is_named_for_the_palette(readlist):
    async with readlist(keys={"want": "e", "archive": "", "undo": ""}) as ui:
        assert ui.footer.startswith("e to read   s star")
        await ui.press("e")
        assert ui.done == [f"To read {TITLE}"]
        assert ui.message.split("  ")[0].endswith("· :undo brings it back")
        await ui.press("w", "u")
        assert len(ui.done) == 1


# Help and the palette


async def test_help_shows_every_key_in_force(readlist):
    async with readlist(size=(100, 120)) as ui:
        await ui.press("?")
        for key in BINDINGS:
            shown = f"{display(key.keys):<13}{key.help}" in ui.text
            assert shown == (key.id != "demo")  # which only an empty library has
        await ui.press("w", "q", "escape")
        assert ui.done == []
        assert not ui.has_ended
        assert "SORT PAPERS OUT" not in ui.text


async def test_ctrl_c_says_how_readlist_is_left_and_leaves_nothing(readlist):
    async with readlist(keys={"quit": "Q"}) as ui:
        await ui.press("ctrl+c")
        assert ui.message.startswith("Q goes back, and from the list out of readlist")
        assert not ui.app._notifications
        await ui.press("/", "ctrl+c", "t", "ctrl+c", "escape", "enter", "ctrl+c", "?", "ctrl+c")
        assert not ui.app._notifications
        assert not ui.has_ended


async def test_ctrl_c_copies_text_that_was_selected(readlist):
    async with readlist() as ui:
        await ui.drag("Reward models are trusted", "they were trained on")
        await ui.press("ctrl+c")
        await ui.until(lambda: "selected text sent to your terminal" in ui.message)


@pytest.mark.parametrize("opens", [":", "ctrl+p"])
async def test_the_palette_finds_an_action_by_its_name_and_runs_it(readlist, opens):
    async with readlist() as ui:
        await ui.press(opens, *"want to read")
        await ui.shows("Want to read")
        await ui.press("enter")
        await ui.until(lambda: ui.done == [f"To read {TITLE}"])
        assert ui.shown == NEW[1:]


async def test_the_palette_lists_actions_before_anything_is_typed(readlist):
    async with readlist() as ui:
        await ui.press(":")
        await ui.shows("Want to read", "Archive: not for me")
        assert "Maximize" not in ui.text
        await ui.press("escape")
        assert ui.shown == NEW
        assert ui.done == []


async def test_the_palette_opens_from_the_filter_and_a_colon_there_is_text(readlist):
    async with readlist() as ui:
        await ui.type("/tag:llm")
        assert ui.shown == [5, 7]
        await ui.press("ctrl+p", *"not for me")
        await ui.shows("Archive: not for me")


async def test_every_action_of_the_bindings_is_there(readlist):
    async with readlist() as ui:
        for key in BINDINGS:
            assert hasattr(ui.main, f"action_{key.id.partition('(')[0]}")
