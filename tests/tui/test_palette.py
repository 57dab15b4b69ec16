import pytest

from readlist.bindings import BINDINGS
from tests.tui.invented import NEW


async def chosen(ui, words):
    """Run the action that the palette finds for some words."""
    await ui.press("ctrl+p", *words)
    await ui.until(lambda: ui.app.screen.query("CommandInput") and ui.app.screen._list_visible)
    await ui.settles()
    await ui.press("enter")
    await ui.settles()


@pytest.mark.parametrize(
    ("words", "is_so"),
    [
        ("archive: not", lambda ui: ui.shown == NEW[1:]),
        ("starred", lambda ui: ui.shown == [10]),
        ("last tag change", lambda ui: "No tags were changed yet" in ui.message),
        ("the keys", lambda ui: "SORT PAPERS OUT" in ui.text),
        ("sort by", lambda ui: "newest import first" in ui.text),
        ("filter as you", lambda ui: ui.app.focused is ui.main.filter_line),
    ],
)
async def test_an_action_is_found_by_its_name_and_run(readlist, words, is_so):
    async with readlist() as ui:
        await chosen(ui, words)
        await ui.until(lambda: is_so(ui))


def test_names_tell_actions_apart():
    names = [key.help for key in BINDINGS]
    assert len(set(names)) == len(names)
