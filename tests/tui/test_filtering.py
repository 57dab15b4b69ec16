import time
from threading import Event

import pytest

from readlist import indexing
from readlist.paper import Status
from readlist.search.evaluate import Searcher
from tests.tui.interface import HANGS
from tests.tui.invented import NEW, one


def line(ui):
    return ui.lines[1]


async def test_what_a_word_may_become_is_offered_with_counts(readlist):
    async with readlist() as ui:
        await ui.press(*"/tag:r")
        assert "tab rl 2   rl/offline 1" in line(ui)
        await ui.press("tab")
        assert ui.main.filter_line.value == "tag:rl "
        assert ui.app.focused is ui.main.filter_line
        assert "tab " not in line(ui)
        await ui.press(*"is:un", "tab", *"au", "tab")
        assert ui.main.filter_line.value == "tag:rl is:unread author:"


async def test_with_nothing_to_complete_tab_goes_to_the_list(readlist):
    async with readlist() as ui:
        await ui.press(*"/diffusion", "tab")
        assert ui.app.focused is ui.main.papers
        assert len(ui.shown) == 1


async def test_a_click_takes_what_is_offered(readlist):
    async with readlist() as ui:
        await ui.press(*"/#r")
        await ui.click("rl/offline")
        assert ui.main.filter_line.value == "#rl/offline "
        await ui.press(*"x")
        assert ui.main.filter_line.value == "#rl/offline x"


async def test_a_mistake_is_told_beside_what_is_typed_and_moves_nothing(readlist):
    async with readlist() as ui:
        await ui.press(*"/diffusion")
        found = ui.shown
        await ui.press(*" auther:x ")
        assert "did you mean “author:”" in line(ui)
        assert ui.shown == found


async def test_a_mistake_without_room_beside_the_filter_is_told_below_until_it_is_mended(readlist):
    async with readlist(size=(80, 24)) as ui:
        await ui.press(*"/is:new auther:x ")
        assert "did you mean “author:”" in ui.message
        await ui.press(*["backspace"] * 4, "left", "left", "left", "left", "left", "backspace")
        await ui.press("o")
        assert "did you mean" not in ui.text


async def test_a_kept_filter_is_taken_apart_by_backspace_and_by_clicks(readlist):
    async with readlist() as ui:
        await ui.press("6", *"/tag:rl is:new paper", "enter")
        assert "tag:rl ×  is:new ×  paper ×" in line(ui)
        fewest = ui.shown
        await ui.press("backspace")
        assert "tag:rl ×  is:new ×" in line(ui)
        fewer = ui.shown
        assert len(fewer) > len(fewest)
        await ui.click("is:new ×")
        assert "is:new" not in line(ui)
        assert len(ui.shown) >= len(fewer)
        await ui.press("backspace")
        assert line(ui).strip() == "/"
        await ui.press("backspace")
        assert "There is no filter to take anything from" in ui.message
        assert ui.done == []


async def test_beside_the_parts_a_click_goes_on_with_the_typing(readlist):
    async with readlist() as ui:
        await ui.press(*"/tag:rl", "enter")
        await ui.click("tag:rl ×", right=20)
        assert ui.app.focused is ui.main.filter_line
        await ui.press(*" is:new", "enter")
        assert "tag:rl ×  is:new ×" in line(ui)
        await ui.press("/", *" x", "escape")
        assert ui.shown == NEW
        assert line(ui).strip() == "/"


async def test_a_burst_behind_the_slash_reaches_the_line_also_when_parts_are_shown(readlist):
    async with readlist() as ui:
        await ui.press(*"/tag:rl", "enter")
        await ui.press(*"/ erws", "enter")
        assert ui.main.filter_line.value == "tag:rl erws"
        assert ui.done == []


async def test_states_are_offered_with_how_many_there_are(readlist):
    async with readlist() as ui:
        number = len(ui.main.library.overview.where(Status.READ))
        await ui.press(*"/is:rea")
        assert f"read {number}" in line(ui)


