"""`readlist digest`."""

import argparse
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from readlist import config
from readlist.commands import arguments
from readlist.commands.arguments import NotDoneError, Parser, Run, UsageError
from readlist.commands.selecting import NothingFoundError, opened, select
from readlist.commands.terminal import put, put_json, say
from readlist.search.views import View
from readlist.text import clean_line, count

if TYPE_CHECKING:
    from readlist.digest.state import DigestState
    from readlist.formats.digest_out import Digest, Item
    from readlist.library.library import Library
    from readlist.mail_settings import MailSettings
    from readlist.paper import Paper

_ABOUT = """\
Without --since: since yesterday; with --email since the last one that was sent, if that is
longer ago. Papers by authors whom you starred come first, then those with your tags, then
those with the most upvotes. Archived ones are left out.

--email sends what was in none that was sent yet, to the address in [mail] of the settings;
when there is nothing new, it sends nothing. What could not be sent is in the next.
"""


def add_digest(parser: Parser) -> Run:
    """Declare `digest`."""
    parser.add_query("only papers that it finds")
    parser.add_argument(
        "--since", metavar="DAY", type=_day, help="yesterday, today, 7d, 2026-11-20 …"
    )
    parser.add_argument("--format", metavar="F", default="text", help="text, markdown or html")
    parser.add_argument(
        "--limit", metavar="N", type=arguments.number, help="show so many; the others are counted"
    )
    parser.add_argument("--email", action="store_true", help="send it, as the settings say")
    parser.add_argument(
        "--dry-run", action="store_true", help="with --email: show what would be sent"
    )
    parser.add_argument(
        "--again", action="store_true", help="with --email: also one that may not have arrived"
    )
    parser.add_json("print the papers, the reasons and what was sent as JSON")
    parser.epilog = _ABOUT
    return _digest


def _day(text: str) -> date:
    from readlist.search.ranges import RangeError, days

    try:
        first, _last = days(text, date.today())
    except RangeError as error:
        raise argparse.ArgumentTypeError(f"{clean_line(text)!r}: {error}") from None
    return first


def _digest(args: argparse.Namespace) -> int:
    from readlist.formats.digest_out import WRITERS
    from readlist.mail_settings import read

    args.format = arguments.one_of(WRITERS, args.format)
    if (args.again or args.dry_run) and not args.email:
        raise UsageError("--again and --dry-run go with --email")
    mail = config.load().mail or read({})
    with opened(args, to_change=False) as library:
        gathering = _Gathering(library, args)
        if args.email and not args.dry_run:
            return _send(gathering, mail)
        if args.email:
            return _show_mail(gathering, mail)
        return _show(gathering)


class _Gathering:
    """Finds what came to a library, and makes a digest of it."""

    def __init__(self, library: "Library", args: argparse.Namespace) -> None:
        from readlist.digest.contents import MOST

        self.library, self.args = library, args
        self.now = datetime.now(UTC)
        self.today = date.today()
        self.most = MOST if args.limit is None else args.limit
        self.since: date = args.since or self.today - timedelta(days=1)
        self.items: list[Item] = []

    def find(self, state: "DigestState | None" = None) -> "list[Paper]":
        """Return what came; of a state what is to be sent."""
        from readlist.digest.contents import came, midnight

        moment = midnight(self.since)
        if state is not None and state.last and self.args.since is None:
            moment = min(moment, state.last)
            self.since = min(self.since, datetime.fromisoformat(moment).astimezone().date())
        found = came(self._added_since(moment, self.args.query), moment, state)
        if state is not None and state.waiting:
            first = min(moment, *state.waiting.values())
            known = {paper.uid for paper in found}
            waiting = came(self._added_since(first, []), "9999", state)
            found += [paper for paper in waiting if paper.uid not in known]
        return found

    def _added_since(self, moment: str, words: list[str]) -> "list[Paper]":
        day = datetime.fromisoformat(moment).date() if moment else date.min
        day = max(day, date(2, 1, 1)) - timedelta(days=1)  # days of the query are local
        view = View("digest", "the digest", f"added:{day.isoformat()}..")
        try:
            ids = select(self.library, words, view=view).ids
        except NothingFoundError:
            return []
        return list(self.library.papers(ids))

    def make(self, papers: "list[Paper]", notes: tuple[str, ...] = ()) -> "Digest":
        """Return the digest of papers."""
        from readlist.digest.contents import digest_of, ranked, taste_of

        self.items = ranked(papers, taste_of(self.library))
        digest = digest_of(self.items, self.since, self.today, self.most)
        return digest.but(notes=notes)

    def nothing(self) -> str:
        """Return that there is nothing new, and since when."""
        return f"nothing new since {self.since:%a} {self.since.day} {self.since:%b %Y}"

    def as_json(self) -> list[dict[str, Any]]:
        """Return the papers and the reasons."""
        return [
            {
                "id": item.paper.id,
                "uid": item.paper.uid,
                "title": item.paper.title,
                "reasons": list(item.reasons),
            }
            for item in self.items
        ]


