"""Mail is sent, or it is known that it was not, or that nobody knows."""

import sys
import threading
from email.message import EmailMessage
from types import ModuleType, SimpleNamespace

import pytest

from readlist import mail_settings
from readlist.mail_settings import MailSettings
from readlist.sources.mail import MailError, UncertainMailError, password_of, send
from tests.sources.smtp_server import LATER, PASSWORD, USER, SmtpServer, certificate
from tests.stopwatch import stopwatch


@pytest.fixture
def server():
    with SmtpServer() as server:
        yield server


def settings(server: SmtpServer, **others: object) -> MailSettings:
    found = mail_settings.read(
        {
            "host": "127.0.0.1",
            "port": server.port,
            "security": "none",
            "to": "me@example.org",
            **others,
        }
    )
    assert not found.problem
    return found


def mail(text: str = "Hello\n") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Grüße"
    message.set_content(text)
    return message


class Noted(list[str]):
    def __call__(self) -> None:
        self.append("about to")


def test_a_mail_arrives_as_it_was_written(server: SmtpServer):
    noted = Noted()
    text = ".\n..two\n.one\n\nÄ\n" + "long " * 300 + "\n"
    assert send(mail(text), settings(server, **{"from": "R <r@example.com>"}), noted) == []
    [got] = server.mails
    assert got["Subject"] == "Grüße"
    assert got.get_content().replace("\r\n", "\n") == text
    assert server.receivers == [["me@example.org"]]
    assert "mail FROM:<r@example.com>" in server.seen
    assert noted == ["about to"]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_secret_ways_and_the_login(security: str, tmp_path, monkeypatch):
    context = certificate(tmp_path, monkeypatch)
    with SmtpServer(context, starttls=security == "starttls") as server:
        command = [sys.executable, "-c", f"print({PASSWORD!r})\nprint('more')"]
        found = settings(server, security=security, user=USER, password_command=command)
        send(mail(), found, Noted())
        assert len(server.mails) == 1
        commands = [line.split()[0].lower() for line in server.seen]
        assert commands.index("auth") > commands.index("ehlo")
        if security == "starttls":
            assert commands[:3] == ["ehlo", "starttls", "ehlo"]
        with pytest.raises(MailError, match="does not take the user or the password"):
            send(mail(), found.but(password_command=("echo", "wrong")), Noted())


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(security: str, tmp_path, monkeypatch):
    context = certificate(tmp_path, monkeypatch)
    monkeypatch.delenv("SSL_CERT_FILE")
    with SmtpServer(context, starttls=security == "starttls") as server:
        with pytest.raises(MailError, match="its certificate is not to be trusted"):
            send(mail(), settings(server, security=security), Noted())
        assert not server.mails


def test_without_starttls_nothing_is_sent(server: SmtpServer):
    found = settings(server, security="starttls", user=USER, password_command=["echo", PASSWORD])
    with pytest.raises(MailError, match="does not offer STARTTLS"):
        send(mail(), found, Noted())
    assert not any("AUTH" in line for line in server.seen)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"GREETING": "554 go away"}, "refuses the mail: 554 go away"),
        ({"MAIL": "451 greylisted"}, "refuses the mail: 451 greylisted"),
        ({"RCPT": "550 no \x1b[31msuch user"}, "refuses the mail: 550 no such user"),
        ({"DATA": "452 full"}, "refuses the mail: 452 full"),
        ({LATER: "554 spam"}, "refuses the mail: 554 spam"),
    ],
)
def test_a_refusal_is_told_in_a_line(server: SmtpServer, answer: dict[str, str], message: str):
    server.answers = answer
    with pytest.raises(MailError) as caught:
        send(mail(), settings(server), Noted())
    assert not isinstance(caught.value, UncertainMailError)
    assert message in str(caught.value)
    assert not server.mails


def test_one_receiver_of_two_may_be_refused(server: SmtpServer):
    server.answers = {"RCPT b@example.org": "550 no"}
    found = settings(server, to=["a@example.org", "b@example.org"])
    assert send(mail(), found, Noted()) == ["b@example.org"]
    assert server.receivers == [["a@example.org"]]


