from readlist.bindings import BINDINGS, display
from readlist.tui.tour import STEPS, Tour

KEYS = {key.id: display(key.keys.split(",")[0]) for key in BINDINGS}


def test_it_goes_on_when_its_step_is_done_and_counts_those_done_before_their_turn():
    tour = Tour(KEYS)
    assert tour.hint[:2] == ("1 of 5", "j")
    assert tour.did("archive")
    assert tour.hint[:2] == ("2 of 5", "j")
    assert tour.did("down")
    assert not tour.did("down")
    assert tour.did("want")
    assert tour.hint[:2] == ("4 of 5", "u")


def test_it_ends_and_names_what_else_there_is():
    tour = Tour(KEYS)
    for action, _words in STEPS:
        assert tour.did(action)
    so_far, key, words = tour.hint
    assert (so_far, key) == ("", "")
    assert words.startswith("t tags, X exports, ? all keys, q leaves")
    assert not tour.did("filter")


def test_it_names_the_keys_in_force():
    tour = Tour(KEYS | {"down": "n", "up": "p"})
    assert tour.hint[1:] == ("n", "goes to the next paper, p back. Try it")


async def test_the_demo_shows_it_and_follows_what_is_done(readlist):
    async with readlist(demo=True) as ui:
        assert ui.lines[-3].strip().startswith("j goes to the next paper")
        assert ui.lines[-3].rstrip().endswith("1 of 5")
        await ui.press("w", "j", "w", "e", "u")
        assert ui.lines[-3].strip().startswith("/ finds")
        await ui.type("/world models")
        assert "t tags, X exports, ? all keys, q leaves" in ui.lines[-3]


async def test_a_library_of_ones_own_has_none(readlist):
    async with readlist() as ui:
        assert "goes to the next paper" not in ui.text
