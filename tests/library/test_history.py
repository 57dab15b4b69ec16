"""The history: what comes before what is a matter of numbers, not of clocks."""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from readlist import change, tags
from readlist.change import AddPaper, Change, TagEdit
from readlist.library.library import Library
from readlist.paper import Paper
from tests.library.test_library import add, content, mark


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.json"


def test_a_clock_that_jumps_back_loses_nothing(path: Path) -> None:
    years = iter((2026, 2020, 2031, 1999, 2000, 2001))
    clock = partial(lambda: datetime(next(years), 1, 1, tzinfo=UTC))
    library = Library(path, clock)
    for number in range(1, 4):  # the time of a paper, and of the change
        library.apply(_addition(library, number))
    assert [entry.id for entry in library.log()] == [1, 2, 3]
    assert [entry.at[:4] for entry in library.log()] == ["2020", "1999", "2001"]
    assert Library(path).undo().label == "Added 3"  # the last made, not the latest by its clock
    assert sorted(Library(path).overview.order()) == [1, 2]
    assert json.loads(json.dumps(content(Library(path))))[0]["added"].startswith("2026")


def _addition(library: Library, number: int) -> Change:
    paper = Paper(title=f"{number}", added=library.now())
    return Change(f"Added {number}", {number: [AddPaper(paper.document())]})


def test_the_last_import_is_the_one_made_last_whatever_the_clock_says(path: Path) -> None:
    years = iter([2026, 2026, 2020, 2020, *[2021] * 9])
    library = Library(path, lambda: datetime(next(years), 1, 1, tzinfo=UTC))
    add(library, "A")
    add(library, "B")
    assert library.last_import() == {2}
    mark(library, 1)
    assert library.paper(1).changed < library.paper(1).added
    assert [library.undo().label for _ in range(3)] == ["Read “A”", "Imported", "Imported"]


def test_the_last_change_of_tags_is_known_in_another_session(path: Path) -> None:
    library = Library(path)
    add(library, "A")
    add(library, "B")
    assert library.last_tag_edit() is None
    edit_tags(library, [1, 2], ["rl/x", "b"], ["c"])
    assert Library(path).last_tag_edit() == TagEdit(frozenset({"b", "rl/x"}), frozenset({"c"}))
    edit_tags(library, [1], ["d"], ["b"])
    mark(library, 1)
    library.undo()
    library.undo()
    assert Library(path).last_tag_edit() == TagEdit(frozenset({"d"}), frozenset({"b"}))


def test_a_tag_that_is_renamed_or_deleted_is_no_change_to_make_again(path: Path) -> None:
    library = Library(path)
    add(library, "A")
    edit_tags(library, [1], ["rl"], [])
    tags.rename(library, "rl", "ml")
    tags.delete(library, "ml")
    assert library.last_tag_edit() == TagEdit(frozenset({"rl"}), frozenset())


def edit_tags(library: Library, numbers: list[int], add: list[str], remove: list[str]) -> None:
    library.edit(numbers, lambda papers, now: change.edit_tags(papers, add, remove, now))
