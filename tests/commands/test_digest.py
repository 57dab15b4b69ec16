"""`readlist digest`, with a real SMTP server."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sources.smtp_server import LATER, SmtpServer
from tests.stopwatch import Patience

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path: Path):
    with SmtpServer() as server:
        (tmp_path / "config.toml").write_text(
            f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
            'from = "readlist <r@example.org>"\nto = "me@example.org"\n'
        )
        yield server


@pytest.fixture
def arrive(readlist, tmp_path: Path):
    """Brings papers into the library."""

    def bring(*titles: str, **fields: object) -> None:
        papers = [{"title": title, **fields} for title in titles]
        (tmp_path / "in.json").write_text(json.dumps({"papers": papers}))
        assert readlist("import", "--restore", str(tmp_path / "in.json")).code == 0

    return bring


def titles(mail) -> list[str]:
    text = mail.get_body(("plain",)).get_content()
    return [line.partition(". ")[2] for line in text.splitlines() if line[:1].isdigit()][1:]


def test_what_came_is_printed(readlist, arrive):
    arrive("First", upvotes=3, urls={"abstract": "https://example.org/1"})
    arrive("Second", upvotes=30)
    arrive("Gone", status="archived")
    arrive("Old", added="2020-01-01T00:00:00Z")
    found = readlist("digest")
    assert (found.code, found.err) == (0, "")
    assert found.out.startswith("2 new papers · ")
    assert found.out.index("1. Second") < found.out.index("2. First")
    assert "https://example.org/1" in found.out
    assert readlist("digest", "--format", "html").out.startswith("<!DOCTYPE html>")
    assert "## 1. Second" in readlist("digest", "--format", "markdown").out
    assert "and 1 more in readlist" in readlist("digest", "--limit", "1").out
    assert "3 new papers" in readlist("digest", "--since", "2019-12-31").out
    assert "1 new paper " in readlist("digest", "title:first", "OR", "title:none").out
    assert [p["title"] for p in readlist("digest", "--json").json["papers"]] == ["Second", "First"]


def test_nothing_new_is_said(readlist, arrive):
    arrive("Old", added="2020-01-01T00:00:00Z")
    found = readlist("digest")
    assert (found.code, found.out) == (0, "")
    assert found.err.startswith("readlist: nothing new since ")
    assert readlist("digest", "--json").json["papers"] == []


def test_a_mail_is_sent_once(readlist, arrive, server: SmtpServer):
    arrive("One", "Two", upvotes=3, urls={"abstract": "https://example.org/1"})
    found = readlist("digest", "--email")
    assert (found.code, found.out, found.err) == (0, "Sent to me@example.org: 2 new papers\n", "")
    [mail] = server.mails
    assert (mail["To"], mail["From"]) == ("me@example.org", "readlist <r@example.org>")
    assert mail["Subject"] == "One and 1 more"
    assert mail["Message-ID"].endswith("@example.org>")
    assert mail["Date"]
    assert mail.get_content_type() == "multipart/alternative"
    assert "1. One" in mail.get_body(("plain",)).get_content()
    assert '<a href="https://example.org/1"' in mail.get_body(("html",)).get_content()
    found = readlist("digest", "--email")
    assert (found.code, found.out[:31]) == (0, "No mail: nothing new since " + found.out[27:31])
    arrive("Three")
    assert readlist("digest", "--email", "--json").json["sent"] is True
    assert titles(server.mails[1]) == ["Three"]
    assert len(server.mails) == 2
    assert "3 new papers" in readlist("digest").out  # what is printed is not what was sent


@pytest.mark.parametrize(
    ("trouble", "value"),
    [
        ("answers", {"RCPT": "451 later"}),
        ("answers", {LATER: "452 full"}),
        ("drops", "in the mail"),
    ],
)
def test_what_could_not_be_sent_is_in_the_next(
    readlist, arrive, server: SmtpServer, trouble: str, value: object
):
    arrive("Monday")
    setattr(server, trouble, value)
    found = readlist("digest", "--email", "--since", "today")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("readlist: the digest was not sent: 127.0.0.1:")
    assert "the digest was not sent" in readlist("log", "--notices").out
    server.answers, server.drops = {}, ""
    arrive("Tuesday")
    tomorrow = ["--since", "2999-01-01"]  # Monday is long ago by then
    assert readlist("digest", "--email", *tomorrow, "title:tuesday").code == 0
    assert titles(server.mails[0]) == ["Monday"]
    assert readlist("digest", "--email").code == 0
    assert titles(server.mails[1]) == ["Tuesday"]
    assert readlist("digest", "--email").out.startswith("No mail")


def test_what_may_have_arrived_is_not_sent_again_unless_it_is_wanted(
    readlist, arrive, server: SmtpServer
):
    arrive("Monday")
    server.drops = LATER
    found = readlist("digest", "--email")
    assert found.code == 1
    assert "did not say whether it took the mail; the digest of " in found.err
    assert "may not have arrived, and counts as sent" in found.err
    server.drops = ""
    assert readlist("digest", "--email").out.startswith("No mail")
    arrive("Tuesday")
    assert readlist("digest", "--email", "--again").code == 0
    assert titles(server.mails[1]) == ["Monday", "Tuesday"]
    assert readlist("digest", "--email", "--again").out.startswith("No mail")


def begun(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "readlist", "digest", "--email", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_killed_between_sending_and_noting(readlist, arrive, server: SmtpServer, tmp_path: Path):
    arrive("Monday")
    running: list[subprocess.Popen[str]] = []
    server.at_the_end = lambda: running[0].send_signal(signal.SIGKILL)
    running.append(begun(tmp_path))
    running[0].communicate(timeout=60)
    assert running[0].returncode == -signal.SIGKILL
    patience = Patience(20)
    while not (server.mails or patience.has_ended()):  # the server is still noting it
        time.sleep(0.01)
    assert [titles(mail) for mail in server.mails] == [["Monday"]]
    server.at_the_end = lambda: None
    arrive("Tuesday")
    found = readlist("digest", "--email")
    assert found.code == 0
    assert "may not have arrived, and counts as sent" in found.err
    assert "may not have arrived" in " ".join(
        server.mails[1].get_body(("plain",)).get_content().split()
    )
    assert titles(server.mails[1]) == ["Tuesday"]
    assert readlist("digest", "--email").err == ""


def test_killed_before_the_last_line(readlist, arrive, server: SmtpServer, tmp_path: Path):
    arrive("Monday")
    server.holds = "DATA"
    running = begun(tmp_path)
    assert server.held.wait(60)
    running.kill()
    running.communicate(timeout=60)
    server.holds = ""
    server.goes_on.set()
    assert not server.mails
    assert readlist("digest", "--email").code == 0
    assert [titles(mail) for mail in server.mails] == [["Monday"]]


def test_two_at_once_send_one(arrive, server: SmtpServer, tmp_path: Path):
    arrive("Monday")
    server.waits = 0.05
    running = [begun(tmp_path) for _ in range(3)]
    ends = [process.communicate(timeout=60) for process in running]
    assert [titles(mail) for mail in server.mails] == [["Monday"]], ends
    assert sorted(out.split(":")[0] for out, _ in ends) == [
        "No mail",
        "No mail",
        "Sent to me@example.org",
    ]


def test_nothing_is_sent_that_cannot_be_noted(readlist, arrive, server: SmtpServer, tmp_path):
    arrive("Monday")
    (tmp_path / "library.json.digests").mkdir()
    found = readlist("digest", "--email")
    assert found.code == 1
    assert "library.json.digests cannot be used" in found.err
    (tmp_path / "library.json.digests").rmdir()
    (tmp_path / "library.json.digests.new").mkdir()
    found = readlist("digest", "--email")
    assert found.code == 1
    assert "cannot be" in found.err
    assert not server.mails
    (tmp_path / "library.json.digests.new").rmdir()
    (tmp_path / "library.json.digests").write_text("{")
    assert "is damaged; moved away" in readlist("digest", "--email").err
    assert not server.mails


def test_no_title_makes_a_header(readlist, arrive, server: SmtpServer):
    arrive("Title\r\nBcc: you@example.org\r\n\r\nbody", "x" * 3000, authors=["A\nB: c"])
    assert readlist("digest", "--email").code == 0
    [mail] = server.mails
    assert mail["Bcc"] is None
    assert server.receivers == [["me@example.org"]]
    assert set(mail.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version",
        "Content-Type",
    }  # fmt: skip
    assert max(map(len, server.raw[0].split(b"\r\n"))) <= 998


def test_what_would_be_sent_is_shown_and_nothing_is_done(readlist, arrive, server, tmp_path):
    arrive("Monday")
    found = readlist("digest", "--email", "--dry-run")
    assert found.code == 0
    assert "1. Monday" in found.out
    assert "To: me@example.org" in found.err
    assert "Subject: Monday" in found.err
    assert not server.seen
    assert not (tmp_path / "library.json.digests").exists()
    assert readlist("digest", "--email").code == 0
    assert readlist("digest", "--email", "--dry-run").out.startswith("No mail")


@pytest.mark.parametrize(
    ("arguments", "mail", "code", "message"),
    [
        (["--format", "rtf"], "", 2, "'rtf' is none of text, markdown, html"),
        (["--since", "soon"], "", 2, "--since: 'soon': a date is wanted"),
        (["--dry-run"], "", 2, "go with --email"),
        (["--email"], "", 1, "mail.host: [mail] with host ="),
        (["--email"], '[mail]\npassword = "x"', 1, "mail.password: no password is kept"),
        (["--email", "year:x"], '[mail]\nhost = "h"\nto = "a@b.c"', 2, "in the query"),
    ],
)
def test_what_cannot_be_done(*, readlist, arrive, tmp_path, arguments, mail, code, message):
    arrive("Monday")
    (tmp_path / "config.toml").write_text(mail)
    found = readlist("digest", *arguments)
    assert (found.code, found.out) == (code, "")
    assert message in found.err
