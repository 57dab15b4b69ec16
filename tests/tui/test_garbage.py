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


def test_what_has_stayed_is_looked_through_when_no_key_came_for_long():
    garbage.begin()
    gc.collect()
    kept = []
    for _ in range(30):
        kept.append([[] for _ in range(4_000)])
        garbage.look()
    looks = gc.get_stats()[1]["collections"]
    for still, more in ((1.0, 0), (2.0, 1)):
        kept.append([[] for _ in range(4_000)])
        garbage.look(still)
        assert gc.get_stats()[1]["collections"] == looks + more


async def test_no_key_waits_for_it(readlist, monkeypatch):
    looks = []
    async with readlist() as ui:
        await ui.settles()
        monkeypatch.setattr(garbage, "look", looks.append)
        await ui.press("j")
        ui.app._look_for_garbage()
        assert not looks
        ui.app._last_key -= 1
        ui.app._look_for_garbage()
        assert 1 < looks[0] < 2
