"""`readlist add`, with a server on this machine that plays the services."""

import io
import json
import re

import pyperclip
import pytest

from readlist.library.library import Library
from tests.commands.conftest import Readlist
from tests.sources.server import Play, Server
from tests.sources.services import (
    ARXIV_ERROR,
    JSON,
    as_json,
    openalex_work,
    play_arxiv,
    play_crossref,
    play_daily,
    play_huggingface,
    play_scholar,
    scholar_paper,
    write_settings,
)

OFFLINE = "http://127.0.0.1:9"
ONE, TWO = "2401.00001", "2401.00002"


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))
    with Server() as server:
        write_settings(tmp_path, server.base)
        yield server


@pytest.fixture
def offline(tmp_path, monkeypatch):
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))
    write_settings(tmp_path, OFFLINE)


def papers(tmp_path):
    library = Library(tmp_path / "library.json")
    found = list(library.papers())
    library.close()
    return found


def test_a_paper_by_its_id(readlist: Readlist, server: Server, tmp_path):
    play_arxiv(server, {ONE: "A First Title"})
    found = readlist("add", f"https://arxiv.org/abs/{ONE}v3", "--tag", "rl")
    assert (found.code, found.out, found.err) == (0, "added 1: A First Title\n", "")
    (paper,) = papers(tmp_path)
    assert (paper.title, paper.status, paper.tags) == ("A First Title", "to-read", ["rl"])
    assert paper.authors == ["Mina Okafor", "Lars Lindqvist"] and paper.published == "2024-01-02"
    assert [source["name"] for source in paper.sources] == ["arxiv"]
    assert "Added “A First Title”" in readlist("log").out
    assert readlist("undo").code == 0 and not papers(tmp_path)
    assert readlist("add", ONE).code == 0 and len(papers(tmp_path)) == 1


def test_what_is_here_is_not_asked_for_again(readlist: Readlist, server: Server, tmp_path):
    play_arxiv(server, {ONE: "A First Title"})
    readlist("add", ONE, "--to", "read")
    before = papers(tmp_path)[0].document()
    found = readlist("add", f"arxiv:{ONE}")
    assert (found.code, found.out) == (0, "known 1 (read): A First Title\n")
    assert papers(tmp_path)[0].document() == before
    assert readlist("add", ONE, "--tag", "x").out == "updated 1 (read): A First Title\n"
    assert papers(tmp_path)[0].tags == ["x"] and len(server.requests) == 1


def test_many_at_once_in_batches(readlist: Readlist, server: Server, tmp_path, monkeypatch):
    numbers = [f"2401.{number:05}" for number in range(1, 231)]
    play_arxiv(server, {number: f"Paper {number}" for number in numbers})
    text = "see " + "\n- ".join(f"https://arxiv.org/abs/{number}," for number in numbers)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    found = readlist("add", "-")
    assert found.code == 0 and found.out.count("added") == 230
    assert [len(request.query["id_list"][0].split(",")) for request in server.requests] == [
        100,
        100,
        30,
    ]
    assert [paper.title for paper in papers(tmp_path)] == [f"Paper {n}" for n in numbers]


def test_several_services_in_the_order_that_was_asked(readlist, server: Server, tmp_path):
    play_arxiv(server, {ONE: "By Arxiv"})
    play_crossref(server, {"10.1145/1.2": "By Crossref", "10.1145/3.4": "Also by Crossref"})
    server.on("/works/W2741809807", openalex_work("W2741809807", "10.1/x", "By OpenAlex"))
    sha = "a" * 40
    server.on(f"/graph/v1/paper/{sha}", scholar_paper(sha, "By Scholar"), type=JSON)
    server.on("/graph/v1/paper/CorpusID:123456", scholar_paper("b" * 40, "By Corpus"), type=JSON)
    note = {"id": "abcDEF12", "forum": "abcDEF12", "content": {"title": {"value": "By Review"}}}
    server.on("/notes", as_json({"notes": [note]}), type=JSON)
    page = b'<html><head><meta name=citation_title content="By the Anthology"></head></html>'
    server.on("/P19-1001/", page, type="text/html")
    page = page.replace(b"the Anthology", b"a Page")
    server.on("/paper.html", page, type="text/html")
    asked = [
        "https://doi.org/10.1145/1.2",
        f"https://www.semanticscholar.org/paper/Some-Title/{sha}",
        "arXiv:" + ONE,
        "https://openreview.net/forum?id=abcDEF12",
        "10.1145/3.4",
        "https://aclanthology.org/P19-1001.pdf",
        "https://openalex.org/W2741809807",
        "https://api.semanticscholar.org/CorpusID:123456",
        server.url("/paper.html"),
    ]
    found = readlist("add", *asked)
    assert (found.code, found.err) == (0, "")
    assert [paper.title for paper in papers(tmp_path)] == [
        "By Crossref",
        "By Scholar",
        "By Arxiv",
        "By Review",
        "Also by Crossref",
        "By the Anthology",
        "By OpenAlex",
        "By Corpus",
        "By a Page",
    ]
    number = len(server.requests)
    again = readlist("add", *asked)
    assert again.code == 0 and again.out.count("known") == 9
    assert len(server.requests) == number


