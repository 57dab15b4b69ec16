"""Garbage is looked for among what comes and goes, and rarely."""

import gc

import pytest

from readlist.tui import garbage


@pytest.fixture(autouse=True)
def _garbage():
    """Here it is as it is for users; what was frozen before is so afterwards."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)
    gc.collect()
    gc.freeze()


async def test_what_stays_is_not_looked_through(readlist):
    before = gc.get_freeze_count()
    async with readlist() as ui:
        await ui.settles()
        assert gc.isenabled()
        assert gc.get_threshold()[0] == 100_000
        assert gc.get_freeze_count() > before


async def test_what_comes_and_goes_is_not_kept(readlist):
    async with readlist() as ui:
        await ui.press(*"/reward", "escape")
        gc.collect()
        before = len(gc.get_objects())
        for _ in range(5):
            await ui.press(*"/reward", "escape")
        gc.collect()
        assert len(gc.get_objects()) - before < 5_000


def test_it_is_looked_for_when_enough_came():
    garbage.begin()
    gc.collect()
    garbage.look()
    assert gc.get_count()[0] < 3_000
    kept = [[] for _ in range(10_000)]
    assert gc.get_count()[0] > 3_000
    garbage.look()
    assert gc.get_count()[0] < 3_000
    assert kept
