"""Panes: hidden, resized, by key and mouse; kept; where there is no room, one at a time."""

import pytest

from readlist import config
from readlist.layout import Layout
from tests.tui.invented import PAPERS


def widths(ui):
    """How wide the sidebar, the list and the abstract are on the screen."""
    return [pane.region.width for pane in (ui.main.sidebar, ui.main.papers, ui.main.pane)]


async def drag(ui, gap, cells):
    """Take the gap with this id, and move it so many cells."""
    region = ui.main.query_one(gap).region
    x, y = region.x, region.y + 5
    await ui._pilot.mouse_down(offset=(x, y))
    await ui._pilot.hover(offset=(x + cells, y))
    await ui._pilot.mouse_up(offset=(x + cells, y))
    await ui._pilot.pause()


async def saved(ui):
    """Wait until the layout is in the settings; return it."""
    await ui.until(lambda: not ui.main._unsaved, "the layout to be kept")
    await ui.settles()
    return config.load().layout


async def test_a_key_hides_a_pane_and_the_list_takes_its_room(readlist):
    async with readlist() as ui:
        sidebar, papers, pane = widths(ui)
        assert "trusted far outside" in ui.text
        await ui.press("[")
        assert widths(ui) == [0, papers + sidebar, pane]
        assert "TAGS" not in ui.text
        assert ui.head.startswith("Inbox")
        await ui.press("]")
        assert widths(ui)[2] == 0
        assert "trusted far outside" not in ui.text
        await ui.press("[", "]")
        assert widths(ui) == [sidebar, papers, pane]


async def test_keys_move_the_gap_beside_the_pane_that_has_them(readlist):
    async with readlist() as ui:
        sidebar, papers, pane = widths(ui)
        await ui.press("<", "<")
        assert widths(ui) == [sidebar, papers - 4, pane + 4]
        await ui.press(">", "h", ">", ">", ">")
        assert widths(ui) == [sidebar + 6, papers - 2 - 6, pane + 2]
        await ui.press(*["<"] * 30)
        assert 10 < widths(ui)[0] < 20
        await ui.press("l", *["<"] * 99)
        assert widths(ui)[1] >= 38, "the list keeps room for a title"


async def test_the_mouse_drags_a_gap_and_hides_a_pane_at_the_edge(readlist):
    async with readlist() as ui:
        sidebar, papers, pane = widths(ui)
        await drag(ui, "#sidebar-gap", 9)
        await drag(ui, "#abstract-gap", -7)
        assert widths(ui) == [sidebar + 9, papers - 9 - 7, pane + 7]
        await drag(ui, "#sidebar-gap", -34)
        assert widths(ui)[0] == 0
        await ui._pilot.click("#sidebar-gap", offset=(0, 3))
        await ui._pilot.pause()
        assert widths(ui) == [sidebar + 9, papers - 9 - 7, pane + 7]
        await ui._pilot.click("#abstract-gap", offset=(0, 3), times=2)
        await ui._pilot.pause()
        assert widths(ui)[2] == 0


async def test_the_gap_shows_itself_under_the_mouse_only(readlist):
    async with readlist() as ui:
        assert "│" not in ui.text
        await ui._pilot.hover("#abstract-gap", offset=(0, 3))
        assert sum("│" in line for line in ui.lines) == ui.main.pane.region.height


async def test_how_it_is_divided_stays_so(readlist):
    async with readlist() as ui:
        await ui.press("<", "[")
        kept = await saved(ui)
        assert kept == Layout(sidebar=False, abstract_width=widths(ui)[2] + 1)
        before = widths(ui)
    async with readlist(layout=kept) as ui:
        assert widths(ui) == before


async def test_what_was_changed_just_before_leaving_stays(readlist):
    async with readlist() as ui:
        await ui.press("]", "q")
    assert config.load().layout == Layout(abstract=False)


async def test_the_demo_changes_no_settings(readlist):
    async with readlist(demo=True) as ui:
        await ui.press("]", "q")
    assert not config.config_path().exists()


async def test_settings_that_cannot_be_written_are_told(readlist, tmp_path):
    (tmp_path / "home" / ".config").write_text("a file where the folder should be")
    async with readlist() as ui:
        await ui.press("]")
        await ui.until(lambda: "cannot be" in ui.message, "a message")
        assert "config.toml" in ui.message
        assert widths(ui)[2] == 0