def test_who_is_asked_when_another_has_not(readlist: Readlist, server: Server, tmp_path):
    play_arxiv(server, {})
    play_huggingface(server, {ONE: "By Hugging Face"})
    play_crossref(server, {})
    server.on("/works/doi:10.1145/1.2", openalex_work("W1234567", "10.1145/1.2", "By OpenAlex"))
    play_scholar(server, {"DOI:10.1145/3.4": scholar_paper("c" * 40, "By S2")})
    csl = {"type": "article-journal", "title": "By Its DOI", "DOI": "10.5281/zenodo.12"}
    server.on("/10.5281/zenodo.12", as_json(csl), type=JSON)
    found = readlist("add", ONE, "10.1145/1.2", "10.1145/3.4", "10.5281/zenodo.12")
    assert (found.code, found.err) == (0, "")
    titles = ["By Hugging Face", "By OpenAlex", "By S2", "By Its DOI"]
    assert [paper.title for paper in papers(tmp_path)] == titles
    assert papers(tmp_path)[3].identifiers == {"doi": "10.5281/zenodo.12"}


def test_what_nobody_knows_is_kept_and_filled_in_later(readlist, server: Server, tmp_path):
    server.on("/api/query", status=503)
    server.on(f"/api/papers/{ONE}", status=503)
    found = readlist("add", ONE)
    assert (found.code, found.out) == (1, f"kept 1: arxiv:{ONE}\n")
    (line,) = found.err.splitlines()
    assert line == (
        "readlist: arXiv is out of order (HTTP 503); try again later; "
        f"arxiv:{ONE}: kept by its identifier"
    )
    (paper,) = papers(tmp_path)
    assert paper.title == f"arxiv:{ONE}" and paper.identifiers == {"arxiv": ONE}
    readlist("mark", "starred", "1")
    server.forget("/api/query")
    play_arxiv(server, {ONE: "At Last"})
    found = readlist("add", ONE)
    assert (found.code, found.out) == (0, "updated 1 (to read): At Last\n")
    (paper,) = papers(tmp_path)
    assert paper.title == "At Last" and paper.starred and paper.authors[0] == "Mina Okafor"


def test_a_page_that_tells_of_nothing_is_kept_by_its_address(readlist, server, tmp_path):
    server.on("/x.html", b"<html><title>Hello</title></html>", type="text/html")
    url = server.url("/x.html")
    found = readlist("add", url, "https://example.org/y.pdf")
    assert found.code == 1 and found.out == f"kept 1: {url}\nkept 2: https://example.org/y.pdf\n"
    assert "the page tells of no paper" in found.err and "a PDF is cannot be told" in found.err
    kept = papers(tmp_path)
    assert kept[0].urls == {"abstract": url} and kept[1].urls == {
        "pdf": "https://example.org/y.pdf"
    }
    server.forget("/x.html")
    server.on("/x.html", b'<html><meta name="citation_title" content="Now It Does"></html>')
    assert readlist("add", url).out == "updated 1 (to read): Now It Does\n"
    assert len(papers(tmp_path)) == 2


def test_a_page_of_daily_papers(readlist: Readlist, server: Server, tmp_path):
    day = {f"2608.{number:05}": f"Paper {number} of That Day" for number in range(1, 18)}
    play_daily(server, {"2026-08-21": day})
    found = readlist("add", "https://huggingface.co/papers/date/2026-08-21")
    assert (found.code, found.out) == (0, "Daily Papers, 2026-08-21: 17 added\n")
    first = papers(tmp_path)[0]
    assert (first.status, first.upvotes, first.sources[0]["day"]) == ("new", 7, "2026-08-21")
    assert "Imported Daily Papers, 2026-08-21: 17 added" in readlist("log").out
    readlist("delete", "1", "2")
    again = readlist("add", "https://huggingface.co/papers/date/2026-08-21")
    assert "2 deleted before and left out" in again.out
    assert readlist("add", "https://huggingface.co/papers/month/2025-01").out.endswith(
        "no papers\n"
    )


