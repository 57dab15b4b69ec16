"""Settings that readlist itself writes into `config.toml`; what the user wrote there stays."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from readlist import config
from readlist.config import ConfigError
from readlist.layout import Layout
from readlist.library import disk
from readlist.text import clean_line

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Table

_one_at_a_time = Lock()  # the layout is written by a thread


def save_view(title: str, query: str, path: Path | None = None) -> None:
    """Keep a view of the user's, in the place of one with that title.

    Raises `ConfigError` when the file cannot be read or written; it is as it was then.
    """
    with _one_at_a_time:
        path = path or config.config_path()
        document = _read(path)
        _table(document, "views")[title] = query
        _write(path, document)


def forget_view(title: str, path: Path | None = None) -> None:
    """Take a view of the user's away; one that is not there is no error. Raises `ConfigError`."""
    with _one_at_a_time:
        path = path or config.config_path()
        document = _read(path)
        document.get("views", {}).pop(title, None)
        _write(path, document)


def save_theme(name: str, path: Path | None = None) -> None:
    """Keep the theme. Raises `ConfigError`."""
    with _one_at_a_time:
        path = path or config.config_path()
        document = _read(path)
        document["theme"] = name
        _write(path, document)


def save_layout(layout: Layout, names: Iterable[str], path: Path | None = None) -> None:
    """Keep these settings of a layout; what is as it comes is not said. Raises `ConfigError`."""
    with _one_at_a_time:
        path = path or config.config_path()
        document = _read(path)
        for name in sorted(names):
            value = getattr(layout, name)
            if name in document.get("layout", {}) or value != getattr(Layout(), name):
                kept = list(value) if isinstance(value, tuple) else value
                _table(document, "layout")[name] = kept
        _write(path, document)


def save_feed(name: str, values: Mapping[str, Any], path: Path | None = None) -> None:
    """Keep a feed, in the place of one with that name. Raises `ConfigError`."""
    import tomlkit
    from tomlkit.items import InlineTable

    with _one_at_a_time:
        path = path or config.config_path()
        document = _read(path)
        if "feeds" not in document:
            document["feeds"] = tomlkit.table(is_super_table=True)
        feeds = document["feeds"]
        feed = tomlkit.inline_table() if isinstance(feeds, InlineTable) else tomlkit.table()
        feed.update(values)
        feeds[name] = feed
        _write(path, document)


def forget_feed(name: str, path: Path | None = None) -> None:
    """Take a feed away; one that is not there is no error. Raises `ConfigError`."""
    with _one_at_a_time:
        path = path or config.config_path()
        document = _read(path)
        for key in _keys_of_feed(document, name):
            del document["feeds"][key]
        _write(path, document)


def pause_feed(name: str, is_paused: bool, path: Path | None = None) -> None:
    """Have a feed paused, or not; one that is not there is no error. Raises `ConfigError`."""
    with _one_at_a_time:
        path = path or config.config_path()
        document = _read(path)
        for key in _keys_of_feed(document, name):
            feed = document["feeds"][key]
            if is_paused:
                feed["paused"] = True
            else:
                feed.pop("paused", None)
        _write(path, document)


def _keys_of_feed(document: "TOMLDocument", name: str) -> list[str]:
    """Return what the file calls a feed, which may have signs in it that are never shown."""
    return [str(key) for key in document.get("feeds", {}) if clean_line(key) == name]


def _table(document: "TOMLDocument", name: str) -> "Table":
    import tomlkit

    if name not in document:
        document[name] = tomlkit.table()
    return cast("Table", document[name])


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
        content = tomlkit.dumps(document).encode()
        disk.write_file(path.resolve(), content)  # a link stays one, and a device
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or error}") from None
