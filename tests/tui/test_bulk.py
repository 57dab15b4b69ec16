from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import Status
from readlist.tui import bulk, long_work
from tests.tui.invented import many


def few(monkeypatch):
    """Make twenty papers many."""
    monkeypatch.setattr(bulk, "MANY", 20)
    monkeypatch.setattr(long_work, "MANY", 20)


def states(ui):
    return {paper.status for paper in ui.papers.values()}


async def test_many_papers_change_beside_the_keys_in_one_step_and_back(readlist, monkeypatch):
    few(monkeypatch)
    async with readlist(papers=many(60)) as ui:
        await ui.press("*")
        assert ui.footer.startswith("on 60 selected:")
        await ui.press("e")
        await ui.until(lambda: ui.message.startswith("Archived 60 papers · u brings them back"))
        assert states(ui) == {Status.ARCHIVED}
        assert ui.shown == []
        assert ui.done == ["Archived 60 papers"]
        assert "selected" not in ui.head
        await ui.press("u")
        await ui.until(lambda: ui.message.startswith("Undone: Archived 60 papers"))
        assert states(ui) == {Status.NEW}
        assert len(ui.shown) == 60
        await ui.press("ctrl+r")
        await ui.until(lambda: ui.message.startswith("Again: Archived 60 papers"))
        assert states(ui) == {Status.ARCHIVED}


async def test_keys_behind_a_change_of_many_act_on_what_it_leaves(readlist, monkeypatch):
    few(monkeypatch)
    async with readlist(papers=many(40)) as ui:
        await ui.press("j", "j", "v", "G", "v", "e", "j", "s")
        await ui.until(lambda: len(ui.done) == 2)
        assert ui.shown == [1, 2]
        assert ui.paper(2).starred


async def test_what_fails_beside_the_keys_is_told_and_nothing_is_changed(readlist, monkeypatch):
    def full(library, *_):
        raise LibraryError(library.path, "no space is left", "make room")

    few(monkeypatch)
    async with readlist(papers=many(40)) as ui:
        monkeypatch.setattr(Library, "edit", full)
        await ui.press("*", "e")
        await ui.until(lambda: "no space is left" in ui.message)
        assert states(ui) == {Status.NEW}
