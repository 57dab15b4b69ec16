from readlist import change
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import Status
from tests.tui.invented import NEW, PAPERS

TITLE = "A Reward Model That Knows When It Does Not Know"

VERBS = {
    "want": (["w"], lambda paper: paper.status is Status.TO_READ, "To read “A Reward Model"),
    "archive": (["e"], lambda paper: paper.status is Status.ARCHIVED, "Archived “A Reward Model"),
    "toggle_read": (["r"], lambda paper: paper.status is Status.READ, "Read “A Reward Model"),
    "begin": (["b"], lambda paper: paper.status is Status.READING, "Reading “A Reward Model"),
    "star": (["s"], lambda paper: paper.starred, "Starred “A Reward Model"),
    "tag": ([*"tgroup", "enter"], lambda paper: "group" in paper.tags, "+group on “A Reward Model"),
}


async def elsewhere(ui, *numbers, status):
    """Another process gives papers a status."""
    with ui.library as library:
        library.edit(numbers, lambda papers, now: change.set_status(papers, status, now))


async def test_a_verb_changes_the_paper_here_and_is_undone_and_redone(readlist):
    async with readlist() as ui:
        before = ui.paper(1)
        for keys, is_so, message in VERBS.values():
            await ui.press(*keys)
            assert is_so(ui.paper(1)), message
            assert ui.message.startswith(message)
            leaves = keys[0] in "werb"
            assert f"· u {'brings' if leaves else 'takes'} it back" in ui.message
            await ui.press("u")
            assert ui.paper(1) == before
            assert ui.message.startswith(f"Undone: {message}")
            assert "· ctrl+r makes it again" in ui.message
            assert ui.here == 1
            await ui.press("ctrl+r")
            assert is_so(ui.paper(1)), message
            assert ui.message.startswith(f"Again: {message}")
            await ui.press("u")


async def test_made_again_while_reading_a_change_goes_on_as_it_did(readlist):
    async with readlist() as ui:
        await ui.press("enter", "e", "u")
        assert ui.lines[2].strip() == TITLE
        await ui.press("ctrl+r")
        assert ui.lines[2].strip() == PAPERS[1].title
        assert ui.message.startswith("Again: Archived “A Reward Model")
        assert ui.main.is_reading
        await ui.press("s", "u", "ctrl+r")  # nothing leaves the list
        assert ui.lines[2].strip() == PAPERS[1].title


async def test_delete_takes_the_paper_out_and_undo_brings_it_back(readlist):
    async with readlist() as ui:
        before = ui.papers
        await ui.press("D")
        assert 1 not in ui.papers
        assert TITLE not in ui.text.replace(ui.message, "")
        assert ui.message.startswith("Deleted “A Reward Model")
        await ui.press("u")
        assert ui.papers == before
        assert ui.here == 1


async def test_when_the_paper_leaves_the_cursor_goes_to_the_next(readlist):
    async with readlist() as ui:
        await ui.press("j")
        for key in "werbD":
            await ui.press(key)
            assert ui.shown == [1, *NEW[2:]], key
            assert ui.here == 3
            assert ui.head.endswith("7 new")
            await ui.press("u")


async def test_at_the_end_of_the_list_the_cursor_goes_to_the_one_before(readlist):
    async with readlist() as ui:
        await ui.press("G", "e")
        assert ui.here == 7
        assert "7 of 7" in ui.message


async def test_what_stays_in_the_list_keeps_the_cursor(readlist):
    async with readlist() as ui:
        await ui.press("j", "j", "s", *"tx,y", "enter")
        assert ui.here == 3
        assert ui.row(3).startswith("▌ ●★ Scaling Laws")
        assert "#x   #y" in ui.text


async def test_one_that_is_sorted_but_stays_in_the_list_is_left_for_the_next(readlist):
    async with readlist() as ui:
        await ui.press("6", "w", "w")
        assert ui.here == 3
        assert [ui.paper(n).status for n in (1, 2, 3)] == [Status.TO_READ] * 2 + [Status.NEW]
        assert ui.row(1).startswith(f"  {Status.TO_READ.sign}")
        await ui.press("u")
        assert ui.here == 2
        await ui.press("G", "w")
        assert ui.here == 13
        await ui.press("g", "j", "enter", "w")
        assert ui.text.splitlines()[2].strip() == "Scaling Laws for Verifier-Guided Search"


