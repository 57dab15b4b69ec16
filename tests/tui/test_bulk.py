import threading

from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import Status
from readlist.tui import bulk, library_view, long_work, tagging
from readlist.tui.widgets import paper_list
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


async def test_many_read_papers_go_back_to_the_states_that_they_had(readlist, monkeypatch):
    few(monkeypatch)
    monkeypatch.setattr(paper_list, "_NEAR", 5)
    async with readlist(papers=many(40)) as ui:
        await ui.press("w", "b", "*", "r")
        await ui.until(lambda: ui.message.startswith("Read 38 papers"))
        await ui.press("2", "r", "3", "r", "5", "*", "r")
        await ui.until(lambda: ui.message.startswith("To read 40 papers"))
        assert ui.paper(1).status is Status.TO_READ
        assert ui.paper(2).status is Status.READING
        assert ui.paper(3).status is Status.NEW


async def test_many_are_starred_and_where_all_are_they_lose_it(readlist, monkeypatch):
    few(monkeypatch)
    async with readlist(papers=many(40)) as ui:
        await ui.press("s", "*", "s")
        await ui.until(lambda: ui.message.startswith("Starred 40 papers"))
        assert all(paper.starred for paper in ui.papers.values())
        assert "40 selected" in ui.head
        await ui.press("s")
        await ui.until(lambda: ui.message.startswith("Star taken from 40 papers"))
        assert not any(paper.starred for paper in ui.papers.values())


async def test_tags_of_many_are_known_without_reading_them_at_the_key(readlist, monkeypatch):
    few(monkeypatch)
    monkeypatch.setattr(tagging, "MANY", 20)
    papers = [paper.but(tags=["a/b"] * (paper.id <= 3)) for paper in many(40)]
    async with readlist(papers=papers) as ui:
        with monkeypatch.context() as patch:
            patch.setattr(Library, "papers", None)
            await ui.press("*", "t")
            await ui.shows("Tags on 40 papers", "on 3 of 40")
        assert "on all" not in ui.text
        await ui.press(*"a/b", "enter")
        await ui.until(lambda: ui.message.startswith("+a/b on 40 papers"))
        assert {tuple(paper.tags) for paper in ui.papers.values()} == {("a/b",)}


async def test_tags_that_are_still_being_counted_follow(readlist, monkeypatch):
    few(monkeypatch)
    monkeypatch.setattr(tagging, "MANY", 20)
    monkeypatch.setattr(library_view, "_SLICE", 0)
    papers = [paper.but(tags=["a"]) for paper in many(40)]
    async with readlist(papers=papers) as ui:
        await ui.press("*", "t")
        await ui.shows("Tags on 40 papers   papers are being read …")
        monkeypatch.setattr(library_view, "_SLICE", 200)
        await ui.shows("on all 40")
        assert "being read" not in ui.text


async def test_what_is_under_way_is_named_to_whom_it_keeps(readlist, monkeypatch):
    few(monkeypatch)
    going = threading.Event()
    edit = Library.edit

    def slowly(library, *rest):
        going.wait(20)
        return edit(library, *rest)

    async with readlist(papers=many(40)) as ui:
        monkeypatch.setattr(Library, "edit", slowly)
        monkeypatch.setattr(long_work, "_AT_ONCE", 0)
        await ui.press("*", "e", "escape", "w")
        assert "40 papers are being changed" in ui.message
        going.set()
        await ui.until(lambda: ui.message.startswith("Archived 40 papers"))
