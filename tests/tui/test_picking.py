"""Choosing papers for another program."""

from contextlib import asynccontextmanager

import pytest

from readlist.tui.picking import PickApp
from tests.tui.interface import interface
from tests.tui.invented import PAPERS, write_library


@pytest.fixture
def picking(tmp_path, monkeypatch):
    """Opens the interface to choose in."""
    path = tmp_path / "library.json"
    write_library(path, PAPERS)
    monkeypatch.setattr("tests.tui.interface.ReadlistApp", PickApp)

    @asynccontextmanager
    async def opened(query="", **options):
        async with interface(path, query=query, **options) as ui:
            yield ui

    return opened


def taken(ui):
    return [paper.id for paper in ui.app.chosen_on.taken]


async def test_enter_takes_the_paper_here(picking):
    async with picking() as ui:
        assert "All" in ui.head
        await ui.press("j", "enter")
        assert ui.has_ended
        assert taken(ui) == [2]
        assert ui.app.return_value == 0


async def test_what_is_selected_is_taken_in_the_order_of_the_list(picking):
    async with picking() as ui:
        await ui.press("j", "j", "x", "g", "space")
        assert "2 selected:" in ui.text
        assert "enter takes them" in ui.text
        await ui.press("enter")
        assert taken(ui) == [1, 3]


async def test_a_selection_goes_on_under_other_filters(picking):
    async with picking() as ui:
        await ui.press(*"/tokenizer", "enter", "x", *"/", "ctrl+u", *"bellman", "enter", "x")
        assert ui.head.endswith("2 selected, 1 not shown")
        await ui.press("enter")
        assert sorted(taken(ui)) == [2, 5]


async def test_it_begins_with_what_was_asked_for(picking):
    async with picking("tag:llm sort:title") as ui:
        assert "Tokenizer-Free" in ui.text
        assert "Offline RL" not in ui.text
        await ui.press("enter")
        assert taken(ui) == [9]


async def test_nothing_is_changed_and_one_is_told(picking):
    async with picking() as ui:
        before = ui.path.read_bytes()
        for key in ("w", "e", "r", "b", "s", "t", "m", "D", "u", "T", "a", "X", "ctrl+s", ".", ":"):
            await ui.press(key)
            assert not ui.has_ended
        assert ui.message.startswith("Nothing is changed here: / finds papers to cite")
        await ui.press("down")
        assert ui.done == []
        assert ui.path.read_bytes() == before


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+c"])
async def test_it_is_left_without_a_paper(picking, key):
    async with picking("reward") as ui:
        await ui.press("x", key)
        assert ui.has_ended
        assert taken(ui) == []
        assert ui.app.return_value == 1


async def test_out_of_the_filter_first(picking):
    async with picking() as ui:
        await ui.press(*"/zzz", "escape")
        assert not ui.has_ended
        assert "Offline RL" in ui.text
        await ui.press("escape")
        assert ui.has_ended


async def test_a_filter_that_finds_nothing_takes_nothing(picking):
    async with picking("tag:none") as ui:
        await ui.press("enter")
        assert not ui.has_ended
        assert "/ changes the filter" in ui.text


async def test_nothing_is_offered_that_would_change_papers(picking, monkeypatch):
    monkeypatch.setattr("readlist.backlog.is_due", lambda *_: True)
    monkeypatch.setattr("readlist.backlog.Backlog.is_worth_asking", True)
    async with picking() as ui:
        ui.main._watch()
        await ui.settles()
        assert ui.message == "1 of 13"
