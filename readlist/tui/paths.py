"""Paths as people type and read them."""

from contextlib import suppress
from pathlib import Path


def as_path(text: str) -> Path:
    """Return the path that a text names; `~` is the user's folder, `~x` x's if there is an x."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def abbreviated(path: Path, width: int = 48) -> str:
    """Return a path in at most `width` characters: `~` for the user's folder, its end kept."""
    with suppress(ValueError, RuntimeError):
        path = Path("~") / path.relative_to(Path.home())
    text = str(path)
    return text if len(text) <= width else "…" + text[1 - width :]


def is_file(path: Path) -> bool:
    """Whether there is a file; False where the system cannot say."""
    try:
        return path.is_file()
    except OSError:  # a name that is too long, for one
        return False


def exists(path: Path) -> bool:
    """Whether something is there; False where the system cannot say."""
    try:
        return path.exists()
    except OSError:
        return False


def complete_path(text: str) -> str:
    """Return a path completed as far as there is one way to go on."""
    path = as_path(text)
    folder, begun = (path, "") if text.endswith("/") or not text else (path.parent, path.name)
    try:
        found = sorted(p for p in folder.iterdir() if p.name.startswith(begun))
    except OSError:
        return text
    found = [p for p in found if begun.startswith(".") or not p.name.startswith(".")]
    if not found:
        return text
    names = [p.name for p in found]
    shared = names[0]
    while not all(name.startswith(shared) for name in names):
        shared = shared[:-1]
    end = "/" if len(found) == 1 and found[0].is_dir() else ""
    return text[: len(text) - len(begun)] + shared + end
