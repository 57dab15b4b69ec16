"""Rules, in the query language, on papers that come in."""

import pytest

from readlist.feeds import Rule
from readlist.paper import Paper, Status
from readlist.updating.rules import Rules

NOW = "2026-08-21T07:00:00Z"
PAPERS = [
    Paper(title="A Survey of World Models", authors=["Ada Lovelace"], upvotes=3),
    Paper(title="Reward Models", authors=["Richard Sutton"], upvotes=40, categories=["cs.LG"]),
    Paper(title="Robots that fold", abstract="Reinforcement learning of laundry.", upvotes=12),
]


def rule(when: str, *actions: str) -> Rule:
    return Rule(when, actions, "rule 1")


def kept(*rules: Rule) -> list[str]:
    found = Rules(rules)
    assert found.problems == []
    return [paper.title.split()[0] for paper in found.judge(PAPERS, NOW)]


def judged(*rules: Rule) -> list[Paper]:
    return Rules(rules).judge(PAPERS, NOW)


def test_without_rules_all_come_in_as_they_are():
    assert judged() == PAPERS


@pytest.mark.parametrize(
    ("when", "left"),
    [
        ("title:survey", ["Reward", "Robots"]),
        ("@sutton OR survey", ["Robots"]),
        ("upvotes:..9", ["Reward", "Robots"]),
        ('"world models"', ["Reward", "Robots"]),
        ("/lau+ndry/", ["A", "Reward"]),
        ("category:cs.LG", ["A", "Robots"]),
        ("-is:starred", []),
        ("surveey", ["A", "Reward", "Robots"]),  # nothing is forgiven
        ("survey sort:title", ["Reward", "Robots"]),
        ("added:today", []),
    ],
)
def test_dropped(when: str, left: list[str]):
    assert kept(rule(when, "drop")) == left


def test_only_what_is_wanted_is_kept_and_each_rule_counts():
    assert kept(rule("models", "keep")) == ["A", "Reward"]
    assert kept(rule("models", "keep"), rule("upvotes:10..", "keep")) == ["Reward"]
    assert kept(rule("models", "keep"), rule("survey", "drop")) == ["Reward"]


def test_papers_are_marked():
    survey, sutton, robots = judged(rule("@sutton", "star", "want", "tag rl/reward"))
    assert (survey, robots) == (PAPERS[0], PAPERS[2])
    assert (sutton.starred, sutton.status, sutton.tags) == (True, Status.TO_READ, ["rl/reward"])
    assert (sutton.decided, sutton.added, sutton.id) == (NOW, None, 0)


def test_a_rule_sees_what_those_before_it_did():
    first = rule("models", "tag model")
    assert [p.starred for p in judged(first, rule("tag:model", "star"))] == [True, True, False]
    assert [p.starred for p in judged(rule("tag:model", "star"), first)] == [False] * 3
    assert kept(first, rule("tag:model", "drop")) == ["Robots"]


def test_what_is_no_rule_is_told_and_nothing_is_lost():
    found = Rules(
        [
            Rule("auther:x", ("drop",), "line 3, rule 1"),
            Rule("", (), "rule 2", "do: one of drop is wanted"),
            Rule("sort:title", ("keep",), "rule 3"),
            Rule("survey", ("drop",), "rule 4"),
        ]
    )
    assert len(found.judge(PAPERS, NOW)) == 2
    assert found.problems[0].startswith("line 3, rule 1 is left out: in the query, character 1: ")
    assert found.problems[1:] == [
        "rule 2 is left out: do: one of drop is wanted",
        "rule 3 is left out: it asks for nothing",
    ]
