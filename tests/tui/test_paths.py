from pathlib import Path

import pytest

from readlist.tui.paths import abbreviated, as_path, complete_path


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with some names, and the one that one is in."""
    monkeypatch.chdir(tmp_path)
    for name in ("page-1.txt", "page-2.txt", "unique", ".hidden"):
        (tmp_path / name).touch()
    (tmp_path / "papers").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("u", "unique"),
        ("page", "page-"),
        ("page-", "page-"),
        ("pap", "papers/"),
        ("papers/", "papers/"),
        ("p", "pa"),
        ("x", "x"),
        ("", ""),
        (".h", ".hidden"),
        ("nowhere/x", "nowhere/x"),
        ("~nobody/x", "~nobody/x"),
        ("/dev/null/x", "/dev/null/x"),
        ("x" * 300, "x" * 300),
        ("u*", "u*"),
    ],
)
def test_paths_are_completed_as_far_as_is_certain(folder, text, completed):
    assert complete_path(text) == completed


def test_paths_keep_the_way_in_which_they_were_written(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    assert complete_path(f"{folder}/un") == f"{folder}/unique"
    assert complete_path("~/un") == "~/unique"
    assert complete_path("./un") == "./unique"


def test_a_tilde_is_the_home_and_that_of_nobody_a_name(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    assert as_path("~/x") == folder / "x"
    assert str(as_path("~nobody-of-this-name/x")) == "~nobody-of-this-name/x"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("{home}", "~"),
        ("{home}/papers", "~/papers"),
        ("/tmp", "/tmp"),
        ("/data" + "/deep" * 20, "…" + ("/deep" * 20)[-47:]),
    ],
)
def test_a_folder_is_named_shortly(path, shown):
    assert abbreviated(Path(path.format(home=Path.home()))) == shown