async def test_counts_follow(readlist):
    async with readlist() as ui:
        await ui.press("w")
        assert ui.line("Inbox   ").split()[1:3] == ["Inbox", "7"]
        assert ui.line("  To read   ").split()[:3] == ["To", "read", "3"]


async def test_what_is_so_already_is_said_and_no_change(readlist):
    async with readlist() as ui:
        for view, key, already in (("2", "w", "to read"), ("3", "b", "being read")):
            await ui.press(view, key)
            assert ui.message.startswith(f"Already {already}")
        assert ui.done == []


async def test_without_a_paper_nothing_is_done(readlist):
    async with readlist(papers=()) as ui:
        for key in "werbstD":
            await ui.press("u", key)
            assert ui.message == "No paper here", key
        await ui.press(".")
        assert ui.message == "No tags were changed yet: t does"
        assert not ui.path.exists()


# r and s


async def test_read_on_read_papers_brings_the_state_before_back(readlist):
    async with readlist() as ui:
        await ui.press("3", "r", "5")
        assert ui.here == 11
        await ui.press("r")
        assert ui.paper(11).status is Status.READING
        assert ui.message.startswith("Reading “Robots That Ask")


async def test_read_on_papers_that_came_as_read_makes_them_to_read(readlist):
    async with readlist() as ui:
        await ui.press("5", "r")
        assert ui.paper(12).status is Status.TO_READ
        assert ui.message.startswith("To read “Compressing")


async def test_read_on_a_mixed_selection_makes_all_read(readlist):
    async with readlist() as ui:
        await ui.press("6", "x", "G", "x", "r")
        assert ui.paper(1).status is ui.paper(13).status is Status.READ
        assert ui.done == ["Read 2 papers"]


async def test_a_star_is_taken_only_where_all_have_one(readlist):
    async with readlist() as ui:
        await ui.press("2", "*", "s")
        assert ui.paper(9).starred
        assert ui.paper(10).starred
        assert "2 selected" in ui.head
        await ui.press("s")
        assert not ui.paper(9).starred
        assert not ui.paper(10).starred
        assert ui.message.startswith("Star taken from 2 papers")


async def test_stars_taken_in_the_starred_view_leave_nothing_selected(readlist):
    async with readlist() as ui:
        await ui.press("4", "*")
        assert "selected" in ui.head
        await ui.press("s")
        assert ui.shown == []
        assert "selected" not in ui.head + ui.footer


# On a selection


async def test_a_verb_acts_on_the_selection_and_all_but_the_star_clear_it(readlist):
    async with readlist() as ui:
        for name, (keys, is_so, message) in VERBS.items():
            await ui.press("g", "space", "j", "x", "G")
            assert ui.head.endswith("2 selected")
            assert ui.footer.startswith("on 2 selected:")
            await ui.press(*keys)
            assert [n for n in NEW if is_so(ui.paper(n))] == [1, 3], message
            assert ui.here == 8
            stays = name == "star"  # nothing leaves the list
            assert ("2 selected" in ui.head) == ("on 2 selected" in ui.footer) == stays
            await ui.press(*["escape"] * stays, "u")
            assert ui.papers == {paper.id: paper for paper in PAPERS}


async def test_what_a_filter_hides_of_a_selection_is_said_and_acted_on(readlist):
    async with readlist() as ui:
        await ui.press("x", "j", "x", "j", "x", *"/offline", "enter")
        assert ui.shown == [2]
        assert ui.head.endswith("3 selected, 2 not shown")
        await ui.press("e")
        assert ui.done == ["Archived 3 papers"]
        assert [ui.paper(n).status for n in (1, 2, 3)] == [Status.ARCHIVED] * 3
        message = "Archived 3 papers, 2 of them not shown · u brings them back"
        assert ui.message.startswith(message)
        await ui.press("u")
        assert [ui.paper(n).status for n in (1, 2, 3)] == [Status.NEW] * 3


async def test_in_the_reading_screen_verbs_act_on_what_is_read_and_spare_the_selection(readlist):
    async with readlist() as ui:
        await ui.press("x", "j", "x", "j", "enter", "s", "escape")
        assert [paper.id for paper in ui.papers.values() if paper.starred] == [3, 10]
        assert ui.footer.startswith("on 2 selected:")


# Tags


