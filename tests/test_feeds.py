"""Feeds and rules as the settings have them."""

from pathlib import Path

import pytest

from readlist import config
from readlist.feeds import Feed, Rule

SETTINGS = """
[feeds.daily]
huggingface = "daily"
tags = ["Daily"]
rules = [
  { when = "title:survey", do = "drop" },
]

[feeds."cs.CL"]
arxiv = "cs.CL"
paused = true
[[feeds."cs.CL".rules]]
when = "@sutton OR \\"world model\\""
do = ["star", "want", "tag RL/World Models"]

[feeds.agents]
huggingface = "search: tool use"
[feeds.journal]
url = "https://example.org/feed.xml"
[feeds.downloads]
folder = "~/Downloads"

[[rules]]
when = "upvotes:10.."
do = "keep only"
"""


def load(tmp_path: Path, text: str) -> config.Config:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return config.load(path)


def test_feeds_and_rules_are_read(tmp_path: Path):
    found = load(tmp_path, SETTINGS)
    assert found.warnings == ()
    daily, arxiv, agents, journal, downloads = found.feeds
    drop = Rule("title:survey", ("drop",), "line 6, rule 1 of feed daily")
    assert daily == Feed("daily", "huggingface", "daily", (drop,), ("daily",))
    assert (arxiv.is_paused, arxiv.rules[0].actions) == (
        True,
        ("star", "want", "tag rl/world-models"),
    )
    assert arxiv.rules[0].place == "line 13, rule 1 of feed cs.CL"
    assert (agents.search, agents.about) == ("tool use", "Hugging Face, search: tool use")
    assert [feed.about for feed in (daily, arxiv, journal, downloads)] == [
        "Hugging Face, daily",
        "arXiv cs.CL",
        "https://example.org/feed.xml",
        "~/Downloads",
    ]
    assert found.rules == (Rule("upvotes:10..", ("keep",), "line 24, rule 1"),)
    assert not any(feed.problem for feed in found.feeds)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('huggingface = "dayly"', "huggingface: 'dayly' is none of daily, weekly, monthly, "),
        ('huggingface = "search"', "huggingface: 'search' is none of"),
        ('url = "ftp://x.org"', "url: 'ftp://x.org' is no address"),
        ('folder = "papers"', "folder: 'papers' is no whole path"),
        ("arxiv = 3", "arxiv: a text is wanted"),
        ("paused = true", "one of huggingface, arxiv, url, folder is wanted, there is none"),
        ('arxiv = "cs.CL"\nurl = "https://x.org"', "one of huggingface, arxiv, url, folder is"),
        ('arxiv = "cs.CL"\ntags = "rl"\npaused = 1', "paused: true or false is wanted"),
        ('arxiv = "cs.CL"\ntags = ["?"]', "tags: a list of tags is wanted"),
    ],
)
def test_what_is_wrong_with_a_feed_is_told_and_the_others_are_read(
    tmp_path: Path, lines: str, problem: str
):
    found = load(tmp_path, f'[feeds.odd]\n{lines}\n[feeds.good]\narxiv = "cs.CL"')
    odd, good = found.feeds
    assert odd.problem.startswith(problem)
    assert (good.name, good.problem) == ("good", "")


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ('when = "x"', "do: one of drop, keep, star, want, tag NAME is wanted"),
        ('do = "drop"', "when and do are wanted"),
        ('when = " "\ndo = "drop"', "when: a query is wanted"),
        ('when = "x"\ndo = "dorp"', "do: 'dorp' is none of drop, keep"),
        ('when = "x"\ndo = "tag ?"', "do: 'tag ?': a tag needs a letter or a digit"),
        ('when = "x"\ndo = []', "do: one of drop"),
        ('when = "x"\ndo = "drop"\nif = "y"', "nothing is known of 'if' in a rule"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told(tmp_path: Path, rule: str, problem: str):
    (found,) = load(tmp_path, f"[[rules]]\n{rule}").rules
    assert found.problem.startswith(problem)
    assert found.actions == ()
    assert "rule 1" in found.place


def test_tables_of_another_shape(tmp_path: Path):
    with pytest.raises(config.ConfigError, match="feeds: tables are wanted, as"):
        load(tmp_path, 'feeds = "daily"')
    (feed,) = load(tmp_path, '[feeds]\ndaily = "x"').feeds
    assert feed.problem.startswith("a table is wanted")
    (rule,) = load(tmp_path, 'rules = "x"').rules
    assert rule.problem.startswith("when and do are wanted")


def test_unknown_settings_of_a_feed_are_told(tmp_path: Path):
    found = load(tmp_path, '[feeds.a]\narxiv = "cs.CL"\npause = true')
    assert found.warnings == ("nothing is known of feeds.a.pause; did you mean paused?",)
