import pytest

from readlist.bindings import BINDINGS, display
from readlist.places import OTHERWISE, PLACES, TYPING, keys_in


async def test_it_is_left(readlist):
    async with readlist() as ui:
        for key in ("escape", "?", "enter", "ctrl+c"):
            await ui.press("?")
            assert "MOVE" in ui.text
            await ui.press(key)
            assert ui.app.screen is ui.main, key
        assert not ui.has_ended


async def test_on_a_small_screen_it_says_how_it_scrolls_and_does(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press("?")
        await ui.shows("space scrolls   esc leaves")
        await ui.press(*["space"] * 8)
        assert BINDINGS[-1].help in ui.text
        await ui.press("up", "up", *["pageup"] * 8)
        assert "MOVE" in ui.text
        await ui.resize(140, 60)
        await ui.shows("MOVE", BINDINGS[-1].help)
        assert "space scrolls   esc" not in ui.text


async def test_it_acts_on_nothing(readlist):
    async with readlist() as ui:
        await ui.press("?", *"werbsDq", "space", "?")
        await ui.shows("No key does that here")
        await ui.press("escape")
        assert ui.done == []
        assert not ui.has_ended


@pytest.mark.parametrize(
    ("typed", "found", "missing"),
    [
        ("tag", ["tags…", "the last tag change again"], ["archive", "MOVE"]),
        ("ctrl+d", ["half a page down"], ["half a page up"]),
        ("w", ["want to read"], ["archive: not for me"]),
        ("half up", ["half a page up"], ["half a page down"]),
    ],
)
async def test_typing_searches_by_words_and_by_the_key_itself(readlist, typed, found, missing):
    async with readlist() as ui:
        await ui.press("?", *typed)
        await ui.shows(*found)
        panel = ui.text[ui.text.index("The keys") :]
        assert not [words for words in missing if words in panel]


async def test_enter_does_what_was_searched_for(readlist):
    async with readlist() as ui:
        await ui.press("?", *"star")
        await ui.shows("▌ s            star, or take the star", "enter does it")
        await ui.press("enter")
        assert ui.paper(1).starred
        await ui.press("?", *"tag")
        await ui.shows("▌ t            tags…")
        await ui.press("down", "down", "enter")
        assert type(ui.app.screen).__name__ == "TagsScreen"


async def test_enter_on_nothing_stays_and_without_a_search_leaves(readlist):
    async with readlist() as ui:
        await ui.press("?", *"zzz", "enter")
        await ui.shows("No key does that here")
        assert ui.app.screen is not ui.main
        await ui.press(*["backspace"] * 3, "enter")
        assert ui.app.screen is ui.main


async def test_what_was_searched_for_is_done_where_one_is(readlist):
    async with readlist() as ui:
        await ui.press("T", "?", *"skip", "enter")
        assert "2 of 8" in ui.head


@pytest.mark.parametrize(("size", "keys"), [((50, 40), BINDINGS[:12]), ((140, 60), BINDINGS)])
async def test_no_text_is_cut(readlist, size, keys):
    async with readlist(size=size) as ui:
        await ui.press("?")
        await ui.shows("MOVE")
        for key in keys_in("list", keys):
            assert key.id == "demo" or all(word in ui.text for word in key.help.split()), key.id


async def test_it_shows_the_keys_of_the_place_where_it_is_opened(readlist):
    async with readlist(size=(140, 60)) as ui:
        await ui.press("?")
        await ui.shows("The keys in the list", "select and go down")
        await ui.press("escape", "enter", "?")
        await ui.shows("The keys while you read", "scroll; at the end, on to the next unread")
        assert "select and go down" not in ui.text
        await ui.press("escape", "escape", "shift+tab", "?")
        await ui.shows("The keys in the sidebar", "fold a tag")
        await ui.press("escape", "l", "l", "?")
        await ui.shows("The keys in the abstract")
        await ui.press("escape", "/", "ctrl+p", *"the keys", "enter")
        await ui.shows("The keys in the filter", "keep the filter, and go to the list")
        assert "want to read" not in ui.text


def test_places_name_only_actions_that_there_are():
    ids = {key.id for key in BINDINGS}
    assert {name for words in OTHERWISE.values() for name in words} <= ids
    assert TYPING - ids == {"complete"}
    assert set(OTHERWISE) <= set(PLACES)
    for place in PLACES:
        assert len({key.id for key in keys_in(place, BINDINGS)}) > 5


def test_a_key_that_was_lost_is_not_shown():
    keys = [key.but(keys="") for key in BINDINGS if key.id == "want"]
    assert keys_in("list", keys) == []
    assert display("") == ""


async def test_in_triage_the_keys_and_names_are_those_of_triage(readlist):
    async with readlist() as ui:
        await ui.press("T", "?")
        await ui.shows("The keys in triage", "skip, for now")
        assert "select and go down" not in ui.text
        await ui.press("escape", ":", *"filter as you")
        await ui.shows("Nothing is called so")
        await ui.press("escape", ":", *"upvotes", "enter")
        assert "leaves triage; then this can be done" in ui.text
        assert ui.done == []