async def test_tags_on_a_selection_add_and_remove_and_keep_what_differs(readlist):
    async with readlist() as ui:
        await ui.press("x", "j", "x", "4", "2")  # another view forgets the selection
        assert "selected" not in ui.head
        await ui.press("1", "j", "j", "j", "j", "x", "j", "j", "x")  # 5 and 7: both have llm
        await ui.type("tnew,llm")
        await ui.shows("+new")
        await ui.press("comma", "enter")
        assert ui.paper(5).tags == ui.paper(7).tags == ["new"]
        await ui.press("g", "x", "j", "x", *"tread", "enter")
        assert ui.paper(1).tags == ["read", "rl/reward"]
        assert ui.paper(2).tags == ["read", "rl/offline"]


async def test_the_last_tag_change_is_made_again_and_named_in_the_footer(readlist):
    async with readlist() as ui:
        await ui.press(*"tgroup/w48", "enter", "j")
        assert ". +group/w48" in ui.footer
        await ui.press("full_stop")
        assert ui.paper(2).tags == ["group/w48", "rl/offline"]
        await ui.press(".")
        assert ui.message.startswith("The tags are so already ")
        assert len(ui.done) == 2


async def test_tags_go_to_the_paper_that_the_editor_showed_whatever_is_here_by_now(readlist):
    async with readlist() as ui:
        await ui.press(*"tgroup")
        await elsewhere(ui, 1, status=Status.READ)
        await ui.until(lambda: ui.here == 2)
        await ui.press("enter")
        assert ui.paper(1).tags == ["group", "rl/reward"]
        assert ui.paper(2).tags == ["rl/offline"]


async def test_leaving_the_editor_changes_nothing(readlist):
    async with readlist() as ui:
        await ui.press(*"tgroup", "comma", "escape")
        assert ui.done == []
        assert "." not in ui.footer


# Undo


async def test_undo_goes_back_one_by_one_and_says_when_there_is_no_more(readlist):
    async with readlist() as ui:
        await ui.press("w", "e", "s")
        assert len(ui.done) == 3
        await ui.press("u", "u", "u")
        assert ui.papers == {paper.id: paper for paper in PAPERS}
        await ui.press("u")
        assert ui.message.startswith("Nothing to undo")
        await ui.press("ctrl+r", "ctrl+r", "ctrl+r", "ctrl+r")
        assert ui.message.startswith("Nothing to redo")
        assert ui.paper(1).status is Status.TO_READ
        assert ui.paper(3).starred


async def test_undo_takes_back_what_was_done_before_a_restart(readlist):
    async with readlist() as ui:
        await ui.press("e", "q")
        assert ui.has_ended
    async with readlist() as ui:
        await ui.press("u")
        assert ui.paper(1).status is Status.NEW
        assert ui.here == 1


async def test_undo_goes_to_the_paper_that_it_brought_back(readlist):
    async with readlist() as ui:
        await ui.press("j", "e", "G", "u")
        assert ui.here == 2


async def test_undo_reads_the_paper_that_it_brought_back(readlist):
    async with readlist() as ui:
        await ui.press("enter", "w", "e", "u")
        assert ui.here == 2
        assert PAPERS[1].title in ui.text
        await ui.press("u")
        assert PAPERS[0].title in ui.text
        await ui.press("s")
        assert [paper.id for paper in ui.papers.values() if paper.starred] == [1, 10]


async def test_undo_leaves_alone_what_was_changed_elsewhere_and_says_so(readlist):
    async with readlist() as ui:
        await ui.press("w")
        await elsewhere(ui, 1, status=Status.READ)
        await ui.press("u")
        assert ui.paper(1).status is Status.READ
        assert "was changed since and stays" in ui.message


# Another process at the same time


async def test_a_verb_acts_on_the_paper_that_was_seen_whatever_others_did(readlist):
    async with readlist() as ui:
        await ui.press("j")
        await elsewhere(ui, 1, 3, status=Status.READ)
        await ui.press("w")
        assert ui.paper(2).status is Status.TO_READ
        assert ui.shown == [4, 5, 6, 7, 8]
        assert ui.here == 4


async def test_what_another_process_added_just_now_can_be_found(readlist):
    async with readlist() as ui:
        await ui.type("/offline")  # the words of all papers are known from here on
        await ui.press("escape")
        with ui.library as library:
            library.edit(
                [3], lambda papers, _now: change.Change("", {3: [change.SetField("title", "Zyx")]})
            )
        await ui.press("s", *"/zyx", "enter")
        assert ui.shown == [3]


