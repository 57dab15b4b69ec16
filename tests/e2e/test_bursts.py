"""Keys typed with no pause, and pasted text: they go where they belong."""

import pytest

from readlist.library.library import Library
from readlist.paper import Status
from tests.e2e.terminal import Terminal


@pytest.mark.parametrize(
    ("burst", "shown"),
    [
        ("/eraws", "/ eraws"),
        ("/we are\r", "esc clears the filter"),
        ("teraws", "new tag"),
        ("aerws", "no file of this name"),
        ("Serwxt", "Sort by"),
        (":erwe", "erwe"),
        ("?erw", "No key does that here"),
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
    third = Library(path).overview.where(Status.NEW)[2]
    title = Library(path).paper(third).title
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send("jjtxyz,old\rse")
        terminal.wait_for("Archived “")
    labels = done()
    assert [label.split(" ")[1] for label in labels] == ["+old", "Starred", "Archived"]
    assert all(title[:20] in label for label in labels)


@pytest.mark.parametrize("text", ["werD", "we\nrD\nq\n", "x" * 5_000])
def test_what_is_pasted_onto_the_list_is_offered_to_be_added_and_does_nothing(path, done, text):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.paste(text)
        terminal.send("j")
        terminal.wait_for("Add papers")
        terminal.settle()
        terminal.send("\x1b")
        terminal.wait_for("T one by one", " of 26")
        assert done() == []


@pytest.mark.parametrize("text", ["no such file", "Two\nlines"])
def test_keys_behind_what_is_pasted_onto_the_list_go_into_the_field(path, done, text):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.paste(text, behind="weD")
        terminal.wait_for("Add papers", "weD")
        terminal.settle()
        assert done() == []


def test_a_listing_that_is_pasted_into_the_dialog_is_taken_in(path, done):
    listing = (
        "Daily Papers\n\nMar 11\n\nA First Title of Four Words\n\n"
        + "We study something that is long enough to be an abstract. " * 5
        + "\n\n  • 3 authors\n·\nMar 10, 2026\n"
    )
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send("a")
        terminal.wait_for("Add papers")
        terminal.paste(listing)
        terminal.wait_for("enter takes 1 paper in")
        terminal.send("\r")
        terminal.wait_for("pasted text: 1 added", "27 new")


def test_a_word_that_is_pasted_into_the_filter_is_sought(path):
    with Terminal("--library", path) as terminal:
        terminal.wait_for("26 new")
        terminal.send("/")
        terminal.paste("world models")
        terminal.wait_for("/ world models", "of 26 new")


def test_triage_at_full_speed_puts_each_key_on_its_own_paper(path, done):
    numbers = list(Library(path).overview.where(Status.NEW))
    with Terminal("--library", path, columns=100, rows=30) as terminal:
        terminal.wait_for("26 new")
        terminal.send("T" + "lhn" * 8 + "\x1b[Ds")
        terminal.wait_for("26 of 26", "8 to read", "9 archived", "8 skipped", "starred “")
        terminal.send("\x1b[C")
        terminal.wait_for("9 to read, 1 starred, 9 archived, 8 skipped", "enter reads the first")
        terminal.send("\r")
        terminal.wait_for("To read", "space reads on")
    library = Library(path)
    found = [library.paper(number).status for number in numbers]
    again = [Status.TO_READ, Status.ARCHIVED, Status.NEW] * 8
    assert found == [*again, Status.ARCHIVED, Status.TO_READ]
    assert len(done()) == 19
