import pytest

from readlist.commands.demo import fill
from readlist.library.library import Library


@pytest.fixture
def path(tmp_path):
    """A library with the papers of the demo; it is the file's path."""
    path = tmp_path / "library.json"
    fill(path)
    return path


@pytest.fixture
def done(path):
    """What was done to the library since it was made, as its log tells."""

    def labels():
        library = Library(path)
        found = [f"{e.kind}: {e.label}" for e in library.log() if e.kind != "import"]
        library.close()
        return found

    return labels