async def test_a_paper_that_is_gone_meanwhile_is_no_error(readlist):
    async with readlist() as ui:
        with ui.library as library:
            library.edit([1], lambda papers, _now: change.delete(papers))
        await ui.press("s")
        assert ui.shown == NEW[1:]
        assert ui.here == 2


# What cannot be changed


async def test_a_library_that_cannot_be_written_is_told_and_nothing_changes(readlist, monkeypatch):
    def full(library, *_):
        raise LibraryError(library.path, "no space is left", "make room")

    async with readlist() as ui:
        before = ui.papers
        monkeypatch.setattr(Library, "edit", full)
        await ui.press("w")
        assert "no space is left" in ui.message
        assert ui.here == 1
        monkeypatch.undo()
        assert ui.papers == before


async def test_a_read_only_library_says_so_at_once(readlist, monkeypatch):
    monkeypatch.setattr(Library, "is_read_only", property(lambda library: True))
    async with readlist() as ui:
        assert ui.message.startswith("This library is read-only")
        assert ui.shown == NEW


# Selecting


async def test_space_selects_and_goes_down_and_x_stays(readlist):
    async with readlist() as ui:
        await ui.press("space", "space", "x")
        assert ui.here == 3
        assert ui.main.papers.selected == {1, 2, 3}
        assert ui.row(3).startswith("▌✓●")
        await ui.press("x")
        assert ui.main.papers.selected == {1, 2}
        assert ui.row(3).startswith("▌ ●")


async def test_v_selects_from_where_it_was_pressed_to_here(readlist):
    async with readlist() as ui:
        await ui.press("j", "v")
        assert ui.message.startswith("Range begun: v again")
        await ui.press("j", "j", "v")
        assert ui.main.papers.selected == {2, 3, 4}
        await ui.press("G", "v", "k", "v")
        assert ui.main.papers.selected == {2, 3, 4, 7, 8}


async def test_a_range_begins_at_its_paper_though_the_list_changes(readlist):
    async with readlist() as ui:
        await ui.press("j", "j", "v")
        await elsewhere(ui, 1, status=Status.READ)
        await ui.until(lambda: ui.shown == NEW[1:])
        await ui.press("j", "v")
        assert ui.main.papers.selected == {3, 4}


async def test_escape_forgets_the_range_then_the_selection(readlist):
    async with readlist() as ui:
        await ui.press("x", "v", "escape")
        assert ui.main.papers.selected == {1}
        await ui.press("j", "v", "escape", "escape")
        assert ui.main.papers.selected == set()
        assert ui.footer.startswith("w to read")


async def test_a_star_selects_all_that_is_shown_and_again_none(readlist):
    async with readlist() as ui:
        await ui.press("*")
        assert ui.head.endswith("8 selected")
        await ui.press("*")
        assert ui.main.papers.selected == set()
        await ui.press("x", *"/rl", "enter", "*")
        assert ui.main.papers.selected == {1, 2}


# With the mouse


async def test_a_click_with_ctrl_selects_one_and_with_shift_all_up_to_there(readlist):
    async with readlist() as ui:
        await ui.click("Offline RL", control=True)
        assert ui.main.papers.selected == {2}
        assert ui.head.endswith("1 selected")
        assert ui.here == 2
        await ui.click("Tokenizer-Free", shift=True)
        assert ui.main.papers.selected == {2, 3, 4, 5}
        assert ui.footer.startswith("on 4 selected:")
        await ui.click("Scaling Laws", control=True)
        assert ui.main.papers.selected == {2, 4, 5}
        await ui.click("A Reward Model", shift=True)
        assert ui.main.papers.selected == {1, 2, 3, 4, 5}


async def test_a_click_on_the_sign_of_a_selected_paper_selects_it_no_more(readlist):
    async with readlist() as ui:
        await ui.press("x", "j", "x")
        await ui.click("✓")
        assert ui.main.papers.selected == {2}
        await ui.click("●  Scaling Laws", right=-1)
        assert ui.main.papers.selected == {2, 3}
        assert not ui.main.is_reading


async def test_undo_of_several_goes_to_the_first_of_them(readlist):
    async with readlist() as ui:
        await ui.press("j", "x")
        first = ui.here
        await ui.press("j", "j", "x", "e", "G")
        assert ui.here != first
        await ui.press("u")
        assert ui.here == first
