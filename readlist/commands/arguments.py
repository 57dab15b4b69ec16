"""How the words behind a verb are understood: options, and what is none."""

import argparse
import os
import sys
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import NoReturn

from readlist import change
from readlist.paper import PaperError, Status, tag_name
from readlist.spelling import meant
from readlist.text import clean_line, shorten

Run = Callable[[argparse.Namespace], int]
"""What a verb does with its arguments; returns the exit code."""


class NotDoneError(Exception):
    """What was asked for could not be done, or not all of it; the message is one line."""


class UsageError(Exception):
    """The command line was used wrongly; the message is one line that says how."""


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal. argparse makes one for each argument that is declared, and
    imports `shutil` to learn the width."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    kept: int | None = getattr(sys.stdout, "columns", None)  # of what is shown elsewhere
    if kept is not None:
        return kept
    try:
        return int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        return os.get_terminal_size().columns if sys.stdout.isatty() else 80


class Parser(argparse.ArgumentParser):
    """argparse, but for three things: a word that begins with `-` and is no option belongs to the
    query (of a verb that `takes_query`); options are never abbreviated; what is wrong is raised.
    """

    def __init__(self, verb: str, summary: str, *, epilog: str | None = None) -> None:
        super().__init__(
            prog=f"readlist {verb}".strip(),
            description=summary,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=_Help,
        )
        self.takes_query = False
        self.add_argument(
            "--library", metavar="PATH", default=argparse.SUPPRESS, help="use another library"
        )
        self.add_argument(
            "--debug",
            action="store_true",
            default=argparse.SUPPRESS,
            help="on an error, show where in the program it happened",
        )

    def add_query(self, about: str, *, name: str = "QUERY") -> None:
        """Declare that the words that are left are one query, or ids."""
        self.takes_query = True
        self.add_argument("query", nargs="*", metavar=name, help=about)
        self.add_argument(
            "--explain", action="store_true", help="only say how the query is understood"
        )

    def add_tags(self, what: str = "") -> None:
        """Take `--tag`, which can be given several times; `what` is said before what it does."""
        self.add_argument(
            "--tag",
            metavar="T",
            type=new_tag,
            action="append",
            default=[],
            help=f"{what or 'tag the papers'}; can be given several times",
        )

    def add_status(self, otherwise: str) -> None:
        """Take `--to`, the status that papers come in as; `otherwise` says which they have else."""
        told = f"what papers come in as, else {otherwise}"
        self.add_argument("--to", metavar="STATUS", type=status, help=told)

    def add_json(self, about: str = "print the result as JSON") -> None:
        """Declare `--json`."""
        self.add_argument("--json", action="store_true", help=about)

    def parse(self, tokens: Sequence[str], found: argparse.Namespace) -> argparse.Namespace:
        """Return `found` with what the tokens say. Raises `UsageError`; `-h` exits."""
        options, words = self._apart(tokens)
        if words and not self._get_positional_actions():
            self.error(f"{clean_line(words[0])!r} is one word too many here")
        return self.parse_args([*options, "--", *words] if words else options, found)

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError`, where argparse would exit."""
        raise UsageError(message)

    def _apart(self, tokens: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the options among `tokens`, each with its value, and the words."""
        options: list[str] = []
        words: list[str] = []
        rest = iter(tokens)
        for token in rest:
            name, equals, _ = token.partition("=")
            action = self._option_string_actions.get(name)
            if token == "--":
                words += rest
            elif action is not None and action.nargs is None and not equals:
                value = next(rest, None)
                if value is None:
                    self.error(f"{name} wants a value")
                options.append(f"{action.option_strings[-1]}={value}")
            elif action is not None:
                options.append(token)
            elif token.startswith("--") or not (
                self.takes_query or token[:1] != "-" or token == "-"
            ):
                known = [o for o in self._option_string_actions if o.startswith("--")]
                self.error(f"there is no option {clean_line(name)}{meant(name, known)}")
            else:
                words.append(token)
        return options, words


# The kinds of values; argparse names the option in front of the message.


def status(text: str) -> Status:
    """Return a status by its name."""
    try:
        return Status(text.lower())
    except ValueError:
        known = list(Status)
        raise argparse.ArgumentTypeError(
            f"{clean_line(text)!r} is none of {', '.join(known)}{meant(text, known)}"
        ) from None


def one_of(known: Collection[str], text: str) -> str:
    """Return what a text names, in small letters. Raises `UsageError` when it is none of these."""
    name = text.lower()
    if name not in known:
        names = ", ".join(known)
        raise UsageError(f"{clean_line(text)!r} is none of {names}{meant(name, known)}")
    return name


def tag(text: str) -> str:
    """Return a tag as papers have it."""
    return _tag(text, tag_name)


def new_tag(text: str) -> str:
    """Return a tag that is to be put on papers, as they will have it."""
    return _tag(text, change.new_tag)


def _tag(text: str, read: Callable[[str], str]) -> str:
    try:
        return read(text)
    except PaperError as error:
        raise argparse.ArgumentTypeError(f"{shorten(clean_line(text), 40)!r}: {error}") from None


def day(text: str) -> date:
    """Return a day written as 2024-01-02."""
    try:
        if len(text) != len("2024-01-02"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{clean_line(text)!r} is no day as 2024-01-02") from None


def number(text: str) -> int:
    """Return a number of things, 0 or more."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise argparse.ArgumentTypeError(f"{clean_line(text)!r} is no number")
    return int(text)
