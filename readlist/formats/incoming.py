"""What every reader of a format returns: papers, and what could not be taken."""

from readlist.paper import Paper, Status
from readlist.record import Record, field


class FormatError(ValueError):
    """A whole input cannot be read; the message is one line that says what was seen in it."""


class Refusal(Record):
    """A record that was left out: where it stands in the input ("paper 3", "line 14"), and why."""

    place: str
    reason: str


class Incoming(Record, frozen=False):
    """The content of one input.

    `source` is the name that papers get in `sources`; `is_own` is true for readlist's own files,
    whose papers have ids and the user's state. `status` is what the papers come in as.
    """

    format: str
    source: str
    papers: list[Paper] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_own: bool = False
    status: Status | None = None