def test_a_month_of_daily_papers_has_several_pages(readlist: Readlist, server: Server, tmp_path):
    month = {f"2608.{number:05}": f"Paper {number} of a Month" for number in range(1, 231)}
    play_daily(server, {"2026-08": month})
    found = readlist("add", "https://huggingface.co/papers/month/2026-08")
    assert (found.code, found.out) == (0, "Daily Papers, 2026-08: 230 added\n")
    assert len(server.requests) == 3


def test_deleted_papers_come_back(readlist: Readlist, server: Server, tmp_path, monkeypatch):
    play_arxiv(server, {ONE: "A First Title", TWO: "Another"})
    readlist("add", ONE, TWO)
    readlist("delete", "1", "2")
    assert readlist("add", ONE).out == "added 1: A First Title\n"
    write_settings(tmp_path, OFFLINE)
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "other"))
    found = readlist("add", TWO)
    assert (found.code, found.out) == (1, "kept 2: Another\n")


def test_offline_is_one_line(readlist: Readlist, offline, tmp_path, seconds):
    begun = seconds()
    found = readlist("add", ONE, "10.1145/1.2", "https://openreview.net/forum?id=abcDEF12", TWO)
    assert found.code == 1 and found.out.count("kept") == 4
    (line,) = found.err.splitlines()
    assert line == (
        "readlist: arXiv cannot be reached: connection refused (the others neither); "
        f"arxiv:{ONE}, doi:10.1145/1.2, openreview:abcDEF12 and 1 more: kept by their identifiers"
    )
    assert seconds() - begun < 30 and len(papers(tmp_path)) == 4


def test_a_server_that_never_answers(readlist: Readlist, server: Server, tmp_path, seconds):
    server.on("/*", delay=60)
    write_settings(tmp_path, server.base, patience=1)
    begun = seconds()
    found = readlist("add", ONE, "10.1145/1.2", "W2741809807", "P19-1001")
    assert found.code == 1 and len(papers(tmp_path)) == 4
    assert seconds() - begun < 20
    assert re.search("arXiv (did not answer in time|cannot be reached: it does not)", found.err)


@pytest.mark.parametrize(
    ("play", "message"),
    [
        (Play(status=429, headers={"Retry-After": "900"}), "arXiv asks to wait until"),
        (Play(b"<!doctype html><p>Welcome", type=JSON), "arXiv answered with a web page, not with"),
        (Play(b"\x1f\x8bxx"), "arXiv answered with what cannot be read: it is a gzip archive"),
        (
            Play(b"<feed><entry><id>http://arxiv.org/abs/24"),
            "arXiv answered with what cannot be read: no",
        ),
        (Play(b"x" * 30_000_000), "arXiv answered with more than 20 MB"),
        (Play(status=302, headers={"Location": "/api/query"}), "arXiv redirects in circles"),
        (Play(drop=True), "arXiv broke the connection off; try again later"),
        (Play(ARXIV_ERROR), "arXiv answers: incorrect id format for X"),
    ],
)
def test_bad_days_of_arxiv(readlist: Readlist, server: Server, tmp_path, play, message):
    server.on("/api/query", play.body, **{k: v for k, v in play._asdict().items() if k != "body"})
    found = readlist("add", ONE)
    assert found.code == 1 and found.out == f"kept 1: arxiv:{ONE}\n"
    assert found.err.startswith(f"readlist: {message}") and len(found.err.splitlines()) == 1


def test_one_bad_id_does_not_spoil_the_others(readlist: Readlist, server: Server, tmp_path):
    good = {f"2401.{number:05}": f"Paper {number}" for number in range(1, 6)}
    play_arxiv(server, good)
    answer = server._plays["/api/query"][0].answer

    def strict(request):
        is_bad = "2401.99999" in request.query["id_list"][0]
        return Play(ARXIV_ERROR) if is_bad else answer(request)

    server.forget("/api/query")
    server.on("/api/query", answer=strict)
    found = readlist("add", *list(good)[:3], "2401.99999", *list(good)[3:])
    assert found.code == 1 and found.out.count("added") == 5
    assert "arXiv answers: incorrect id format for X; arxiv:2401.99999: kept by its" in found.err


