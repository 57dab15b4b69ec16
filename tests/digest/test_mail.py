"""A week of digests: each paper once, whatever happens to mail and machine."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from readlist import mail_settings
from readlist.digest.contents import Taste, came, digest_of, midnight, ranked
from readlist.digest.mail import DigestMail, message_of
from readlist.digest.state import DigestState, DigestStates
from readlist.formats.digest_out import Digest, Item
from readlist.paper import Paper, timestamp
from readlist.sources.mail import MailError, UncertainMailError
from tests.sources.smtp_server import LATER, SmtpServer

MONDAY = datetime(2026, 11, 16, 7, tzinfo=UTC)


class Week:
    """A library that gets papers each night, and is asked for a digest each morning."""

    def __init__(self, path: Path, server: SmtpServer) -> None:
        self.states = DigestStates(path)
        self.server = server
        self.papers: list[Paper] = []
        self.now = MONDAY - timedelta(days=1)

    def night(self, *uids: str) -> None:
        self.now += timedelta(days=1)
        moment = timestamp(self.now - timedelta(hours=2))
        self.papers += [Paper(title=f"Paper {uid}", uid=uid, added=moment) for uid in uids]

    def morning(self) -> int:
        def find(state: DigestState) -> list[Paper]:
            return came(self.papers, midnight(self.now.date() - timedelta(days=1)), state)

        def make(papers: list[Paper], notes: tuple[str, ...]) -> Digest:
            items = ranked(papers, Taste({}, {}))
            return digest_of(items, self.now.date(), self.now.date()).but(notes=notes)

        values = {"host": "127.0.0.1", "port": self.server.port, "security": "none"}
        settings = mail_settings.read(values | {"to": "me@example.org"})
        return DigestMail(self.states, settings, find, make, self.now).send().papers

    @property
    def came(self) -> list[set[str]]:
        mails = [mail.get_body(("plain",)).get_content() for mail in self.server.mails]
        return [{p.uid for p in self.papers if f". Paper {p.uid}\r" in mail} for mail in mails]


def test_a_week(tmp_path: Path):
    with SmtpServer() as server:
        week = Week(tmp_path / "library.json", server)
        week.night("a", "b")
        assert week.morning() == 2
        week.night("c")
        server.answers = {"RCPT": "451 come again"}
        with pytest.raises(MailError, match="451 come again"):
            week.morning()
        week.night("d")
        with pytest.raises(MailError):
            week.morning()
        server.answers = {}
        week.night("e")  # Thursday: what came since Tuesday
        assert week.morning() == 3
        assert week.morning() == 0
        week.night()  # a holiday
        assert week.morning() == 0
        week.night("f")
        server.drops = LATER
        with pytest.raises(UncertainMailError, match="counts as sent"):
            week.morning()
        server.drops = ""
        week.night("g")
        assert week.morning() == 1
        assert week.came == [{"a", "b"}, {"c", "d", "e"}, {"f"}, {"g"}]
        assert Counter(uid for mail in week.came for uid in mail) == Counter("abcdefg")
        assert len({mail["Message-ID"] for mail in server.mails}) == 4


def test_what_is_known_is_not_lost_when_the_state_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with SmtpServer() as server:
        week = Week(tmp_path / "library.json", server)
        week.night("a")
        keep = DigestStates.keep

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(DigestStates, "keep", full)
        with pytest.raises(MailError, match="No space left on device"):
            week.morning()
        assert not server.mails
        monkeypatch.setattr(DigestStates, "keep", keep)
        server.at_the_end = lambda: monkeypatch.setattr(DigestStates, "keep", full)
        assert week.morning() == 1  # which could not be noted: only that it was about to be
        monkeypatch.setattr(DigestStates, "keep", keep)
        server.at_the_end = lambda: None
        assert week.morning() == 0
        assert week.came == [{"a"}]


def test_half_a_character_can_be_sent():
    paper = Paper(title="A \ud800 B", abstract="\udfff")
    digest = Digest("day", "since", (Item(paper),))
    settings = mail_settings.read({"host": "h", "to": "Ä <me@example.org>"})
    message = message_of(digest, settings, MONDAY)
    assert b"?" in message.as_bytes()
    assert message["To"] == "Ä <me@example.org>"
    assert date(2026, 11, 16).strftime("%a") in message["Date"]
