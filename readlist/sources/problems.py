"""What can go wrong on the way to a service: each a line that says what, where, what to do."""

from collections.abc import Sequence


class SourceError(Exception):
    """Something could not be fetched; the message is one line for the user.

    `status` is what the service answered (RFC 9110), 0 if it did not.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class MissingError(SourceError):
    """The service answers that it has no such thing."""


class UnansweredError(SourceError):
    """Nothing was answered, or nothing in time."""


class OfflineError(UnansweredError):
    """No connection came about: whatever else is asked of that service would fail as well."""


class BrokenOffError(SourceError):
    """The connection ended within the answer, or before it: the same may be tried again."""


def as_one(reasons: Sequence[str]) -> str:
    """Return a line for several services that gave no answer: where there is no network, one of
    them tells of all."""
    return reasons[0] + " (the others neither)" * (len(set(reasons)) > 1)