@pytest.mark.parametrize("size", [(60, 20), (90, 30), (140, 40)])
async def test_a_pane_without_a_place_is_shown_while_it_has_the_keys(readlist, size):
    async with readlist(size=size, layout=Layout(sidebar=False, abstract=False)) as ui:
        assert widths(ui)[0] == widths(ui)[2] == 0
        await ui.press("h")
        assert "TAGS" in ui.text
        assert ("Scaling Laws" in ui.text) is (size[0] > 80)
        await ui.press("j", "enter")
        assert "To read" in ui.head
        assert ui.shown == [9, 10]
        assert "TAGS" not in ui.text
        await ui.press("l")
        assert "This is what paper 9" in ui.text
        await ui.press("escape")
        assert "This is what paper 9" not in ui.text
        await ui.press("e")
        assert ui.shown == [10]


async def test_below_100_columns_its_key_goes_to_the_sidebar_and_back(readlist):
    async with readlist(size=(90, 30)) as ui:
        await ui.press("[")
        assert ui.app.focused is ui.main.sidebar
        assert widths(ui)[0] == 25
        await ui.press("[")
        assert ui.app.focused is ui.main.papers
        assert widths(ui)[0] == 0
        await ui.resize(140, 40)
        assert widths(ui)[0] == 25, "that hides nothing where there is room"


async def test_a_click_on_the_name_of_the_view_opens_the_sidebar(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.click("Inbox")
        await ui.click("To read")
        assert "To read" in ui.head


async def test_a_burst_goes_where_it_is_typed_to(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press("h", "j", "l", "e")
        assert "To read" in ui.head
        assert ui.paper(9).status == "archived"


async def test_the_two_lines_below_the_list_can_be_hidden_too(readlist):
    async with readlist(size=(60, 20)) as ui:
        assert "2611.00001" in ui.text
        await ui.press("]")
        assert "2611.00001" not in ui.text


async def test_reading_has_the_screen_however_it_is_divided(readlist):
    async with readlist(layout=Layout(sidebar_width=40, abstract_width=30)) as ui:
        before = widths(ui)
        await ui.press("enter")
        assert widths(ui) == [0, 0, 84]
        await ui.press("[", "]", "<", "tab")
        assert widths(ui) == [0, 0, 84]
        await ui.press("escape")
        assert widths(ui) == before


async def test_a_terminal_of_any_size_has_room_for_the_list(readlist):
    async with readlist(layout=Layout(sidebar_width=9_999, abstract_width=9_999)) as ui:
        for size in ((100, 30), (140, 40), (80, 24), (220, 60), (40, 12)):
            await ui.resize(*size)
            await ui.until(lambda room=size[0]: sum(widths(ui)) <= room, size)
            assert widths(ui)[1] >= 20, size


# Where the sidebar has the place of the list


async def test_a_key_brings_a_paper_to_the_screen_before_it_acts_on_it(readlist):
    async with readlist(size=(60, 20)) as ui:
        for key in ("w", "e", "r", "b", "s", ".", "o", "P", "space", "x", "v", "*"):
            await ui.press(
                "[", "j", key, "w"
            )  # a key behind it was not meant for this paper either
            assert ui.message.startswith("Not done: it was not on screen · again does it"), key
            assert ui.head.startswith("To read"), key
            assert ui.row(9).rstrip() in ui.text, key
            assert not ui.main.papers.selected, key
            await ui.press("1")
        assert ui.papers == {paper.id: paper for paper in PAPERS}
        await ui.press("[", "j", "r", "r")
        await ui.press("r")
        assert ui.paper(9).status == "read"


async def test_what_opens_over_a_paper_names_it_or_shows_it(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press("[", "t", *"seen", "enter")
        assert "seen" in ui.paper(1).tags
        assert ui.main.papers.region.height > 0
        await ui.press("[", "y", "t")
        await ui.until(lambda: ui.sent_to_clipboard, "a copy")
        assert ui.main.papers.region.height > 0


async def test_the_next_unread_paper_is_gone_to_in_sight(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press("[", "n")
        assert ui.here == 2
        assert ui.row(2)[:1] == "▌"
        assert ui.main.papers.region.height > 0


async def test_a_line_acts_on_no_paper_that_is_not_on_screen(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press("[", ":", *"tag --add unseen", "enter")
        await ui.until(lambda: ui.message, "a message")
        assert not any("unseen" in paper.tags for paper in ui.papers.values())
