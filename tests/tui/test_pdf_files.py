"""PDFs in the interface: fetched by a key, opened by another."""

import json

import pytest

from readlist.tui import clipboard
from tests.sources.server import Server
from tests.tui.invented import one

PDF = b"%PDF-1.5\nx\n%%EOF\n"


@pytest.fixture
def server():
    with Server() as server:
        yield server


@pytest.fixture(autouse=True)
def settings(tmp_path, monkeypatch, server):
    local = "allow_private = true\npause = 0\n"
    path = tmp_path / "config.toml"
    path.write_text(
        f'[sources.arxiv]\nurl = "{server.base}"\n{local}[sources.web]\n{local}'
        f"[sources]\npatience = 3\n[pdf]\nname = '{{title}}'\n"
    )
    monkeypatch.setenv("READLIST_CONFIG", str(path))
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def opened(monkeypatch):
    """What was opened."""
    found = []
    monkeypatch.setattr(clipboard, "open_address", lambda address: found.append(address) or True)
    return found


def _papers(number):
    return [
        one().but(id=n, uid=f"u{n}", title=f"Paper {n}", identifiers={"arxiv": f"2611.{n:05}"})
        for n in range(1, number + 1)
    ]


async def test_a_pdf_is_fetched_noted_and_opened(readlist, server, tmp_path, opened):
    server.on("/pdf/2611.00001", PDF)
    path = tmp_path / "pdfs" / "Paper 1.pdf"
    async with readlist(_papers(1)) as ui:
        await ui.press("o")
        assert opened == ["https://arxiv.org/pdf/2611.00001"]
        await ui.press("P")
        await ui.shows("PDF of “Paper 1”: fetched · o opens it")
        assert path.read_bytes() == PDF
        assert ui.paper(1).files == [str(path)]
        await ui.click("file")
        assert opened.pop() == str(path)
        assert ui.done == ["PDF of “Paper 1”"]
        await ui.press("o")
        assert opened[1:] == [str(path)]
        await ui.press("P")
        await ui.shows("is there already")
        await ui.press("u")
        assert ui.paper(1).files == []
        assert path.exists()
        assert len(server.requests) == 1


async def test_several_are_one_change_and_others_wait_their_turn(readlist, server):
    for n in (1, 2, 4):
        server.on(f"/pdf/2611.{n:05}", PDF, delay=0.2)
    async with readlist(_papers(4)) as ui:
        await ui.press("space", "space", "space", "P", "escape", "G", "P")
        assert "1 PDF to be fetched after these" in ui.message
        await ui.until(lambda: len(ui.done) == 2)
        assert ui.done == ["PDF of 2 papers", "PDF of “Paper 4”"]
        assert [bool(paper.files) for paper in ui.papers.values()] == [True, True, False, True]
        assert [r.path[-1] for r in server.requests] == ["1", "2", "3", "4"]


async def test_what_cannot_be_had_is_said(readlist, server):
    server.on("/pdf/2611.00001", b"<html>", type="text/html")
    async with readlist(_papers(1)) as ui:
        await ui.press("P")
        await ui.shows("PDF of “Paper 1”: arXiv sent a web page instead of a PDF")
        assert ui.done == []


async def test_given_up_keeps_what_came(readlist, server):
    server.on("/pdf/2611.00001", PDF)
    server.on("/pdf/2611.00002", PDF, delay=20)
    async with readlist(_papers(2)) as ui:
        await ui.press("*", "P", "escape")
        await ui.until(lambda: len(server.requests) == 2)
        await ui.shows("esc gives up")
        await ui.press("escape")
        await ui.shows("Given up: 1 PDF: 1 fetched")
        assert ui.paper(1).files
        assert not ui.paper(2).files


async def test_leaving_notes_what_came(readlist, server, tmp_path):
    server.on("/pdf/2611.00001", PDF)
    server.on("/pdf/2611.00002", PDF, delay=20)
    async with readlist(_papers(2)) as ui:
        await ui.press("*", "P", "escape")
        await ui.until(lambda: len(server.requests) == 2)
        await ui.press("q")
        assert ui.has_ended
    told = json.loads((tmp_path / "pdfs" / ".readlist.jsonl").read_text())
    assert told == {"file": "Paper 1.pdf", "uid": "u1"}
    async with readlist() as ui:
        assert ui.paper(1).files


async def test_programs_that_an_import_named_are_not_opened(readlist, tmp_path, opened):
    (tmp_path / "run.desktop").write_text("[Desktop Entry]")
    (tmp_path / "beside.pdf").write_bytes(PDF)
    papers = [one(files=[str(tmp_path / "run.desktop")], urls={}, identifiers={})]
    async with readlist(papers) as ui:
        await ui.press("o")
        assert opened == []
        assert "No link is known" in ui.message


async def test_a_file_beside_the_library_is_found(readlist, tmp_path, opened):
    (tmp_path / "beside.pdf").write_bytes(PDF)
    async with readlist([one(files=["beside.pdf"])]) as ui:
        await ui.press("o")
        assert opened == [str(tmp_path / "beside.pdf")]


async def test_without_a_paper(readlist):
    async with readlist([]) as ui:
        await ui.press("P")
        assert "No paper here" in ui.message


async def test_as_a_line_of_the_command_line(readlist, server):
    server.on("/pdf/2611.00002", PDF)
    async with readlist(_papers(3)) as ui:
        await ui.press("j", *":pdf get", "enter")
        await ui.until(lambda: ui.paper(2).files)
        await ui.shows("Paper 2.pdf")
        await ui.press("u")
        assert [bool(paper.files) for paper in ui.papers.values()] == [False] * 3
