"""The command line: finds the verb, runs it, and turns what goes wrong into a line and a code."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

from readlist.commands import DONE, INTERRUPTED

if TYPE_CHECKING:
    from readlist.commands.arguments import Parser
    from readlist.config import Config


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
        from readlist.commands.running import explain_error

        return explain_error(error)
    return code


def _run(tokens: Sequence[str]) -> int:
    if not tokens:
        return _open_interface()  # without the parser, which its first frame would wait for
    import argparse

    options, rest = _apart(tokens)
    args = _top_parser().parse(options, argparse.Namespace(library=None, debug=False))
    if not rest:
        return _open_interface(args.library)
    from readlist.commands.running import run_verb

    return run_verb(rest, args)


def _apart(tokens: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the options before the verb; and the verb with all that is behind it."""
    place = 0
    while place < len(tokens) and tokens[place].startswith("-"):
        place += 2 if tokens[place] == "--library" else 1
    return tokens[:place], tokens[place:]


def _top_parser() -> "Parser":
    from readlist import __version__
    from readlist.commands.arguments import Parser
    from readlist.commands.verbs import overview

    parser = Parser("", overview())
    parser.usage = "readlist [--library PATH] [VERB …]"
    parser.add_argument("--version", action="version", version=f"readlist {__version__}")
    return parser


def _open_interface(library: str | None = None) -> int:
    from readlist import config
    from readlist.commands.terminal import need_terminal, say

    need_terminal()
    settings = config.load()
    for warning in settings.warnings:
        say(warning)
    while (code := _run_interface(library, settings)) is None:
        _show_demo()
        settings = config.load()
    return code


def _run_interface(library: str | None, settings: "Config") -> int | None:
    """Run the interface; return the exit code, None when the demo is wanted next."""
    from readlist import config
    from readlist.library.opening import Opening

    opening = Opening(config.library_path(library), lambda: settings.backup)
    from readlist.tui.app import run
    from readlist.tui.library_screen import DEMO

    code = run(opening, settings)
    return None if code == DEMO else code


def _show_demo() -> None:
    import argparse

    from readlist.commands.running import run_verb

    run_verb(["demo"], argparse.Namespace())


if __name__ == "__main__":
    start()
