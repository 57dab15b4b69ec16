"""Duplicates in the interface: seen side by side, merged, told apart; by keys."""

import asyncio
import time

import pytest

from readlist import change
from readlist.insight import duplicates
from readlist.merging import uniting
from readlist.tui.screens.duplicates_screen import DuplicatesScreen
from tests.tui.invented import one

LEARNING, SCALING = "Offline Learning Without the Bellman Backup", "Scaling Laws of Everything"


@pytest.fixture
def twice(readlist):
    """Five papers: two pairs, and one that is alone."""

    def opened(**options):
        papers = [
            one(id=1, title=LEARNING, authors=["Ada Okafor"], note="Nice.", status="to-read"),
            one(
                id=2,
                title=LEARNING.replace("Bellman", "Belman"),
                authors=["A. Okafor"],
                identifiers={"doi": "10.1/x"},
                venue="Of [/x] NeurIPS",
                tags=["rl"],
            ),
            one(id=3, title="Alone", authors=["Li Wu"], identifiers={}),
            one(id=4, title=SCALING, authors=["Bo Chen"], identifiers={"arxiv": "2401.00001"}),
            one(id=5, title=SCALING, authors=[], identifiers={"doi": "10.1/y"}),
        ]
        return readlist(papers, **options)

    return opened


def heads(ui):
    return " ".join(ui.line("goes into it").split())


async def opened(ui, *keys):
    await ui.press(*keys, "M")
    await ui.shows("1 of ")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_pairs_are_shown_side_by_side_what_differs_and_what_will_be(twice, size):
    async with twice(size=size) as ui:
        await opened(ui)
        await ui.shows("goes into it")
        assert ui.head.endswith("1 of 2")
        assert "same title" in ui.head
        assert ui.line("goes into it").split() == [
            "id",
            "4",
            "·",
            "stays",
            "id",
            "5",
            "·",
            "goes",
            "into",
            "it",
        ]
        assert "≠" not in ui.line("Scaling")
        assert ui.line("authors").split() == ["authors", "≠", "✓", "Bo", "Chen", "–"]
        assert ui.line("arxiv").split()[-6:] == ["✓", "arxiv", "2401.00001", "✓", "doi", "10.1/y"]
        assert "= merge" in ui.footer
        assert "! not the same" in ui.footer
        assert "n next" in ui.footer
        assert ("h swaps" if size[0] < 80 else "h the other stays") in ui.footer
        await ui.press("n")
        assert ui.head.endswith("2 of 2")
        (title,) = (line for line in ui.lines if line.split()[:2] == ["title", "≠"])
        left, right = title.split("≠")[1].split("  Offline")
        assert left.strip().startswith("✓ Offline")
        assert "✓" not in right
        assert "[/x]" in ui.text
        await ui.press("n")
        assert "This is the last pair" in ui.text
        await ui.press("N")
        assert ui.head.endswith("1 of 2")


async def test_merging_and_telling_apart_go_on_and_are_taken_back(twice):
    async with twice() as ui:
        before = ui.papers
        await opened(ui)
        await ui.press("=")
        assert ui.head.endswith("2 of 2")
        assert "Merged “Scaling Laws of Everything” with 1 other · u takes it back" in ui.text
        assert list(ui.papers) == [1, 2, 3, 4]
        assert ui.paper(4).identifiers == {"arxiv": "2401.00001", "doi": "10.1/y"}
        await ui.press("!")
        await ui.shows("That was all: 2 pairs, 1 merged, 1 not the same.")
        assert duplicates.are_apart(ui.paper(1), ui.paper(2))
        await ui.press("u")
        assert ui.head.endswith("2 of 2")
        await ui.press("u")
        assert ui.head.endswith("1 of 2")
        assert ui.papers == before
        await ui.press("ctrl+r")
        assert ui.head.endswith("2 of 2")
        assert list(ui.papers) == [1, 2, 3, 4]
        await ui.press("escape")
        assert ui.shown == sorted(ui.shown)
        assert 5 not in ui.shown
        await ui.press("u")
        assert ui.papers == before
        assert "Undone: Merged" in ui.message


async def test_the_other_one_may_stay(twice):
    async with twice() as ui:
        await opened(ui)
        await ui.press("n", "left")
        assert ui.line("goes into it").split() == [
            "id",
            "2",
            "·",
            "stays",
            "id",
            "1",
            "·",
            "goes",
            "into",
            "it",
        ]
        await ui.press("=")
        assert list(ui.papers) == [2, 3, 4, 5]
        both = ui.paper(2)
        assert (both.note, both.status, both.tags) == ("Nice.", "to-read", ["rl"])
        assert both.identifiers == {"arxiv": "2611.00001", "doi": "10.1/x"}