@pytest.mark.parametrize("where", ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "in the mail"])
def test_a_connection_that_breaks_off_before_the_end_sent_nothing(server: SmtpServer, where: str):
    server.drops = where
    with pytest.raises(MailError) as caught:
        text = "x\n" * (300_000 if where == "in the mail" else 1)
        send(mail(text), settings(server), Noted())
    assert not isinstance(caught.value, UncertainMailError)
    assert str(caught.value).startswith(f"127.0.0.1:{server.port}")


@pytest.mark.parametrize("security", ["none", "tls"])
def test_also_of_a_short_mail_that_was_on_its_way(security: str, tmp_path, monkeypatch):
    context = certificate(tmp_path, monkeypatch) if security == "tls" else None
    with SmtpServer(context) as server:
        server.drops = "in the mail"
        noted = Noted()
        with pytest.raises(MailError) as caught:
            send(mail(), settings(server, security=security), noted)
        assert not isinstance(caught.value, UncertainMailError)
        assert not noted
        assert "hung up in the middle" in str(caught.value)


def test_what_breaks_off_behind_the_last_line_is_not_known(server: SmtpServer):
    server.drops = LATER
    noted = Noted()
    with pytest.raises(UncertainMailError, match="did not say whether it took the mail"):
        send(mail(), settings(server), noted)
    assert noted
    server.drops, server.answers = "", {LATER: "what?"}
    with pytest.raises(UncertainMailError):
        send(mail(), settings(server), Noted())


def test_one_is_told_before_the_last_line_and_can_stop_it(server: SmtpServer):
    class StopError(Exception):
        pass

    def stop() -> None:
        raise StopError

    with pytest.raises(StopError):
        send(mail(), settings(server), stop)
    send(mail(), settings(server), Noted())
    assert len(server.mails) == 1


def test_a_slow_server_is_left_in_time(server: SmtpServer):
    server.waits = 30
    _is_left_within_a_second(server)


def test_a_server_that_drips_is_left_in_time(server: SmtpServer):
    server.drips = True
    _is_left_within_a_second(server)


def _is_left_within_a_second(server: SmtpServer) -> None:
    with stopwatch() as seconds:
        with pytest.raises(MailError, match="does not answer in time"):
            send(mail(), settings(server), Noted(), patience=0.5)
        assert seconds() < 5  # on a busy machine


def test_where_nobody_listens(server: SmtpServer):
    found = settings(server)
    server.server_close()
    with pytest.raises(MailError, match="Connection refused"):
        send(mail(), found, Noted())


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["false"], "mail.password_command: false ended with 1"),
        (["true"], "mail.password_command: true printed nothing"),
        (["/no/such"], "mail.password_command: /no/such: No such file"),
        ([], "pip install keyring"),
    ],
)
def test_without_a_password_nobody_is_called(server, monkeypatch, command, message):
    monkeypatch.setitem(sys.modules, "keyring", None)
    found = settings(server, user=USER, password_command=command)
    with pytest.raises(MailError, match=message):
        send(mail(), found, Noted())
    assert not server.seen


def test_the_keyring(server: SmtpServer, monkeypatch):
    kept = {("readlist", "me"): "secret"}
    keyring, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    vars(errors)["KeyringError"] = type("KeyringError", (Exception,), {})
    vars(keyring).update(errors=errors, get_password=lambda *asked: kept.get(asked))
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    assert password_of(settings(server, user="me")) == "secret"
    with pytest.raises(MailError, match="the keyring has no password: keyring set readlist you"):
        password_of(settings(server, user="you"))
    locked = SimpleNamespace(errors=errors)

    def fail(*_: str) -> str:
        raise vars(errors)["KeyringError"]("it is locked")

    locked.get_password = fail
    monkeypatch.setitem(sys.modules, "keyring", locked)
    with pytest.raises(MailError, match="the keyring cannot be read: it is locked"):
        password_of(settings(server, user="me"))


def test_a_keyring_that_waits_for_somebody_is_not_waited_for(server: SmtpServer, monkeypatch):
    keyring, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    vars(errors)["KeyringError"] = type("KeyringError", (Exception,), {})
    unlocked = threading.Event()
    vars(keyring).update(errors=errors, get_password=lambda *_: unlocked.wait(60))
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    monkeypatch.setattr("readlist.sources.mail._FOR_A_PASSWORD", 0.05)
    with pytest.raises(MailError, match="the keyring does not answer: it may be locked"):
        password_of(settings(server, user="me"))
    unlocked.set()
