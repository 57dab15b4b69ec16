"""What many tests need."""

import atexit
import contextlib
import gc
import importlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from readlist.library.library import Library
from tests.stopwatch import stopwatch

# The clocks of busy machines tell nothing, and what held in one run must hold in the next: new
# examples are looked for by hand, with `--hypothesis-profile=search`.
settings.register_profile("readlist", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile("readlist")

# No test reaches the network: neither this process, nor one that it starts.
for name in ("http_proxy", "https_proxy", "all_proxy"):
    os.environ.pop(name, None)
    os.environ[name.upper()] = "http://127.0.0.1:9"
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost,::1"
os.environ["READLIST_CACHE"] = tempfile.mkdtemp(prefix="readlist-cache-")
atexit.register(shutil.rmtree, os.environ["READLIST_CACHE"], ignore_errors=True)

# Programs that tests start, hundreds of them, are compiled once.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

_getaddrinfo = socket.getaddrinfo


def _at_home(host: Any, *args: Any, **kwargs: Any) -> Any:
    if host not in ("127.0.0.1", "localhost", "::1", None):
        raise socket.gaierror(socket.EAI_NONAME, "no test reaches the network")
    return _getaddrinfo(host, *args, **kwargs)


socket.getaddrinfo = _at_home

LONG = 60  # characters


def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run at once: many wait, half of their time, for programs."""
    return round(1.5 * (os.cpu_count() or 1)) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Let each of the processes, before it imports all tests, compile its share of them: with their
    assertions rewritten that takes longer than anything else before the first test.
    """
    name, count = (os.environ.get(f"PYTEST_XDIST_WORKER{end}", "") for end in ("", "_COUNT"))
    if name and session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        files = sorted(Path(__file__).parent.rglob("test_*.py"))
        for file in files[int(name.removeprefix("gw")) :: int(count)]:
            module = ".".join(file.relative_to(session.config.rootpath).with_suffix("").parts)
            with contextlib.suppress(Exception):  # what is wrong with it is told in its turn
                importlib.import_module(module)


def pytest_collection_finish() -> None:
    """Look for garbage no more among all tests, which stay; and elsewhere not every moment."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_make_parametrize_id(config: pytest.Config, val: object) -> str | None:
    """Name a test after the beginning of a long text: of millions of characters each process has
    several copies, and each program that a test starts one in its surroundings.
    """
    if isinstance(val, str | bytes) and len(val) > LONG:
        return ascii(val[:LONG])[:LONG] + "..."
    return None


SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library of its own for the test."""
    library = Library(tmp_path / "library.json")
    yield library
    library.close()


@pytest.fixture
def seconds() -> Iterator[Callable[[], float]]:
    """Tells the seconds since the test began; what stands still, or is busy, has longer ones."""
    with stopwatch() as seconds:
        yield seconds


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of samples beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip(f"the samples are not at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def pages(shared: Path) -> list[Path]:
    """The real pages, each with the papers in it in `.expected.json` beside it."""
    return sorted((shared / "pages").glob("*.txt"))
