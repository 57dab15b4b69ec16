"""What came, ranked for the user."""

from datetime import date
from pathlib import Path

import pytest

from readlist.change import AddPaper, Change
from readlist.digest.contents import came, digest_of, midnight, ranked, taste_of
from readlist.digest.state import DigestState
from readlist.library.library import Library
from readlist.paper import Paper, Status

NEW = "2026-11-21T06:00:00Z"
KEPT = [
    Paper(id=1, title="Old", authors=["Alba García-Durán"], starred=True, tags=["thesis"]),
    Paper(id=2, title="Read", authors=["Jun Ito"], status=Status.READ, tags=["rl/offline", "nlp"]),
    Paper(id=3, title="Passed by", authors=["Mara Weiss"], tags=["games"]),
    Paper(id=4, title="Not for me", authors=["X"], status=Status.ARCHIVED, tags=["graphs"]),
]
CAME = [
    Paper(id=11, title="Much liked", upvotes=500, authors=["Jun Ito"]),
    Paper(id=12, title="Liked", upvotes=90, authors=["Mara Weiss"], tags=["games", "graphs"]),
    Paper(id=13, title="By her", upvotes=1, authors=["Alba Garcia-Duran", "Y"]),
    Paper(id=14, title="Tagged", upvotes=2, tags=["rl/offline"]),
    Paper(id=15, title="Both", authors=["Alba García-Durán"], tags=["thesis"]),
    Paper(id=16, title="Starred by a rule", starred=True, authors=["Z"], tags=["new"]),
    Paper(id=17, title="On Off-line and OFFLINE Control", upvotes=0),
    Paper(id=18, title="NLP", upvotes=3),
    Paper(id=19, title="Nobody counted"),
]


@pytest.fixture
def library(tmp_path: Path):
    library = Library(tmp_path / "library.json")
    papers = [paper.but(uid=f"u{paper.id}", added=NEW) for paper in (*KEPT, *CAME)]
    edits = {paper.id: [AddPaper(paper.document())] for paper in papers}
    library.apply(Change("Imported", edits, "import"))
    yield library
    library.close()


def test_starred_authors_and_tags_come_first_then_upvotes(library: Library):
    items = ranked(library.papers(range(11, 20)), taste_of(library))
    assert [item.paper.id for item in items] == [16, 15, 13, 14, 17, 11, 12, 18, 19]
    reasons = {item.paper.id: item.reasons for item in items}
    assert reasons[13] == ("by Alba Garcia-Duran, of whom you starred a paper",)
    assert reasons[14] == ("tagged rl/offline, as papers that you keep",)
    assert reasons[15] == (
        "by Alba García-Durán, of whom you starred a paper",
        "tagged thesis, as papers that you keep",
    )
    assert reasons[16] == ("★ starred",)  # by nobody and nothing that only it has itself
    assert reasons[17] == ("its title has your tag rl/offline",)
    assert reasons[11] == reasons[12] == reasons[18] == ()


def paper(uid: str, added: str | None = NEW, **others: object) -> Paper:
    return Paper(title=uid, uid=uid, added=added, **others)


def test_what_came_is_not_archived_and_not_older():
    papers = [
        paper("a"),
        paper("b", "2026-11-20T23:59:59Z"),
        paper("c", None),
        paper("d", status=Status.ARCHIVED),
        paper("e", status=Status.READ),
    ]
    assert [p.uid for p in came(papers, "2026-11-21T00:00:00Z")] == ["a", "e"]


def test_what_was_sent_is_left_out_and_what_waits_is_in():
    state = DigestState(sent={"a": NEW}, waiting={"old": "2026-01-01T00:00:00Z"})
    papers = [paper("a"), paper("b"), paper("old", "2026-01-01T00:00:00Z"), paper("x", "2026-01")]
    assert [p.uid for p in came(papers, "2026-11-21T00:00:00Z", state)] == ["b", "old"]


def test_a_day_begins_here(monkeypatch):
    import time

    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert midnight(date(2026, 11, 21)) == "2026-11-20T15:00:00Z"
        assert midnight(date(1, 1, 1)) == "0001-01-01T00:00:00Z"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_only_so_many_are_shown():
    items = ranked([paper(str(n), id=n, upvotes=n) for n in range(50)], taste_of_nobody())
    digest = digest_of(items, date(2026, 11, 20), date(2026, 11, 21), 3)
    assert [item.paper.upvotes for item in digest.items] == [49, 48, 47]
    assert digest.more == 47
    assert digest.number == "50 new papers"
    assert (digest.title, digest.since) == ("Sat 21 Nov 2026", "Fri 20 Nov 2026")


def taste_of_nobody():
    from readlist.digest.contents import Taste

    return Taste({}, {})
