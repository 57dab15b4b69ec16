from functools import partial
from itertools import count

import pytest

from readlist import change
from readlist.change import AddPaper, Change
from readlist.library.library import Library
from readlist.library.overview import column_values, lineage
from readlist.paper import Paper, Status


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "library.json")


def add(library, *papers):
    with library.writing():
        ids = count(library.last_id + 1)
        library.apply(
            Change(
                "Imported",
                {
                    next(ids): [AddPaper(Paper(**({"title": "x", "added": "2026"} | p)).document())]
                    for p in papers
                },
            )
        )


def test_papers_are_found_by_state_and_star(library):
    add(library, {}, {"status": Status.READ, "starred": True}, {"status": Status.READ})
    overview = library.overview
    assert list(overview.where(Status.READ)) == [2, 3]
    assert list(overview.where(Status.NEW, Status.READ, starred=True)) == [2]
    assert (overview.counts()[Status.NEW], overview.counts()[Status.READ]) == (1, 2)


def test_a_changed_paper_takes_its_new_place(library):
    add(library, {"added": "2026-01-01T00:00:00Z"}, {"added": "2026-02-01T00:00:00Z"})
    assert list(library.overview.order()) == [2, 1]
    library.edit([1], lambda papers, now: change.set_status(papers, Status.READ, now))
    assert list(library.overview.where(Status.READ)) == [1]
    library.edit([2], lambda papers, _now: change.delete(papers))
    assert list(library.overview.order()) == [1]


def test_a_tag_counts_the_papers_of_those_nested_in_it_once(library):
    add(
        library,
        {"tags": ["rl", "rl/offline"]},
        {"tags": ["rl/reward"]},
        {"tags": ["rl"], "status": Status.ARCHIVED},
        {"tags": ["rlhf"]},
    )
    assert library.overview.tags() == {"rl": 2, "rl/offline": 1, "rl/reward": 1, "rlhf": 1}
    assert list(library.overview.tagged("rl")) == [1, 2]
    assert list(library.overview.tagged("nothing")) == []


def test_tags_stay_true_while_they_are_read_in_slices_and_after(library, tmp_path):
    add(library, {"tags": ["a"]}, {"tags": ["b"]}, {"tags": ["a"]})
    index = library.overview.tag_index
    assert index.scan(1) is False
    library.edit([1, 3], lambda papers, now: change.edit_tags(papers, ["c"], ["a"], now))
    other = Library(tmp_path / "library.json")
    other.edit([2], lambda papers, _now: change.delete(papers))
    library.refresh()
    assert index.scan() is True
    assert library.overview.tags() == {"c": 2}
    library.undo()
    assert library.overview.tags() == {"a": 2}


def test_archived_papers_are_not_counted_among_the_starred(library):
    add(library, {"starred": True}, {"starred": True, "status": Status.ARCHIVED})
    assert library.overview.starred() == 1


def test_of_all_papers_only_those_with_tags_are_read_for_them(library, monkeypatch):
    add(library, {}, {"tags": ["a"]}, {})
    library.edit([3], lambda papers, now: change.edit_tags(papers, ["b"], [], now))
    get, read = library._papers.get, []
    monkeypatch.setattr(
        library._papers, "get", lambda doc_id: read.append(doc_id) or get(doc_id=doc_id)
    )
    assert library.overview.tags() == {"a": 1, "b": 1}
    assert sorted(read) == [2, 3]


@pytest.mark.parametrize(
    ("document", "values"),
    [
        (
            {"status": "read", "starred": True, "added": "2026-11-20T07:12:00Z", "tags": ["a"]},
            (3, True, 20261120071200, True),
        ),
        ({"status": "seen", "starred": 1, "added": None, "tags": []}, (0, False, 0, False)),
        ({"status": [], "added": "never"}, (0, False, 0, False)),
        ({}, (0, False, 0, False)),
    ],
)
def test_the_columns_of_a_document_are_numbers_whatever_is_in_it(document, values):
    assert column_values(document) == values


def test_a_tag_descends_from_those_that_it_is_nested_in():
    assert list(lineage("a/b/c")) == ["a", "a/b", "a/b/c"]


def test_archived_papers_have_their_tags_apart(library):
    add(
        library,
        {"tags": ["rl/offline"]},
        {"tags": ["rl"], "status": Status.ARCHIVED},
        {"tags": ["llm", "rl"]},
    )
    library.overview.tags()
    index = library.overview.tag_index
    assert index.archived_counts() == {"rl": 1}
    assert index.all_with("rl") == {1, 2, 3}
    library.edit([2], lambda papers, now: change.set_status(papers, Status.READ, now))
    assert index.archived_counts() == {}
    assert index.papers_with("rl") == {1, 2, 3}
    library.edit([2], lambda papers, _now: change.delete(papers))
    assert library.overview.all_tagged("rl") == [1, 3]


def test_tags_are_counted_among_some_papers_archived_or_not(library):
    add(
        library,
        {"tags": ["rl/offline"]},
        {"tags": ["rl"], "status": Status.ARCHIVED},
        {"tags": ["llm"]},
        {},
    )
    library.overview.tags()
    index = library.overview.tag_index
    assert index.counts_among([1, 2, 4]) == {"rl": 2, "rl/offline": 1}
    assert index.counts_among([]) == {}
    assert index.own_counts_among([1, 2, 4]) == {"rl": 1, "rl/offline": 1}
    edit = partial(change.edit_tags, add=["rl"], remove=["rl/offline"])
    library.edit([1], lambda papers, now: edit(papers, now=now))
    assert index.own_counts_among([1, 2, 3]) == {"rl": 2, "llm": 1}
    assert index.counts_among([1, 2, 3]) == {"rl": 2, "llm": 1}
