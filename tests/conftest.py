"""What many tests need."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from readlist.library.library import Library

# The clocks of busy machines tell nothing, and what held in one run must hold in the next: new
# examples are looked for by hand, with `--hypothesis-profile=search`.
settings.register_profile("readlist", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2_000)
settings.load_profile("readlist")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library of its own for the test."""
    library = Library(tmp_path / "library.json")
    yield library
    library.close()


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
