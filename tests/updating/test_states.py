"""What is remembered of feeds."""

import json
from pathlib import Path

import pytest

from readlist.feeds import Feed
from readlist.updating.states import FeedState, FeedStates

NOW = "2026-08-21T07:00:00Z"
FEED = Feed("cs.CL", "arxiv", "cs.CL")


def test_what_is_kept_is_there_for_the_next(tmp_path: Path):
    library = tmp_path / "library.json"
    state = FeedState("arxiv cs.CL").after_success(NOW, 12, ("a", "b"))
    FeedStates(library).keep(FEED, state)
    found = FeedStates(library)
    assert found.of(FEED) == state
    assert (state.succeeded, state.new, state.seen) == (NOW, 12, ("a", "b"))
    assert found.of(FEED.but(name="other")) == FeedState("arxiv cs.CL")
    assert found.of(FEED.but(what="cs.LG")) == FeedState("arxiv cs.LG")  # another feed by now
    assert [file.name for file in tmp_path.iterdir()] == ["library.json.feeds"]


def test_waits_grow_with_failures_and_end_with_a_success():
    state = FeedState("x", NOW, "2026-08-20T07:00:00Z", new=3, seen=("a",))
    waits = []
    for _ in range(6):
        state = state.after_failure(NOW, "arXiv refuses")
        waits.append(state.wait)
    times = ["07:01", "07:05", "07:15", "08:00", "08:00", "08:00"]
    assert waits == [f"2026-08-21T{time}:00Z" for time in times]
    assert (state.failures, state.error, state.new) == (6, "arXiv refuses", 3)
    assert state.succeeded == "2026-08-20T07:00:00Z"
    assert state.waits("2026-08-21T07:59:59Z")
    assert not state.waits("2026-08-21T08:00:00Z")
    assert not state.waits("2026-08-20T00:00:00Z")  # the clock was wrong
    done = state.after_success("2026-08-22T07:00:00Z", 1, ("b",))
    assert (done.error, done.failures, done.wait, done.seen) == (None, 0, None, ("b", "a"))


def test_a_service_is_left_alone_for_as_long_as_it_asked_for():
    state = FeedState("x").after_failure(NOW, "busy", 7200.0)
    assert state.wait == "2026-08-21T09:00:00Z"
    assert state.after_failure(NOW, "busy", 1e9).wait == "2026-08-22T07:00:00Z"
    again = state.after_failure(NOW, "offline", grows=False)
    assert again.wait == "2026-08-21T07:01:00Z"


def test_only_so_much_is_remembered():
    state = FeedState("x").after_success(NOW, 0, tuple(map(str, range(1500))))
    state = state.after_success(NOW, 0, tuple(f"n{n}" for n in range(1500)))
    assert len(state.seen) == 2000
    assert state.seen[0] == "n0"
    assert len(state.after_success(NOW, 0, tuple(map(str, range(5000)))).seen) == 5000


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"feeds": 3}',
        '{"feeds": {"cs.CL": {"source": 3}}}',
        '{"feeds": {"cs.CL": {"source": "arxiv cs.CL", "succeeded": "soon"}}}',
        '{"feeds": {"cs.CL": {"source": "arxiv cs.CL", "new": "many"}}}',
        "[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_as_if_nothing_was_fetched_yet(tmp_path: Path, content: str):
    (tmp_path / "library.json.feeds").write_text(content)
    states = FeedStates(tmp_path / "library.json")
    assert states.of(FEED) == FeedState("arxiv cs.CL")
    states.keep(FEED, FeedState("arxiv cs.CL", NOW))
    assert list(json.loads((tmp_path / "library.json.feeds").read_text())["feeds"]) == ["cs.CL"]


def test_one_at_a_time(tmp_path: Path):
    one, other = FeedStates(tmp_path / "library.json"), FeedStates(tmp_path / "library.json")
    assert one.take(0)
    one.keep(FEED, FeedState("arxiv cs.CL", NOW))
    assert not other.take(0)
    other.let_go()
    one.let_go()
    assert other.take(0)
    assert other.of(FEED).tried == NOW  # what was kept meanwhile is read
    other.let_go()
