"""A second object for one library, in another thread, and how the first goes on with its files."""

import pytest

from readlist.change import AddPaper, Change
from readlist.library.library import Library
from readlist.paper import Paper


def add(library, number, kind="import"):
    paper = Paper(id=number, title=f"Paper {number}", uid=str(number), citekey=f"p{number}")
    library.apply(Change(f"Added {number}", {number: [AddPaper(paper.document())]}, kind))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "library.json"


@pytest.fixture
def library(path):
    library = Library(path, interface=True)
    yield library
    library.close()


def ids(library):
    return [paper.id for paper in library.papers()]


def test_what_a_twin_did_is_undone_as_ones_own(library):
    twin = library.twin()
    add(twin, 1)
    twin.close()
    library.refresh()
    assert library.reach("undo") == 1
    assert library.undo().label == "Added 1"
    assert ids(library) == []
    assert library.redo().label == "Added 1"


@pytest.mark.parametrize("compacts", [False, True])
def test_going_on_with_a_twin_loses_nothing_that_anybody_did(library, path, compacts):
    add(library, 1)
    twin = library.twin()
    add(library, 2)
    twin.refresh()
    add(twin, 3)
    if compacts:
        twin.compact()
    add(library, 4)
    library.go_on_with(twin)
    assert library.refresh().everything
    assert ids(library) == [1, 2, 3, 4]
    assert sorted(library.overview.order()) == [1, 2, 3, 4]
    add(library, 5)
    assert library.last_import() == {5}
    for number in (5, 4, 3, 2, 1):
        assert library.undo().label == f"Added {number}"
    for _ in range(5):
        library.redo()
    other = Library(path)
    assert ids(other) == [1, 2, 3, 4, 5]
    other.close()


def test_the_last_to_close_still_compacts(library, path):
    twin = library.twin()
    add(twin, 1)
    library.go_on_with(twin)
    library.refresh()
    library.close()
    assert '"Paper 1"' in path.read_text()


def test_the_last_import_is_that_of_the_library_as_it_is(library):
    add(library, 1)
    assert library.last_import() == {1}
    twin = library.twin()
    add(twin, 2)
    twin.close()
    library.refresh()
    assert library.last_import() == {2}
    library.undo()
    assert library.last_import() == {1}
