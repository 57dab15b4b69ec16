"""`readlist feeds`."""

from pathlib import Path

import pytest

from readlist import config
from readlist.feeds import Feed
from readlist.updating.states import FeedStates

MINE = """# my own words
theme = "nord"  # dark

[feeds.agents]  # what I work on
huggingface = "search: tool use"
rules = [ { when = "title:survey", do = "drop" } ]

[views]
RL = "tag:rl"
"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The settings that the command line uses."""
    return tmp_path / "config.toml"


def test_feeds_are_added_to_what_the_user_wrote(readlist, settings: Path):
    settings.write_text(MINE)
    done = readlist("feeds", "add", "cs.CL", "--tag", "NLP")
    assert (done.code, done.out) == (0, "Following arXiv cs.CL, as cs.CL\n")
    assert "readlist update fetches it" in done.err
    assert readlist("feeds", "add", "https://huggingface.co/papers", "--name", "hf").code == 0
    text = settings.read_text()
    for line in MINE.splitlines():
        assert line in text
    assert '[feeds."cs.CL"]\narxiv = "cs.CL"\ntags = ["nlp"]\n' in text
    found = config.load(settings)
    assert found.warnings == ()
    assert {(feed.name, feed.about, feed.tags) for feed in found.feeds} == {
        ("agents", "Hugging Face, search: tool use", ()),
        ("cs.CL", "arXiv cs.CL", ("nlp",)),
        ("hf", "Hugging Face, daily", ()),
    }
    assert found.views == (("RL", "tag:rl"),)


def test_they_are_paused_resumed_and_removed(readlist, settings: Path):
    settings.write_text(MINE)
    readlist("feeds", "add", "cs.CL")
    before = settings.read_text()
    assert readlist("feeds", "pause", "Agents", "cs.cl").out == "Paused: agents, cs.CL\n"
    assert [feed.is_paused for feed in config.load(settings).feeds] == [True, True]
    assert readlist("feeds", "resume", "agents", "cs.CL").out == "Resumed: agents, cs.CL\n"
    assert settings.read_text() == before
    assert readlist("feeds", "remove", "agents").out == "Removed: agents\n"
    assert [feed.name for feed in config.load(settings).feeds] == ["cs.CL"]
    assert readlist("feeds", "remove", "cs.CL").code == 0
    assert config.load(settings).feeds == ()
    text = settings.read_text()
    assert "# my own words" in text and 'RL = "tag:rl"' in text


def test_the_list_says_how_it_goes(readlist, settings: Path, tmp_path: Path):
    settings.write_text(MINE + '[feeds.odd]\nhuggingface = "dayly"\n')
    readlist("feeds", "add", "cs.CL")
    readlist("feeds", "pause", "agents")
    states = FeedStates(tmp_path / "library.json")
    feed = Feed("cs.CL", "arxiv", "cs.CL")
    state = states.of(feed).after_success("2026-08-20T07:00:00Z", 12, ())
    states.keep(feed, state.after_failure("2026-08-21T07:00:00Z", "arXiv refuses (HTTP 403)"))
    found = readlist("feeds")
    lines = [" ".join(line.split()) for line in found.out.splitlines()]
    assert (found.code, len(lines)) == (0, 5)
    assert "agents Hugging Face, search: tool use never fetched paused" in lines
    assert any(line.startswith("cs.CL arXiv cs.CL 2026-08-20") for line in lines)
    assert any(
        line.startswith("failed 2026-08-21") and ": arXiv refuses (HTTP 403); tried again" in line
        for line in lines
    )
    assert any("'dayly' is none of daily" in line for line in lines)
    rows = {row["name"]: row for row in readlist("feeds", "list", "--json").json}
    assert rows["agents"]["rules"] == [{"when": "title:survey", "do": ["drop"]}]
    assert rows["agents"]["paused"] is True
    assert rows["cs.CL"]["new"] == 12
    assert rows["cs.CL"]["next_try"] == "2026-08-21T07:01:00Z"
    assert rows["odd"]["problem"].startswith("huggingface: 'dayly'")


def test_rules_that_cannot_be_read_are_told_with_their_place(readlist, settings: Path):
    settings.write_text(MINE.replace("title:survey", "titel:survey"))
    assert f"{settings}: line 6, rule 1 of feed agents is left out: in" in readlist("feeds").err


def test_a_folder_in_the_home_of_the_user(readlist, settings: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "in").mkdir()
    readlist("feeds", "add", str(tmp_path / "in"))
    assert 'folder = "~/in"' in settings.read_text()
    again = readlist("feeds", "add", "~/in")
    assert (again.code, len(config.load(settings).feeds)) == (1, 1)


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        ("", 1, "there are no feeds yet; readlist feeds add cs.CL adds one"),
        ("remove x", 1, "there are no feeds yet"),
        ("add banana", 2, "'banana' is nothing to follow: name a category of arXiv"),
        ("add", 2, "follow what?"),
        ("pause", 2, "which feed?"),
        ("puase x", 2, "feeds knows no 'puase'; did you mean pause?"),
        ("list --tag x", 2, "--name and --tag go with"),
    ],
)
def test_what_is_wrong_is_said(readlist, words: str, code: int, reason: str):
    found = readlist("feeds", *words.split())
    assert found.code == code
    assert found.err.startswith(f"readlist: {reason}")


def test_names_that_are_taken_or_unknown(readlist):
    readlist("feeds", "add", "cs.CL")
    assert "arXiv cs.CL is followed already, as cs.CL" in readlist("feeds", "add", "cs.CL").err
    taken = readlist("feeds", "add", "cs.LG", "--name", "CS.cl")
    assert (taken.code, "there is a feed of that name" in taken.err) == (2, True)
    assert "no feed is called 'cs.C': there are cs.CL" in readlist("feeds", "pause", "cs.C").err


def test_what_is_odd_in_the_settings_is_said_once_for_several_feeds(readlist, settings: Path):
    settings.write_text(MINE + '[feeds.b]\narxiv = "cs.CL"\npasued = true\n')
    found = readlist("feeds", "pause", "agents", "b", "B")
    assert found.out == "Paused: agents, b\n"
    assert found.err.count("nothing is known of feeds.b.pasued") == 1


def test_settings_whose_tables_are_not_in_one_place(readlist, settings: Path):
    settings.write_text(
        '[feeds.a]\narxiv = "cs.CL"\n[views]\nRL = "tag:rl"\n[feeds.b]\narxiv = "cs.LG"\n'
    )
    assert readlist("feeds", "add", "cs.AI").code == 0
    assert readlist("feeds", "pause", "b").code == 0
    assert readlist("feeds", "remove", "a").code == 0
    found = config.load(settings)
    assert {(feed.name, feed.is_paused) for feed in found.feeds} == {("b", True), ("cs.AI", False)}
    assert found.views == (("RL", "tag:rl"),)


def test_settings_in_one_line_and_names_with_signs_that_are_not_shown(readlist, settings: Path):
    settings.write_text('feeds = { "a\\u0007b" = { arxiv = "cs.CL" } }\n')
    assert readlist("feeds", "pause", "ab").out == "Paused: ab\n"
    assert readlist("feeds", "add", "cs.LG").code == 0
    found = {feed.name: feed.is_paused for feed in config.load(settings).feeds}
    assert found == {"ab": True, "cs.LG": False}
    assert readlist("feeds", "remove", "ab").code == 0
    assert [feed.name for feed in config.load(settings).feeds] == ["cs.LG"]
