"""`readlist complete`, and how it asks."""

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from readlist.commands import asking, completing
from readlist.library.library import Library
from readlist.services import SERVICES
from tests.sources.server import Server

TITLE = "Diverse Datasets for Data-Driven Deep Learning"
PAPERS = [
    {"title": TITLE, "abstract": "Of plates that are held at their rims."},
    {"title": "Visual Tuning"},
    {"title": "What Nobody Knows"},
    {"title": "Whole", "authors": ["Ada Byron"], "identifiers": {"doi": "10.1000/whole"}},
]
FOUND = {
    TITLE: ("2403.00001", ["Jun Ito", "Mara Weiss", "Li Chen", "Bo Ek", "Al Ba"]),
    "Visual Tuning": ("2511.05491", ["Rui Yang"]),
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Hugging Face, which knows two papers; everybody else knows nothing."""
    with Server() as server:
        tables = [
            f'[sources.{name}]\nurl = "{server.base}"\nallow_private = true\npause = 0\n'
            for name in SERVICES
            if name != "web"
        ]
        (tmp_path / "config.toml").write_text("".join(tables), "utf-8")

        def search(request):
            return json.dumps(
                [
                    {
                        "paper": {
                            "id": number,
                            "title": title,
                            "summary": "Of plates that are held at their rims.",
                            "authors": [{"name": name} for name in names],
                            "publishedAt": "2024-03-05T00:00:00.000Z",
                        }
                    }
                    for title, (number, names) in FOUND.items()
                    if title == request.query["q"][0]
                ]
            ).encode()

        server.on("/api/papers/search", type="application/json", answer=search)
        yield server


@pytest.fixture
def papers(readlist, server, tmp_path, monkeypatch):
    """The command line, on a library with four papers; three of them lack something."""
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))
    file = tmp_path / "papers.json"
    file.write_text(json.dumps({"papers": PAPERS}), "utf-8")
    assert readlist("import", str(file)).code == 0
    return readlist


@pytest.fixture
def answers(monkeypatch):
    """Has somebody be there who types these lines."""

    def types(text):
        monkeypatch.setattr(completing, "_asks", lambda args: not args.yes)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return types


def test_a_dry_run_shows_what_would_change_and_changes_nothing(papers, tmp_path):
    before = Library(tmp_path / "library.json").state
    found = papers("complete", "--dry-run")
    assert found.code == 0
    assert found.out.splitlines() == [
        f"   1  {TITLE}",
        "      Hugging Face: title and abstract agree",
        "      authors      Jun Ito, Mara Weiss, Li Chen, Bo Ek +1",
        "      published    2024-03-05",
        "      identifiers  arxiv 2403.00001",
        "      links        huggingface",
    ]
    assert "a dry run: nothing was changed" in found.err
    assert Library(tmp_path / "library.json").state == before
    assert not (tmp_path / "library.json.asked").exists()


def test_what_is_certain_is_filled_in_and_undone_at_once(papers):
    found = papers("complete")
    assert found.code == 0
    assert found.out.splitlines()[-1] == f"Filled in “{TITLE}”"
    assert "readlist: 2 doubtful: Visual Tuning: only the title agrees\n" in found.err
    assert "readlist: nothing was found of 1 paper\n" in found.err
    paper = papers("show", "1", "--json").json
    assert paper["identifiers"] == {"arxiv": "2403.00001"}
    assert papers("show", "2", "--json").json["authors"] == []
    assert papers("undo").code == 0
    assert papers("show", "1", "--json").json["identifiers"] == {}


def test_json_tells_all_of_it(papers):
    found = papers("complete", "--json").json
    assert (found["label"], found["ids"], found["failures"]) == (f"Filled in “{TITLE}”", [1], {})
    first, second, third = found["papers"]
    assert (first["verdict"], second["verdict"], third["verdict"]) == ("same", "doubtful", "none")
    assert {"field": "published", "old": None, "new": "2024-03-05"} in first["changes"]
    assert second["told"][0]["identifiers"] == {"arxiv": "2511.05491"}
    assert second["changes"] == []


def test_what_was_asked_in_vain_is_not_asked_again(papers, server):
    papers("complete")
    asked = len(server.requests)
    found = papers("complete")
    assert (found.code, found.out) == (0, "")
    assert "2 papers not asked for again" in found.err
    assert len(server.requests) == asked
    papers("complete", "3")  # who names it means it
    assert len(server.requests) > asked
    assert papers("complete", "--again").code == 1


def test_doubtful_ones_are_taken_only_when_somebody_says_so(papers, answers):
    answers("y\n")
    found = papers("complete")
    assert "Filled in 2 papers" in found.out
    assert "doubtful: only the title agrees" in found.err
    assert papers("show", "2", "--json").json["authors"] == ["Rui Yang"]


@pytest.mark.parametrize("line", ["n\n", "what?\nN\n"])
def test_another_paper_is_never_asked_about_again(papers, answers, line):
    answers(line)
    assert "Filled in “Diverse" in papers("complete").out
    assert papers("show", "2", "--json").json["authors"] == []
    answers("y\n")
    assert "doubtful" not in papers("complete", "2", "--again").err
    assert papers("show", "2", "--json").json["authors"] == []


@pytest.mark.parametrize("line", ["s\n", "q\n", ""])
def test_what_is_skipped_is_asked_about_next_time(papers, answers, line):
    answers(line)
    papers("complete")
    assert papers("show", "2", "--json").json["authors"] == []
    answers("y\n")
    papers("complete")
    assert papers("show", "2", "--json").json["authors"] == ["Rui Yang"]


def test_yes_takes_nothing_doubtful(papers, answers):
    answers("y\n")
    assert "2 doubtful" in papers("complete", "--yes").err
    assert papers("show", "2", "--json").json["authors"] == []


def test_nothing_to_do_is_said(papers, filled):
    papers("delete", "1", "2", "3")
    found = papers("complete", "--published")
    assert (found.code, found.err) == (
        0, "readlist: every preprint is young, or known to be published\n"
    )  # fmt: skip


def test_a_service_that_cannot_be_asked_is_named(papers, server):
    server.forget("/api/papers/search")
    server.on("/api/papers/search", b"no", status=403)
    found = papers("complete", "3", "2")
    assert found.code == 1
    assert "readlist: Hugging Face refuses (HTTP 403)\n" in found.err
    assert papers("complete", "title:nothing").code == 1
    assert papers("complete", "auther:x").code == 2


def test_it_ends_when_it_is_broken_off(papers, monkeypatch, tmp_path):
    def broken_off(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(completing, "look_up", broken_off)
    before = Library(tmp_path / "library.json").state
    found = papers("complete")
    assert (found.code, found.out) == (130, "")
    assert "stopped: nothing was changed" in found.err
    assert Library(tmp_path / "library.json").state == before


def test_two_accounts_side_by_side():
    from readlist.paper import Paper

    kept = Paper(title="漢字 " * 20, author_count=3, abstract="short")
    found = Paper(title="A", authors=["Jun Ito"], identifiers={"doi": "10.1000/a"})
    lines = list(asking.beside(kept, found, "found at X", 60))
    assert lines[0].split() == ["yours", "found", "at", "X"]
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == [
        "title", "authors", "identifiers", "abstract",
    ]  # fmt: skip
    from readlist.text import cells

    assert max(map(cells, lines)) <= 60
    assert any("3 authors" in line and "Jun Ito" in line for line in lines)


def test_two_that_turn_out_to_be_one_are_named(papers, tmp_path: Path):
    file = tmp_path / "known.json"
    known = {"title": "Seen Elsewhere", "authors": ["A B"], "identifiers": {"arxiv": "2403.00001"}}
    file.write_text(json.dumps({"papers": [known]}), "utf-8")
    assert papers("import", str(file)).code == 0
    line = f"“{TITLE}” {{}}: readlist duplicates --merge 1 5\n"
    assert line.format("would be there twice") in papers("complete", "1", "--dry-run").err
    assert papers("complete", "1", "--json", "--dry-run").json["twice"] == [[1, 5]]
    assert line.format("is there twice now") in papers("complete", "1").err
    assert "Merged" in papers("duplicates", "--merge", "1", "5").out
    assert "twice" not in papers("complete", "2").err
