import pytest

from readlist import change
from readlist.paper import Status
from tests.tui.invented import NEW, many, one

LONG = one(abstract="word " * 2_000)


# Up and down


async def test_keys_move_the_cursor(readlist):
    moves = {
        ("j",): 2,
        ("down", "j", "k"): 2,
        ("j", "up"): 1,
        ("k",): 1,
        ("G",): 100,
        ("end", "j"): 100,
        ("G", "g"): 1,
        ("end", "home"): 1,
    }
    async with readlist(many(100)) as ui:
        for keys, here in moves.items():
            await ui.press("g", *keys)
            assert ui.here == here, keys
            assert ui.row(here).startswith("▌")
            assert ui.message.endswith(f"{here} of 100")
            assert f"Paper number {here} " in ui.lines[2] + " "  # the pane follows


async def test_pages_are_what_is_on_screen(readlist):
    async with readlist(many(100)) as ui:
        page = ui.main.papers.page
        assert page == ui.main.papers.size.height
        await ui.press("pagedown")
        assert ui.here == 1 + page
        await ui.press("ctrl+d")
        assert ui.here == 1 + page + page // 2
        await ui.press("ctrl+u", "pageup")
        assert ui.here == 1


async def test_the_cursor_is_always_on_screen(readlist):
    async with readlist(many(100), size=(80, 24)) as ui:
        for key in ("G", "pageup", "pageup", "n", "g", "pagedown", "ctrl+d"):
            await ui.press(key)
            assert sum(line.startswith("▌") for line in ui.lines) == 1


async def test_n_goes_to_the_next_unread_paper_and_capital_n_back(readlist):
    async with readlist() as ui:
        await ui.press("6", *"jjjjjj", "n")
        assert ui.here == 8
        await ui.press("n", "n")  # those to read are unread too
        assert ui.here == 10
        await ui.press("n")
        assert ui.here == 10
        assert ui.message.startswith("No unread paper below")
        await ui.press("G", "N")
        assert ui.here == 10
        await ui.press("g", "N")
        assert ui.message.startswith("No unread paper above")


# Panes


async def test_tab_goes_round_the_panes_and_back(readlist):
    async with readlist() as ui:
        main = ui.main
        for pane in (main.pane, main.sidebar, main.papers):
            await ui.press("tab")
            assert ui.app.focused is pane
        for pane in (main.sidebar, main.pane, main.papers):
            await ui.press("shift+tab")
            assert ui.app.focused is pane


async def test_h_and_l_go_left_and_right_and_not_round(readlist):
    async with readlist() as ui:
        main = ui.main
        for key, pane in (
            ("l", main.pane),
            ("right", main.pane),
            ("h", main.papers),
            ("left", main.sidebar),
        ):
            await ui.press(key)
            assert ui.app.focused is pane


async def test_in_the_sidebar_the_list_follows_the_cursor(readlist):
    async with readlist() as ui:
        await ui.press("h", "j")
        assert ui.head.split("  ")[-1].strip() == "2 to read"
        assert ui.shown == [9, 10]
        await ui.press("j", "j", "j", "j", "j")  # over the heading, to the first tag
        assert ui.shown == [5, 7, 9]
        assert "#llm" in ui.head
        await ui.press("enter")
        assert ui.app.focused is ui.main.papers


async def test_h_and_l_fold_and_unfold_tags(readlist):
    async with readlist() as ui:
        await ui.press("h", "G", "k", "k")
        assert ui.line(" rl  ").startswith("▌▾ rl")
        await ui.press("h")
        assert ui.line(" rl  ").startswith("▌▸ rl")
        assert "offline  " not in ui.text
        await ui.press("l")
        assert "offline  " in ui.text
        assert ui.app.focused is ui.main.sidebar
        await ui.press("l")  # nothing to unfold: to the list
        assert ui.app.focused is ui.main.papers


async def test_in_the_abstract_keys_scroll(readlist):
    async with readlist([LONG, *many(3)[1:]]) as ui:
        await ui.press("l", "j", "j")
        assert ui.main.pane.scroll_offset.y == 2
        await ui.press("space", "G")
        assert ui.main.pane.is_at_end
        await ui.press("g")
        assert ui.main.pane.scroll_offset.y == 0
        assert ui.here == 1


