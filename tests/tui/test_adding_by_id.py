"""Papers added in the interface by ids and links: seen before they are taken, fetched beside the
keys, kept by their ids when nobody answers."""

import pytest

from readlist.paper import Status
from readlist.tui.screens import adding
from tests.sources.server import Server
from tests.sources.services import play_arxiv, play_crossref, play_daily, write_settings

ONE, TWO = "2401.00001", "2401.00002"


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("READLIST_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setattr(adding, "_TYPED", 0.1)
    with Server() as server:
        write_settings(tmp_path, server.base)
        yield server


async def test_an_id_that_is_typed_is_looked_up_and_enter_takes_it(readlist, server: Server):
    play_arxiv(server, {ONE: "A Title From the Server"})
    async with readlist() as ui:
        await ui.press("a", *ONE)
        await ui.shows("1 paper", "A Title From the Server", "Okafor, Lindqvist", "● to read")
        assert len(ui.papers) == 15 and len(server.requests) == 1
        await ui.press("enter")
        await ui.shows("“A Title From the Server”: 1 added · u takes it back")
        assert ui.paper(16).status is Status.TO_READ and ui.shown == [16]
        await ui.press("u")
        await ui.shows("Undone: Added “A Title From the Server”")
        assert len(ui.papers) == 15


async def test_what_is_given_is_said_before_it_is_looked_up(readlist, server, monkeypatch):
    monkeypatch.setattr(adding, "_TYPED", 60)
    async with readlist() as ui:
        await ui.press("a", *ONE[:-1])
        await ui.shows("arXiv 2401.0000", "enter fetches it")
        await ui.press(*"1 10.1145/1.2")
        await ui.shows("2 papers", "enter fetches it")
        await ui.press("ctrl+u", *"https://hf.co/papers")
        await ui.shows("a page of Daily Papers")
        assert not server.requests


async def test_enter_is_not_waited_for(readlist, server: Server, monkeypatch):
    monkeypatch.setattr(adding, "_PATIENCE", 0.05)
    server.on("/api/query", status=429, headers={"Retry-After": "1"})
    play_arxiv(server, {ONE: "It Came Later"})
    async with readlist() as ui:
        await ui.press("a", *f"arxiv:{ONE}", "enter")
        await ui.shows(f"arXiv {ONE}: it is added as soon as it is there", "esc gives up")
        await ui.press("j", "w")  # meanwhile
        assert ui.paper(2).status is Status.TO_READ
        await ui.shows("“It Came Later”: 1 added · u takes it back")
        assert ui.paper(16).title == "It Came Later"
        assert "import:last" not in ui.text and ui.shown[:1] != [16]


async def test_several_are_fetched_beside_the_keys(readlist, server: Server, monkeypatch):
    monkeypatch.setattr(adding, "_PATIENCE", 0.02)
    play_arxiv(server, {ONE: "The First", TWO: "The Second"})
    play_crossref(server, {"10.1145/1.2": "The Third"})
    async with readlist() as ui:
        for given in (ONE, TWO, "10.1145/1.2"):
            await ui.press("a")
            await ui.shows("Add papers")
            await ui.press(*given, "enter")
            await ui.settles()
        await ui.until(lambda: len(ui.papers) == 18, "three papers more")
    assert {paper.title for paper in ui.papers.values()} >= {"The First", "The Second", "The Third"}


async def test_escape_gives_up_what_is_being_fetched(readlist, server, tmp_path, monkeypatch):
    write_settings(tmp_path, server.base, patience=45)
    monkeypatch.setattr(adding, "_PATIENCE", 0.02)
    server.on("/*", delay=20)
    async with readlist() as ui:
        await ui.press("a", *ONE, "enter")
        await ui.shows("esc gives up")
        await ui.press("escape")
        await ui.shows("Given up: nothing was taken in")
        await ui.press("a", *TWO)
        await ui.shows("asking arXiv")
        await ui.press("escape", "q")
        assert ui.has_ended
    assert len(ui.papers) == 15


async def test_what_was_wanted_is_kept_when_readlist_is_left(
    readlist, server, tmp_path, monkeypatch
):
    write_settings(tmp_path, server.base, patience=45)
    monkeypatch.setattr(adding, "_PATIENCE", 0.02)
    server.on("/*", delay=20)
    async with readlist() as ui:
        await ui.press("a", *f"{ONE} {TWO}", "enter", "q")
        assert ui.has_ended
    kept = [paper for number, paper in ui.papers.items() if number > 15]
    assert [(p.title, p.status) for p in kept] == [
        (f"arxiv:{ONE}", Status.TO_READ),
        (f"arxiv:{TWO}", Status.TO_READ),
    ]


async def test_offline_it_is_said_and_kept_if_that_is_wanted(readlist, server, tmp_path):
    write_settings(tmp_path, "http://127.0.0.1:9")
    async with readlist() as ui:
        await ui.press("a", *ONE)
        await ui.shows("arXiv cannot be reached: connection refused", "enter keeps it by its")
        await ui.press("escape")
        assert len(ui.papers) == 15
        await ui.press("a", *ONE, "enter")
        await ui.shows("arXiv cannot be reached: connection refused", "u takes it back")
        assert ui.paper(16).title == f"arxiv:{ONE}" and ui.paper(16).identifiers == {"arxiv": ONE}


async def test_a_list_of_ids_that_is_pasted(readlist, server: Server):
    play_arxiv(server, {ONE: "The First", TWO: "The Second"})
    async with readlist() as ui:
        await ui.paste(f"https://arxiv.org/abs/{ONE}\n- arXiv:{TWO}v2\n")
        await ui.shows("2 papers", "The First", "The Second")
        await ui.press("enter")
        await ui.shows("2 papers: 2 added")
    assert len(server.requests) == 1


async def test_ids_in_a_text_that_is_pasted(readlist, server: Server):
    play_arxiv(server, {ONE: "Named by Its Id Alone"})
    text = (
        f"Read this week:\n- A Title of Its Own: https://arxiv.org/abs/{TWO}\nand see arXiv:{ONE}\n"
    )
    async with readlist() as ui:
        await ui.paste(text)
        await ui.shows("2 papers", "A Title of Its Own", "Named by Its Id Alone")
        await ui.press("enter")
        await ui.until(lambda: len(ui.papers) == 17)


async def test_a_page_of_daily_papers(readlist, server: Server):
    play_daily(server, {"2026-08-21": {f"2608.{n:05}": f"Paper {n} of a Day" for n in range(9)}})
    async with readlist() as ui:
        await ui.paste("https://huggingface.co/papers/date/2026-08-21")
        await ui.shows("9 papers", "Paper 8 of a Day", "● new")
        await ui.press("enter")
        await ui.shows("Daily Papers, 2026-08-21: 9 added")


async def test_a_settings_file_that_is_broken_is_told(readlist, server, tmp_path):
    (tmp_path / "config.toml").write_text("[sources.arxiv]\nurl = 3")
    async with readlist() as ui:
        await ui.press("a", *ONE)
        await ui.shows("sources.arxiv.url: an address is wanted")