async def test_authors_are_offered_as_papers_write_them(readlist):
    async with readlist() as ui:
        await ui.until(lambda: not ui.main._finding.progress)
        await ui.press(*"/@garc")
        assert "tab García 1" in line(ui)
        await ui.press("tab")
        assert ui.main.filter_line.value == "@García "
        assert ui.shown == [1]


async def test_papers_without_author_names_are_counted_when_an_author_is_sought(readlist):
    papers = [one(id=1), one(id=2, authors=[], author_count=7), one(id=3, authors=[])]
    async with readlist(papers) as ui:
        await ui.press(*"/@b ")
        assert ui.shown == [1]
        assert "2 papers without author names" in line(ui)


@pytest.mark.usefixtures("every_frame")
async def test_a_letter_is_drawn_at_once_when_what_it_finds_was_looked_for(readlist, monkeypatch):
    drawn = []
    async with readlist() as ui:
        await ui.press("/")
        await ui.settles()
        monkeypatch.setattr(
            ui.app, "_display", lambda _, update: drawn.append((ui.main.query_text, update.spans))
        )
        ui.main.filter_line.insert_text_at_cursor("d")
        [(query, spans)] = drawn
        assert query == "d"
        assert spans[0][0] == ui.main.filter_line.region.y


async def test_keys_do_not_wait_for_a_slow_answer_and_stale_ones_are_dropped(readlist, monkeypatch):
    asked, may_answer = [], Event()
    find = Searcher.find

    def slow(self, query, **options):
        asked.append(str(query))
        may_answer.wait(HANGS)
        return find(self, query, **options)

    async with readlist() as ui:
        await ui.press("/")
        before = ui.shown
        monkeypatch.setattr(Searcher, "find", slow)
        for text in ("d", "di", "diffusion"):
            await ui.begin_to_type(text[len(ui.main.filter_line.value) :])
            await ui.until(lambda text=text: f"/ {text}" in line(ui))
            await ui.until(lambda: asked)
        assert ui.shown == before
        may_answer.set()
        await ui.press("enter", "w")  # acts on what was asked for
        assert asked[0] == "d"
        assert "di" not in asked
        assert ui.message.startswith("To read")
        assert len(ui.shown) < len(before)


async def test_going_back_gives_up_what_is_being_looked_for(readlist, monkeypatch):
    read = []
    paper = Searcher.paper

    def slow(self, number):
        read.append(number)
        time.sleep(0.3)
        return paper(self, number)

    async with readlist() as ui:
        everything = ui.shown
        await ui.press(*"/x", "escape")  # the index is there
        monkeypatch.setattr(Searcher, "paper", slow)
        await ui.press("/")
        await ui.begin_to_type("/no such paper/")
        await ui.until(lambda: "/no such paper/" in line(ui))
        await ui.press("escape")
        assert ui.shown == everything
        assert ui.main.filter_line.value == ""
        assert len(read) < len(everything)


async def test_a_filter_that_is_given_up_leaves_the_cursor_where_it_was(readlist):
    async with readlist() as ui:
        await ui.press("G")
        here = ui.here
        await ui.press(*"/reward")
        assert ui.here != here
        await ui.press("escape")
        assert ui.here == here


async def test_a_paper_that_was_found_keeps_the_cursor_when_the_filter_goes(readlist):
    async with readlist() as ui:
        await ui.press(*"/reward", "enter")
        found = ui.here
        await ui.press("escape")
        assert ui.here == found


async def test_keys_behind_a_filter_act_on_all_that_it_finds(readlist, monkeypatch):
    loaded = indexing._loaded
    monkeypatch.setattr(indexing, "_loaded", lambda path: time.sleep(0.3) or loaded(path))
    async with readlist() as ui:
        await ui.press(*"/rl", "enter", "*", "e")
        assert [ui.paper(number).status for number in (1, 2, 3)] == ["archived", "archived", "new"]


async def test_readlist_may_be_left_before_what_was_found_is_said(readlist):
    async with readlist() as ui:
        main = ui.main
        await ui.press("/", *"reward")
    main._show_around()  # by a timer whose last tick came when all was closed already
