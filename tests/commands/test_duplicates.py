"""`readlist duplicates`."""

import json
from pathlib import Path
from typing import Any

import pytest

TWICE = [
    {
        "title": "Offline Learning Without the Bellman Backup",
        "authors": ["Ada Okafor"],
        "identifiers": {"arxiv": "2401.00001"},
        "status": "read",
        "note": "Nice.",
    },
    {
        "title": "Offline Learning Without the Belman [/x] Backup",
        "authors": ["A. Okafor"],
        "identifiers": {"doi": "10.1/x"},
        "venue": "NeurIPS",
        "tags": ["rl"],
    },
    {"title": "Scaling Laws of Everything", "authors": ["Bo Chen"]},
    {"title": "Scaling Laws of Everything", "identifiers": {"doi": "10.1/y"}},
]


@pytest.fixture
def twice(readlist, tmp_path: Path) -> Any:
    """The command line, on a library with two pairs of papers."""
    own = [{**paper, "id": n, "uid": f"u{n}"} for n, paper in enumerate(TWICE, start=1)]
    file = tmp_path / "papers.json"
    file.write_text(json.dumps({"format": "readlist", "version": 1, "papers": own}), "utf-8")
    assert readlist("import", str(file)).code == 0
    return readlist


def test_pairs_stand_side_by_side_with_what_differs_marked(twice):
    found = twice("duplicates")
    assert found.code == 0
    assert "\x1b" not in found.out
    blocks = found.out.split("\n\n")
    assert [block.split("\n")[0] for block in blocks] == [
        "same title",
        "2 letters apart in the title, same first author",
    ]
    lines = blocks[1].split("\n")
    assert lines[1].split("id ")[1:] == [lines[1].split("id ")[1], "2"]
    (title,) = (line for line in lines if line.startswith("title"))
    assert "≠ * Offline Learning Without the Bellman Backup" in title
    assert "Offline Learning Without the Belman [/x] Backup" in title
    (venue,) = (line for line in lines if line.startswith("venue"))
    assert venue.endswith("* NeurIPS")
    (kind,) = (line for line in lines if line.startswith("type"))
    assert "≠" not in kind
    assert (
        found.err == "readlist: 2 pairs: --merge ID ID makes one of two, --apart ID ID does not\n"
    )


def test_what_is_wide_is_whole_and_stands_below_its_head(readlist, tmp_path: Path):
    title = (
        "深層学習による画像認識のための大規模な自己教師あり学習手法の提案と評価についての研究報告"
    )
    titles = enumerate((title, f"{title}二"), start=1)
    papers = [{"id": n, "title": name, "authors": ["Ada Okafor"]} for n, name in titles]
    file = tmp_path / "wide.json"
    file.write_text(json.dumps({"format": "readlist", "version": 1, "papers": papers}), "utf-8")
    assert readlist("import", str(file)).code == 0
    lines = readlist("duplicates").out.split("\n")
    first = next(place for place, line in enumerate(lines) if line.startswith("title"))
    said = [line[16:].split() for line in lines[first : first + 2]]
    assert "".join(words[0] for words in said) == title
    assert "".join(words[-1] for words in said) == f"{title}二"
    assert lines[1].index("id 1") == lines[first].index("深")


def test_pairs_in_json_and_of_a_query(twice):
    pairs = twice("duplicates", "--json").json
    assert [pair["ids"] for pair in pairs] == [[3, 4], [1, 2]]
    assert pairs[1]["reason"] == "2 letters apart in the title, same first author"
    assert pairs[1]["differences"][:3] == ["title", "authors", "venue"]
    assert [paper["uid"] for paper in pairs[1]["papers"]] == ["u1", "u2"]
    assert [pair["ids"] for pair in twice("duplicates", "--json", "tag:rl").json] == [[1, 2]]
    assert [pair["ids"] for pair in twice("duplicates", "--json", "4").json] == [[3, 4]]


def test_nothing_found_is_said(twice, filled):
    assert twice("delete", "2", "4").code == 0
    found = filled("duplicates", "--json")
    assert (found.code, found.json) == (1, [])
    assert found.err == "readlist: no paper seems to be there twice\n"
    assert filled("duplicates", "3").err == "readlist: no paper of 3 seems to be there twice\n"


def test_merging_keeps_what_was_done_and_is_undone(twice):
    found = twice("duplicates", "--merge", "2", "1")
    assert (found.code, found.err) == (0, "")
    assert found.out == "Merged “Offline Learning Without the Belman [/x] Backup” with 1 other\n"
    both = twice("show", "2", "--json").json
    assert (both["status"], both["note"], both["tags"]) == ("read", "Nice.", ["rl"])
    assert both["identifiers"] == {"arxiv": "2401.00001", "doi": "10.1/x"}
    assert twice("show", "1").code == 1
    assert twice("undo").code == 0
    assert [pair["ids"] for pair in twice("duplicates", "--json").json] == [[3, 4], [1, 2]]


def test_papers_kept_apart_are_not_listed_again(twice):
    done = twice("duplicates", "--apart", "3", "4", "--json").json
    assert done["ids"] == [3, 4]
    assert [pair["ids"] for pair in twice("duplicates", "--json").json] == [[1, 2]]
    again = twice("duplicates", "--apart", "3", "4")
    assert (again.code, again.err) == (0, "readlist: nothing to change: it is so already\n")
    twice("undo")
    assert len(twice("duplicates", "--json").json) == 2


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--merge"], 2, "--merge wants the ids of two papers or more"),
        (["--merge", "1"], 2, "--merge wants the ids of two papers or more"),
        (["--apart", "1", "1"], 2, "--apart wants the ids of two papers or more"),
        (["--merge", "tag:rl"], 2, "--merge wants the ids of two papers or more"),
        (["--merge", "--apart", "1", "2"], 2, "--merge and --apart do not go together"),
        (["--merge", "1", "99"], 1, "nothing is changed: no paper has the id 99"),
        (["auther:x"], 2, "auther"),
        (["nothing-like-it"], 1, "no paper matches"),
    ],
)
def test_wrong_usage(twice, words: list[str], code: int, message: str):
    found = twice("duplicates", *words)
    assert found.code == code
    assert message in found.err
    assert found.out == ""


def test_a_narrow_terminal_cuts_nothing(twice, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("readlist.commands.duplicates.line_width", lambda: 60)
    out = twice("duplicates").out
    assert max(map(len, out.split("\n"))) <= 60
    assert "Everything" in out
