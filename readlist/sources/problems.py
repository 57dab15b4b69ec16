"""What can go wrong on the way to a service: each a line that says what, where, what to do."""


class SourceError(Exception):
    """Something could not be fetched; the message is one line for the user.

    `status` is what the service answered (RFC 9110), 0 if it did not.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class MissingError(SourceError):
    """The service answers that it has no such thing."""


class OfflineError(SourceError):
    """No connection came about: whatever else is asked of that service would fail as well."""


class BrokenOffError(SourceError):
    """The connection ended within the answer, or before it: the same may be tried again."""
