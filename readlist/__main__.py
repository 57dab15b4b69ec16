"""The command line: finds the verb, runs it, and turns what goes wrong into a line and a code."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn

from readlist import __version__, config
from readlist.commands.arguments import NotDoneError, Parser, UsageError
from readlist.commands.terminal import need_terminal, say
from readlist.commands.verbs import overview, verb_named
from readlist.library.disk import LibraryError
from readlist.text import clean_line

DONE, NOT_ALL_DONE, WRONG_USAGE, NO_LIBRARY, INTERRUPTED = 0, 1, 2, 3, 130


def start() -> NoReturn:
    """Run the command line of this process, and end it."""
    gc.disable()  # a verb ends before garbage matters; looking for it costs a tenth of its time
    code = main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)  # all is on the disk; to take papers and modules down costs a verb 5 % more


def main(tokens: Sequence[str]) -> int:
    """Run the command line `tokens`; return the exit code. All that it printed is flushed."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a locale that cannot write a title
    try:
        try:
            code = _run(tokens)
        except SystemExit as leaving:  # argparse has printed help, or the version
            code = int(leaving.code or DONE)
        sys.stdout.flush()
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if "--debug" in tokens:
            sys.excepthook(type(error), error, error.__traceback__)
        return _explain(error)
    return code


def _run(tokens: Sequence[str]) -> int:
    options, rest = _apart(tokens)
    args = _top_parser().parse(options, argparse.Namespace(library=None, debug=False))
    if not rest:
        return _open_interface(args)
    verb = verb_named(rest[0])
    parser = Parser(verb.name, f"{verb.summary[0].upper()}{verb.summary[1:]}.")
    run = verb.add(parser)
    try:
        found = parser.parse(rest[1:], args)
        if getattr(found, "explain", False):
            from readlist.commands.explaining import explain

            return explain(found, forgiving=verb.name in ("list", "show"))
        return run(found)
    except UsageError as error:
        error.add_note(f"`readlist {verb.name} -h` says how it is used")
        raise


def _apart(tokens: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the options before the verb; and the verb with all that is behind it."""
    place = 0
    while place < len(tokens) and tokens[place].startswith("-"):
        place += 2 if tokens[place] == "--library" else 1
    return tokens[:place], tokens[place:]


def _top_parser() -> Parser:
    parser = Parser("", overview())
    parser.usage = "readlist [--library PATH] [VERB …]"
    parser.add_argument("--version", action="version", version=f"readlist {__version__}")
    return parser


def _open_interface(args: argparse.Namespace) -> int:
    need_terminal()
    settings = config.load()
    for warning in settings.warnings:
        say(warning)
    from readlist.tui.app import run
    from readlist.tui.library_screen import DEMO

    while (code := run(config.library_path(args.library), settings)) == DEMO:
        verb_named("demo").add(Parser("demo", ""))(args)
        settings = config.load()
    return code


def _explain(error: Exception) -> int:
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


if __name__ == "__main__":
    start()
