"""`readlist update`."""

import argparse
from collections.abc import Callable
from functools import partial
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from readlist import config
from readlist.commands import arguments
from readlist.commands.arguments import NotDoneError, Parser, Run
from readlist.commands.feeds import feeds_named
from readlist.commands.progress_bar import progress_shown
from readlist.commands.selecting import opened, settings_told
from readlist.commands.terminal import put, put_json, say
from readlist.commands.whole import local
from readlist.sources.problems import as_one
from readlist.text import few

if TYPE_CHECKING:
    from readlist.updating.update import Outcome, Updated

_PAUSE = 15.0  # seconds


def add_update(parser: Parser) -> Run:
    """Declare `update`."""
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="feeds; else all that are not paused, nor failed just before",
    )
    parser.add_argument(
        "--since",
        metavar="YYYY-MM-DD",
        type=arguments.day,
        help="go back to this day, where a feed can",
    )
    parser.add_argument(
        "--wait",
        metavar="MINUTES",
        type=arguments.number,
        default=0,
        help="for so long, wait for the network to be there",
    )
    parser.add_json("print how it went with each feed as JSON")
    return _update


def _update(args: argparse.Namespace) -> int:
    from readlist.library.second_place import copy_if_due
    from readlist.updating.update import UpdateError, update

    settings = settings_told()
    names = [feed.name for feed in feeds_named(args.names, settings)]
    with opened(args) as library:
        with progress_shown() as progress:
            run = partial(
                update,
                library,
                settings.feeds,
                settings.rules,
                settings.sources,
                since=args.since,
                progress=progress,
            )
            try:
                updated = _patiently(run, names, args.wait * 60)
            except UpdateError as error:
                raise NotDoneError(str(error)) from None
        _tell(updated, args)
        for outcome in updated.failed:
            library.reported.keep(f"{outcome.feed.name} failed: {outcome.error}")
        if not all(outcome.is_unanswered for outcome in updated.outcomes):
            copy_if_due(library)  # without a network its command may wait for that, too
    return 1 if updated.failed or updated.problems else 0


def _patiently(run: "Callable[..., Updated]", names: list[str], seconds: float) -> "Updated":
    """Update; while there is no network, as when a machine has just woken up, again and again."""
    end = monotonic() + seconds
    updated = run(names=names)
    while (away := [o.feed.name for o in updated.outcomes if o.is_offline]) and monotonic() < end:
        sleep(_PAUSE)
        updated = updated.followed_by(run(names=away))
    return updated


def _tell(updated: "Updated", args: argparse.Namespace) -> None:
    if args.json:
        put_json([_as_json(outcome) for outcome in updated.outcomes])
    silent = [outcome for outcome in updated.outcomes if outcome.is_unanswered]
    for outcome in updated.outcomes:
        name = outcome.feed.name
        if outcome.taken is not None and not args.json and (outcome.new or not outcome.error):
            put(f"{name}: {outcome.taken.summary()}")
        for note in outcome.notes:
            say(f"{name}: {note}")
        if outcome.taken is not None:
            for refusal in outcome.taken.report.refusals:
                say(f"{name}: {refusal.place} refused: {refusal.reason}")
        if outcome.error and not outcome.is_unanswered:
            say(f"{name}: failed: {outcome.error}")
        elif outcome.is_waiting:
            wait = local(outcome.state.wait or "")
            say(f"{name}: failed before and waits until {wait}; readlist update {name} tries now")
    if silent:
        why = as_one([outcome.error for outcome in silent])
        say(f"{few([outcome.feed.name for outcome in silent])}: failed: {why}")
    for problem in updated.problems:
        say(f"{config.config_path()}: {problem}")


def _as_json(outcome: "Outcome") -> dict[str, Any]:
    taken, state = outcome.taken, outcome.state
    return {
        "feed": outcome.feed.name,
        **(taken.counts() if taken else {}),
        "ids": taken.report.added if taken else [],
        "error": outcome.error or None,
        "notes": list(outcome.notes),
        "waiting": outcome.is_waiting,
        "succeeded": state.succeeded,
        "next_try": state.wait,
    }
