"""A real SMTP server on 127.0.0.1, that does what a test wants of it."""

import base64
import email
import email.policy
import os
import ssl
import threading
import time
from contextlib import suppress
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

USER, PASSWORD = "me", "pass word"
LATER = "when the mail has come"


class SmtpServer(ThreadingTCPServer):
    """Takes mails; `mails` are those that it said it took, `seen` the commands.

    `answers` has other answers to commands (`RCPT`, `DATA`, `LATER` for the one behind the mail);
    `drops` names where it hangs up: a command, "greeting", "in the mail" or `LATER`; `holds` where
    it stops until `goes_on`, which `held` tells; `waits` so many seconds before each answer; with
    `drips` its greeting does not end.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, context: ssl.SSLContext | None = None, *, starttls: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.context, self.starttls = context, starttls
        self.answers: dict[str, str] = {}
        self.drops = ""
        self.waits = 0.0
        self.holds = ""
        self.held, self.goes_on = threading.Event(), threading.Event()
        self.drips = False
        self.at_the_end: Any = lambda: None  # called when the last line of a mail has come
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.receivers: list[list[str]] = []
        self.seen: list[str] = []

    @property
    def port(self) -> int:
        return self.server_address[1]

    def __enter__(self) -> "SmtpServer":
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is none of its business."""


class _HangUpError(Exception):
    """The connection is to end."""


class _Talk(StreamRequestHandler):
    server: SmtpServer

    def setup(self) -> None:
        self.is_secret = self.server.context is not None and not self.server.starttls
        if self.is_secret:
            self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        with suppress(_HangUpError, OSError):
            self.talk()
        with suppress(OSError):
            self.request.close()

    def talk(self) -> None:
        if self.server.drips:
            while True:
                self.wfile.write(b"2")
                time.sleep(0.05)
        self.drop("greeting")
        self.say("GREETING", "220 test")
        receivers: list[str] = []
        while line := self.rfile.readline().decode().strip():
            self.server.seen.append(line)
            verb = line.split()[0].upper()
            self.drop(verb)
            if verb == "EHLO":
                offers = ["250-test"]
                if self.server.context and not self.is_secret:
                    offers.append("250-STARTTLS")
                self.say(verb, "\r\n".join([*offers, "250 AUTH PLAIN"]))
            elif verb == "STARTTLS":
                self.say(verb, "220 go on")
                self.encrypt()
            elif verb == "AUTH":
                right = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
                self.say(verb, "235 yes" if line.endswith(right) else "535 no")
            elif verb == "RCPT":
                if self.say(f"RCPT {line[9:-1]}", "").startswith("250"):
                    receivers.append(line[9:-1])
            elif verb == "DATA":
                if self.say(verb, "354 go on").startswith("354"):
                    self.take(receivers)
            elif verb == "QUIT":
                self.say(verb, "221 bye")
                return
            else:
                self.say(verb, "250 ok")

    def encrypt(self) -> None:
        assert self.server.context is not None
        self.request = self.connection = self.server.context.wrap_socket(
            self.request, server_side=True
        )
        self.is_secret = True
        self.rfile = self.request.makefile("rb")
        self.wfile = self.request.makefile("wb", 0)

    def take(self, receivers: list[str]) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return
            assert line.endswith(b"\r\n")
            lines.append(line[1:] if line.startswith(b".") else line)
            self.drop("in the mail")
        self.server.at_the_end()
        content = b"".join(lines)
        if self.server.answers.get(LATER, "250").startswith("250"):
            self.server.raw.append(content)
            message = email.message_from_bytes(content, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            self.server.mails.append(message)
            self.server.receivers.append(list(receivers))
        self.drop(LATER)
        self.say(LATER, "250 taken")

    def say(self, what: str, usual: str) -> str:
        """Answer; an answer for `RCPT` is found with and without the address."""
        answers = self.server.answers
        answer = answers.get(what) or answers.get(what.split(maxsplit=1)[0]) or usual or "250 ok"
        if what == LATER:
            answer = answers.get(LATER, usual)
        time.sleep(self.server.waits)
        self.wfile.write(answer.encode() + b"\r\n")
        self.wfile.flush()
        return answer

    def drop(self, where: str) -> None:
        if self.server.holds == where:
            self.server.held.set()
            self.server.goes_on.wait(60)
        if self.server.drops == where:
            raise _HangUpError


def certificate(folder: Any, monkeypatch: Any) -> ssl.SSLContext:
    """Return a server's context with a certificate of an authority that is trusted from now on."""
    import trustme

    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    path = os.fspath(folder / "authority.pem")
    authority.cert_pem.write_to_path(path)
    monkeypatch.setenv("SSL_CERT_FILE", path)
    return context
