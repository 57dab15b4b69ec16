"""The pages of the days, behind H and L."""

import pytest

from readlist.paper import Paper, Status
from readlist.tui import day_pages
from tests.tui.invented import ADDED


def _listed(number: int, day: str, upvotes: int, status: Status = Status.NEW) -> Paper:
    return Paper(
        id=number,
        uid=f"00000000-0000-4000-8000-{number:012}",
        citekey=f"key{number}",
        title=f"Paper number {number}",
        status=status,
        upvotes=upvotes,
        published="2026-01-01",
        sources=[{"name": "huggingface", "at": ADDED, "day": day}],
        added=ADDED,
    )


DAYS = [
    _listed(1, "2026-08-19", 5),
    _listed(2, "2026-08-21", 10),
    _listed(3, "2026-08-21", 30, Status.ARCHIVED),
    _listed(4, "2026-08-21", 20, Status.READ),
    _listed(5, "2026-08-21", 40),
    _listed(6, "2026-07-31", 1, Status.TO_READ),
    _listed(7, "2099-01-01", 1),  # a page of tomorrow is not where one begins
]
FRIDAY, WEDNESDAY, JULY = [5, 3, 4, 2], [1], [6]


async def test_a_small_terminal_names_the_keys_that_turn_the_pages(readlist):
    async with readlist(DAYS, size=(60, 20)) as ui:
        await ui.press("H", "t", *"some/long-tag", "enter")
        assert ui.footer == "H L day  w to read  e archive  t tag  esc back  ? all keys"


async def test_from_the_list_to_the_newest_day_and_on(readlist):
    async with readlist(DAYS) as ui:
        await ui.press("H")
        assert ui.shown == FRIDAY
        assert "Fri 21 Aug 2026" in ui.head
        assert ui.head.endswith("4 papers · 2 new · 1 read · 1 archived")
        assert "×" in ui.row(3)
        assert "H day before" in ui.footer
        await ui.press("H")
        assert (ui.shown, "Wed 19 Aug 2026" in ui.head) == (WEDNESDAY, True)
        await ui.press("H", "H")
        assert ui.shown == JULY
        assert ui.message.startswith("No papers before Fri 31 Jul 2026")
        await ui.press("L", "L", "L")
        assert ui.shown == [7]


async def test_a_burst_turns_as_many_pages_as_there_are_keys(readlist):
    async with readlist(DAYS) as ui:
        await ui.press(*"HHHLe")
        assert ui.shown == WEDNESDAY
        assert ui.paper(1).status is Status.ARCHIVED
        assert ui.done == ["Archived “Paper number 1”"]
        assert ui.head.endswith("1 paper · 1 archived")


async def test_keys_act_on_the_page_and_undo_stays_there(readlist):
    async with readlist(DAYS) as ui:
        await ui.press("H", "e")
        assert ui.shown == FRIDAY
        assert ui.here == 3
        assert "u takes it back" in ui.message
        assert "1 new · 1 read · 2 archived" in ui.head
        await ui.press("u")
        assert (ui.here, ui.paper(5).status) == (5, Status.NEW)
        assert "2 new · 1 read · 1 archived" in ui.head


@pytest.mark.parametrize("back", ["escape", "q"])
async def test_back_to_where_one_was(readlist, back):
    async with readlist(DAYS) as ui:
        await ui.press("S", "t", "enter", *"6/number", "enter", "j", "j")
        before = ui.shown, ui.here, ui.lines[1]
        assert ui.here == ui.shown[2]
        await ui.press("H", "H", "j")
        assert ui.shown == WEDNESDAY
        assert "number" not in ui.lines[1]
        await ui.press(back)
        assert (ui.shown, ui.here, ui.lines[1]) == before
        assert "title↑" in ui.text
        await ui.press("S", "a", "enter")
        await ui.press("escape")
        assert len(ui.shown) == 6


