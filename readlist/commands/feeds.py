"""`readlist feeds`: which there are, how it goes with them; and changing them."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readlist import config
from readlist.commands.arguments import NotDoneError, Parser, Run, UsageError
from readlist.commands.selecting import settings_told
from readlist.commands.terminal import fitted, put, put_json, say, styled
from readlist.commands.whole import local
from readlist.feeds import NO_FEEDS, Feed, feed_named
from readlist.spelling import meant
from readlist.text import cells, clean_line, count

if TYPE_CHECKING:
    from readlist.updating.states import FeedState

_EXAMPLES = """\
examples:
  readlist feeds add cs.CL                            a category of arXiv
  readlist feeds add https://huggingface.co/papers    Daily Papers
  readlist feeds add search tool use --name agents    a search at Hugging Face
  readlist feeds add 'au:sutton AND cat:cs.LG'        a query of arXiv's own
  readlist feeds add https://www.nature.com/nmeth.rss --tag methods
  readlist feeds add ~/Downloads/papers               files that appear in a folder
Rules for what comes in stand in config.toml, as
  [[rules]]
  when = "title:survey -@sutton"
  do = "drop"                      # or "keep" only such, "star", "want", "tag NAME"
"""


def add_feeds(parser: Parser) -> Run:
    """Declare `feeds`."""
    parser.usage = "readlist feeds [-h] [--json] [list | add WHAT | remove | pause | resume NAME…]"
    parser.add_argument(
        "words",
        nargs="*",
        metavar="list | add WHAT | remove, pause, resume NAME…",
        help="list them; follow something; do without some; leave some out of updates, or not",
    )
    parser.add_argument("--name", metavar="NAME", help="with add: what to call it")
    parser.add_tags("with add: tag what comes from it")
    parser.add_json()
    parser.epilog = _EXAMPLES
    return _feeds


def _feeds(args: argparse.Namespace) -> int:
    verb, words = (args.words[0], args.words[1:]) if args.words else ("list", [])
    if verb != "add" and (args.name or args.tag):
        raise UsageError("--name and --tag go with `readlist feeds add`")
    match verb:
        case "list" if not words:
            return _list(args)
        case "add" if words:
            return _add(args, " ".join(words))
        case "remove" | "pause" | "resume" if words:
            return _change(args, verb, words)
        case "add":
            from readlist.updating.new_feed import WHAT

            raise UsageError(f"follow what? Name {WHAT}")
        case "remove" | "pause" | "resume":
            raise UsageError(f"which feed? Name one, as in `readlist feeds {verb} cs.CL`")
    known = ["list", "add", "remove", "pause", "resume"]
    raise UsageError(f"feeds knows no {clean_line(verb)!r}{meant(verb, known)}")


# List


def _list(args: argparse.Namespace) -> int:
    from readlist.updating.states import FeedStates

    settings = settings_told()
    states = FeedStates(config.library_path(args.library))
    rows = [_row(feed, states.of(feed)) for feed in settings.feeds]
    if args.json:
        put_json(rows)
    if not rows:
        raise NotDoneError(NO_FEEDS)
    if not args.json:
        _put(rows)
    for problem in _rule_problems(settings):
        say(problem)
    return 0


def _row(feed: Feed, state: "FeedState") -> dict[str, Any]:
    return {
        "name": feed.name,
        "kind": feed.kind,
        "what": feed.what,
        "about": feed.about,
        "paused": feed.is_paused,
        "tags": list(feed.tags),
        "rules": [{"when": rule.when, "do": list(rule.actions)} for rule in feed.rules],
        "problem": feed.problem or None,
        "succeeded": state.succeeded,
        "new": state.new,
        "tried": state.tried,
        "error": state.error,
        "failures": state.failures,
        "next_try": state.wait,
    }


def _put(rows: list[dict[str, Any]]) -> None:
    columns = [
        [row["name"] for row in rows],
        [row["about"] for row in rows],
        [_when(row) for row in rows],
        [_how(row) for row in rows],
    ]
    widths = [max(map(cells, column)) for column in columns]
    for row, *line in zip(rows, *columns, strict=True):
        put("  ".join(map(fitted, line, widths)).rstrip())
        for trouble in filter(None, (row["problem"], _failure(row))):
            put(f"  {styled(trouble, '1')}")


def _when(row: dict[str, Any]) -> str:
    return local(row["succeeded"]) if row["succeeded"] else "never fetched"


def _how(row: dict[str, Any]) -> str:
    if row["paused"]:
        return "paused"
    return f"{row['new']:,} new" if row["succeeded"] else ""


def _failure(row: dict[str, Any]) -> str:
    if not row["error"]:
        return ""
    times = f" {row['failures']:,} times, last" if row["failures"] > 1 else ""
    again = f"; tried again from {local(row['next_try'])} on" if row["next_try"] else ""
    return f"failed{times} {local(row['tried'])}: {row['error']}{again}"


def _rule_problems(settings: config.Config) -> list[str]:
    from readlist.updating.rules import Rules

    every = [*settings.rules, *(rule for feed in settings.feeds for rule in feed.rules)]
    return [f"{config.config_path()}: {problem}" for problem in Rules(every).problems]


# Change


def _add(args: argparse.Namespace, text: str) -> int:
    from readlist.config_file import save_feed
    from readlist.updating.new_feed import meant_feed
    from readlist.updating.states import FeedState

    settings = settings_told()
    names = {feed.name.lower() for feed in settings.feeds}
    try:
        feed = meant_feed(text, names)
    except ValueError as error:
        raise UsageError(str(error)) from None
    feed = feed.but(what=_written(feed))
    for other in settings.feeds:
        if other.source == feed.source:
            raise NotDoneError(f"{feed.about} is followed already, as {other.name}")
    if args.name is not None:
        feed = feed.but(name=clean_line(args.name))
        if not feed.name or feed.name.lower() in names:
            raise UsageError(f"--name: {'there is a feed of that name' if feed.name else 'empty'}")
    feed = feed.but(tags=tuple(sorted(set(args.tag))))
    tags = {"tags": list(feed.tags)} if feed.tags else {}
    save_feed(feed.name, {feed.kind: feed.what, **tags})
    if args.json:
        put_json(_row(feed, FeedState(feed.source)))
    else:
        put(f"Following {feed.about}, as {feed.name}")
        say(f"readlist update fetches it; rules for it go into {config.config_path()}")
    return 0


def _written(feed: Feed) -> str:
    """Return what the settings say: a folder in the user's home without that."""
    home = Path.home()
    if feed.kind == "folder" and Path(feed.what).is_relative_to(home):
        return str("~" / Path(feed.what).relative_to(home))
    return feed.what


def _change(args: argparse.Namespace, verb: str, names: list[str]) -> int:
    from readlist import config_file

    found = feeds_named(names, settings_told())
    for feed in found:
        if verb == "remove":
            config_file.forget_feed(feed.name)
        else:
            config_file.pause_feed(feed.name, verb == "pause")
    done = {"remove": "removed", "pause": "paused", "resume": "resumed"}[verb]
    if args.json:
        put_json({"feeds": [feed.name for feed in found], "done": done})
    else:
        put(f"{done.capitalize()}: {', '.join(feed.name for feed in found)}")
        if verb == "remove":
            say(f"the papers stay; {count(len(found), 'feed')} will bring no more")
    return 0


def feeds_named(names: Sequence[str], settings: config.Config) -> list[Feed]:
    """Return the feeds with these names, each once. Raises `UsageError`."""
    if names and not settings.feeds:
        raise NotDoneError(NO_FEEDS)
    try:
        return list(dict.fromkeys(feed_named(name, settings.feeds) for name in names))
    except ValueError as error:
        raise UsageError(str(error)) from None
