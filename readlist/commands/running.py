"""Runs a verb, and turns what goes wrong into a line and a code."""

import argparse
import sys
from collections.abc import Sequence

from readlist import config
from readlist.commands import NO_LIBRARY, NOT_ALL_DONE, WRONG_USAGE
from readlist.commands.arguments import NotDoneError, Parser, UsageError
from readlist.commands.terminal import say
from readlist.commands.verbs import verb_named
from readlist.library.disk import LibraryError
from readlist.text import clean_line

CHANGES_HERE = frozenset(("mark", "tag", "delete", "show", "note", "complete", "pdf"))
"""The verbs that in the interface mean the papers there, when no others are named."""


def run_verb(
    words: Sequence[str], args: argparse.Namespace, here: Sequence[int] | None = None
) -> int:
    """Run the verb that the first word names; return the exit code. Raises what it raises.

    `here` are the papers that are meant by a verb of `CHANGES_HERE` that names none.
    """
    verb = verb_named(words[0])
    parser = Parser(verb.name, f"{verb.summary[0].upper()}{verb.summary[1:]}.")
    run = verb.add(parser)
    rest = list(words[1:])
    if here and verb.name == "note" and not any(word.isdigit() for word in rest):
        rest.insert(0, str(here[0]))
    try:
        found = parser.parse(rest, args)
        if here and verb.name in CHANGES_HERE and getattr(found, "query", None) == []:
            found.query = [str(number) for number in here]
        if getattr(found, "explain", False):
            from readlist.commands.explaining import explain

            return explain(found, forgiving=verb.name in ("list", "show"))
        return run(found)
    except UsageError as error:
        error.add_note(f"`readlist {verb.name} -h` says how it is used")
        raise


def explain_error(error: Exception) -> int:
    """Say what went wrong, in a line or two; return the exit code for it."""
    from readlist.search.query import QueryError  # only a mistake pays for it

    match error:
        case UsageError() | QueryError() | config.ConfigError():
            what, code = "in the query, " if isinstance(error, QueryError) else "", WRONG_USAGE
        case LibraryError():
            what, code = "", NO_LIBRARY
        case NotDoneError():
            what, code = "", NOT_ALL_DONE
        case OSError():  # a full disk below stdout, for one
            what, code = "stopped: ", NOT_ALL_DONE
        case _:
            what, code = f"something went wrong inside: {type(error).__name__}: ", NOT_ALL_DONE
            error.add_note("The same with --debug shows where.")
    say(what + clean_line(str(error)))
    for note in getattr(error, "__notes__", ()):
        print(note, file=sys.stderr)
    return code