async def test_who_was_to_stay_is_remembered(twice):
    async with twice() as ui:
        before = ui.papers
        await opened(ui)
        await ui.press("h", "=")
        assert list(ui.papers) == [1, 2, 3, 5]
        await ui.press("u")
        assert ui.papers == before
        assert heads(ui) == "id 5 · stays id 4 · goes into it"
        await ui.press("n", "N")
        assert heads(ui) == "id 5 · stays id 4 · goes into it"
        await ui.press("h", "=")
        assert list(ui.papers) == [1, 2, 3, 4]


async def test_of_several_the_best_is_proposed_and_what_took_it_in_stands_for_it(readlist):
    papers = [one(id=n, title=SCALING, identifiers={}, citekey=f"k{n}") for n in (1, 2, 3)]
    papers[1] = papers[1].but(tags=["rl"])
    async with readlist(papers) as ui:
        await ui.press("x", "j", "x", "j", "x", "M")
        await ui.shows("1 of 2")
        assert heads(ui) == "id 2 · stays id 1 · goes into it"
        await ui.press("h", "=")
        assert heads(ui) == "id 1 · stays id 3 · goes into it"
        await ui.press("u")
        assert heads(ui) == "id 1 · stays id 2 · goes into it"
        await ui.press("=", "h", "=")
        await ui.shows("That was all: 2 pairs, 2 merged.")
        assert (list(ui.papers), ui.paper(3).tags) == ([3], ["rl"])
        await ui.press("u", "u", "h", "=")
        assert heads(ui) == "id 3 · stays id 2 · goes into it"


async def test_papers_that_are_selected_are_shown_whatever_they_are(twice):
    async with twice() as ui:
        await ui.press("6", "g")
        first = ui.here
        await opened(ui, "x", "j", "j", "x")
        assert "as you selected" in ui.head
        assert ui.line("goes into it").split()[1] == str(first)
        await ui.press("=")
        assert len(ui.papers) == 4
        await ui.shows("That was all: 1 pair, 1 merged.")
        await ui.press("q", "u")
        assert len(ui.papers) == 5


async def test_what_is_decided_elsewhere_is_passed_over(twice):
    async with twice() as ui:
        await opened(ui)
        with ui.library as library:
            library.edit([4, 5], uniting.merge_papers)
        await ui.shows("2 of 2", "These two were dealt with elsewhere")
        with ui.library as library:
            library.edit([1], lambda papers, now: change.set_note(papers[0], "Another.", now))
        await ui.shows("Another.")
        with ui.library as library:
            library.edit([2], lambda papers, _now: change.delete(papers))
        await ui.shows("That was all: 2 pairs.")
        await ui.press("=", "!", "n", "N", "left", "space")
        assert list(ui.papers) == [1, 3, 4]


async def test_nothing_found_is_said(readlist):
    async with readlist([one(id=1)]) as ui:
        await ui.press("M")
        await ui.shows("No paper seems to be there twice.")
        await ui.press("=", "!", "n", "u", "space", "escape")
        assert ui.here == 1


async def test_looking_for_them_is_followed_and_given_up(twice, monkeypatch):
    started, ended = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def find(_papers, _paper, progress):
        loop.call_soon_threadsafe(started.set)
        try:
            while True:
                progress.step()
                time.sleep(0.01)
        finally:
            loop.call_soon_threadsafe(ended.set)

    monkeypatch.setattr(duplicates, "find", find)
    async with twice() as ui:
        await ui.press("M")
        await asyncio.wait_for(started.wait(), 10)
        await ui.shows("reading papers")
        assert ui.footer == "esc gives up"
        await ui.press("=", "n", "escape")
        await asyncio.wait_for(ended.wait(), 10)
        assert not isinstance(ui.app.screen, DuplicatesScreen)
        assert "Given up" in ui.message
        assert ui.done == []


async def test_what_goes_wrong_is_told(twice, monkeypatch):
    def find(*_arguments):
        raise OSError("the disk is gone")

    monkeypatch.setattr(duplicates, "find", find)
    async with twice() as ui:
        await ui.press("M")
        await ui.shows("Not found: the disk is gone")


async def test_long_texts_scroll(readlist):
    words = " ".join(f"word{n}" for n in range(300))
    papers = [one(id=n, title=SCALING, abstract=f"{n} {words}", identifiers={}) for n in (1, 2)]
    async with readlist(papers, size=(80, 24)) as ui:
        await opened(ui)
        await ui.shows("more lines: space")
        assert "word299" not in ui.text
        await ui.press("G")
        assert "word299" in ui.text
        assert "goes into it" in ui.text
        await ui.press("g", "j", "k", "space", "pageup", "ctrl+d", "ctrl+u", "g")
        assert SCALING in ui.text
        await ui.resize(60, 20)
        await ui.shows("more lines: space")


async def test_a_burst_behind_the_key_stays_on_the_screen(twice):
    async with twice() as ui:
        await ui.press(*"Mwen")
        assert ui.done == []
        assert isinstance(ui.app.screen, DuplicatesScreen)


async def test_the_palette_finds_it(twice):
    async with twice() as ui:
        await ui.press(":", *"duplicates", "enter")
        await ui.shows("1 of 2")
