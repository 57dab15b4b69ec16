from readlist.bindings import BINDINGS
from readlist.tui.keyboard import bindings


def test_bindings_carry_the_names_by_which_users_remap_them():
    made = bindings(BINDINGS)
    assert [binding.id for binding in made] == [key.id for key in BINDINGS]
    assert all(binding.priority for binding in made)


def test_no_two_bindings_share_a_key_or_a_name():
    keys = [key for binding in BINDINGS for key in binding.keys.split(",")]
    assert len(set(keys)) == len(keys)
    assert len({binding.id for binding in BINDINGS}) == len(BINDINGS)


async def test_a_burst_behind_a_key_that_opens_something_goes_there(readlist):
    async with readlist() as ui:
        for opens in "/taX:?S":
            await ui.press(opens, *"wersbDuxv*Gn")
            await ui.settles()
            assert ui.done == [], opens
            assert ui.main.papers.selected == set()
            await ui.press("escape")
            await ui.until(lambda: ui.app.screen is ui.main, opens)


async def test_a_burst_does_what_the_same_keys_do_one_by_one(readlist):
    keys = [*"jxjxwu", *"/rl", "enter", "s", "escape", *"tnew,x", "enter", *"jjb.G"]
    async with readlist() as ui:
        await ui.press(*keys)
        burst = ui.papers, ui.shown, ui.here
    ui.path.unlink()
    async with readlist() as ui:
        for key in keys:
            await ui.press(key)
        single = ui.papers, ui.shown, ui.here
    assert _without_times(burst[0]) == _without_times(single[0])
    assert burst[1:] == single[1:]


def _without_times(papers):
    times = dict.fromkeys(("decided", "started", "finished", "changed"))
    return [paper.but(**times) for paper in papers.values()]
