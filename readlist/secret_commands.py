"""Commands of the user that print a secret, so that none is kept in the settings."""

from collections.abc import Sequence
from typing import Any

from readlist.text import clean_line


class SecretError(Exception):
    """A command has printed no secret; one line: which, and why."""


def read(value: Any, setting: str, example: str) -> tuple[str, ...]:
    """Return the words of a command that the settings name. Raises `ValueError`."""
    if isinstance(value, str):
        import shlex

        try:
            value = shlex.split(value)
        except ValueError as error:
            raise ValueError(f"{setting}: {error}") from None
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ValueError(f"{setting}: a command is wanted, as {example}")
    return tuple(value)


def printed(command: Sequence[str], setting: str, patience: float) -> str:
    """Return the first line that a command prints, within so many seconds. Raises `SecretError`."""
    import subprocess

    name = clean_line(command[0])
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SecretError(f"{setting}: {name} does not end") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SecretError(f"{setting}: {name}: {reason}") from None
    secret = done.stdout.decode("utf-8", "replace").split("\n")[0].rstrip("\r")
    if done.returncode or not secret:
        code = f"ended with {done.returncode}" if done.returncode else "printed nothing"
        raise SecretError(f"{setting}: {name} {code}")
    return secret
