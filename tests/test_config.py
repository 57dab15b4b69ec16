"""Where files are, and what the settings say."""

import sys
from pathlib import Path

import pytest
from platformdirs import user_cache_path, user_config_path, user_data_path

from readlist import config
from readlist.config import Config, ConfigError
from readlist.services import Source, SourceSettings


def load(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return config.load(path)


def test_the_library_is_where_it_is_said_to_be(monkeypatch):
    monkeypatch.setenv("READLIST_LIBRARY", "~/env.json")
    assert config.library_path("named.json") == Path("named.json")
    assert config.library_path() == Path.home() / "env.json"
    monkeypatch.setenv("READLIST_LIBRARY", "")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert config.library_path().parts[-2:] == ("readlist", "library.json")


def test_the_settings_are_where_they_are_said_to_be(monkeypatch):
    monkeypatch.setenv("READLIST_CONFIG", "/x/y.toml")
    assert config.config_path() == Path("/x/y.toml")
    monkeypatch.delenv("READLIST_CONFIG")
    assert config.config_path().parts[-2:] == ("readlist", "config.toml")


def test_without_a_file_there_are_defaults(tmp_path: Path):
    assert config.load(tmp_path / "none.toml") == Config(None, {}, ())


def test_settings_are_read(tmp_path: Path):
    found = load(
        tmp_path,
        '\ufefftheme = "nord"\n[keys]\nwant = "f5"\n[sources.arxiv]\nurl = "https://x.org/"',
    )
    assert found.theme == "nord" and found.keys == {"want": "f5"} and not found.warnings
    assert found.sources.of("arxiv") == Source("https://x.org", 3.1)
    assert found.sources.of("crossref").url == "https://api.crossref.org"


def test_unknown_settings_are_told_with_the_nearest(tmp_path: Path):
    found = load(tmp_path, 'them = "x"\nzzz = 1\n[keys]\nwnat = "w"\n')
    assert found.warnings == (
        "nothing is known of the setting 'them'; did you mean theme?",
        "nothing is known of the setting 'zzz'",
        "no key is called 'wnat' in [keys]; did you mean want?",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("theme = x", "Invalid value (at line 1, column 9)"),
        ("theme = 3", "theme: the name of a theme is wanted"),
        ("keys = 3", "keys: a table is wanted"),
        ("[keys]\nwant = 3", "keys.want: a key is wanted"),
    ],
)
def test_broken_settings_are_told_in_a_line(tmp_path: Path, text: str, reason: str):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path}/config.toml: {reason}")


def test_settings_that_cannot_be_read(tmp_path: Path):
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        config.load(tmp_path)
    (tmp_path / "config.toml").write_bytes(b"theme = '\xff'")
    with pytest.raises(ConfigError, match="cannot be read: it is not in UTF-8"):
        config.load(tmp_path / "config.toml")


def test_the_settings_of_backups(tmp_path: Path):
    found = load(tmp_path, '[backup]\nkeep = 3\ndays = 7\nto = "/mnt/nas"\nkep = 1')
    assert found.backup == config.BackupSettings(3, 7, 5000, Path("/mnt/nas"))
    assert found.warnings == ("nothing is known of backup.kep; did you mean keep?",)
    found = load(tmp_path, "[backup]\nto = \"rclone copy '{file}' nas:\"")
    assert found.backup.command == ("rclone", "copy", "{file}", "nas:")
    assert load(tmp_path, "[backup]\nmegabytes = 40").backup.megabytes == 40
    for text in ("keep = 0", "megabytes = 1.5", "days = true", 'command = ["x"]', 'command = "x"'):
        with pytest.raises(ConfigError, match=r"backup\."):
            load(tmp_path, f"[backup]\n{text}")


