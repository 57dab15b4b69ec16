"""Papers that may be there twice are found, others are not."""

import random
import string
from collections.abc import Sequence
from typing import Any

import pytest

from readlist.insight import duplicates
from readlist.insight.duplicates import APART
from readlist.paper import Paper
from readlist.progress import CancelledError, Progress
from tests.insight.invented import titles

TITLE = "Offline Learning Without the Bellman Backup"


def found(papers: Sequence[Paper]) -> list[duplicates.Pair]:
    own = {paper.id: paper for paper in papers}
    return duplicates.find(papers, own.__getitem__)


def pairs(*papers: dict[str, Any]) -> list[tuple[int, int, str]]:
    made = [Paper(**{"id": n, "uid": f"u{n}", "title": TITLE} | p) for n, p in enumerate(papers, 1)]
    return [(pair.one, pair.other, pair.reason) for pair in found(made)]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ({"identifiers": {"doi": "1"}}, {"title": "B", "identifiers": {"doi": "1"}}, "same DOI"),
        ({"authors": ["Jun Ito"]}, {"authors": ["J. Ito"]}, "same title, same first author"),
        ({"authors": ["Jun Ito"]}, {}, "same title"),
        ({"identifiers": {"doi": "1"}}, {"identifiers": {"doi": "2"}}, "same title"),
        (
            {"authors": ["Jun Ito"], "identifiers": {"arxiv": "1"}},
            {"authors": ["Jun Ito"], "identifiers": {"arxiv": "2"}},
            "same title, same first author",
        ),
        (
            {"authors": ["Jun Ito"]},
            {"authors": ["Jun Ito"], "title": TITLE.replace("Bellman", "Belman")},
            "1 letter apart in the title, same first author",
        ),
        ({}, {"title": "X" + TITLE + "xy"}, "3 letters apart in the title"),
        ({"authors": ["A Ito", "B Wu"]}, {"authors": ["B Wu", "A Ito"]}, "same title"),
    ],
)  # fmt: skip
def test_pairs_that_may_be_one(one: dict[str, Any], other: dict[str, Any], reason: str):
    assert pairs(one, other) == [(1, 2, reason)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"authors": ["Jun Ito"]}, {"authors": ["Bo Wu"]}),
        ({"title": "Attention, Part I"}, {"title": "Attention, Part II"}),
        ({"title": "Reply to: " + TITLE}, {}),
        ({"title": "The AI Index Report 2023"}, {"title": "The AI Index Report 2024"}),
        ({"title": "Qwen2.5-VL Technical Report"}, {"title": "Qwen3-VL Technical Report"}),
        (
            {"title": "Introduction", "identifiers": {"doi": "1"}},
            {"title": "Introduction", "identifiers": {"doi": "2"}},
        ),
        ({"published": "2001"}, {"title": TITLE + "s", "published": "2024-01"}),
        ({"title": "GAN"}, {"title": "CAN"}),
        ({"extra": {APART: ["u2"]}}, {}),
        ({}, {"extra": {APART: ["u1"]}}),
    ],
)
def test_pairs_that_are_not(one: dict[str, Any], other: dict[str, Any]):
    assert pairs(one, other) == []


def test_an_odd_list_of_others_does_no_harm():
    assert len(pairs({"extra": {APART: "u2"}}, {"extra": {APART: [1, None]}})) == 1


def test_the_certain_come_first_then_the_newest():
    doi = {"identifiers": {"doi": "1"}}
    kinds = [{}, {}, {"title": "Other"} | doi, {"title": "One More"} | doi, {"title": TITLE + "s"}]
    assert [pair[:2] for pair in pairs(*kinds)] == [(3, 4), (1, 2), (1, 5), (2, 5)]


def test_of_many_that_are_alike_each_is_in_a_pair():
    assert {n for pair in pairs(*[{}] * 30) for n in pair[:2]} == set(range(1, 31))
    assert len(pairs(*[{}] * 30)) < 60


def test_it_tells_how_far_it_is_and_can_be_given_up():
    progress = Progress()
    papers = [Paper(id=n, title=title) for n, title in enumerate(titles(50), 1)]
    assert duplicates.find(papers, papers.__getitem__, progress) == []
    progress.cancel()
    with pytest.raises(CancelledError):
        duplicates.find(papers, papers.__getitem__, progress)


def edited(title: str, edits: int, chance: random.Random) -> str:
    for _ in range(edits):
        place, letter = chance.randrange(len(title)), chance.choice(string.ascii_lowercase)
        before, here, behind = title[:place], title[place], title[place + 1 :]
        kinds = [letter + here, "", letter, behind[:1] + here]
        kind = chance.randrange(4)
        title = before + kinds[kind] + (behind[1:] if kind == 3 else behind)
    return title


def test_mistakes_anywhere_in_a_title_are_found():
    chance = random.Random(3)
    own = [Paper(id=n, title=t, authors=["Ada Wu"]) for n, t in enumerate(titles(2000), 1)]
    twins = [p.but(id=p.id + 5000, title=edited(p.title, 1 + p.id % 3, chance)) for p in own[::5]]
    hit = {(pair.one, pair.other) for pair in found([*own, *twins])}
    planted = {(paper.id - 5000, paper.id) for paper in twins}
    assert len(hit & planted) >= 0.99 * len(planted)
    assert not hit - planted
