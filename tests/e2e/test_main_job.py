"""The main job in a real terminal, from start to end, its result seen from outside."""

import json
import signal

import pytest

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
        terminal.wait_for("To read: “", "25 new")
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
        terminal.wait_for("q quit")
        terminal.send("q")
        assert terminal.wait_for_end() == 0
    library = opened(path)
    assert library.paper(first).status is Status.TO_READ
    assert library.paper(second).status is Status.ARCHIVED
    assert library.paper(third).status is Status.NEW
    assert "group/w49" in library.paper(third).tags


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


@pytest.mark.parametrize(
    ("burst", "shown"),
    [
        ("/eraws", "/ eraws"),
        ("/we are\r", "esc clears the filter"),
        ("teraws", "new tag"),
        ("aerws", "no file of this name"),
        ("Serwxt", "Sort by"),
        (":erwe", "erwe"),
        ("?erw", "MOVE"),
    ],
)
def test_a_burst_behind_a_key_that_opens_something_never_acts_on_the_list(path, done, burst, shown):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send(burst)
        terminal.wait_for(shown)
        terminal.settle()
        assert done() == []


def test_a_burst_does_what_the_same_keys_do_when_typed_slowly(path, done):
    third = opened(path).overview.where(Status.NEW)[2]
    title = opened(path).paper(third).title
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send("jjtxyz,old\rse")
        terminal.wait_for("Archived “")
    labels = done()
    assert [label.split(" ")[1] for label in labels] == ["+old", "Starred", "Archived"]
    assert all(title[:20] in label for label in labels)


def test_what_the_screen_says_is_done_survives_a_kill(path):
    first = opened(path).overview.where(Status.NEW)[0]
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send("e")
        terminal.wait_for("Archived “")
        terminal.kill(signal.SIGKILL)
        terminal.wait_for_end()
    assert opened(path).paper(first).status is Status.ARCHIVED


def test_two_on_one_library_see_each_other(path):
    with Terminal("--library", path) as one, Terminal("--library", path) as other:
        one.wait_for("26 new")
        other.wait_for("26 new")
        one.send("e")
        one.wait_for("25 new")
        other.wait_for("25 new")
        other.send("jw")
        other.wait_for("24 new")
        one.wait_for("24 new")


def test_another_size_keeps_the_cursor(path):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new", "TAGS")
        terminal.send("jjjj")
        terminal.wait_for("5 of 26")
        terminal.resize(60, 20)
        terminal.wait_until(lambda: "TAGS" not in terminal.text, "the sidebar to fold away")
        terminal.wait_for("5 of 26")
        assert all(len(line) <= 60 for line in terminal.lines)


def test_no_paper_can_send_escape_sequences_to_the_terminal(tmp_path):
    hostile = {
        "title": "[/] [bold]x[/bold] \x1b]0;owned\x07 \x1b[31m Deep[er] \u202eevil\u202c 日本語",
        "abstract": "\x1b[2J\x9b31m gone [red]?[/red] " + "word " * 200,
        "authors": [f"Au\x1bthor {i}" for i in range(664)],
        "note": "[link=javascript:x]y[/link]",
    }
    source = tmp_path / "hostile.json"
    source.write_text(json.dumps({"format": "readlist", "version": 1, "papers": [hostile]}))
    library = tmp_path / "library.json"
    with Terminal("--library", library, "import", source) as terminal:
        assert terminal.wait_for_end() == 0
    with Terminal("--library", library) as terminal:
        terminal.wait_for("[/] [bold]x[/bold]", "Deep[er] evil 日")
        terminal.send("\r")
        terminal.wait_for("+564", "[red]?[/red]")
        assert b"owned" not in terminal.raw
        assert "[link=javascript:x]y[/link]" in terminal.text


def test_the_demo_walks_through_five_keys_and_is_thrown_away():
    with Terminal("demo") as terminal:
        for step, key, done in (
            (1, "j", "2 of 26"),
            (2, "w", "To read: “"),
            (3, "e", "Archived “"),
            (4, "u", "Undone: "),
            (5, "/world models", "of 25 new"),
        ):
            terminal.wait_for(f"{step} of 5")
            terminal.send(key)
            terminal.wait_for(done)
        terminal.wait_for("t tags, X exports, ? shows all keys")
        terminal.send("\x1b")
        terminal.settle()
        terminal.send("q")
        assert terminal.wait_for_end() == 0


def test_an_empty_library_says_what_to_do_and_does_it(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(
        "Daily Papers\n\nMar 11\n\nA First Title of Four Words\n\n"
        + "We study something that is long enough to be an abstract. " * 5
        + "\n\n  • 3 authors\n·\nMar 10, 2026\n"
    )
    with Terminal("--library", tmp_path / "new" / "library.json") as terminal:
        terminal.wait_for("Nothing here yet", "a  takes its file name")
        terminal.send(f"a{page}")
        terminal.wait_for("1 paper: enter takes them in")
        terminal.send("\r")
        terminal.wait_for("page.txt: 1 added", "A First Title of Four Words")


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
