"""Sends the digest of a library: what waits and what is new, each paper once.

Nobody else sends a digest of the library meanwhile. What could not be sent waits for the next; what
may have arrived is not sent again unless the user says so.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from readlist.digest.state import Attempt, DigestState, DigestStates
from readlist.formats import digest_out
from readlist.formats.digest_out import Digest
from readlist.mail_settings import MailAddress, MailSettings
from readlist.paper import Paper, timestamp
from readlist.record import Record
from readlist.sources.mail import MailError, UncertainMailError, send
from readlist.text import clean_line

if TYPE_CHECKING:
    from email.headerregistry import Address
    from email.message import EmailMessage

_PATIENCE = 5.0  # seconds for another that sends

Make = Callable[[list[Paper], tuple[str, ...]], Digest]
"""Makes the digest of papers, with lines to be told besides."""
Find = Callable[[DigestState], list[Paper]]
"""Finds the papers that are to be sent, knowing what was."""


class Mailed(Record):
    """What became of it: how many papers were sent (0: there was nothing new), the mail's
    Message-ID, the addresses that the server refused, and lines that the user should read."""

    papers: int
    message: str = ""
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class DigestMail:
    """The mail of a library's digest: `find` finds what is to be sent, `make` writes it."""

    def __init__(
        self, states: DigestStates, settings: MailSettings, find: Find, make: Make, now: datetime
    ) -> None:
        self.states, self.settings, self.now = states, settings, now
        self.find, self.make = find, make

    def send(self, *, again: bool = False) -> Mailed:
        """Send it, if there is anything new; `again`, what may not have arrived too.

        Raises `MailError`, also when the state cannot be read or kept: then nothing was sent.
        """
        if self.settings.problem:
            raise MailError(self.settings.problem)
        path = self.states.path
        try:
            with self.states.alone(_PATIENCE) as is_alone:
                if not is_alone:
                    raise MailError("another digest of this library is being sent just now")
                return self._send(again)
        except OSError as error:
            raise MailError(f"{path} cannot be used: {error.strerror or error}") from None

    def _send(self, again: bool) -> Mailed:
        try:
            state = self.states.read()
        except ValueError as error:
            raise MailError(str(error)) from None
        state, notes = self._settled(state, again)
        papers = self.find(state)
        if not papers:
            return Mailed(0, notes=notes)
        message = message_of(self.make(papers, notes), self.settings, self.now)
        identity = str(message["Message-ID"])
        added = {paper.uid: paper.added or "" for paper in papers}
        attempt = Attempt(timestamp(self.now), identity, added)
        try:
            refused = send(message, self.settings, lambda: self._is_about_to_go(state, attempt))
        except UncertainMailError as error:
            state = state.but(sending=attempt).settled()
            self.states.keep(state)
            raise UncertainMailError(f"{error}; {_in_doubt(state)}") from None
        except MailError as error:
            self.states.keep(state.after_failure(attempt, str(error)))
            raise
        try:
            self.states.keep(state.after_success(attempt))
        except OSError as error:  # it is noted that it was about to be, which does as well
            reason = error.strerror or error
            notes = (*notes, f"it was sent; {self.states.path} cannot be written: {reason}")
        return Mailed(len(papers), identity, tuple(refused), notes)

    def _settled(self, state: DigestState, again: bool) -> tuple[DigestState, tuple[str, ...]]:
        """Return what is remembered, and what there is to tell of a mail that was cut off."""
        notes: tuple[str, ...] = ()
        if state.sending is not None:
            state = state.settled()
            self.states.keep(state)
            notes = () if again else (_in_doubt(state),)
        return (state.again() if again else state), notes

    def _is_about_to_go(self, state: DigestState, attempt: Attempt) -> None:
        try:
            self.states.keep(state.but(sending=attempt))
        except OSError as error:
            reason = error.strerror or error
            raise MailError(f"{self.states.path} cannot be written: {reason}") from None


def _in_doubt(state: DigestState) -> str:
    assert state.doubtful is not None
    moment = datetime.fromisoformat(state.doubtful.at).astimezone()
    return (
        f"the digest of {moment:%Y-%m-%d %H:%M} may not have arrived, and counts as sent; "
        "readlist digest --email --again sends its papers once more"
    )


def message_of(digest: Digest, settings: MailSettings, now: datetime) -> "EmailMessage":
    """Return a digest as a mail: text, and the same as HTML."""
    from email.message import EmailMessage
    from email.utils import format_datetime
    from uuid import uuid4

    message = EmailMessage()
    message["From"] = _address(settings.sender)
    message["To"] = tuple(_address(one) for one in settings.to)
    message["Subject"] = _plain(clean_line(digest_out.subject(digest)))
    message["Date"] = format_datetime(now.astimezone())
    domain = settings.sender.address.rpartition("@")[2]
    message["Message-ID"] = f"<{uuid4().hex}.readlist@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine is to answer
    message.set_content(_plain(digest_out.text(digest)), cte="quoted-printable")
    page = _plain(digest_out.page(digest))
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    return message


def _address(one: MailAddress) -> "Address":
    from email.headerregistry import Address

    return Address(display_name=one.name, addr_spec=one.address)


def _plain(text: str) -> str:
    """Return a text that can be sent: half a character of a stranger's cannot."""
    return text.encode("utf-8", "replace").decode()