def _show(gathering: _Gathering) -> int:
    from readlist.formats.digest_out import WRITERS

    papers = gathering.find()
    digest = gathering.make(papers)
    if gathering.args.json:
        put_json({"since": gathering.since.isoformat(), "papers": gathering.as_json()})
    elif papers:
        put(WRITERS[gathering.args.format](digest).rstrip("\n"))
    else:
        say(gathering.nothing())
    return 0


def _send(gathering: _Gathering, mail: "MailSettings") -> int:
    from readlist.digest.mail import DigestMail
    from readlist.digest.state import DigestStates
    from readlist.sources.mail import MailError

    library, args = gathering.library, gathering.args
    try:
        digest_mail = DigestMail(
            DigestStates(library.path),
            mail,
            gathering.find,
            gathering.make,
            gathering.now,
        )
        mailed = digest_mail.send(again=args.again)
    except MailError as error:
        message = f"the digest was not sent: {error}"
        library.reported.keep(message)
        raise NotDoneError(message) from None
    for note in mailed.notes:
        say(note)
        library.reported.keep(note)
    for address in mailed.refused:
        say(f"{mail.host} refused to take it for {address}")
    to = ", ".join(one.address for one in mail.to if one.address not in mailed.refused)
    if args.json:
        sent = {"sent": mailed.papers > 0, "message_id": mailed.message or None}
        since = gathering.since.isoformat()
        put_json({"since": since, **sent, "papers": gathering.as_json() if mailed.papers else []})
    elif mailed.papers:
        put(f"Sent to {to}: {count(mailed.papers, 'new paper')}")
    else:
        put(f"No mail: {gathering.nothing()}")
    return int(bool(mailed.refused))


def _show_mail(gathering: _Gathering, mail: "MailSettings") -> int:
    from readlist.digest.mail import message_of
    from readlist.digest.state import DigestStates
    from readlist.formats.digest_out import WRITERS

    try:
        state = DigestStates(gathering.library.path).read().settled()
    except (OSError, ValueError) as error:
        raise NotDoneError(getattr(error, "strerror", None) or str(error)) from None
    if gathering.args.again:
        state = state.again()
    papers = gathering.find(state)
    digest = gathering.make(papers)
    if mail.problem:
        say(mail.problem)
    if gathering.args.json:
        since = gathering.since.isoformat()
        put_json({"since": since, "sent": False, "papers": gathering.as_json()})
    elif not papers:
        put(f"No mail: {gathering.nothing()}")
    else:
        if not mail.problem:
            message = message_of(digest, mail, gathering.now)
            for name in ("From", "To", "Subject"):
                say(f"{name}: {message[name]}")
        put(WRITERS[gathering.args.format](digest).rstrip("\n"))
    return 0
