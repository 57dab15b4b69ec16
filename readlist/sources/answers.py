"""What an answer says that is none of what was wanted."""

import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from readlist.sources.asking import Head, Who
from readlist.sources.problems import MissingError, SourceError

REDIRECTS = frozenset((301, 302, 303, 307, 308))
_MISSING = frozenset((404, 410))
_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))
_PAGE = re.compile(rb"(?i)\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body)\b")
_RESET = re.compile(r"\bt=(\d{1,6})\b")  # https://huggingface.co/docs/hub/rate-limits


class StatusError(SourceError):
    """The service asks to come again later, in `wait` seconds if it says so."""

    def __init__(self, message: str, status: int, wait: float) -> None:
        super().__init__(message, status)
        self.wait = wait


def refusal(head: Head, who: Who) -> SourceError:
    """Return what an answer without a result is told as."""
    if head.status in _MISSING:
        return MissingError(f"{who.title} has no such thing", head.status)
    if head.status not in _LATER:
        return SourceError(f"{who.title} refuses (HTTP {head.status})", head.status)
    wait = _wait(head)
    if wait > 1:
        return StatusError(
            f"{who.title} asks to wait until {_clock(wait)} (HTTP {head.status})", head.status, wait
        )
    what = "is asked too often" if head.status == 429 else "is out of order"
    return StatusError(
        f"{who.title} {what} (HTTP {head.status}); try again later", head.status, wait
    )


def busy(title: str, seconds: float) -> SourceError:
    """Return what is told when it is not one's turn in time."""
    if seconds > 0:
        return SourceError(f"{title} asks to wait until {_clock(seconds)}")
    return SourceError(f"{title} is being asked by another readlist; try again when that is done")


def check_kind(body: bytes, accept: str, title: str) -> None:
    """Raise `SourceError` for a web page where data are wanted: a login of a network, often."""
    if "html" not in accept and ("json" in accept or "xml" in accept) and _PAGE.match(body):
        raise SourceError(f"{title} answered with a web page, not with data; try again later", 200)


def _wait(head: Head) -> float:
    """Return the seconds that an answer asks for (RFC 9110, 10.2.3), 0 if it does not."""
    told = head.fields.get("retry-after", "").strip()
    if told.isdigit() and len(told) < 10:
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        found = _RESET.search(head.fields.get("ratelimit", "")) if head.status == 429 else None
        return float(found[1]) if found else 0.0
    return max(0.0, moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - time.time())


def _clock(seconds: float) -> str:
    moment = datetime.fromtimestamp(time.time() + min(seconds, 10**8))
    return f"{moment:%H:%M}" if seconds < 20 * 3600 else f"{moment:%Y-%m-%d}"