@pytest.mark.parametrize("home", [None, "", "/elsewhere", "relative"])
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_the_folders_are_those_of_platformdirs(monkeypatch, home, platform):
    for kind in ("DATA", "CONFIG"):
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
        if home is not None:
            monkeypatch.setenv(f"XDG_{kind}_HOME", home)
    for name in ("READLIST_LIBRARY", "READLIST_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    assert config.library_path() == user_data_path("readlist", appauthor=False) / "library.json"
    assert config.config_path() == user_config_path("readlist", appauthor=False) / "config.toml"


def test_the_views_of_the_user(tmp_path: Path):
    assert load(tmp_path, '[views]\n"RL  x" = "tag:rl"\nb = "is:new"').views == (
        ("RL x", "tag:rl"),
        ("b", "is:new"),
    )
    for text in ("views = 1", "[views]\na = 1", '[views]\n" " = "x"'):
        with pytest.raises(ConfigError, match="views"):
            load(tmp_path, text)


def test_unknown_settings_are_told_at_every_level(tmp_path: Path):
    text = '[sources.arxiv]\nulr = "x"\n[sources.arxvi]\nurl = "y"\n[mail]\nhots = "z"\n'
    assert load(tmp_path, text).warnings == (
        "nothing is known of sources.arxiv.ulr; did you mean url?",
        "nothing is known of sources.arxvi; did you mean arxiv?",
        "nothing is known of mail.hots; did you mean host?",
    )
    with pytest.raises(ConfigError, match=r"sources\.arxiv: a table is wanted"):
        load(tmp_path, "[sources]\narxiv = 1")


def test_keys_that_collide_are_told(tmp_path: Path):
    found = load(tmp_path, '[keys]\nwant = "e"\narchive = "ctrl-x"')
    assert found.keys == {"want": "e", "archive": ""}
    assert found.warnings[0].startswith("keys.archive: no key is called 'ctrl-x'; did you mean")
    assert found.warnings[1].startswith("[keys] puts want on e, which is archive's: want has it")


def test_what_is_said_of_the_network(tmp_path: Path):
    text = """
        [sources]
        contact = "mailto:me@example.org"
        patience = 20
        [sources.arxiv]
        pause = 0
        [sources.crossref]
        url = "http://127.0.0.1:8000/api/"
        pause = 0.5
        allow_private = true
    """
    found = load(tmp_path, text).sources
    assert (found.contact, found.patience) == ("me@example.org", 20)
    assert found.of("arxiv").pause == 3.1  # the rule of arXiv itself
    assert found.of("crossref") == Source("http://127.0.0.1:8000/api", 0.5, allow_private=True)
    assert found.of("openalex") == SourceSettings().of("openalex")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('url = "file:///etc/passwd"', 'sources.arxiv.url: an address is wanted, as url = "https'),
        ("url = 3", "sources.arxiv.url: an address is wanted"),
        ("pause = -1", "sources.arxiv.pause: a number of seconds is wanted, from 0 to 3600"),
        ("pause = true", "sources.arxiv.pause: a number of seconds"),
        ("allow_private = 1", "sources.arxiv.allow_private: true or false is wanted"),
        ('key_command = "pass x"', "only openalex, semanticscholar take a key"),
        (
            "[sources.openalex]\nkey_command = 3",
            "sources.openalex.key_command: a command is wanted",
        ),
        ("[sources]\npatience = 900", "sources.patience: a number of seconds is wanted"),
        ('[sources]\ncontact = "a\\nb"', "sources.contact: an address is wanted"),
    ],
)
def test_what_is_wrong_about_the_network(tmp_path: Path, text: str, reason: str):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text if text.startswith("[") else f"[sources.arxiv]\n{text}")
    assert reason in str(caught.value)


def test_the_cache_is_where_it_is_said_to_be(monkeypatch):
    monkeypatch.setenv("READLIST_CACHE", "~/there")
    assert config.cache_folder() == Path.home() / "there"
    monkeypatch.setenv("READLIST_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert config.cache_folder() == user_cache_path("readlist", appauthor=False)