async def test_a_view_leaves_the_days(readlist):
    async with readlist(DAYS) as ui:
        await ui.press("H", "1")
        assert "Inbox" in ui.head
        await ui.press("escape")
        assert "Inbox" in ui.head
        assert not ui.has_ended
        await ui.press("q")
        assert ui.has_ended


async def test_a_filter_goes_along_from_day_to_day(readlist):
    async with readlist(DAYS) as ui:
        await ui.press("H", *"/is:new", "enter")
        assert ui.shown == [5, 2]
        assert "2 of 4 papers" in ui.head
        await ui.press("H")
        assert "1 of 1 paper" in ui.head
        await ui.press("H")
        assert ui.shown == []
        assert "Fri 31 Jul 2026" in ui.head
        await ui.press("escape", "escape")
        assert "Inbox" in ui.head


async def test_from_reading_and_from_the_sidebar(readlist):
    async with readlist(DAYS) as ui:
        await ui.press("enter", "H")
        assert ui.shown == FRIDAY
        assert not ui.main.is_reading
        await ui.press("escape", "shift+tab", "H")
        assert ui.shown == FRIDAY
        assert ui.app.focused is ui.main.papers


async def test_weeks_and_months_from_the_palette(readlist):
    async with readlist(DAYS) as ui:
        await ui.press(":", *"week of", "enter")
        assert "17 to 23 Aug 2026" in ui.head
        assert ui.shown == [5, 3, 4, 2, 1]
        await ui.press("H")
        assert "27 Jul to 2 Aug 2026" in ui.head
        await ui.press("L", ":", *"month of", "enter")
        assert "August 2026" in ui.head
        await ui.press("H")
        assert ("July 2026" in ui.head, ui.shown) == (True, JULY)
        await ui.press("escape")
        assert "Inbox" in ui.head


async def test_days_are_completed_in_the_filter(readlist):
    async with readlist(DAYS) as ui:
        await ui.press("6", *"/day:2026-08-2")
        await ui.shows("2026-08-21 4")
        await ui.press("tab", "enter")
        assert ui.shown == [2, 4, 5]


async def test_triage_of_a_day_leaves_out_what_is_archived(readlist):
    async with readlist(DAYS) as ui:
        await ui.press("H", "T")
        assert "of 3" in ui.head
        await ui.press("e")
        assert ui.paper(5).status is Status.ARCHIVED


async def test_a_library_without_days(readlist):
    async with readlist([]) as ui:
        await ui.press("H")
        assert "No paper has a day" in ui.message


async def test_keys_behind_do_not_act_on_the_list_while_days_are_not_known(readlist, monkeypatch):
    monkeypatch.setattr(day_pages, "_PATIENCE", 0)
    async with readlist(DAYS) as ui:
        ui.main._finding.begin_anew()
        step = ui.main._finding.step
        monkeypatch.setattr(ui.main._finding, "step", lambda most: False)  # it reads for long
        await ui.press(*"Heee")
        assert "Days are known once all papers have been read: 0 of 7" in ui.text
        assert [ui.paper(n).status for n in (1, 2, 5)] == [Status.NEW] * 3
        monkeypatch.setattr(ui.main._finding, "step", step)
        await ui.shows("Fri 21 Aug 2026")
        assert ui.shown == FRIDAY


async def test_who_does_something_else_meanwhile_is_not_taken_to_the_days(readlist, monkeypatch):
    monkeypatch.setattr(day_pages, "_PATIENCE", 0)
    async with readlist(DAYS) as ui:
        ui.main._finding.begin_anew()
        step = ui.main._finding.step
        monkeypatch.setattr(ui.main._finding, "step", lambda most: False)
        await ui.press("H")
        await ui.press("2")
        monkeypatch.setattr(ui.main._finding, "step", step)
        await ui.until(lambda: not ui.main._finding.progress)
        await ui.press("j")
        assert "To read" in ui.head


async def test_the_narrowest_screen(readlist):
    async with readlist(DAYS, size=(60, 20)) as ui:
        await ui.press("H")
        assert ui.lines[0].strip().startswith("Fri 21 Aug 2026")
        assert ui.head.endswith("4 papers · 2 new")
