import pytest

from readlist import change
from readlist.paper import Status
from readlist.tui.library_screen import DEMO
from tests.tui.invented import NEW, PAPERS, many, one

# The filter


async def test_the_list_shows_what_is_typed(readlist):
    finds = {
        "policies forget": [4],
        "polices forgett": [4],  # two mistakes
        "diffus": [4],  # the beginning of a word
        "garcia": [1],  # an accent
        "OFFLINE": [2],
        "tag:llm": [5, 7],
        "#rl -offline": [1],
        "@okafor": [2],
        "year:2025": [8],
        "is:starred": [],
    }
    async with readlist() as ui:
        for typed, shown in finds.items():
            await ui.type("/" + typed)
            assert ui.shown == shown, typed
            assert ui.lines[1].strip().startswith(f"/ {typed}")
            assert ui.head.endswith(f"{len(shown)} of 8 new")
            await ui.press("escape")


async def test_enter_keeps_what_was_shown(readlist):
    async with readlist() as ui:
        await ui.type("/diffus")
        await ui.press("enter")
        assert ui.shown == [4]
        assert ui.app.focused is ui.main.papers
        assert "esc clears the filter" in ui.footer
        await ui.press("s")  # keys are keys again
        assert ui.paper(4).starred
        assert ui.shown == [4]


async def test_escape_clears_the_filter_and_keeps_the_paper_of_one_that_was_kept(readlist):
    async with readlist() as ui:
        await ui.press(*"/sparse", "enter", "escape")
        assert ui.shown == NEW
        assert ui.here == 7
        assert ui.lines[1].strip() == "/"
        await ui.press(*"/offline", "escape")
        assert ui.here == 7


async def test_what_matches_is_marked_in_the_list_and_in_the_abstract(readlist):
    async with readlist(size=(140, 40)) as ui:
        await ui.type("/backbone model")
        accent = ui.app.theme_variables["accent"].lower()
        for style in (ui.row_style(1, "Model"), ui.style_of("backbone and")):
            assert style.underline
            assert style.color.name == accent
        assert not ui.style_of("one frozen").underline


async def test_a_word_that_was_forgiven_is_named(readlist):
    async with readlist() as ui:
        await ui.type("/bechmark")
        assert ui.shown == [6]
        assert "bechmark → benchmark" in ui.lines[1]


async def test_archived_papers_that_match_stand_last_under_a_heading(readlist):
    async with readlist() as ui:
        await ui.press("6", *"/paper")
        alive = len(ui.shown) - 2
        assert ui.shown[alive:] == [14, 15]
        assert f"{alive} of 13 papers" in ui.lines[0]
        heading = ui.place_of("2 archived")[1]
        assert ui.place_of("Gradient Noise", last=True)[1] == heading + 1
        await ui.press("enter", "G")
        assert ui.main.papers.current == 15
        await ui.press("k", "k")
        assert ui.main.papers.current == ui.shown[alive - 1]
        await ui.click("2 archived")
        assert ui.main.papers.current == ui.shown[alive - 1]
        await ui.press("/", *" is:any")
        assert "2 archived" not in ui.text


async def test_without_words_archived_papers_are_only_counted(readlist):
    async with readlist() as ui:
        await ui.press("6", *"/year:2026")
        assert ui.lines[1].strip().endswith("archived: is:any shows them")


async def test_an_incomplete_query_is_no_error_while_it_is_typed(readlist):
    async with readlist() as ui:
        for typed in ("is:", "is:rea", "(offline", "offline OR", "year:", "-", '"off'):
            await ui.type("/" + typed)
            assert "character" not in ui.lines[1], typed
            await ui.press("escape")


async def test_a_query_that_cannot_be_read_is_told_and_the_list_keeps_what_it_showed(readlist):
    async with readlist() as ui:
        await ui.type("/rl auther:ito")
        assert "auther:" in ui.lines[1]
        assert "author:" in ui.lines[1]  # what was probably meant
        assert sorted(ui.shown) == [1, 2]


async def test_the_error_goes_when_the_query_is_mended(readlist):
    async with readlist() as ui:
        await ui.type("/rl)")
        assert "character 3" in ui.lines[1]
        await ui.press("backspace")
        assert "character" not in ui.lines[1]


async def test_enter_on_what_cannot_be_read_stays_in_the_filter(readlist):
    async with readlist() as ui:
        for typed in ("is:", "year:", "rl)"):
            await ui.press(*"/", *typed, "enter")
            assert "character" in ui.lines[1], typed
            await ui.press("w")  # still text
            assert ui.done == []
            await ui.press("escape")
            assert ui.lines[1].strip() == "/"
            assert ui.shown == NEW


