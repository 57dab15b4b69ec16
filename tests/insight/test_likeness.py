"""Near-equal titles and names: what is a mistake, and what tells papers apart."""

import time

import pytest

from readlist.insight import likeness
from readlist.paper import Paper

WORDS = {"subsonic": 5, "supersonic": 5, "walk": 5, "talk": 5, "modeling": 5, "modelling": 5}


def test_titles_are_compared_without_case_accents_signs_and_latex():
    assert likeness.folded("Ünder-Water $\\alpha$: A  Study!") == "under water α a study"
    assert likeness.folded("???") == "???"


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("offline rl", "ofline rl", 1),
        ("offline rl", "offlnie rl", 1),
        ("data set", "dataset", 0),
        ("offline rl", "online learning", likeness.EDITS + 1),
    ],
)
def test_edits_are_letters_and_neighbours_swapped(one: str, other: str, edits: int):
    assert likeness.edits(one, other) == edits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("attention part i", "attention part ii"),
        ("attention i", "attention ii"),
        ("attention", "attention ii"),
        ("qwen2 technical report", "qwen3 technical report"),
        ("llama technical report", "llama 2 technical report"),
        ("emu technical report", "emu2 technical report"),
        ("report on ai 2023", "report on ai 2024"),
        ("plan a", "plan b"),
        ("the first results", "the fifth results"),
        ("re attention in animals", "attention in animals"),
        ("qwen3 vl technical report", "qwen3 technical report"),
        ("step audio r1 report", "stepaudio 2 report"),
    ],
)
def test_parts_versions_years_and_replies_are_told_apart(one: str, other: str):
    assert likeness.tells_apart(one, other)
    assert likeness.tells_apart(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("offline rl", "ofline rl"),
        ("report on ai 2023", "reprt on ai 2023"),
        ("step audio 2 report", "stepaudio 2 report"),
        ("a survey of agents", "survey of agents"),
        ("on the way 3d", "on the way xd"),
        ("agents survey", "agents k survey"),
    ],
)
def test_mistakes_tell_nothing_apart(one: str, other: str):
    assert not likeness.tells_apart(one, other)
    assert not likeness.tells_apart(other, one)


@pytest.mark.parametrize(
    ("one", "other", "is_other", "is_other_strictly"),
    [
        ("subsonic flow", "supersonic flow", True, True),
        ("learning to walk", "learning to talk", False, True),
        ("modeling flow", "modelling flow", False, False),
        ("subsonic flow", "subsnic flow", False, False),
        ("flow of air", "flow for air", False, False),
    ],
)
def test_two_words_that_both_are_words_are_no_mistake(
    one: str, other: str, is_other: bool, is_other_strictly: bool
):
    known = WORDS | {"of": 9, "for": 9}
    assert likeness.other_words(one, other, known) is is_other
    assert likeness.other_words(one, other, known, strict=True) is is_other_strictly


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jun Ito", "J. Ito", True),
        ("Jun Ito", "Mara Ito", False),
        ("Jun Ito", "Ito", True),
        ("Wei Zhang", "Zhang Wei", True),
        ("Alba García-Durán", "Alba Garcia-Duran", True),
        ("Jan van der Berg", "J. Berg", True),
        ("Jun Lindqvist", "Jun Lindqvst", True),
        ("Jun Li", "Jun Lu", False),
        ("Jun Ito", "…", False),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool):
    assert likeness.same_person(one, other) is same
    assert likeness.same_person(other, one) is same


def test_papers_share_authors_or_nothing_is_known_of_them():
    one, two = Paper(title="x", authors=["Jun Ito", "Mara Weiss"]), Paper(title="x")
    three = Paper(title="x", authors=["M. Weiss", "Ada Chen", "Bo Chen"])
    assert likeness.same_first_author(one, two) is None
    assert likeness.same_first_author(one, three) is False
    assert likeness.share_authors(one, three)
    assert not likeness.share_authors(three, Paper(title="x", authors=["Li Wu", "others"]))
    assert not likeness.share_authors(two, three)


def test_persons_of_large_collaborations_are_told_apart_in_time():
    ours = [f"{chr(65 + n % 26)}. Collaborator{n}" for n in range(2000)]
    theirs = [f"{chr(65 + n % 26)}lbert Collaborator{n}" for n in range(2000)]
    start = time.process_time()
    assert likeness.shared_persons(ours, theirs) == 2000
    assert likeness.shared_persons(ours, ["Wei Zhang", "Zhang Wei", "others"]) == 0
    assert time.process_time() - start < 10


def test_persons_are_found_among_others_however_they_are_written():
    others = ["Wei Zhang", "Jun Ito", "Schmidhuber", "Q. Ünal"]
    for name in ("Zhang Wei", "J. Ito", "Ito", "Jürgen Schmidhuber", "J. Schmidhuberr", "Q Unal"):
        assert likeness.shared_persons([name], others) == 1, name
    for name in ("Li Zhang", "K. Ito", "???"):
        assert likeness.shared_persons([name], others) == 0, name


@pytest.mark.parametrize(
    ("ours", "theirs", "is_elsewhere"),
    [
        ({"volume": "2"}, {"volume": "3"}, True),
        ({"volume": "2", "number": "1"}, {"volume": "2", "number": "2"}, True),
        ({"volume": "2", "pages": "43--43"}, {"volume": "2", "pages": "54–55"}, True),
        ({"volume": "2", "pages": "43--50"}, {"volume": "02", "pages": "43-50"}, False),
        ({"volume": "2", "pages": "43--50"}, {"volume": "2", "pages": "012345"}, False),
        ({"volume": "2", "pages": "77--7"}, {"volume": "2", "pages": "77--7"}, False),
        ({"volume": "abs/1706.03762"}, {"volume": "2"}, False),
        ({"pages": "1--9"}, {}, False),
    ],
)
def test_what_stands_elsewhere_in_one_journal_is_another_paper(ours, theirs, is_elsewhere):
    one, other = (Paper(title="Calendar", venue="TUGboat", extra=told) for told in (ours, theirs))
    assert likeness.in_other_places(one, other) is is_elsewhere
    assert likeness.in_other_places(other, one) is is_elsewhere
    assert not likeness.in_other_places(one, other.but(venue="Another"))


@pytest.mark.parametrize(
    ("authors", "venue", "years", "is_elsewhere"),
    [
        (["Jun Ito"], "TUGboat", ("1990", "1993"), True),
        (["Jun Ito"], "TUGboat", ("1990-12", "1991"), False),
        ([], "TUGboat", ("1990", "1991"), True),
        ([], "TUGboat", ("1990", None), False),
        (["Jun Ito"], "arXiv", ("2017", "2023"), False),
    ],
)
def test_what_a_journal_has_again_in_another_year_is_another_paper(
    authors, venue, years, is_elsewhere
):
    one, other = (
        Paper(title="Editorial", authors=authors, venue=venue, published=year) for year in years
    )
    assert likeness.in_other_places(one, other) is is_elsewhere
    assert likeness.in_other_places(other, one) is is_elsewhere
