"""What is remembered of digests."""

from pathlib import Path

import pytest

from readlist.digest import state as digest_state
from readlist.digest.state import Attempt, DigestState, DigestStates
from readlist.paper import Paper

FIRST = Attempt("2026-11-20T07:00:00Z", "<1@x>", {"a": "2026-11-20T01:00:00Z"})
SECOND = Attempt("2026-11-21T07:00:00Z", "<2@x>", {"b": "2026-11-21T01:00:00Z"})


def sent(state: DigestState, *uids: str) -> list[bool]:
    return [state.was_sent(Paper(title="x", uid=uid, added="2026-11-20T01:00:00Z")) for uid in uids]


def test_it_is_kept_whole(tmp_path: Path):
    states = DigestStates(tmp_path / "library.json")
    assert states.read() == DigestState()
    state = DigestState().after_success(FIRST).after_failure(SECOND, "no way").but(sending=SECOND)
    states.keep(state)
    assert DigestStates(tmp_path / "library.json").read() == state
    states.keep(state.settled())
    assert states.read() == state.settled()
    assert (tmp_path / "library.json.digests").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"[]", b'{"sent": 3}', b"\xff", b"{" * 100_000])
def test_a_file_that_is_none_is_told_and_not_forgotten(tmp_path: Path, content: bytes):
    states = DigestStates(tmp_path / "library.json")
    states.path.write_bytes(content)
    with pytest.raises(ValueError, match="is damaged; moved away, the digests begin anew"):
        states.read()


def test_what_failed_waits_and_then_was_sent():
    state = DigestState().after_failure(FIRST, "refused")
    assert (state.waiting, state.error, sent(state, "a")) == (FIRST.papers, "refused", [False])
    both = SECOND.but(papers={**FIRST.papers, **SECOND.papers})
    state = state.after_success(both)
    assert (state.waiting, state.error, state.last) == ({}, "", SECOND.at)
    assert sent(state, "a", "b", "c") == [True, True, False]


def test_what_may_have_arrived_counts_as_sent_until_it_is_wanted_again():
    state = DigestState().but(sending=FIRST).settled()
    assert (sent(state, "a"), state.doubtful, state.sending) == ([True], FIRST, None)
    assert state.settled() == state
    state = state.after_success(SECOND).again()
    assert (sent(state, "a", "b"), state.waiting) == ([False, True], FIRST.papers)
    assert state.doubtful is None
    assert DigestState().again() == DigestState()


def test_of_very_many_only_until_when_is_remembered(monkeypatch):
    monkeypatch.setattr(digest_state, "_MOST", 10)
    state = DigestState()
    for day in range(10, 30):
        papers = {f"u{day}": f"2026-11-{day}T00:00:00Z"}
        state = state.after_success(Attempt(f"2026-11-{day}T07:00:00Z", "<>", papers))
        assert len(state.sent) <= 10
    assert state.before >= "2026-11-15"
    for day in range(10, 30):
        paper = Paper(title="x", uid=f"u{day}", added=f"2026-11-{day}T00:00:00Z")
        assert state.was_sent(paper)
    late = Paper(title="x", uid="late", added="2026-11-29T12:00:00Z")
    assert not state.was_sent(late)


def test_only_one_sends(tmp_path: Path):
    first, second = (DigestStates(tmp_path / "library.json") for _ in range(2))
    with first.alone(1) as is_alone:
        assert is_alone
        with second.alone(0.05) as is_alone_too:
            assert not is_alone_too
    with second.alone(0.05) as is_alone:
        assert is_alone