async def test_a_text_that_is_no_query_is_cleared_though_a_click_left_it(readlist):
    async with readlist() as ui:
        await ui.type("/rl)")
        await ui.click("Offline RL")
        assert "esc clears the filter" in ui.footer
        await ui.press("escape")
        assert ui.lines[1].strip() == "/"


async def test_a_change_behind_an_incomplete_query_is_no_harm(readlist):
    async with readlist() as ui:
        for typed in ("is:", "(rl", "rl OR", "off"):
            await ui.type("/" + typed)
            with ui.library as library:
                library.edit([2], lambda papers, now: change.set_star(papers, True, now))
            await ui.until(lambda: ui.main.library.paper(2).starred, typed)
            with ui.library as library:
                library.undo()
            await ui.until(lambda: not ui.main.library.paper(2).starred, typed)
            await ui.press("escape")


async def test_the_history_holds_what_was_kept(readlist):
    async with readlist() as ui:
        await ui.press(*"/rl", "enter", "escape", *"/llm", "enter", "escape", *"/nothing", "escape")
        await ui.press("/", "up")
        assert ui.lines[1].strip().startswith("/ llm")
        assert ui.shown == [5, 7]
        await ui.press("up", "up")
        assert ui.lines[1].strip().startswith("/ rl")
        await ui.press("down", "down")
        assert ui.lines[1].strip() == "/"
        assert ui.shown == NEW


async def test_no_match_says_so_and_how_to_go_on(readlist):
    async with readlist() as ui:
        await ui.type("/robots preference")
        assert "No paper matches “robots preference” in Inbox." in ui.text
        assert "esc  clears the filter" in ui.text
        assert "enter, 6  looks in All: 1 paper there" in ui.text
        await ui.press("enter", "6")
        assert ui.shown == [11]
        assert ui.lines[1].strip().startswith("/ robots ×  preference ×")


async def test_no_match_anywhere_promises_nothing(readlist):
    async with readlist() as ui:
        await ui.type("/xyzzyx")
        assert "No paper matches" in ui.text
        assert "looks in All" not in ui.text
        await ui.press("escape")
        assert ui.shown == NEW


async def test_the_best_match_stands_first(readlist):
    papers = [
        one(id=1, title="Other things", abstract="about attention"),
        one(id=2, title="Attention"),
    ]
    async with readlist(papers) as ui:
        await ui.type("/attention")
        assert ui.shown == [2, 1]
        assert ui.here == 2


async def test_leaving_the_filter_with_tab_keeps_it(readlist):
    async with readlist() as ui:
        await ui.press(*"/sparse", "tab")
        assert ui.shown == [7]
        assert ui.app.focused is ui.main.papers


# Empty


async def test_an_empty_library_says_what_to_do_next(readlist):
    async with readlist(()) as ui:
        assert "Nothing here yet." in ui.text
        assert "a  take in a file" in ui.text
        assert "d  look around first" in ui.text
        assert "d demo" in ui.footer
        assert ui.footer.startswith("a add")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_the_keys_that_an_empty_library_names_do_it(readlist, size):
    async with readlist((), size=size) as ui:
        assert "thrown away afterwards" in ui.text
        await ui.press("a")
        assert "Add papers" in ui.text
        await ui.press("escape")
        await ui.click("take in a file")
        assert "Add papers" in ui.text
        await ui.press("escape", "d")
        assert ui.app.return_value == DEMO


async def test_the_key_of_the_demo_is_for_an_empty_library_only(readlist):
    async with readlist() as ui:
        await ui.press("d")
        assert not ui.has_ended
        await ui.press("*", "D")
        assert not ui.shown


async def test_a_message_gives_way_to_what_is_done_next(readlist):
    async with readlist() as ui:
        await ui.press("N")
        assert ui.message.startswith("No unread paper above")
        await ui.press("j")
        assert ui.message == "2 of 8"
        await ui.press("w", "j")
        assert "u brings it back" in ui.message, "the way back stays while one looks around"
        await ui.press("x")
        assert ui.message == "3 of 7"


async def test_where_nothing_matches_the_footer_names_no_verb(readlist):
    async with readlist() as ui:
        await ui.press(*"/zzzz qqqq", "enter")
        assert ui.shown == []
        assert ui.footer.split("   ")[:3] == ["esc clears the filter", "/ changes it", "u undo"]


async def test_a_filter_that_is_kept_leaves_the_undo_in_the_footer(readlist):
    async with readlist() as ui:
        await ui.press(*"/sparse", "enter")
        assert "u undo" in ui.footer


