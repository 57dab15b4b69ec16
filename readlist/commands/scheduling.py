"""`readlist schedule`."""

import argparse
from datetime import time
from pathlib import Path

from readlist import config
from readlist.commands.arguments import NotDoneError, Parser, Run, UsageError
from readlist.commands.terminal import put, put_json, say
from readlist.feeds import NO_FEEDS
from readlist.text import clean_line

_ABOUT = """\
It fetches new papers from the feeds, once a day; when [mail] is in the settings it then mails
the digest. Without --install it only prints what that would be. Installed again, it takes the
place of what was there.
"""


def add_schedule(parser: Parser) -> Run:
    """Declare `schedule`."""
    parser.add_argument(
        "--at", metavar="HH:MM", type=_clock, default=time(7), help="when, else at 07:00"
    )
    parser.add_argument("--install", action="store_true", help="have it done each day from now on")
    parser.add_argument("--remove", action="store_true", help="have it done no more")
    parser.add_json()
    parser.epilog = _ABOUT
    return _schedule


def _clock(text: str) -> time:
    try:
        hour, minute = text.split(":")
        if not (hour.isdecimal() and minute.isdecimal() and len(minute) == 2):
            raise ValueError
        return time(int(hour), int(minute))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{clean_line(text)!r} is no time as 07:00") from None


def _schedule(args: argparse.Namespace) -> int:
    from readlist.updating import schedule

    if args.install and args.remove:
        raise UsageError("--install or --remove, not both")
    try:
        if args.remove:
            return _removed(args, schedule.remove())
        settings = config.load()
        library = Path(args.library) if args.library else None
        wanted = schedule.plan(
            args.at,
            library,
            mails=_mails(settings),
            runs_commands=_runs_commands(settings),
            needs_keyring=_needs_keyring(settings),
        )
        kind = schedule.available()
        before = schedule.installed()
        changed = schedule.install(wanted, kind) if args.install else False
        units, line = wanted.units(), wanted.line() if kind != schedule.SYSTEMD else None
    except schedule.ScheduleError as error:
        raise NotDoneError(str(error)) from None
    if args.json:
        files = {str(schedule.unit_folder() / name): text for name, text in units.items()}
        told = {"kind": kind, "at": f"{args.at:%H:%M}", "installed": args.install}
        told["before"] = {"kind": before[0], "at": before[1]} if before else None
        put_json({**told, "changed": changed, "units": files, "crontab": line})
    elif args.install:
        put(f"{_each_day(kind, f'{args.at:%H:%M}')}{'' if changed else ', as before'}")
    else:
        if kind != schedule.CRON:
            _put_units(schedule.unit_folder(), units)
        if line is not None:
            put("# a line for crontab -e")
            put(line)
        if before:
            say(f"{_each_day(*before)}; --install replaces it, --remove takes it away")
        elif kind == schedule.NONE:
            say("neither timers of systemd nor cron run here: this is what they would be given")
        else:
            say("readlist schedule --install has it done")
    if args.install and kind == schedule.SYSTEMD:
        say("while you are logged in; loginctl enable-linger has it done also when you are not")
    if args.install and not settings.feeds:
        say(NO_FEEDS)
    return 0


def _each_day(kind: str, at: str) -> str:
    from readlist.updating import schedule

    what = "a timer of systemd" if kind == schedule.SYSTEMD else "a line in your crontab"
    return f"Each day at {at}, by {what}"


def _runs_commands(settings: config.Config) -> bool:
    """Say whether a password, or a key, is printed by a command of the user's."""
    by_mail = settings.mail is not None and bool(settings.mail.password_command)
    return by_mail or any(source.key_command for source in settings.sources.sources.values())


def _needs_keyring(settings: config.Config) -> bool:
    mail = settings.mail
    return mail is not None and bool(mail.user) and not mail.password_command


def _mails(settings: config.Config) -> bool:
    mail = settings.mail
    return mail is not None and bool(mail.host) and not mail.problem


def _put_units(folder: Path, units: dict[str, str]) -> None:
    for name, text in units.items():
        put(f"# {clean_line(str(folder / name))}")
        put(text)


def _removed(args: argparse.Namespace, was_there: bool) -> int:
    if args.json:
        put_json({"removed": was_there})
    else:
        put("Nothing is done each day any more" if was_there else "Nothing was scheduled")
    return 0
