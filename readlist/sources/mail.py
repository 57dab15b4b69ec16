"""Sends a mail by SMTP: bounded in time, and sure of what became of it.

A mail is out of one's hands with its last line, a single point (RFC 5321, 4.1.1.4). So that nobody
gets one twice, it is noted down just before that line that the mail may be on its way; a server
that then says no word may have it or not. All that goes wrong before is known to have gone wrong.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from readlist.mail_settings import MailSettings
from readlist.secret_commands import SecretError, printed
from readlist.text import clean_line, shorten

if TYPE_CHECKING:
    from email.message import EmailMessage
    from smtplib import SMTP

PATIENCE = 35.0
"""Seconds in which a mail is sent, or is not."""

_TO_CONNECT, _FOR_A_WORD, _FOR_A_PASSWORD = 10.0, 20.0, 18.0  # seconds
_DRAINS, _LISTENS = 5.0, 0.25  # seconds
_SERVICE = "readlist"  # the name that the keyring has it under


class MailError(Exception):
    """A mail was not sent; one line: why, and what to do."""


class UncertainMailError(MailError):
    """A mail was sent, and the server did not say whether it has it."""


def send(
    message: "EmailMessage",
    settings: MailSettings,
    about_to: Callable[[], None],
    *,
    patience: float = PATIENCE,
) -> list[str]:
    """Send a mail; return the addresses that the server refused, if it took any.

    `about_to` is called when only the last line is left; what it raises stops that. Raises
    `MailError`.
    """
    if settings.problem:
        raise MailError(settings.problem)
    password = password_of(settings) if settings.user else ""
    is_late = Event()
    with _talking(settings, patience, is_late) as server:
        if settings.user:
            _log_in(server, settings.user, password)
        return _hand_over(server, message, settings, about_to, is_late)


def _log_in(server: "SMTP", user: str, password: str) -> None:
    try:
        server.login(user, password)
    except UnicodeError:  # its text would have a part of the password
        raise MailError("the user and the password must be in ASCII for this server") from None


def password_of(settings: MailSettings) -> str:
    """Return the password, from the user's command, else from the keyring. Raises `MailError`."""
    if settings.password_command:
        try:
            return printed(settings.password_command, "mail.password_command", _FOR_A_PASSWORD)
        except SecretError as error:
            raise MailError(str(error)) from None
    try:
        import keyring
        import keyring.errors
    except ImportError:
        raise MailError(
            "mail.user has no password: set password_command, or pip install keyring"
        ) from None
    try:
        found = _in_time(lambda: keyring.get_password(_SERVICE, settings.user))
    except TimeoutError:
        raise MailError(
            "the keyring does not answer: it may be locked, and wait for somebody to unlock it"
        ) from None
    except keyring.errors.KeyringError as error:
        raise MailError(f"the keyring cannot be read: {clean_line(str(error))}") from None
    if found is None:
        user = clean_line(settings.user)
        raise MailError(f"the keyring has no password: keyring set {_SERVICE} {user}")
    return str(found)


def _in_time(ask: Callable[[], Any]) -> Any:
    """Return what is answered, or raise `TimeoutError`: in the morning nobody is there to unlock
    anything."""
    found: list[Any] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            found.append(ask())
        except Exception as error:
            errors.append(error)

    thread = Thread(target=work, name="the keyring", daemon=True)
    thread.start()
    thread.join(_FOR_A_PASSWORD)
    if errors:
        raise errors[0]
    if not found:
        raise TimeoutError
    return found[0]


@contextmanager
def _talking(settings: MailSettings, patience: float, is_late: Event) -> "Iterator[SMTP]":
    """Connect, and say so in a line when something goes wrong, now or later.

    `is_late` is set when the time is over; what the server seems to say then is cut off.
    """
    import smtplib
    import ssl

    context = ssl.create_default_context()
    wait = min(_TO_CONNECT, patience)  # for each address of the host
    server = (
        smtplib.SMTP_SSL(timeout=wait, context=context)
        if settings.security == "tls"
        else smtplib.SMTP(timeout=wait)
    )
    vars(server)["_host"] = settings.host  # which its certificate is to name
    is_over = Event()
    Thread(target=_watch, args=(server, patience, is_late, is_over), daemon=True).start()
    try:
        with _explained(f"{settings.host}:{settings.port}", is_late):
            _expect(*server.connect(settings.host, settings.port), 220)
            if server.sock is not None:
                server.sock.settimeout(min(_FOR_A_WORD, patience))
            if settings.security == "starttls":
                server.starttls(context=context)
            yield server
            with suppress(OSError, smtplib.SMTPException):
                if server.sock is not None:
                    server.sock.settimeout(1.0)
                server.quit()
    finally:
        is_over.set()
        server.close()


