"""Adding papers in a real terminal: what is pasted, and what goes on beside the keys."""

import json

from readlist.library.library import Library
from tests.e2e.terminal import Terminal


def papers_in(path):
    library = Library(path)
    found = [paper.title for paper in library.papers()]
    library.close()
    return found


def make(path, number):
    papers = [{"title": f"Number {n} of Many"} for n in range(number)]
    path.write_text(json.dumps({"papers": papers}))
    return path


def test_a_file_that_is_dropped_is_taken_in_and_one_undo_takes_it_back(tmp_path):
    library, mine = tmp_path / "library.json", make(tmp_path / "my papers.json", 40)
    with Terminal("--library", library, columns=100, rows=30) as terminal:
        terminal.wait_for("Nothing here yet")
        terminal.paste(f"'{mine}'")
        terminal.wait_for("40 papers   json", "enter takes 40 papers in")
        terminal.send("\r")
        terminal.wait_for("my papers.json: 40 added", "1 of 40")
        terminal.send("u")
        terminal.wait_for("Undone: Imported my papers.json", "Nothing here yet")
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    assert papers_in(library) == []


def test_a_burst_that_adds_and_leaves_loses_nothing(tmp_path):
    library, mine = tmp_path / "library.json", make(tmp_path / "mine.json", 40)
    with Terminal("--library", library, columns=100, rows=30) as terminal:
        terminal.wait_for("Nothing here yet")
        terminal.settle()
        terminal.send(f"a{mine}\rqq")
        assert terminal.wait_for_end() == 0
    assert len(papers_in(library)) == 40


def test_the_list_is_used_while_many_papers_are_taken_in_and_leaving_loses_none(tmp_path):
    library, first = tmp_path / "library.json", make(tmp_path / "first.json", 3)
    many = make(tmp_path / "many.json", 6_000)
    with Terminal("--library", library, columns=100, rows=30) as terminal:
        terminal.wait_for("Nothing here yet")
        terminal.send(f"a{first}\r")
        terminal.wait_for("first.json: 3 added")
        terminal.paste(str(many))
        terminal.wait_for("enter takes 5,997 papers in")
        terminal.send("\rjqq")
        assert terminal.wait_for_end() == 0
    assert len(papers_in(library)) == 6_000
