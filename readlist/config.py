"""Where the user's files are, and the settings in `config.toml`."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readlist import layout, services
from readlist.layout import Layout
from readlist.record import Record
from readlist.services import SERVICES, SourceSettings
from readlist.spelling import meant
from readlist.text import clean_line

if TYPE_CHECKING:
    from readlist.feeds import Feed, Rule
    from readlist.mail_settings import MailSettings

Table = Mapping[str, "Table | None"]
"""The names of settings; None stands for a value, or for names that are looked at elsewhere."""


def _named(*names: str) -> Table:
    return dict.fromkeys(names)


KNOWN: Table = {
    "theme": None,
    "keys": None,  # the actions: readlist/remapping.py
    "views": None,  # titles of the user's
    "backup": _named("keep", "days", "megabytes", "to", "command"),
    "sources": {
        **_named("contact", "patience"),
        **dict.fromkeys(SERVICES, _named(*services.NAMES)),
    },
    "cite": _named("style"),
    "layout": _named(*Layout.names),
    "pdf": _named("folder", "name"),
    "feeds": None,  # names of the user's: readlist/feeds.py
    "rules": None,
    "mail": _named("host", "port", "security", "user", "password_command", "from", "to"),
}
"""All settings that there are."""


class ConfigError(ValueError):
    """The settings cannot be read; one line: which file, where in it, why."""


class BackupSettings(Record):
    """How many backups are kept, for how many days, in how much room; and a second place for one
    each day: a folder, or a command in which `{file}` stands for the copy's name."""

    keep: int = 12
    days: int = 30
    megabytes: int = 5000
    folder: Path | None = None
    command: tuple[str, ...] = ()


class PdfSettings(Record):
    """Where PDFs are put (beside the library, unless it is said), and what their names are made
    of: `pdfs.file_name`."""

    folder: Path | None = None
    name: str = "{year} {author} - {title}"


class Config(Record):
    """The user's settings. `keys` are those of bindings, by their ids, as Textual names keys;
    `warnings` tell of settings that nothing is known about and of keys that cannot be given, a line
    each; `views` are the user's own, a title and a query each; `rules` are for all `feeds`;
    `style` is that of references, a name of CSL or a file."""

    theme: str | None
    keys: dict[str, str]
    warnings: tuple[str, ...]
    backup: BackupSettings = BackupSettings()
    views: tuple[tuple[str, str], ...] = ()
    layout: Layout = Layout()
    feeds: "tuple[Feed, ...]" = ()
    rules: "tuple[Rule, ...]" = ()
    sources: SourceSettings = SourceSettings()
    style: str | None = None
    pdf: PdfSettings = PdfSettings()
    mail: "MailSettings | None" = None


def library_path(named: str | None = None) -> Path:
    """Return where the library is: at `named`, at READLIST_LIBRARY, or in the data folder."""
    path = named or os.environ.get("READLIST_LIBRARY")
    if path:
        return Path(path).expanduser()
    return _folder("data") / "library.json"


def data_folder() -> Path:
    """Return where readlist keeps what is of the user and not of one library."""
    return _folder("data")


def cache_folder() -> Path:
    """Return where readlist keeps what can be fetched again: READLIST_CACHE, else as usual."""
    path = os.environ.get("READLIST_CACHE")
    return Path(path).expanduser() if path else _folder("cache")


def config_path() -> Path:
    """Return where the settings are: at READLIST_CONFIG, else in the config folder."""
    path = os.environ.get("READLIST_CONFIG")
    if path:
        return Path(path).expanduser()
    return _folder("config") / "config.toml"


def _folder(kind: str) -> Path:
    """Return the user's folder for `data`, `config` or `cache` as `platformdirs` does.

    Importing that costs a verb a tenth of its time; so the rule of most machines (XDG Base
    Directory) stands here.
    """
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        named = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
        usual = {"data": "~/.local/share", "config": "~/.config", "cache": "~/.cache"}[kind]
        folder = named if named.startswith("/") else usual  # a relative one is to be ignored
        return Path(folder).expanduser() / "readlist"
    import platformdirs

    folders = platformdirs.PlatformDirs("readlist", appauthor=False)
    found: Path = getattr(folders, f"user_{kind}_path")
    return found


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
        return _with_feeds(_config(values := tomllib.loads(text)), values, text)
    except ValueError as error:  # `TOMLDecodeError`, too, which names line and column
        raise ConfigError(f"{path}: {error}") from None


