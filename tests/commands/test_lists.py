"""`readlist list` and `readlist show`."""

import json

import pytest

from readlist.text import cells


def ids(outcome) -> list[int]:
    return [paper["id"] for paper in outcome.json]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], [1, 2, 3]),
        (["--view", "inbox"], [1]),
        (["--view", "To read"], [2]),
        (["--view", "starred"], [3]),
        (["--view", "all"], [1, 2, 3]),
        (["is:any"], [1, 2, 3, 4]),
        (["is:archived"], [4]),
        (["4", "1"], [4, 1]),
        (["4 1", "1"], [4, 1]),
        (["-is:read"], [1, 2]),
        (["--", "-is:read"], [1, 2]),
        (["tag:rl"], [2]),
        (["offline"], [1, 2]),
        (["offlne", "reinforcment"], [1]),
        (["--view", "to-read", "offline", "OR", "diffusion"], [2]),
        (["--sort", "-title"], [3, 1, 2]),
        (["--sort=id", "3", "1"], [1, 3]),
        (["sort:-id"], [3, 2, 1]),
        (["--limit", "2"], [1, 2]),
        (["has:authors", "--limit", "9"], [1]),
        (["漢字"], [3]),
    ],
)
def test_what_is_listed(filled, arguments: list[str], expected: list[int]):
    found = filled("list", "--json", *arguments)
    assert (found.code, ids(found)) == (0, expected)


def test_words_tell_of_archived_papers_and_of_what_was_forgiven(filled):
    found = filled("list", "ofline")
    assert "searched offline for ofline" in found.err
    assert "1 archived left out; is:any shows them" in found.err
    assert filled("list", "offline", "is:any").err == ""


def test_the_table(filled):
    assert filled("list", "is:any").out.splitlines() == [
        "1 ●   Offline Reinforcement Learning  Mina Okafor +1",
        "2 ○   Diffusion Policies Forget                             #rl/offline",
        "3 ·★  漢字 Recognition                                2024",
        "4 ×   Offline Archived Work",
    ]


def test_lines(filled):
    lines = filled("list", "--jsonl").out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [1, 2, 3]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["99"], "no paper has the id 99"),
        (["98", "99"], "no paper has the ids 98, 99"),
        (["unheard"], "no paper matches unheard"),
        (["archived", "work", "offline"], "no paper matches archived work offline; 1 archived one"),
        (["--view", "reading"], "no papers in Reading"),
        (["--view", "inbox", "is:read"], "no paper in Inbox matches is:read"),
    ],
)
def test_nothing_found(filled, arguments: list[str], message: str):
    found = filled("list", *arguments)
    assert (found.code, found.out) == (1, "")
    assert message in found.err
    as_json = filled("list", "--json", *arguments)
    assert (as_json.code, as_json.json) == (1, [])


def test_an_id_that_is_not_there_does_not_hide_the_others(filled):
    found = filled("list", "1", "99", "--json")
    assert (found.code, ids(found)) == (1, [1])
    assert found.err == "readlist: no paper has the id 99\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["auther:okafor"], "in the query, character 1: no field is called auther:; did you mean"),
        (["(a"], "in the query, character 1: this parenthesis is not closed"),
        (["--view", "inbx"], "no view is called 'inbx': there are inbox, to-read, reading"),
        (["--sort", "colour"], "colour"),
        (["--limit", "-1"], "argument --limit: '-1' is no number"),
        (["--limit=x"], "argument --limit: 'x' is no number"),
        (["--jsn"], "there is no option --jsn; did you mean --json?"),
        (["--jso"], "there is no option --jso; did you mean --json?"),
        (["--json=3"], "ignored explicit argument"),
    ],
)
def test_wrong_usage(filled, arguments: list[str], message: str):
    found = filled("list", *arguments)
    assert (found.code, found.out) == (2, "")
    assert message in found.err
    assert found.err.count("\n") <= 2


def test_an_empty_library_says_what_to_do(readlist):
    found = readlist("list")
    assert (found.code, found.out) == (1, "")
    assert found.err == "readlist: the library is empty; readlist import FILE puts papers in\n"


def test_a_library_of_archived_papers_says_so(filled):
    filled("mark", "archived", "1", "2", "3")
    assert filled("list").err == "readlist: no papers; 4 archived ones would, with is:any\n"


def test_one_paper_whole(filled):
    found = filled("show", "3")
    assert found.out.startswith("漢字 Recognition\n2024-05\n· read ★\nid 3 · recognition2024 ·")
    assert filled("show", "4").code == 0
    assert filled("show", "mina", "--json").json["id"] == 1


def test_all_that_is_known_of_a_paper_is_shown(readlist, tmp_path):
    paper = {
        "title": "A [/] Title",
        "authors": ["A B", "C D"],
        "author_count": 5,
        "identifiers": {"arxiv": "2401.00001"},
        "published": "2024-01-02",
        "upvotes": 1,
        "comments": 3,
        "extra": {"assumed": ["published"]},
        "abstract": "One.\n\nTwo.",
        "note": "# Mine",
        "tags": ["rl", "x"],
        "urls": {"pdf": "https://arxiv.org/pdf/2401.00001"},
        "files": ["/tmp/a.pdf"],
    }
    (tmp_path / "a.json").write_text(json.dumps([paper]))
    readlist("import", str(tmp_path / "a.json"))
    lines = readlist("show", "1").out.splitlines()
    assert lines[:4] == [
        "A [/] Title",
        "A B, C D +3",
        "arxiv 2401.00001 · 2024-01-02 (year assumed) · 1 upvote · 3 comments",
        "● new #rl #x",
    ]
    assert lines[5:] == [
        "",
        "One.",
        "",
        "Two.",
        "",
        "Note",
        "# Mine",
        "",
        "pdf        https://arxiv.org/pdf/2401.00001",
        "file       /tmp/a.pdf",
    ]


def test_a_paper_is_wrapped_by_the_cells_of_its_letters(readlist, tmp_path, monkeypatch):
    paper = {
        "title": "深層学習による" * 10,
        "abstract": "大規模言語モデルの評価" * 20,
        "note": "* one two three four five six seven\n    deep\n| a  | b |",
    }
    (tmp_path / "a.json").write_text(json.dumps([paper]))
    readlist("import", str(tmp_path / "a.json"))
    monkeypatch.setattr("readlist.commands.whole.line_width", lambda: 24)
    lines = readlist("show", "1").out.splitlines()
    assert max(map(cells, lines)) == 24
    place = lines.index("Note") + 1
    assert lines[place:] == [
        "* one two three four", "  five six seven", "    deep", "| a  | b |",
    ]  # fmt: skip


def test_show_wants_one_paper(filled):
    assert filled("show").code == 2
    assert filled("show", "99").code == 1
    found = filled("show", "offline")
    assert found.out.startswith("Offline Reinforcement Learning\n")
    assert "and 1 more paper; readlist list" in found.err


def test_formulas_are_printed_as_unicode_and_kept_as_written(readlist, tmp_path):
    title, abstract = r"On $\alpha^2$", r"In $O(n^2)$, 96\% of it."
    file = tmp_path / "papers.json"
    file.write_text(json.dumps([{"title": title, "abstract": abstract}]), "utf-8")
    readlist("import", str(file))
    assert "On α²" in readlist("list").out
    assert "In O(n²), 96% of it." in readlist("show", "1").out
    [paper] = readlist("list", "--json", "α").json
    assert (paper["title"], paper["abstract"]) == (title, abstract)
