"""Duplicates in a real terminal: merged by one process while another one works."""

import json
import subprocess
import sys

from tests.e2e.terminal import Terminal

TITLE = "Offline Learning Without the Bellman Backup"


def readlist(library, *words):
    command = [sys.executable, "-m", "readlist", "--library", str(library), *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def test_papers_are_merged_and_told_apart_and_a_script_sees_it(tmp_path):
    papers = [
        {"title": TITLE, "authors": ["Ada Wu"], "identifiers": {"arxiv": "2401.00001"}},
        {"title": TITLE[1:], "authors": ["A. Wu"], "identifiers": {"doi": "10.1/x"}},
        {"title": "Alone", "authors": ["Ada Wu"], "uid": "u3"},
        {"title": "The Same Title Again", "uid": "u4", "note": "mine"},
        {"title": "The Same Title Again", "uid": "u5", "tags": ["rl"]},
    ]
    own = [{"uid": f"u{n}", **paper} for n, paper in enumerate(papers, start=1)]
    file, library = tmp_path / "papers.json", tmp_path / "library.json"
    file.write_text(json.dumps({"format": "readlist", "version": 1, "papers": own}))
    assert readlist(library, "import", str(file)).returncode == 0
    with Terminal("--library", library, columns=80, rows=24) as terminal:
        terminal.wait_for("Alone")
        terminal.send("M")
        terminal.wait_for("1 of 2")
        terminal.send("=")
        terminal.wait_for("Merged “The Same Title Again” with 1 other")
        terminal.wait_for("2 of 2")
        assert readlist(library, "duplicates", "--apart", "1", "2").returncode == 0
        terminal.wait_for("dealt with elsewhere")
        terminal.send("qqq")
        assert terminal.wait_for_end() == 0
    assert readlist(library, "duplicates").returncode == 1
    left = json.loads(readlist(library, "list", "is:any", "--json", "sort:id").stdout)
    assert [paper["uid"] for paper in left] == ["u1", "u2", "u3", "u4"]
    assert (left[3]["note"], left[3]["tags"]) == ("mine", ["rl"])
    assert "u2" in left[0]["extra"]["not_same_as"]
    assert readlist(library, "import", str(file)).returncode == 0
    assert len(json.loads(readlist(library, "list", "is:any", "--json").stdout)) == 4
