"""Places where a library may be: a disk that is small, a folder that nobody may write to.

They are mounted in a namespace of their own, which Linux lets anybody make, or not: the tests are
skipped then.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.e2e.terminal import ROOT

_HOLD = "echo mounted && exec cat"


class Outcome(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


class Place:
    """A folder as it is within a namespace; `here` is the same folder for who is outside."""

    def __init__(self, folder: Path, process: int) -> None:
        self.folder = folder
        self.here = Path(f"/proc/{process}/root{folder}")
        self.words = ["nsenter", f"--target={process}", "--user", "--mount"]
        self.words += ["--preserve-credentials", "--"]

    def readlist(self, *arguments: object) -> Outcome:
        """Run the command line on the library in the folder."""
        done = subprocess.run(
            [*self.words, sys.executable, "-m", "readlist", *map(str, arguments)],
            check=False,
            capture_output=True,
            text=True,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "READLIST_LIBRARY": str(self.folder / "library.json"),
                "READLIST_CONFIG": str(self.folder / "config.toml"),
            },
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def files(self) -> dict[str, bytes]:
        """Return the files in the folder, without those that are only for locks."""
        return {file.name: file.read_bytes() for file in self.here.iterdir() if file.is_file()}


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Place]:
    """Mount a disk of a size in a folder."""
    with _mounted(folder, f'mount -t tmpfs -o size={size} tmpfs "$0"') as place:
        yield place


@contextmanager
def read_only(folder: Path) -> Iterator[Place]:
    """Make a folder one that cannot be written to."""
    with _mounted(folder, 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"') as place:
        yield place


@contextmanager
def _mounted(folder: Path, how: str) -> Iterator[Place]:
    words = ["unshare", "--map-root-user", "--mount", "sh", "-c", f"{how} && {_HOLD}", str(folder)]
    try:
        holder = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    except OSError:
        pytest.skip("no namespaces here")
    with holder:
        assert holder.stdout is not None
        if holder.stdout.readline() != b"mounted\n":
            pytest.skip("nothing can be mounted here")
        yield Place(folder, holder.pid)