# Reading


async def test_enter_reads_and_escape_comes_back(readlist):
    async with readlist() as ui:
        await ui.press("j", "enter")
        assert "Offline RL Without the Bellman Backup" in ui.lines[2]
        assert "Inbox  " not in ui.text
        assert ui.footer.startswith("space reads on   esc to the list   w to read")
        await ui.press("escape")
        assert "Inbox  " in ui.text
        assert ui.here == 2


async def test_space_scrolls_and_at_the_end_goes_on_to_the_next(readlist):
    async with readlist([LONG, *many(3)[1:]], size=(60, 20)) as ui:
        await ui.press("enter", "space")
        assert ui.main.pane.scroll_offset.y > 5
        assert ui.here == 1
        await ui.press(*["space"] * 20)
        assert ui.here > 1
        await ui.press(*["space"] * 5)
        assert ui.here == 3
        assert ui.message.startswith("This is the last paper of the list")


async def test_the_next_paper_is_read_from_its_top(readlist):
    async with readlist([LONG, one(id=2, title="Second", abstract="word " * 2_000)]) as ui:
        await ui.press("enter", "G", "space")
        assert "Second" in ui.lines[2]


async def test_n_reads_the_next_unread_one(readlist):
    async with readlist() as ui:
        await ui.press("6", *"jjjjjjjjj", "enter", "N")
        assert "Reading the Residual Stream" in ui.lines[2]


async def test_what_decides_goes_on_to_the_next(readlist):
    async with readlist() as ui:
        for key in "weD":
            await ui.press("enter", key)
            assert "Offline RL Without" in ui.lines[2], key
            assert "1 of 7" in ui.message
            await ui.press("escape", "u")


async def test_what_does_not_decide_stays(readlist):
    async with readlist() as ui:
        await ui.press("enter")
        for key in "srb":
            await ui.press(key)
            assert "A Reward Model" in ui.lines[2], key


async def test_all_verbs_act_on_the_paper_that_is_read(readlist):
    async with readlist() as ui:
        await ui.press("j", "enter", "s", "b", "t", *"new", "enter", "m", *"Mine.", "escape")
        assert "Offline RL Without" in ui.lines[2]
        found = ui.paper(2)
        assert (found.starred, found.status, found.note) == (True, Status.READING, "Mine.")
        assert found.tags == ["new", "rl/offline"]
        await ui.press("n", ".")
        assert ui.paper(ui.main.current.id).tags == ["new"]
        await ui.press("y", "t")
        await ui.settles()
        assert len(ui.sent_to_clipboard) == 1
        await ui.press("o", "u", "D")
        assert len(ui.papers) == 14
        assert ui.main.is_reading


async def test_after_the_paper_left_the_list_reading_goes_on_to_where_the_cursor_is(readlist):
    async with readlist() as ui:
        await ui.press("j", "enter", "r")
        assert "Offline RL Without" in ui.lines[2]
        await ui.press("n")
        assert "Scaling Laws" in ui.lines[2]


async def test_when_the_last_paper_is_decided_reading_ends(readlist):
    async with readlist(many(1)) as ui:
        await ui.press("enter", "w")
        assert "Inbox is empty" in ui.text
        await ui.press("u")
        assert ui.here == 1
        await ui.press("q")
        assert ui.has_ended


async def test_a_paper_that_is_deleted_elsewhere_while_it_is_read_is_left(readlist):
    async with readlist() as ui:
        await ui.press("enter")
        with ui.library as library:
            library.edit([1], lambda papers, _now: change.delete(papers))
        await ui.shows("has been deleted elsewhere")
        assert ui.here == 2
        await ui.shows("Inbox  ")


async def test_a_change_from_elsewhere_does_not_end_reading(readlist):
    async with readlist() as ui:
        await ui.press("enter")
        with ui.library as library:
            library.edit([1], lambda papers, now: change.set_status(papers, Status.READ, now))
        await ui.shows("7 new", "· read")
        assert "A Reward Model" in ui.lines[2]