def test_a_slow_answer_and_one_after_a_busy_moment(readlist: Readlist, server: Server, tmp_path):
    server.on("/api/query", status=429, headers={"Retry-After": "1"})
    server.on("/api/query", status=503)
    play_arxiv(server, {ONE: "Slowly"})
    assert readlist("add", ONE).out == "added 1: Slowly\n"
    assert server.gaps()[0] >= 1


def test_nothing_is_changed_by_a_dry_run(readlist: Readlist, server: Server, tmp_path):
    play_arxiv(server, {ONE: "A First Title"})
    found = readlist("add", ONE, TWO, "--dry-run")
    assert found.out.splitlines() == [
        "arXiv: 1 added",
        "  A First Title",
        "kept by identifier: 1 added",
        f"  arxiv:{TWO}",
    ]
    assert "a dry run: nothing was changed" in found.err and not papers(tmp_path)


def test_a_report_in_json(readlist: Readlist, server: Server):
    play_arxiv(server, {ONE: "A First Title"})
    found = readlist("add", ONE, "nonsense", TWO, "--json")
    assert found.code == 1
    first, kept, *errors = found.json
    assert (first["name"], first["added"], kept["name"], kept["added"]) == (
        "arXiv",
        [1],
        "kept by identifier",
        [2],
    )
    assert [error["error"] for error in errors] == [
        "“nonsense” is no id of a paper, and no link",
        f"arXiv and Hugging Face know no such paper; arxiv:{TWO}: kept by its identifier",
    ]


def test_what_is_no_id(readlist: Readlist, tmp_path, monkeypatch):
    (tmp_path / "refs.bib").write_text("@article{x}")
    found = readlist("add", "nonsense")
    assert (found.code, found.err) == (1, "readlist: “nonsense” is no id of a paper, and no link\n")
    found = readlist("add", str(tmp_path / "refs.bib"))
    assert "refs.bib is a file: readlist import takes it in" in found.err
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"no ids at all")))
    assert "in stdin there is no id of a paper" in readlist("add").err
    assert not papers(tmp_path)


def test_the_clipboard(readlist: Readlist, server: Server, monkeypatch):
    play_arxiv(server, {ONE: "From the Clipboard"})
    monkeypatch.setattr(pyperclip, "paste", lambda: f"Look at https://arxiv.org/pdf/{ONE}!")
    assert readlist("add", "--clipboard").out == "added 1: From the Clipboard\n"

    def none():
        raise pyperclip.PyperclipException("no xclip")

    monkeypatch.setattr(pyperclip, "paste", none)
    found = readlist("add", "--clipboard")
    assert found.code == 1 and "the clipboard cannot be read" in found.err


def test_what_services_say_is_cleaned(readlist: Readlist, server: Server, tmp_path):
    play_huggingface(server, {ONE: "Evil \x1b]0;owned\x07\x1b[2J \u202eTitle [/]"})
    server.on("/api/query", b"<feed xmlns='http://www.w3.org/2005/Atom'><id>arxiv.org</id></feed>")
    assert readlist("add", ONE).out == "added 1: Evil Title [/]\n"


def test_a_private_address_is_not_asked_for(readlist: Readlist, server: Server, tmp_path):
    server.on("/secret", b'<meta name="citation_title" content="Secret">')
    text = (tmp_path / "config.toml").read_text().split("[sources.web]")[0]
    (tmp_path / "config.toml").write_text(text)
    found = readlist("add", server.url("/secret"))
    assert "127.0.0.1 is a private address" in found.err and not server.requests


def test_the_settings_are_read_before_anything_is_asked(readlist: Readlist, tmp_path):
    (tmp_path / "config.toml").write_text("[sources.arxiv]\nurl = 3")
    found = readlist("add", ONE)
    assert found.code == 2 and "sources.arxiv.url: an address is wanted" in found.err


def test_json_of_an_empty_day_is_no_error(readlist: Readlist, server: Server):
    server.on("/api/daily_papers", b"[]", type=JSON)
    found = readlist("add", "https://huggingface.co/papers", "--json")
    assert found.code == 0 and json.loads(found.out)[0]["added"] == []
