from readlist.bindings import BINDINGS
from tests.tui.invented import NEW


async def chosen(ui, words):
    """Run the action that the palette finds for some words."""
    await ui.press("ctrl+p", *words)
    await ui.until(lambda: ui.app.screen.query("CommandInput") and ui.app.screen._list_visible)
    await ui.settles()
    await ui.press("enter")
    await ui.settles()


async def test_an_action_is_found_by_its_name_and_run(readlist):
    async with readlist() as ui:
        await chosen(ui, "archive: not")
        await ui.until(lambda: ui.shown == NEW[1:])
        await chosen(ui, "last tag change")
        await ui.until(lambda: "No tags were changed yet" in ui.message)
        await chosen(ui, "starred")
        await ui.until(lambda: ui.shown == [10])
        await chosen(ui, "filter as you")
        await ui.until(lambda: ui.app.focused is ui.main.filter_line)
        await chosen(ui, "the keys")
        await ui.until(lambda: "The keys" in ui.text)


async def test_a_burst_runs_what_was_typed_and_nothing_else(readlist):
    async with readlist() as ui:
        await ui.press(":", *"archive", "enter")
        await ui.until(lambda: ui.shown == NEW[1:])
        await ui.press(":", *"star", "enter")
        await ui.until(lambda: "Starred “" in ui.message)
        await ui.press(":", *"xyzzy", "enter")
        await ui.settles()
        await ui.press("escape", "escape")
        assert not ui.has_ended
        assert [label.split(" ")[0] for label in ui.done] == ["Archived", "Starred"]


def test_names_tell_actions_apart():
    names = [key.help for key in BINDINGS]
    assert len(set(names)) == len(names)
