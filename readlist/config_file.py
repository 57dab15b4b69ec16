"""Settings that readlist itself writes into `config.toml`; what the user wrote there stays."""

from pathlib import Path
from typing import TYPE_CHECKING

from readlist import config
from readlist.config import ConfigError
from readlist.library import disk

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def save_view(title: str, query: str, path: Path | None = None) -> None:
    """Keep a view of the user's, in the place of one with that title.

    Raises `ConfigError` when the file cannot be read or written; it is as it was then.
    """
    import tomlkit

    path = path or config.config_path()
    document = _read(path)
    if "views" not in document:
        document["views"] = tomlkit.table()
    document["views"][title] = query
    _write(path, document)


def forget_view(title: str, path: Path | None = None) -> None:
    """Take a view of the user's away; one that is not there is no error. Raises `ConfigError`."""
    path = path or config.config_path()
    document = _read(path)
    document.get("views", {}).pop(title, None)
    _write(path, document)


def _read(path: Path) -> "TOMLDocument":
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return tomlkit.document()
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"{path} cannot be read: {reason}") from None


def _write(path: Path, document: "TOMLDocument") -> None:
    import tomlkit

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write_file(path.resolve(), tomlkit.dumps(document).encode())  # a link stays one
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or error}") from None
