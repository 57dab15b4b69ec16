import pytest

from readlist import change, tags
from readlist.change import AddPaper, Change
from readlist.library.library import Library
from readlist.paper import Paper, Status
from readlist.tags import TagPlan

KEPT = {
    1: ["rl"],
    2: ["rl/offline", "rlhf"],
    3: ["ml", "rl/offline"],
    4: ["ml"],
    5: ["rl"],  # archived
}


@pytest.fixture
def filled(library):
    """Five papers with these tags, the last one archived."""
    papers = [Paper(id=n, title=f"Paper {n}", tags=own) for n, own in KEPT.items()]
    papers[-1] = papers[-1].but(status=Status.ARCHIVED)
    library.apply(Change("Imported", {p.id: [AddPaper(p.document())] for p in papers}, "import"))
    return library


def kept(library):
    return {paper.id: paper.tags for paper in library.papers()}


def test_a_plan_says_what_a_rename_comes_to(filled):
    filled.overview.tags()
    assert tags.plan(filled, "rl", "x") == TagPlan(4, 1, ("rl/offline",), 0, 4)
    assert tags.plan(filled, "rl", "ml") == TagPlan(4, 1, ("rl/offline",), 2, 5)
    assert tags.plan(filled, "rl", "rl") == TagPlan(4, 1, ("rl/offline",), 0, 4)
    assert tags.plan(filled, "rl", "rl/offline") == TagPlan(4, 1, ("rl/offline",), 0, 4)
    assert tags.plan(filled, "rl/offline", "rl") == TagPlan(2, 0, (), 4, 4)
    assert tags.plan(filled, "nope", "x") == TagPlan(0, 0, (), 0, 0)


@pytest.mark.parametrize("new", ["x", "ml", "rl/offline", "rl/a/b"])
def test_a_plan_comes_true_and_is_taken_back_in_one_step(filled, new):
    filled.overview.tags()
    planned = tags.plan(filled, "rl", new)
    assert len(tags.rename(filled, "rl", new).ids) == planned.papers
    assert len(filled.overview.all_tagged(new)) == planned.after
    filled.undo()
    assert kept(filled) == KEPT
    assert tags.plan(filled, "rl", new) == planned


def test_a_tag_that_another_process_puts_on_meanwhile_is_renamed_too(filled):
    filled.overview.tags()
    other = Library(filled.path)
    other.edit([4], lambda papers, now: change.edit_tags(papers, ["rl"], [], now))
    assert tags.rename(filled, "rl", "x").ids == (1, 2, 3, 4, 5)


def test_thousands_of_papers_are_one_change(library):
    papers = [Paper(id=n, title=f"{n}", tags=["a"]) for n in range(1, 3001)]
    library.apply(Change("Imported", {p.id: [AddPaper(p.document())] for p in papers}, "import"))
    assert len(tags.delete(library, "a").ids) == 3000
    assert library.overview.tags() == {}
    assert library.undo().label == "Tag a taken off 3,000 papers"
    assert library.overview.tags() == {"a": 3000}
