"""Where the user's files are, and the settings in `config.toml`."""

import os
from pathlib import Path
from typing import Any, NamedTuple

from readlist.spelling import meant

_KNOWN = ("theme", "keys", "sources", "mail")


class ConfigError(ValueError):
    """The settings cannot be read; one line: which file, where in it, why."""


class Config(NamedTuple):
    """The user's settings. `keys` are those of bindings, by their ids, as Textual names keys;
    `warnings` tell of settings that nothing is known about, a line each."""

    theme: str | None
    keys: dict[str, str]
    warnings: tuple[str, ...]


def library_path(named: str | None = None) -> Path:
    """Return where the library is: at `named`, at READLIST_LIBRARY, or in the data folder."""
    path = named or os.environ.get("READLIST_LIBRARY")
    if path:
        return Path(path).expanduser()
    from platformdirs import user_data_path  # not for free: 20 ms

    return user_data_path("readlist", appauthor=False) / "library.json"


def config_path() -> Path:
    """Return where the settings are: at READLIST_CONFIG, else in the config folder."""
    path = os.environ.get("READLIST_CONFIG")
    if path:
        return Path(path).expanduser()
    from platformdirs import user_config_path

    return user_config_path("readlist", appauthor=False) / "config.toml"


def load(path: Path | None = None) -> Config:
    """Return the settings in a file; without it, the defaults. Raises `ConfigError`."""
    path = path or config_path()
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return Config(None, {}, ())
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not in UTF-8"
        raise ConfigError(f"{path} cannot be read: {reason}") from None
    import tomllib

    try:
        return _config(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ConfigError) as error:  # the former names line and column
        raise ConfigError(f"{path}: {error}") from None


def _config(values: dict[str, Any]) -> Config:
    warnings = [
        f"nothing is known of the setting {name!r}{meant(name, _KNOWN)}"
        for name in values
        if name not in _KNOWN
    ]
    theme, keys = values.get("theme"), values.get("keys", {})
    if theme is not None and not isinstance(theme, str):
        raise ConfigError("theme: the name of a theme is wanted")
    if not isinstance(keys, dict):
        raise ConfigError('keys: a table is wanted, as [keys] with lines like want = "w"')
    if keys:
        warnings += _unknown_keys(keys)
    return Config(theme, keys, tuple(warnings))


def _unknown_keys(keys: dict[str, Any]) -> list[str]:
    from readlist.bindings import BINDINGS

    for name, value in keys.items():
        if not isinstance(value, str) or not value:
            raise ConfigError(f'keys.{name}: a key is wanted, as {name} = "ctrl+w"')
    known = [key.id for key in BINDINGS]
    return [
        f"no key is called {name!r} in [keys]{meant(name, known)}"
        for name in keys
        if name not in known
    ]
