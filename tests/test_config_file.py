import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from readlist import config
from readlist.config import ConfigError
from readlist.config_file import forget_view, save_layout, save_theme, save_view

WRITTEN = """\
# mine
theme = "nord"  # quiet

[views]
"To discuss" = "tag:group"   # on Tuesdays

[keys]
want = "f5"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "config.toml"


def test_a_view_is_kept_and_forgotten(path: Path):
    save_view("RL, unread", 'tag:rl "a b" is:unread', path)
    save_view("Old", "year:2001", path)
    save_view("RL, unread", "tag:rl is:unread sort:-upvotes", path)
    expected = (("RL, unread", "tag:rl is:unread sort:-upvotes"), ("Old", "year:2001"))
    assert config.load(path).views == expected
    forget_view("Old", path)
    forget_view("Old", path)
    assert config.load(path).views == expected[:1]


def test_what_the_user_wrote_stays(path: Path):
    path.parent.mkdir()
    path.write_text(WRITTEN)
    save_view("Mine", "is:starred", path)
    lines = path.read_text().splitlines()
    assert [line for line in lines if line not in WRITTEN.splitlines()] == ['Mine = "is:starred"']
    assert set(WRITTEN.splitlines()) <= set(lines)
    assert config.load(path).views == (("To discuss", "tag:group"), ("Mine", "is:starred"))
    forget_view("Mine", path)
    assert path.read_text() == WRITTEN


def test_a_link_stays_one(path: Path, tmp_path: Path):
    link = tmp_path / "link.toml"
    path.parent.mkdir()
    link.symlink_to(path)
    save_view("A", "b", link)
    assert link.is_symlink()
    assert config.load(path).views == (("A", "b"),)


def test_a_file_that_cannot_be_read_is_left_alone(path: Path):
    path.parent.mkdir()
    path.write_text("[views\n")
    with pytest.raises(ConfigError, match="cannot be read"):
        save_view("A", "b", path)
    assert path.read_text() == "[views\n"
    with pytest.raises(ConfigError, match=r"cannot be (read|written)"):
        save_view("A", "b", path / "below" / "a file")


def test_a_layout_is_kept_beside_what_the_user_wrote(path: Path):
    path.parent.mkdir()
    path.write_text(WRITTEN + '\n[layout]\ncolumns = ["tags"]  # my own\n')
    layout = config.load(path).layout.but(sidebar=False, abstract_width=50)
    save_layout(layout, {"sidebar", "sidebar_width", "abstract_width"}, path)
    assert config.load(path).layout == layout
    text = path.read_text()
    assert text.startswith(WRITTEN)
    assert 'columns = ["tags"]  # my own' in text
    assert "sidebar_width" not in text, "what is as it comes is not said"
    save_layout(layout.but(sidebar=True), {"sidebar"}, path)
    assert config.load(path).layout == layout.but(sidebar=True)


def test_a_device_is_written_to_and_never_replaced(tmp_path):
    device = tmp_path / "null"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    except (AttributeError, PermissionError):
        pytest.skip("only root makes devices")
    with suppress(ConfigError):  # in some containers devices do nothing
        save_view("RL", "tag:rl", device)
    assert stat.S_ISCHR(device.stat().st_mode)


def test_a_theme_is_kept_above_the_tables_and_the_rest_stays(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('# mine\n[keys]\nwant = "f5"  # far away\n')
    save_theme("nord", file)
    save_theme("dracula", file)
    assert file.read_text() == '# mine\ntheme = "dracula"\n\n[keys]\nwant = "f5"  # far away\n'
