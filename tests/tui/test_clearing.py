"""What is offered after a holiday."""

from datetime import UTC, date, datetime, timedelta

import pytest

from readlist import backlog
from readlist.change import AddPaper, Change
from readlist.paper import Status
from tests.tui.invented import ADDED, many


def _papers(new, old):
    """Papers that are new: the first so many of yesterday, the others of a month ago."""
    days = [(date.today() - timedelta(days=ago)).isoformat() for ago in (1, 30)]
    return [_listed(p, days[p.id > new]) for p in many(new + old)]


def _listed(paper, day):
    return paper.but(sources=[{"name": "huggingface", "at": ADDED, "day": day}])


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(backlog, "_LEAST", 5)


async def test_a_line_offers_it_and_a_key_does_it(readlist, tmp_path):
    async with readlist(_papers(2, 6)) as ui:
        await ui.shows("8 new, 6 older than 14 days · E archives those 6")
        await ui.press("j")
        assert "E archives those 6" in ui.message
        await ui.press("E")
        assert ui.shown == [1, 2]
        assert "Archived 6 papers" in ui.message
        assert len(ui.done) == 1
        await ui.press("u")
        assert len(ui.shown) == 8
    async with readlist() as ui:
        await ui.press("j")
        await ui.main.app.workers.wait_for_complete()
        ui.main._watch()
        assert "older" not in ui.message


async def test_it_is_when_a_paper_came_that_counts(readlist):
    came = [(datetime.now(UTC) - timedelta(days=ago)).isoformat()[:19] + "Z" for ago in (1, 30)]
    day = (date.today() - timedelta(days=20)).isoformat()
    papers = [
        *(p.but(published="1997", added=came[p.id > 4]) for p in many(10)),
        _listed(many(11)[-1], day).but(added=came[0], published=date.today().isoformat()),
    ]
    papers[0] = _listed(papers[0], day)
    papers[0].sources[0]["assumed"] = "day"
    async with readlist(papers) as ui:
        await ui.shows("11 new, 7 older than 14 days · E archives those 7")
        await ui.press("E")
        assert ui.shown == [1, 2, 3, 4]


async def test_what_the_user_has_marked_stays(readlist):
    papers = _papers(1, 8)
    papers[2], papers[3] = papers[2].but(starred=True), papers[3].but(note="Ask Ada.")
    async with readlist(papers) as ui:
        await ui.shows("9 new, 6 older than 14 days · E archives those 6")
        await ui.press("E")
        assert ui.shown == [1, 3, 4]


async def test_any_other_key_declines(readlist):
    async with readlist(_papers(2, 6)) as ui:
        await ui.shows("E archives those 6")
        await ui.press("w")
        assert "older" not in ui.message
        await ui.press("E")
        assert ui.message.startswith("7 new, 6 older than 14 days · E archives those 6")
        assert ui.paper(8).status is Status.NEW
        await ui.press("x", "E", "E")
        assert ui.shown == [2]


async def test_who_types_is_not_asked(readlist, monkeypatch):
    monkeypatch.setattr(backlog, "_LEAST", 1000)
    async with readlist(_papers(3, 6)) as ui:
        await ui.press(*"/paper")
        monkeypatch.setattr(backlog, "_LEAST", 5)
        ui.main._is_offer_due = True
        ui.main._watch()
        assert "older" not in ui.text
        await ui.press("escape", "j")
        await ui.shows("9 new, 6 older")


@pytest.mark.parametrize(("new", "old"), [(0, 6), (6, 4)])
async def test_not_where_nothing_came_since_and_not_for_a_few(readlist, new, old):
    async with readlist(_papers(new, old)) as ui:
        await ui.until(lambda: not ui.main._is_offer_due)
        assert ui.message.startswith("1 of")
        assert not (ui.path.with_name("library.json.offered")).exists()


async def test_without_old_ones(readlist):
    async with readlist(_papers(3, 0)) as ui:
        await ui.press("E")
        assert "No new paper is older than 14 days" in ui.message


async def test_after_many_came_in(readlist):
    async with readlist(_papers(0, 6)) as ui:
        await ui.until(lambda: not ui.main._is_offer_due)
        with ui.library as other:
            fresh = [p.but(id=p.id + 100, uid=f"x{p.id}") for p in _papers(60, 0)]
            edits = {p.id: [AddPaper(p.document())] for p in fresh}
            other.apply(Change("Imported", edits, "import"))
        await ui.shows("66 new, 6 older than 14 days")