async def test_what_is_to_read_is_read_before_it_is_wanted_again(readlist):
    async with readlist() as ui:
        await ui.press("2")
        assert ui.footer.startswith("r read   e archive")
        assert "w to read" not in ui.footer


async def test_an_empty_view_says_so(readlist):
    async with readlist(many(1)) as ui:
        await ui.press("4")
        assert "Starred is empty." in ui.text
        assert "  s      on a paper puts it here" in ui.text
        assert "1 … 6  show other lists" in ui.text


# Another process


async def test_what_others_do_is_shown_and_the_cursor_keeps_its_paper(readlist):
    async with readlist() as ui:
        await ui.press("G", "k")
        with ui.library as library:
            library.edit([1, 3], lambda papers, now: change.set_status(papers, Status.READ, now))
        await ui.shows("6 new")
        assert ui.shown == [2, 4, 5, 6, 7, 8]
        assert ui.here == 7
        assert "Sparse Attention" in ui.lines[2]


async def test_when_others_take_the_paper_the_cursor_goes_to_the_next(readlist):
    async with readlist() as ui:
        await ui.press("j", "j", "x")
        with ui.library as library:
            library.edit([3], lambda papers, _now: change.delete(papers))
        await ui.shows("7 new")
        assert ui.here == 4
        assert "selected" not in ui.head


async def test_papers_that_others_add_are_shown_above_and_found(readlist):
    async with readlist() as ui:
        await ui.press("j", *"/offline", "escape")
        newer = one(id=99, title="Fresh from elsewhere", added="2020-11-24T06:00:00Z")
        with ui.library as library:
            library.apply(change.Change("", {99: [change.AddPaper(newer.document())]}, "import"))
        await ui.shows("9 new")
        assert ui.shown[0] == 99
        assert ui.here == 2
        await ui.type("/elsewhere")
        assert ui.shown == [99]


# The parts, at every size


async def test_panes_fold_away_where_there_is_no_room(readlist):
    signs = {
        "brief": "García-Durán +6 · 2611.00001 · #rl/reward",
        "heads": "title  ",
        "abstract": "arXiv 2611.00001 · cs.LG",
        "sidebar": "TAGS",
    }
    async with readlist(size=(200, 60)) as ui:
        for size, parts in (
            ((60, 20), {"brief"}),
            ((80, 24), {"heads", "abstract"}),
            ((140, 40), {"heads", "abstract", "sidebar"}),
            ((200, 60), {"heads", "abstract", "sidebar"}),
        ):
            await ui.resize(*size)
            assert {part for part, sign in signs.items() if sign in ui.text} == parts
            assert [len(line) for line in ui.lines] == [size[0]] * size[1]


async def test_every_size_shows_the_cursor_the_message_and_the_keys(readlist):
    async with readlist(size=(200, 60)) as ui:
        for size in ((140, 40), (80, 24), (60, 20), (40, 12), (200, 60)):
            await ui.resize(*size)
            await ui.press("s")
            assert ui.row(1).startswith("▌ ●")
            assert "· u takes it back" in ui.message
            assert "1 of 8" in ui.message
            assert ui.footer.endswith("? all keys")


async def test_another_size_keeps_the_cursor_on_screen(readlist):
    async with readlist(many(100)) as ui:
        await ui.press(*"j" * 30)
        await ui.resize(60, 20)
        assert ui.here == 31
        assert sum(line.startswith("▌") for line in ui.lines) == 1
        assert "Paper number 31 " in ui.text
        await ui.until(lambda: "readlist" not in ui.head, "the short head")
        await ui.resize(140, 40)
        await ui.until(lambda: ui.head.startswith("readlist"), "the head")


async def test_a_pane_that_folds_away_gives_the_keys_to_the_list(readlist):
    async with readlist() as ui:
        await ui.press("h")
        await ui.resize(60, 20)
        await ui.press("j")
        assert ui.here == 2


async def test_the_message_gives_way_before_the_way_back(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press("w")
        assert ui.message.startswith("To read “A Reward Model")
        assert "… · u brings it back" in ui.message
        assert ui.message.endswith("1 of 7")


async def test_read_and_unread_papers_differ_by_more_than_colour(readlist):
    async with readlist() as ui:
        await ui.press("6")
        signs = {paper.status: ui.row(paper.id)[2] for paper in PAPERS[:13]}
        assert len(set(signs.values())) == 4
        assert ui.row_style(3, "Scaling").bold
        assert not ui.row_style(12, "Compressing").bold
