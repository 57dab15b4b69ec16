"""`readlist pdf`, against a server on this machine."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.server import Server

PDF = b"%PDF-1.5\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def pdf(readlist, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch):
    """The command line, on four papers: of arXiv, elsewhere, without an address, with a file."""
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))
    local = "allow_private = true\npause = 0\n"
    (tmp_path / "config.toml").write_text(
        f'[sources.arxiv]\nurl = "{server.base}"\n{local}[sources.web]\n{local}'
        f"[sources]\npatience = 5\n[pdf]\nfolder = {json.dumps(str(tmp_path / 'papers'))}\n"
    )
    (tmp_path / "own.pdf").write_bytes(PDF)
    papers = [
        {
            "title": "Worlds: A Study",
            "authors": ["Ada Okafor"],
            "published": "2026-08-20",
            "identifiers": {"arxiv": "2608.19880"},
        },
        {"title": "Elsewhere", "urls": {"pdf": server.url("/a.pdf")}},
        {"title": "Nowhere"},
        {"title": "At Hand", "files": [str(tmp_path / "own.pdf")]},
    ]
    file = tmp_path / "papers.json"
    file.write_text(json.dumps({"papers": papers}), "utf-8")
    assert readlist("import", str(file)).code == 0
    server.on("/pdf/2608.19880", PDF, type="application/pdf")
    return readlist


def shown(readlist, number: int) -> dict:
    return readlist("show", "--json", str(number)).json


def test_a_pdf_is_fetched_named_and_noted(pdf, tmp_path: Path, server: Server):
    path = tmp_path / "papers" / "2026 Okafor - Worlds - A Study.pdf"
    found = pdf("pdf", "get", "1")
    assert (found.code, found.out) == (0, f"{path}\n")
    assert "readlist: 1 PDF: 1 fetched" in found.err
    assert path.read_bytes() == PDF
    assert shown(pdf, 1)["files"] == [str(path)]
    assert [one["id"] for one in pdf("list", "--json", "has:pdf").json] == [1, 2, 4]
    assert [one["id"] for one in pdf("list", "--json", "has:files").json] == [1, 4]
    assert sorted(p.name for p in path.parent.iterdir() if p.suffix == ".pdf") == [path.name]
    assert "1 there already" in pdf("pdf", "get", "1").err
    assert server.paths() == ["/pdf/2608.19880"]


def test_undo_takes_the_note_and_leaves_the_file_which_is_not_fetched_again(pdf, server: Server):
    [path] = pdf("pdf", "get", "1").out.splitlines()
    assert "PDF of “Worlds: A Study”" in pdf("undo").out
    assert shown(pdf, 1)["files"] == []
    assert Path(path).exists()
    assert pdf("pdf", "get", "1").out == f"{path}\n"
    assert len(server.paths()) == 1
    assert shown(pdf, 1)["files"] == [path]


def test_several_are_one_change_and_what_fails_is_told(pdf, server: Server):
    server.on("/a.pdf", b"<!doctype html><p>Log in", type="text/html; charset=utf-8")
    found = pdf("pdf", "get", "is:any", "--json")
    assert found.code == 1
    assert [one["result"] for one in found.json] == ["fetched", "failed", "nowhere", "had"]
    assert "2 “Elsewhere”: 127.0.0.1 sent a web page instead of a PDF" in found.err
    assert "3 “Nowhere”: no address of a PDF is known" in found.err
    assert "4 PDFs: 1 fetched, 1 there already, 1 without an address, 1 not to be had" in found.err
    assert shown(pdf, 2)["files"] == []
    log = pdf("log", "--json").json
    assert sum("PDF of" in one["label"] for one in log) == 1


def test_what_broke_off_is_gone_on_with(pdf, tmp_path: Path, server: Server):
    tag = {"ETag": '"one"'}

    def rest(request):
        from tests.sources.server import Play

        start = int(request.headers["range"].removeprefix("bytes=").rstrip("-"))
        told = {**tag, "Content-Range": f"bytes {start}-{len(PDF) - 1}/{len(PDF)}"}
        return Play(PDF[start:], 206, headers=told)

    server.on("/a.pdf", PDF, cut=5000, headers=tag)
    server.on("/a.pdf", answer=rest)
    [path] = pdf("pdf", "get", "2").out.splitlines()
    assert Path(path).read_bytes() == PDF
    assert [r.headers.get("range") for r in server.requests] == [None, "bytes=5000-"]
    assert not list((tmp_path / "papers").glob(".*.part*"))


def test_two_papers_with_one_name_have_a_file_each(readlist, pdf, tmp_path: Path, server: Server):
    taken = tmp_path / "papers" / "Elsewhere.pdf"
    taken.parent.mkdir()
    taken.write_bytes(b"somebody's")
    server.on("/a.pdf", PDF)
    assert pdf("pdf", "get", "2").out == f"{taken.with_name('Elsewhere (2).pdf')}\n"
    assert taken.read_bytes() == b"somebody's"


def test_a_dry_run_fetches_nothing(pdf, tmp_path: Path, server: Server):
    found = pdf("pdf", "get", "is:any", "--dry-run")
    assert found.code == 1
    assert found.out.splitlines() == [
        f"{server.base}/pdf/2608.19880  2026 Okafor - Worlds - A Study.pdf",
        f"{server.base}/a.pdf  Elsewhere.pdf",
    ]
    assert "3: no address" in found.err
    assert not server.requests
    assert not (tmp_path / "papers").exists()


def test_a_folder_that_cannot_be_had(pdf, tmp_path: Path):
    (tmp_path / "papers").write_text("a file")
    found = pdf("pdf", "get", "1")
    assert found.code == 1
    assert f"PDFs cannot be put into {tmp_path / 'papers'}: " in found.err


def test_two_that_fetch_at_once(pdf, tmp_path: Path):
    from readlist.config import PdfSettings
    from readlist.pdf.folder import PdfFolder

    with PdfFolder(PdfSettings(tmp_path / "papers"), tmp_path / "x").fetching():
        found = pdf("pdf", "get", "1")
    assert found.code == 1
    assert "another readlist is fetching PDFs" in found.err


def test_what_came_before_it_was_stopped_is_noted(pdf, server: Server, monkeypatch):
    from readlist.sources.web import Web

    fetch = Web.download

    def stopped(self, url, to, **how):
        if url.endswith("/a.pdf"):
            raise KeyboardInterrupt
        return fetch(self, url, to, **how)

    monkeypatch.setattr(Web, "download", stopped)
    assert pdf("pdf", "get", "1", "2").code == 130
    assert len(shown(pdf, 1)["files"]) == 1


def test_a_file_of_ones_own(pdf, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert pdf("pdf", "add", "3", "own.pdf").code == 0
    assert shown(pdf, 3)["files"] == [str(tmp_path / "own.pdf")]
    assert "it is so already" in pdf("pdf", "add", "3", "own.pdf").err
    assert "is no PDF" in pdf("pdf", "add", "3", "papers.json").err
    assert "cannot be read: No such file" in pdf("pdf", "add", "3", "gone.pdf").err
    assert pdf("pdf", "add", "is:any", "own.pdf").code == 2
    assert pdf("pdf", "add", "own.pdf").code == 2


@pytest.mark.parametrize(
    ("words", "code"), [(["get"], 2), ([], 2), (["fetch", "1"], 2), (["get", "99"], 1)]
)
def test_wrong_usage(pdf, words: list[str], code: int):
    assert pdf("pdf", *words).code == code


def test_a_uid_from_outside_leads_nowhere(readlist, pdf, tmp_path: Path, server: Server):
    server.on("/b.pdf", PDF)
    bad = {"title": "B", "uid": "../../../bad", "urls": {"pdf": server.url("/b.pdf")}}
    (tmp_path / "bad.json").write_text(json.dumps({"papers": [bad]}))
    assert readlist("import", str(tmp_path / "bad.json")).code == 0
    [path] = readlist("pdf", "get", "5").out.splitlines()
    assert path == str(tmp_path / "papers" / "B.pdf")
    assert [p.name for p in tmp_path.rglob("*bad*")] == ["bad.json"]
