"""What the settings say about mail: `[mail]` in `config.toml`."""

import re
from collections.abc import Mapping
from typing import Any

from readlist import secret_commands
from readlist.record import Record
from readlist.text import clean_line

PORTS = {"tls": 465, "starttls": 587, "none": 25}
"""How the way to the server is kept secret, and the usual port for it."""

NO_PASSWORD = (
    "no password is kept in the settings: take it out, and name a command that prints it, as "
    'password_command = ["pass", "mail"], or keep it in the keyring: keyring set readlist USER'
)
NOTHING = 'host: [mail] with host = "smtp.example.org" and to = "me@example.org" is wanted'
# What RFC 5322 and 6531 allow and mail in practice has, and nothing that could end a header.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_NAMED = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>\s*")
_HOST = re.compile(r"[A-Za-z0-9.:_-]+")
_HERE = ("localhost", "127.0.0.1", "::1")


class MailAddress(Record):
    """Whom mail is from or for."""

    address: str
    name: str = ""


class MailSettings(Record):
    """How mail is sent, and to whom. With a `problem`, a line, it cannot be."""

    host: str = ""
    port: int = 0
    security: str = "starttls"
    user: str = ""
    password_command: tuple[str, ...] = ()
    sender: MailAddress = MailAddress("")
    to: tuple[MailAddress, ...] = ()
    problem: str = ""


def read(values: Mapping[str, Any]) -> MailSettings:
    """Return what `[mail]` says; what is wrong with it is told only when mail is to be sent."""
    if not values:
        return MailSettings(problem=f"mail.{NOTHING}")
    try:
        return _read(values)
    except ValueError as error:
        return MailSettings(problem=f"mail.{error}")


def _read(values: Mapping[str, Any]) -> MailSettings:
    if "password" in values:
        raise ValueError(f"password: {NO_PASSWORD}")
    host, security = values.get("host", ""), values.get("security", "starttls")
    if not isinstance(host, str) or not _HOST.fullmatch(host):
        raise ValueError('host: the server that mail is sent by is wanted, as "smtp.example.org"')
    if security not in PORTS:
        raise ValueError(f"security: one of {', '.join(PORTS)} is wanted")
    port = values.get("port", PORTS[security])
    if isinstance(port, bool) or not isinstance(port, int) or not 0 < port < 65536:
        raise ValueError("port: a number from 1 to 65535 is wanted")
    user = values.get("user", "")
    if not isinstance(user, str) or not user.isprintable():
        raise ValueError("user: the name is wanted that the server knows you by")
    if user and security == "none" and host not in _HERE:
        raise ValueError('security: a password is not sent in clear; "tls" or "starttls" is wanted')
    command = secret_commands.read(
        values.get("password_command", []), "password_command", '["pass", "mail"]'
    )
    to = values.get("to", [])
    to = to if isinstance(to, list) else [to]
    if not to:
        raise ValueError('to: your address is wanted, as to = "me@example.org"')
    receivers = tuple(_address("to", one) for one in to)
    sender = _address("from", values["from"]) if "from" in values else receivers[0]
    return MailSettings(host, port, security, user, command, sender, receivers)


def _address(setting: str, value: Any) -> MailAddress:
    if isinstance(value, str):
        named = _NAMED.fullmatch(value)
        name, address = (named["name"], named["address"]) if named else ("", value.strip())
        if _ADDRESS.fullmatch(address) and value.isprintable():
            return MailAddress(address, clean_line(name.strip('" ')))
    raise ValueError(f'{setting}: an address is wanted, as {setting} = "me@example.org"')