def _config(values: dict[str, Any]) -> Config:
    theme, keys = values.get("theme"), values.get("keys", {})
    if theme is not None and not isinstance(theme, str):
        raise ConfigError("theme: the name of a theme is wanted")
    if not isinstance(keys, dict):
        raise ConfigError('keys: a table is wanted, as [keys] with lines like want = "w"')
    warnings = _unknown(values, KNOWN)
    if keys:
        from readlist.remapping import remapped

        try:
            keys, problems = remapped(keys)
        except ValueError as error:
            raise ConfigError(str(error)) from None
        warnings += problems
    backup, views = _backup(values.get("backup", {})), _views(values.get("views", {}))
    arranged = layout.read(values.get("layout", {}))
    sources = services.read(values.get("sources", {}))
    style = values.get("cite", {}).get("style")
    if style is not None and not (isinstance(style, str) and style.strip()):
        raise ConfigError('cite.style: the name of a style is wanted, as style = "apa"')
    found = Config(theme, keys, tuple(warnings), backup, views, arranged, sources=sources)
    if "pdf" in values:
        from readlist.pdfs import read_settings

        found = found.but(pdf=read_settings(values["pdf"]))
    if "mail" in values:
        found = _with_mail(found, values["mail"])
    return found.but(style=style)


def _with_mail(found: Config, mail: dict[str, Any]) -> Config:
    from readlist import mail_settings

    settings = mail_settings.read(mail)
    if "password" in mail:
        others = [line for line in found.warnings if "mail.password;" not in f"{line};"]
        found = found.but(warnings=(*others, settings.problem))
    return found.but(mail=settings)


def _with_feeds(found: Config, values: dict[str, Any], text: str) -> Config:
    if "feeds" not in values and "rules" not in values:
        return found
    from readlist.feeds import SETTINGS, read_feeds, read_rules

    feeds, rules = (
        read_feeds(values.get("feeds", {}), text),
        read_rules(values.get("rules", []), text),
    )
    tables = {
        name: value for name, value in values.get("feeds", {}).items() if isinstance(value, dict)
    }
    odd = _unknown(tables, dict.fromkeys(tables, _named(*SETTINGS)), "feeds.")
    return found.but(feeds=feeds, rules=rules, warnings=(*found.warnings, *odd))


def _unknown(values: Mapping[str, Any], known: Table, path: str = "") -> list[str]:
    """Return a line for each setting that is not known, at any level. Raises `ConfigError`."""
    warnings = []
    for name, value in values.items():
        if name not in known:
            what = clean_line(path + name) if path else f"the setting {clean_line(name)!r}"
            warnings.append(f"nothing is known of {what}{meant(name, known)}")
        elif (below := known[name]) is not None:
            if not isinstance(value, dict):
                example = f"[{path}{name}] with lines like {next(iter(below))} = …"
                raise ConfigError(f"{path}{name}: a table is wanted, as {example}")
            warnings += _unknown(value, below, f"{path}{name}.")
    return warnings


def _views(values: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(values, dict):
        raise ConfigError('views: a table is wanted, as [views] with lines like RL = "tag:rl"')
    for title, query in values.items():
        if not isinstance(query, str) or not title.strip():
            raise ConfigError(f'views.{title!r}: a query is wanted, as RL = "tag:rl is:unread"')
    return tuple((clean_line(title), clean_line(query)) for title, query in values.items())


def _backup(values: dict[str, Any]) -> BackupSettings:
    found = BackupSettings(
        _number(values, "keep"), _number(values, "days"), _number(values, "megabytes")
    )
    place = [name for name in ("to", "command") if name in values]
    if len(place) > 1:
        raise ConfigError("backup: one second place is wanted, to or command, not both")
    if place:
        found = _second_place(found, place[0], values[place[0]])
    return found


def _number(values: dict[str, Any], name: str) -> int:
    default: int = getattr(BackupSettings(), name)
    value = values.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 100_000_000:
        raise ConfigError(f"backup.{name}: a number from 1 on is wanted, as {name} = {default}")
    return value


def _second_place(found: BackupSettings, name: str, value: Any) -> BackupSettings:
    if isinstance(value, str) and value and name == "to" and "{file}" not in value:
        return found.but(folder=Path(value).expanduser())
    if isinstance(value, str):
        import shlex

        try:
            value = shlex.split(value)
        except ValueError as error:
            raise ConfigError(f"backup.{name}: {error}") from None
    words = value if isinstance(value, list) else []
    if not all(isinstance(word, str) for word in words) or "{file}" not in "".join(words[1:]):
        what = "a folder, or a command" if name == "to" else "a command"
        example = '["rclone", "copy", "{file}", "nas:papers"]'
        raise ConfigError(f"backup.{name}: {what} with {{file}} is wanted, as {name} = {example}")
    return found.but(command=tuple(words))
