"""Whatever is typed: the interface lives, shows what is in the file, and all can be taken back."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from readlist.bindings import BINDINGS, DUPLICATE_KEYS
from readlist.library.library import Library
from readlist.paper import Status
from tests.tui.interface import interface
from tests.tui.invented import PAPERS, many, write_library
from tests.tui.storm import shelter, storm

LEAVES = ("q",)
EVERY = [key for binding in (*BINDINGS, *DUPLICATE_KEYS) for key in binding.keys.split(",")]
KEYS = [key for key in EVERY if key not in LEAVES]
FEW = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])


def states(library):
    """All papers as they are, without and with what can be made again."""
    return {paper.id: paper for paper in library.papers()}


def steps(step):
    """Go back or forth as far as it goes; how many steps that were."""
    number = 0
    while step() is not None:
        number += 1
    return number


async def typed(path, keys, size):
    """Type keys; what the inbox shows in the end, back from wherever they led."""
    async with interface(path, size=size) as ui:
        for place in range(0, len(keys), 10):
            await ui.press(*keys[place : place + 10])
            assert ui.has_ended or {cell_len(line) for line in ui.lines} == {size[0]}
        while ui.app.screen is not ui.main:
            await ui.press("escape")
        await ui.press(*["escape"] * 4, "1")
        return ui.shown


@FEW
@given(st.lists(st.sampled_from(KEYS), max_size=40), st.sampled_from([(60, 20), (140, 40)]))
def test_any_keys_leave_a_library_that_can_be_taken_back_and_made_again(keys, size):
    with tempfile.TemporaryDirectory() as folder:
        path = write_library(Path(folder) / "library.json")
        shown = asyncio.run(typed(path, keys, size))
        library = Library(path)
        end = states(library)
        assert sorted(shown) == [p.id for p in end.values() if p.status is Status.NEW]
        undone = steps(library.redo)
        furthest = states(library)
        steps(library.undo)
        assert states(library) == {paper.id: paper for paper in PAPERS}
        steps(library.redo)
        assert states(library) == furthest
        for _ in range(undone):
            library.undo()
        assert states(library) == end
        library.close()


def library_of(folder, seed):
    """A library of a few papers, or of several pages of them."""
    more = [paper.but(id=paper.id + 100) for paper in many(300)] if seed % 2 else []
    return write_library(folder / "library.json", [*PAPERS, *more])


async def test_a_storm_of_keys_and_mouse_loses_no_change(tmp_path, monkeypatch):
    shelter(monkeypatch, tmp_path / "home")
    assert await storm(library_of(tmp_path, 0), 0, 20) > 2


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 21))
async def test_storms_lose_no_change(seed, tmp_path, monkeypatch):
    shelter(monkeypatch, tmp_path / "home")
    assert await storm(library_of(tmp_path, seed), seed, 60) > 2