# One step back


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_each_step_back_is_one(readlist, key):
    async with readlist() as ui:
        await ui.press(*"/rl", "enter", "x", "j", "enter")
        await ui.press(key)
        assert not ui.main.is_reading
        assert ui.head.endswith("1 selected")
        await ui.press(key)
        assert ui.head.endswith("2 of 8 new")
        await ui.press(key)
        assert ui.shown == NEW
        assert not ui.has_ended


async def test_q_in_the_list_quits_and_escape_does_not(readlist):
    async with readlist() as ui:
        await ui.press("escape", "escape")
        assert not ui.has_ended
        await ui.press("q")
        assert ui.has_ended
        assert ui.app.return_code == 0


async def test_q_in_another_pane_goes_to_the_list(readlist):
    async with readlist() as ui:
        await ui.press("h", "q")
        assert ui.app.focused is ui.main.papers
        assert not ui.has_ended


@pytest.mark.parametrize("papers", [(), many(1)])
async def test_q_quits_from_an_empty_list(readlist, papers):
    async with readlist(papers) as ui:
        await ui.press("e", "q")
        assert ui.has_ended


# Views


async def test_digits_show_the_views(readlist):
    views = {
        "1": ("Inbox · Mon 23 Nov", NEW, "8 new"),
        "2": ("To read", [9, 10], "2 to read"),
        "3": ("Reading", [11], "1 being read"),
        "4": ("Starred", [10], "1 starred"),
        "5": ("Read", [12, 13], "2 read"),
        "6": ("All", list(range(1, 14)), "13 papers"),
    }
    async with readlist() as ui:
        for key, (title, papers, numbers) in reversed(views.items()):
            await ui.press(key)
            assert ui.shown == papers
            assert title in ui.head
            assert ui.head.endswith(numbers)
            assert sum(line.startswith("▌") for line in ui.lines) == 1


async def test_a_view_begins_at_its_top_without_selection_and_filter(readlist):
    async with readlist() as ui:
        await ui.press("j", "x", *"/rl", "enter", "j", "6")
        assert ui.here == 1
        assert ui.main.papers.selected == set()
        assert ui.lines[1].strip() == "/"


async def test_a_view_leaves_the_reading_screen(readlist):
    async with readlist() as ui:
        await ui.press("enter", "2")
        assert ui.shown == [9, 10]
        assert "Inbox  " in ui.text


async def test_a_tag_keeps_its_place_when_no_paper_has_it_any_more(readlist):
    async with readlist() as ui:
        await ui.click("#rl/reward")
        assert ui.shown == [1]
        await ui.press("e")
        assert "#rl/reward is empty" in ui.text
        assert ui.line("    reward").startswith("▌")
        await ui.press("u")
        assert ui.shown == [1]


async def test_a_tag_that_is_folded_away_is_unfolded_to_be_shown(readlist):
    async with readlist() as ui:
        await ui.press("h", "G", "k", "k", "h", "1")
        assert "reward  " not in ui.text
        await ui.click("#rl/reward")
        assert ui.line("    reward").startswith("▌")
        assert ui.shown == [1]


# The mouse


async def test_a_click_goes_to_a_row_and_two_read_it(readlist):
    async with readlist() as ui:
        await ui.click("Tokenizer-Free")
        assert ui.here == 5
        assert not ui.main.is_reading
        await ui.click("Sparse Attention", times=2)
        assert ui.main.is_reading
        assert "Sparse Attention from Graph Cuts" in ui.lines[2]


async def test_the_wheel_scrolls_the_list(readlist):
    async with readlist(many(100)) as ui:
        await ui.wheel_down("Paper number 5 ", times=3)
        assert ui.main.papers.scroll_offset.y > 0
        assert ui.here == 1


async def test_a_click_on_a_view_shows_it(readlist):
    async with readlist() as ui:
        await ui.click("Starred")
        assert ui.shown == [10]
        await ui.click("offline  ")
        assert ui.shown == [2]


async def test_a_click_on_the_sign_of_a_tag_folds_it(readlist):
    async with readlist() as ui:
        await ui.click("▾")
        assert "offline  " not in ui.text
        await ui.click("▸")
        assert "offline  " in ui.text
