"""The main job in a real terminal, from start to end, its result seen from outside."""

import json

import pytest
from tinydb import TinyDB

from readlist.library.library import Library
from readlist.paper import Status
from tests.e2e.terminal import Terminal


def opened(path):
    return Library(path)


def test_want_archive_tag_undo_filter_and_quit(path):
    first, second, third, *_ = opened(path).overview.where(Status.NEW)
    with Terminal("--library", path) as terminal:
        terminal.wait_for("Inbox", "26 new", "w to read")
        terminal.send("w")
        terminal.wait_for("To read “", "25 new")
        terminal.send("e")
        terminal.wait_for("Archived “", "24 new")
        terminal.send("tgroup/w49\r")
        terminal.wait_for("+group/w49 on “", "#group/w49")
        terminal.send("e")
        terminal.wait_for("23 new")
        terminal.send("u")
        terminal.wait_for("Undone: Archived “", "24 new")
        terminal.send("/world models\r")
        terminal.wait_for("of 24 new", "esc clears the filter")
        terminal.send("\x1b")
        terminal.wait_for("T one by one")
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    with TinyDB(path) as database:
        papers = {row.doc_id: row for row in database.table("papers")}
    assert papers[first]["status"] == "to-read"
    assert papers[second]["status"] == "archived"
    assert papers[third]["status"] == "new"
    assert "group/w49" in papers[third]["tags"]


def test_next_day_all_is_as_left(path):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send("wws")
        terminal.wait_for("24 new", "Starred “")
        terminal.send("q")
        terminal.wait_for_end()
    with Terminal("--library", path) as terminal:
        terminal.wait_for("24 new")
        terminal.send("u")
        terminal.wait_for("Undone: Starred “")


def test_an_empty_library_says_what_to_do_and_does_it(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(
        "Daily Papers\n\nMar 11\n\nA First Title of Four Words\n\n"
        + "We study something that is long enough to be an abstract. " * 5
        + "\n\n  • 3 authors\n·\nMar 10, 2026\n"
    )
    with Terminal("--library", tmp_path / "new" / "library.json") as terminal:
        terminal.wait_for("Nothing here yet", "a  take in a file")
        terminal.send(f"a{page}")
        terminal.wait_for("enter takes 1 paper in")
        terminal.send("\r")
        terminal.wait_for("page.txt: 1 added", "A First Title of Four Words")


def test_an_empty_library_opens_the_demo_and_is_there_again_behind_it(tmp_path):
    with Terminal("--library", tmp_path / "none.json", columns=80, rows=24) as terminal:
        terminal.wait_for("Nothing here yet", "d demo")
        terminal.send("d")
        terminal.wait_for("26 new", "1 of 5")
        terminal.send("q")
        terminal.wait_for("Nothing here yet", "d demo")
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    assert not (tmp_path / "none.json").exists()


def test_the_screen_is_divided_tomorrow_as_today(path, tmp_path):
    settings = {"READLIST_CONFIG": str(tmp_path / "config.toml")}
    with Terminal("--library", path, **settings) as terminal:
        terminal.wait_for("26 new", "TAGS")
        terminal.send("[")
        terminal.wait_until(lambda: "TAGS" not in terminal.text)
        terminal.send("q")
        terminal.wait_for_end()
    with Terminal("--library", path, **settings) as terminal:
        terminal.wait_for("26 new")
        assert "TAGS" not in terminal.text


def test_everything_is_exported_and_imported_elsewhere_as_it_was(path, tmp_path):
    target = tmp_path / "mine.json"
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send("6*X\x15" + str(target) + "\r")
        terminal.wait_for("58 papers written to")
    assert len(json.loads(target.read_text())["papers"]) == 58
    elsewhere = tmp_path / "elsewhere.json"
    with Terminal("--library", elsewhere, "import", target) as terminal:
        assert terminal.wait_for_end() == 0
    kept = {paper.id: paper for paper in opened(path).papers()}
    assert all(kept[paper.id] == paper for paper in opened(elsewhere).papers())


def test_the_demo_walks_through_five_keys_and_is_thrown_away():
    with Terminal("demo") as terminal:
        for step, key, done in (
            (1, "j", "2 of 26"),
            (2, "w", "To read “"),
            (3, "e", "Archived “"),
            (4, "u", "Undone: "),
            (5, "/world models", "of 25 new"),
        ):
            terminal.wait_for(f"{step} of 5")
            terminal.send(key)
            terminal.wait_for(done)
        terminal.wait_for("t tags, X exports, ? all keys")
        terminal.send("\x1b")
        terminal.settle()
        terminal.send("q")
        assert terminal.wait_for_end() == 0


MINUTES = (
    ("j goes to the next paper", "j", "2 of 26"),
    ("w puts this paper on the list", "w", "To read “"),
    ("e archives this one", "e", "Archived “"),
    ("u takes that back", "u", "Undone: "),
    ("/ finds: type two words", "/", "enter keeps it"),
    ("enter keeps it", "world models\r", "of 25 new"),
    ("esc clears the filter", "\x1b", "  25 new"),
    ("t tag", "t", "enter is done"),
    ("enter is done", "mine\r", "+mine on “"),
    ("X exports", "X", "enter writes it"),
    ("enter writes it", "\r", "25 papers written to"),
)
"""What is on the screen, what a newcomer types on it, and what comes of it."""


@pytest.mark.parametrize(("columns", "rows"), [(140, 40), (80, 24), (60, 20)])
def test_a_newcomer_does_the_main_job_with_keys_that_the_screen_names(tmp_path, columns, rows):
    with Terminal("demo", columns=columns, rows=rows, folder=tmp_path) as terminal:
        for named, keys, becomes in MINUTES:
            terminal.wait_for(named)
            terminal.send(keys)
            terminal.wait_for(becomes)
    papers = json.loads((tmp_path / "readlist.json").read_text())["papers"]
    assert [paper["tags"].count("mine") for paper in papers].count(1) == 1
