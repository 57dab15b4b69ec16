"""What has stayed new for so long that it will hardly be looked at: after a holiday, say.

It is offered for archiving, not more than once a week; when it was is kept beside the library, in
`library.json.offered`. `readlist mark archived` with the `QUERY` does the same.
"""

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from readlist.library.beside import beside
from readlist.record import Record

DAYS = 14
"""Papers of days before are old."""
QUERY = f"is:new -is:starred -has:note (has:page day:>{DAYS}d OR -has:page added:>{DAYS}d)"
"""What finds them. A paper came to the user on the day of its page, which an update after weeks
brings late, else when it was added: one of 1997 that came today is not old, nor is an old page that
does not say its day. What the user has marked is not what nobody wanted."""

_LEAST = 100  # papers; fewer are looked through faster than anybody decides not to
_PAUSE = timedelta(days=7)


class Backlog(Record):
    """The papers that are new, by number, and those of them that are old."""

    new: int
    old: tuple[int, ...]

    @property
    def is_worth_asking(self) -> bool:
        """Whether somebody came back to a full list. Who takes in nothing but old papers wants
        them: others came meanwhile."""
        return len(self.old) >= _LEAST and self.new > len(self.old)

    def __str__(self) -> str:
        return f"{self.new:,} new, {len(self.old):,} older than {DAYS} days"


def is_due(library: Path, today: date) -> bool:
    """Say whether the user was not asked for a while."""
    try:
        asked = date.fromisoformat(_place(library).read_text("ascii").strip())
    except (OSError, ValueError):
        return True
    return not asked <= today < asked + _PAUSE


def was_asked(library: Path, today: date) -> None:
    """Remember that the user was asked; where that cannot be kept, he is asked again."""
    with suppress(OSError):
        _place(library).write_text(f"{today.isoformat()}\n", "ascii")


def _place(library: Path) -> Path:
    return beside(library, "offered")
