"""Updates of feeds, against a server on this machine."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from readlist import change
from readlist.feeds import Feed, Rule
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import Status
from readlist.progress import Progress
from readlist.services import SourceSettings
from readlist.updating import update as updating
from readlist.updating.states import FeedStates
from readlist.updating.update import Updated, UpdateError, update
from tests.sources.conftest import settings_for
from tests.sources.listings import atom, daily, ids, rss
from tests.sources.server import Server

JSON = "application/json"
ARXIV = Feed("cs.CL", "arxiv", "cs.CL")
TRENDING = Feed("trending", "huggingface", "trending")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 21, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: int) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    library = Library(tmp_path / "library.json", clock)
    yield library
    library.close()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def sources(server: Server) -> SourceSettings:
    return settings_for(server.base, patience=45.0)


def run(
    library: Library, sources: SourceSettings, *feeds: Feed, rules: tuple[Rule, ...] = ()
) -> Updated:
    return update(library, feeds, rules, sources)


def titles(library: Library) -> list[str]:
    return [paper.title for paper in library.papers()]


def play(server: Server, path: str, body: bytes, **how: object) -> None:
    server.forget(path)
    server.on(path, body, **{"type": JSON if path != "/api/query" else "application/xml", **how})


def test_what_is_new_comes_in_as_new_one_change_a_feed(
    server: Server, sources: SourceSettings, library: Library
):
    play(server, "/api/query", atom(ids(1, 3)))
    play(server, "/api/daily_papers", daily("2601.00002", "2608.00009", upvotes=7))
    updated = run(library, sources, ARXIV, TRENDING)
    assert [outcome.feed.name for outcome in updated.outcomes] == ["cs.CL", "trending"]
    assert (updated.failed, updated.problems) == ([], ())
    assert sum(outcome.new for outcome in updated.outcomes) == 4
    assert sorted(titles(library)) == [
        "Paper 2601.00001",
        "Paper 2601.00002",
        "Paper 2601.00003",
        "Paper 2608.00009",
    ]
    assert {paper.status for paper in library.papers()} == {Status.NEW}
    both = next(p for p in library.papers() if p.identifiers["arxiv"] == "2601.00002")
    assert both.upvotes == 7
    assert {source["name"] for source in both.sources} == {"arxiv", "huggingface"}
    assert [entry.label.split(":")[0] for entry in library.log()][::-1] in (
        ["Feed cs.CL", "Feed trending"],
        ["Feed trending", "Feed cs.CL"],
    )
    library.undo()
    library.undo()
    assert titles(library) == []


def test_known_papers_are_updated_and_stay_what_the_user_made_of_them(
    server: Server, sources: SourceSettings, library: Library
):
    play(server, "/api/daily_papers", daily("2608.00001", "2608.00002", "2608.00003"))
    run(library, sources, TRENDING)
    library.edit([1], lambda papers, now: change.set_status(papers, Status.ARCHIVED, now))
    library.edit([2], lambda papers, now: change.delete(papers))
    play(server, "/api/daily_papers", daily("2608.00001", "2608.00002", "2608.00003", upvotes=50))
    (outcome,) = run(library, sources, TRENDING).outcomes
    assert outcome.taken is not None
    assert outcome.taken.summary() == "2 updated, 1 deleted before and left out"
    assert [(p.id, p.status, p.upvotes) for p in library.papers()] == [
        (1, Status.ARCHIVED, 50),
        (3, Status.NEW, 50),
    ]
    (outcome,) = run(library, sources, TRENDING).outcomes
    assert outcome.taken is not None
    assert outcome.taken.counts()["updated"] == 0


def test_a_preprint_learns_that_it_was_published(
    server: Server, sources: SourceSettings, library: Library
):
    play(server, "/api/query", atom(ids(1, 1)))
    run(library, sources, ARXIV)
    play(server, "/api/query", atom(ids(1, 1), doi="10.1000/x"))
    run(library, sources, ARXIV)
    (paper,) = library.papers()
    assert paper.identifiers == {"arxiv": "2601.00001", "doi": "10.1000/x"}


def test_rules_of_all_and_of_one(server: Server, sources: SourceSettings, library: Library):
    play(server, "/api/query", atom(ids(1, 4)))
    play(server, "/api/daily_papers", daily("2601.00001", "2608.00002"))
    rules = (Rule("arxiv:2601.00004", ("drop",), "rule 1"), Rule("auther:x", ("drop",), "rule 2"))
    own = (Rule("arxiv:2601.00003", ("want", "star", "tag first"), "rule 1 of feed cs.CL"),)
    feed = ARXIV.but(rules=own, tags=("nlp",))
    updated = run(library, sources, feed, rules=rules)
    (problem,) = updated.problems
    assert problem.startswith("rule 2 is left out: in the query, character 1: ")
    (outcome,) = updated.outcomes
    assert outcome.taken is not None
    assert outcome.taken.summary() == "3 new, 1 dropped by rules"
    papers = {paper.identifiers["arxiv"]: paper for paper in library.papers()}
    first = papers["2601.00003"]
    assert (first.status, first.starred, first.tags) == (Status.TO_READ, True, ["first", "nlp"])
    assert papers["2601.00001"].tags == ["nlp"]
    # What the user makes of it later stays so: rules are for papers that come.
    library.edit([first.id], lambda found, now: change.edit_tags(found, [], ["first", "nlp"], now))
    library.edit([first.id], lambda found, now: change.set_star(found, False, now))
    run(library, sources, feed)
    assert (library.paper(first.id).starred, library.paper(first.id).tags) == (False, [])
    # Nor do rules throw out what is there, or touch what another feed brought.
    run(library, sources, TRENDING.but(tags=("hf",)), rules=(Rule("paper", ("drop",), "rule 1"),))
    assert len(library) == 4 and "hf" not in library.overview.tags()


def test_a_dropped_paper_that_fits_later_comes_in_then(
    server: Server, sources: SourceSettings, library: Library
):
    rules = (Rule("upvotes:10..", ("keep",), "rule 1"),)
    play(server, "/api/daily_papers", daily("2608.00001"))
    run(library, sources, TRENDING, rules=rules)
    assert titles(library) == []
    play(server, "/api/daily_papers", daily("2608.00001", upvotes=12))
    run(library, sources, TRENDING, rules=rules)
    assert titles(library) == ["Paper 2608.00001"]


def test_a_feed_that_fails_stops_no_other_and_is_tried_again_later(
    server: Server, sources: SourceSettings, library: Library, clock: Clock
):
    play(server, "/api/query", b"", status=404)
    play(server, "/api/daily_papers", daily("2608.00001"))
    updated = run(library, sources, ARXIV, TRENDING)
    assert updated.summary() == "1 new paper; cs.CL failed: arXiv has no such thing"
    assert titles(library) == ["Paper 2608.00001"]
    state = FeedStates(library.path).of(ARXIV)
    assert (state.error, state.failures) == ("arXiv has no such thing", 1)
    asked = len(server.requests)
    play(server, "/api/query", atom(ids(1, 1)))
    updated = run(library, sources, ARXIV)
    assert (updated.outcomes[0].is_waiting, len(server.requests)) == (True, asked)
    assert updated.summary() == "cs.CL not tried again yet"
    assert update(library, [ARXIV], (), sources, names=["CS.cl"]).outcomes[0].new == 1
    clock.pass_by(minutes=2)
    run(library, sources, ARXIV)
    state = FeedStates(library.path).of(ARXIV)
    assert (state.error, state.failures, state.succeeded) == (None, 0, library.now())


def test_what_came_before_a_feed_broke_off_is_taken_and_the_rest_comes_later(
    server: Server, sources: SourceSettings, library: Library
):
    whole = atom(ids(1, 3))
    play(server, "/api/query", whole[: whole.rindex(b"<entry>") + 30])
    (outcome,) = run(library, sources, ARXIV).outcomes
    assert (outcome.new, outcome.error) == (
        2,
        "arXiv: the answer is cut off; what came of it was taken",
    )
    assert FeedStates(library.path).of(ARXIV).succeeded is None
    play(server, "/api/query", whole)
    (outcome,) = update(library, [ARXIV], (), sources, names=["cs.CL"]).outcomes
    assert (outcome.new, outcome.error, len(library)) == (1, "", 3)


def test_a_mistake_with_one_feed_spoils_no_other(
    server: Server, sources: SourceSettings, library: Library, monkeypatch
):
    def broken(feed, web, since):
        if feed is ARXIV:
            raise RecursionError("too deep")
        return fetch(feed, web, since)

    fetch = updating.fetch
    monkeypatch.setattr(updating, "fetch", broken)
    play(server, "/api/daily_papers", daily("2608.00001"))
    updated = run(library, sources, ARXIV, TRENDING)
    assert [outcome.error for outcome in updated.outcomes] == ["too deep", ""]
    assert len(library) == 1


def test_feeds_of_one_service_wait_for_each_other_and_others_do_not(
    server: Server, sources: SourceSettings, library: Library
):
    for path in ("/api/query", "/api/daily_papers"):
        server.on(path, b"[]" if "daily" in path else atom([]), delay=0.15)
    feeds = [ARXIV.but(name=f"a{n}", what=f"cs.{n}") for n in ("CL", "LG", "AI")]
    run(library, sources, *feeds, TRENDING)
    arxiv = [one for one in server.requests if one.path == "/api/query"]
    assert all(one.done <= two.at for one, two in pairwise(arxiv))
    assert server.most_at_once == 2


def test_two_updates_at_once(
    server: Server, sources: SourceSettings, library: Library, monkeypatch
):
    play(server, "/api/daily_papers", daily("2608.00001"), delay=0.5)
    results: list[Updated] = []
    twin = library.twin()
    first = threading.Thread(target=lambda: results.append(run(twin, sources, TRENDING)))
    first.start()
    while not server.requests:
        pass
    monkeypatch.setattr(updating, "PATIENCE", 0.05)
    with pytest.raises(UpdateError, match="the feeds are being updated already"):
        run(library, sources, TRENDING)
    monkeypatch.setattr(updating, "PATIENCE", 9.0)
    results.append(run(library, sources, TRENDING))
    first.join()
    twin.close()
    assert [updated.outcomes[0].new for updated in results] == [1, 0]
    assert len(library) == 1


def test_what_is_given_up_is_whole(server: Server, sources: SourceSettings, library: Library):
    progress = Progress()
    play(server, "/api/daily_papers", daily("2608.00001"))
    server.on("/api/query", delay=30)
    step = progress.step

    def stepping(number: int = 1) -> None:
        if number:
            progress.cancel()
        step(number)

    progress.step = stepping  # type: ignore[method-assign]
    updated = update(library, [ARXIV, TRENDING], (), sources, progress=progress)
    assert updated.is_given_up
    assert updated.summary() == "Given up: 1 new paper"
    assert len(library) == 1
    assert FeedStates(library.path).of(ARXIV).tried is None


def test_a_folder_is_a_feed_too(
    sources: SourceSettings, library: Library, tmp_path: Path, clock: Clock
):
    folder = tmp_path / "in"
    feed = Feed("in", "folder", str(folder))
    assert run(library, sources, feed).outcomes[0].error == f"{folder}: No such file or directory"
    clock.pass_by(minutes=2)
    folder.mkdir()
    (folder / "refs.bib").write_text("@article{a, title={One}}\n@article{b, title={Two}}")
    mine = '{"format": "readlist", "version": 1, "papers": [{"id": 9, "title": "Three", '
    (folder / "his.json").write_text(mine + '"status": "read", "starred": true, "note": "x"}]}')
    assert run(library, sources, feed).outcomes[0].new == 3
    assert [(p.title, p.status, p.starred, p.note) for p in library.papers()] == [
        ("Three", Status.NEW, False, ""),
        ("One", Status.NEW, False, ""),
        ("Two", Status.NEW, False, ""),
    ]
    assert len(library.log()) == 1
    (folder / "more.bib").write_text("@article{a, title={One}}\n@article{b, title={Four}}")
    assert run(library, sources, feed).summary() == "1 new paper"
    assert run(library, sources, feed).summary() == "Nothing new in 1 feed"


def test_a_pdf_in_a_folder_is_the_file_of_the_paper_that_is_there(
    server: Server, sources: SourceSettings, library: Library, tmp_path: Path
):
    play(server, "/api/query", atom(ids(1, 1)))
    run(library, sources, ARXIV)
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "2601.00001v3.pdf"
    file.write_bytes(b"%PDF-1.7")
    own = '{"format": "readlist", "version": 1, "papers": [{"id": 1, "title": "Paper 2601.00001", '
    (tmp_path / "in" / "his.json").write_text(own + '"files": ["/home/him/x.pdf"]}]}')
    (outcome,) = run(library, sources, Feed("in", "folder", str(tmp_path / "in"))).outcomes
    assert outcome.taken is not None and outcome.taken.summary() == "1 updated"
    (paper,) = library.papers()
    assert (paper.title, paper.files) == ("Paper 2601.00001", [str(file)])
    library.undo()
    assert library.paper(paper.id).files == []


def test_an_address_with_a_feed(server: Server, sources: SourceSettings, library: Library):
    server.on("/feed", rss(["a", "b"]))
    run(library, sources, Feed("j", "url", server.url("/feed")))
    assert titles(library) == ["Article a", "Article b"]
    assert FeedStates(library.path).of(Feed("j", "url", server.url("/feed"))).new == 2


def test_what_cannot_be_updated_is_said(sources: SourceSettings, library: Library):
    with pytest.raises(UpdateError, match="there are no feeds yet"):
        run(library, sources)
    with pytest.raises(UpdateError, match="all feeds are paused"):
        run(library, sources, ARXIV.but(is_paused=True))
    with pytest.raises(UpdateError, match=r"no feed is called 'cs.LC'.*; did you mean cs.CL\?"):
        update(library, [ARXIV], (), sources, names=["cs.LC"])
    odd = Feed("odd", "", "", problem="one of huggingface, … is wanted")
    assert run(library, sources, odd).summary() == "odd failed: one of huggingface, … is wanted"


def test_an_undone_update_comes_again(server: Server, sources: SourceSettings, library: Library):
    play(server, "/api/daily_papers", daily("2608.00001"))
    run(library, sources, TRENDING)
    library.undo()
    assert run(library, sources, TRENDING).outcomes[0].new == 1


def test_what_others_take_in_meanwhile_is_known(
    server: Server, sources: SourceSettings, library: Library
):
    other = library.twin()

    def answer(_request: object) -> bytes:
        other.edit([1], lambda papers, now: change.set_star(papers, True, now))
        return daily("2601.00001", "2601.00002")

    play(server, "/api/query", atom(ids(1, 1)))
    run(library, sources, ARXIV)
    server.on("/api/daily_papers", answer=answer, type=JSON)
    assert run(library, sources, TRENDING).summary() == "1 new paper, 1 updated"
    other.close()
    assert library.paper(1).starred


KILLED = """
import sys
from pathlib import Path
from readlist.updating.states import FeedStates
from readlist.feeds import Feed
from readlist.library.library import Library
from readlist.updating.update import update
from tests.sources.conftest import settings_for
import os
FeedStates.keep = lambda *_: os._exit(9)
feed = Feed("trending", "huggingface", "trending")
update(Library(Path(sys.argv[1])), [feed], (), settings_for(sys.argv[2]))
"""


def test_killed_before_it_is_remembered_nothing_is_doubled(
    server: Server, sources: SourceSettings, library: Library
):
    play(server, "/api/daily_papers", daily("2608.00001", "2608.00002"))
    words = [sys.executable, "-c", KILLED, str(library.path), server.base]
    assert subprocess.run(words, check=False).returncode == 9
    library.refresh()
    assert len(library) == 2
    (outcome,) = run(library, sources, TRENDING).outcomes
    assert (outcome.new, outcome.error, len(library)) == (0, "", 2)


def test_a_library_that_cannot_be_written_ends_it(
    server: Server, sources: SourceSettings, library: Library, monkeypatch
):
    def full(self, change):
        raise LibraryError(self.path, "no space is left", "make room")

    play(server, "/api/daily_papers", daily("2608.00001"))
    monkeypatch.setattr(Library, "apply", full)
    with pytest.raises(LibraryError):
        run(library, sources, TRENDING)
    monkeypatch.undo()
    assert FeedStates(library.path).of(TRENDING).tried is None
    assert run(library, sources, TRENDING).outcomes[0].new == 1
