"""`readlist complete` as a user runs it, at a terminal."""

import json

import pytest

from readlist.library.library import Library
from readlist.services import SERVICES
from tests.e2e.terminal import Terminal
from tests.sources.server import Server

PAPERS = [{"title": "Visual Tuning"}, {"title": "What Nobody Has Ever Heard of Before"}]
RECORD = {
    "id": "2511.05491",
    "title": "Visual Tuning",
    "summary": "Of plates that are held at their rims.",
    "authors": [{"name": "Rui Yang"}],
    "publishedAt": "2024-03-05T00:00:00.000Z",
}


@pytest.fixture
def server(tmp_path):
    """Hugging Face, which knows a paper; all services are asked there."""
    with Server() as server:
        tables = [
            f'[sources.{name}]\nurl = "{server.base}"\nallow_private = true\npause = 0\n'
            for name in ("arxiv", "huggingface", "crossref", "openalex", "semanticscholar")
        ]
        assert {"arxiv", "huggingface"} <= SERVICES.keys()
        (tmp_path / "config.toml").write_text("".join(tables), "utf-8")
        yield server


@pytest.fixture
def complete(tmp_path, path):
    """Runs it, on the library of the demo with two more papers."""
    file = tmp_path / "more.json"
    file.write_text(json.dumps({"papers": PAPERS}), "utf-8")
    with Terminal("--library", path, "import", file) as terminal:
        assert terminal.wait_for_end() == 0
    settings = {
        "READLIST_CONFIG": str(tmp_path / "config.toml"),
        "READLIST_CACHE": str(tmp_path / "cache"),
    }
    return lambda *words: Terminal("--library", path, "complete", *words, **settings)


def authors(path):
    library = Library(path)
    found = [paper.authors for paper in library.papers() if paper.title == "Visual Tuning"]
    library.close()
    return found


def test_a_doubtful_match_is_shown_and_taken_when_the_user_says_so(complete, server, path, done):
    answer = json.dumps([{"paper": RECORD}]).encode()
    server.on("/api/papers/search", answer, type="application/json")
    with complete() as terminal:
        terminal.wait_for("only the title agrees", "yours", "found at Hugging Face", "same paper?")
        terminal.send("y\r")
        assert terminal.wait_for_end() == 0
        terminal.wait_for("Filled in “Visual Tuning”")
    assert authors(path) == [["Rui Yang"]]
    assert done() == ["change: Filled in “Visual Tuning”"]


def test_broken_off_it_changes_nothing(complete, server, path, done):
    server.on("/api/papers/search", b"[]", type="application/json", delay=15)
    with complete() as terminal:
        terminal.wait_for("asking services")
        terminal.send("\x03")
        assert terminal.wait_for_end() == 130
        assert "stopped: nothing was changed" in terminal.text
        assert "Traceback" not in terminal.text
    assert authors(path) == [[]]
    assert done() == []
