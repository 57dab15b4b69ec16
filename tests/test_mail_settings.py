"""What `[mail]` may say."""

import pytest

from readlist import config
from readlist.mail_settings import MailAddress, read

LEAST = {"host": "smtp.example.org", "to": "me@example.org"}


def test_the_least_that_is_wanted():
    found = read(LEAST)
    assert (found.port, found.security, found.problem) == (587, "starttls", "")
    assert found.sender == found.to[0] == MailAddress("me@example.org")
    assert read(LEAST | {"security": "tls"}).port == 465


def test_names_and_several_receivers():
    found = read(LEAST | {"from": "R L <r@example.org>", "to": ["a@b.de", "Ä, B <c@d.de>"]})
    assert found.sender == MailAddress("r@example.org", "R L")
    assert found.to == (MailAddress("a@b.de"), MailAddress("c@d.de", "Ä, B"))


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({}, "mail.host: [mail] with host"),
        ({"to": "me@example.org"}, "mail.host: "),
        ({"host": "a b", "to": "x@y.z"}, "mail.host: "),
        (LEAST | {"to": []}, "mail.to: your address is wanted"),
        (LEAST | {"to": "me"}, "mail.to: an address is wanted"),
        (LEAST | {"to": "me@example.org\nBcc: you@example.org"}, "mail.to: "),
        (LEAST | {"to": "A\r\nBcc: b@c.de <me@example.org>"}, "mail.to: "),
        (LEAST | {"to": "me@example.org>, <you@example.org"}, "mail.to: "),
        (LEAST | {"from": 3}, "mail.from: "),
        (LEAST | {"security": "ssl"}, "mail.security: one of tls, starttls, none"),
        (LEAST | {"port": 0}, "mail.port: "),
        (LEAST | {"port": True}, "mail.port: "),
        (LEAST | {"user": "me", "security": "none"}, "mail.security: a password is not sent in"),
        (LEAST | {"password_command": 3}, "mail.password_command: "),
        (LEAST | {"password_command": "pass 'mail"}, "mail.password_command: No closing"),
        (LEAST | {"password": "hunter2"}, "mail.password: no password is kept in the settings"),
    ],
)
def test_what_is_wrong_is_a_line(values, problem):
    found = read(values).problem
    assert found.startswith(problem)
    assert "\n" not in found
    assert "hunter2" not in found


def test_a_command_is_words_or_a_line():
    words = ("pass", "my mail")
    assert read(LEAST | {"password_command": ["pass", "my mail"]}).password_command == words
    assert read(LEAST | {"password_command": "pass 'my mail'"}).password_command == words


def test_a_password_in_the_settings_is_told_at_every_start(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text('[mail]\nhost = "a.b"\nto = "a@b.de"\npassword = "hunter2"\n')
    [warning] = config.load(path).warnings
    assert warning.startswith("mail.password: no password is kept in the settings: take it out")
    assert "hunter2" not in warning
    mail = config.load(path).mail
    assert mail is not None
    assert mail.problem == warning
