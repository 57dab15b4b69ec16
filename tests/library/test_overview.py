from readlist.library.overview import Overview, lineage
from readlist.paper import Paper, Status


def overview(*papers):
    found = Overview()
    for number, values in enumerate(papers, start=1):
        found.put(Paper(**({"id": number, "title": "x", "added": "2026-01-01"} | values)))
    return found


def test_papers_are_found_by_state_and_star():
    found = overview({}, {"status": Status.READ, "starred": True}, {"status": Status.READ})
    assert found.where(Status.READ) == [2, 3]
    assert found.where(Status.NEW, Status.READ, starred=True) == [2]
    assert found.counts() == {Status.NEW: 1, Status.READ: 2}


def test_a_changed_paper_takes_its_new_place():
    found = overview({}, {"added": "2026-02-01"})
    assert found.order() == [2, 1]
    found.put(Paper(id=1, title="x", added="2026-03-01", status=Status.READ))
    assert found.order() == [1, 2]
    found.remove(2)
    assert found.order() == [1]
    assert found.where(Status.READ) == [1]


def test_a_tag_counts_the_papers_of_those_nested_in_it_once():
    found = overview(
        {"tags": ["rl", "rl/offline"]},
        {"tags": ["rl/reward"]},
        {"tags": ["rl"], "status": Status.ARCHIVED},
        {"tags": ["rlhf"]},
    )
    assert found.tags() == {"rl": 2, "rl/offline": 1, "rl/reward": 1, "rlhf": 1}
    assert found.tagged("rl") == [1, 2]


def test_archived_papers_are_not_counted_among_the_starred():
    found = overview({"starred": True}, {"starred": True, "status": Status.ARCHIVED})
    assert found.starred() == 1


def test_a_tag_descends_from_those_that_it_is_nested_in():
    assert list(lineage("a/b/c")) == ["a", "a/b", "a/b/c"]