@contextmanager
def _explained(host: str, is_late: Event) -> "Iterator[None]":
    """Turn what goes wrong with a server into what is told."""
    import smtplib
    import ssl

    try:
        yield
    except smtplib.SMTPAuthenticationError:
        raise MailError(f"{host} does not take the user or the password") from None
    except smtplib.SMTPNotSupportedError as error:
        lacks = "STARTTLS" if "STARTTLS" in str(error) else "a login"
        raise MailError(f"{host} does not offer {lacks}: is mail.security right?") from None
    except smtplib.SMTPResponseException as error:
        if is_late.is_set():
            raise MailError(f"{host} does not answer in time") from None
        said = _said(error.smtp_code, error.smtp_error)
        raise MailError(f"{host} refuses the mail: {said}") from None
    except ssl.SSLCertVerificationError as error:
        reason = clean_line(error.verify_message)
        raise MailError(f"{host}: its certificate is not to be trusted: {reason}") from None
    except (OSError, smtplib.SMTPException) as error:
        is_silent = isinstance(error, TimeoutError) or "timed out" in str(error)
        if is_silent or is_late.is_set():
            raise MailError(f"{host} does not answer in time") from None
        reason = getattr(error, "strerror", None) or str(error) or "the connection broke off"
        raise MailError(f"{host}: {clean_line(reason)}") from None


def _watch(server: Any, patience: float, is_late: Event, is_over: Event) -> None:
    """End all waiting for a server in time: a byte now and then does not keep it on the line."""
    import socket

    if is_over.wait(patience):
        return
    is_late.set()
    while not is_over.wait(0.1):
        with suppress(OSError, AttributeError):  # it may have no socket yet, or any more
            socket.socket.shutdown(server.sock, socket.SHUT_RDWR)


def _hand_over(
    server: "SMTP",
    message: "EmailMessage",
    settings: MailSettings,
    about_to: Callable[[], None],
    is_late: Event,
) -> list[str]:
    import smtplib

    server.ehlo_or_helo_if_needed()
    code, said = server.mail(settings.sender.address)
    _expect(code, said, 250)
    refused = {}
    for receiver in settings.to:
        code, said = server.rcpt(receiver.address)
        if code not in (250, 251):
            refused[receiver.address] = (code, said)
    if len(refused) == len(settings.to):
        raise smtplib.SMTPResponseException(*next(iter(refused.values())))
    code, said = server.docmd("DATA")
    _expect(code, said, 354)
    content = _lines(message)
    server.send(content)
    if not _is_there(server):
        raise smtplib.SMTPServerDisconnected("it hung up in the middle of the mail")
    about_to()
    try:
        server.send(b".\r\n")
        code, said = server.getreply()
    except (OSError, smtplib.SMTPException):
        code, said = -1, b""
    if is_late.is_set():
        code = -1
    if 400 <= code < 600:
        raise smtplib.SMTPResponseException(code, said)
    if code // 100 != 2:
        host = f"{settings.host}:{settings.port}"
        raise UncertainMailError(f"{host} did not say whether it took the mail")
    return list(refused)


def _is_there(server: Any) -> bool:
    """Whether the server still listens, once it has got all that was sent: what breaks off before
    the last line is not in doubt."""
    import ssl

    sock = server.sock
    _wait_until_sent(sock)
    wait = sock.gettimeout()
    try:
        sock.settimeout(_LISTENS)
        sock.recv(1)  # its end, or a word that nobody asked for
    except (TimeoutError, BlockingIOError, ssl.SSLWantReadError):
        return True
    except OSError:
        return False
    finally:
        sock.settimeout(wait)
    return False


def _wait_until_sent(sock: Any) -> None:
    """Wait, where the system tells, until the other side has all bytes, or for some seconds."""
    try:
        import fcntl
        import termios
    except ImportError:
        return
    end = time.monotonic() + _DRAINS
    while time.monotonic() < end:
        try:
            left = fcntl.ioctl(sock.fileno(), termios.TIOCOUTQ, bytes(4))  # SIOCOUTQ of Linux
        except OSError:
            return
        if not any(left):
            return
        time.sleep(0.01)


def _lines(message: "EmailMessage") -> bytes:
    """Return a mail as it is sent: each line ended as SMTP wants it, none a point alone."""
    from email.policy import SMTP

    content = message.as_bytes(policy=SMTP)
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(b"\n").split(b"\n")
    return b"".join((b"." if line.startswith(b".") else b"") + line + b"\r\n" for line in lines)


def _expect(code: int, said: bytes, wanted: int) -> None:
    import smtplib

    if code != wanted:
        raise smtplib.SMTPResponseException(code, said)


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return shorten(clean_line(f"{code} {text}"), 160)
