"""The README says what the code does."""

import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from readlist.__main__ import main

README = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", ["keys", "formats"])
def test_its_tables_are_those_of_the_code(verb, capsys):
    main([verb, "--markdown"])
    assert capsys.readouterr().out.strip() in README


def test_it_says_how_many_papers_the_demo_has(tmp_path):
    from readlist.commands.demo import fill
    from readlist.library.library import Library

    fill(tmp_path / "library.json")
    number = len(Library(tmp_path / "library.json"))
    assert number >= 60
    assert f"{number} real papers" in README


def test_the_two_commands_are_a_line_each():
    lines = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert [line.split("/")[-1] for line in lines] == ["readlist demo", "pytest"]


def test_every_command_that_it_shows_is_understood(tmp_path):
    shown = re.findall(r"^readlist (.+)$", README, re.MULTILINE)
    library = tmp_path / "library.json"
    (tmp_path / "Downloads" / "papers").mkdir(parents=True)
    own = {"READLIST_CONFIG": str(tmp_path / "config.toml"), "HOME": str(tmp_path)}
    own["PATH"] = str(tmp_path)  # nothing is scheduled on the machine that runs this
    assert len(shown) >= 5
    for line in shown:
        words = [
            word.replace("thesis.json", str(tmp_path / "thesis.json"))
            for word in shlex.split(line, comments=True)
        ]
        done = subprocess.run(
            [sys.executable, "-m", "readlist", "--library", str(library), *words],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **own},
        )
        assert done.returncode in (0, 1), done.stderr
        assert "usage" not in done.stderr


PICTURE = Path(__file__).with_name("screen.svg")


async def test_its_picture_is_the_real_screen(tmp_path, monkeypatch):
    from readlist.commands.demo import fill
    from readlist.library.library import Library
    from readlist.tui import library_view
    from readlist.tui.app import ReadlistApp

    class Day(date):
        @classmethod
        def today(cls):
            return cls(2026, 11, 23)

    monkeypatch.setattr(library_view, "date", Day)
    fill(tmp_path / "library.json")
    app = ReadlistApp(Library(tmp_path / "library.json"))
    async with app.run_test(size=(140, 36)) as pilot:
        await pilot.press("j", "j", "space", "space")
        await pilot.pause()
        svg = app.export_screenshot(title="readlist")
    if os.environ.get("READLIST_UPDATE_SNAPSHOTS"):
        PICTURE.write_text(svg, encoding="utf-8")
    assert _texts(svg) == _texts(PICTURE.read_text(encoding="utf-8"))


def _texts(svg):
    return re.findall(r">([^<>]+)</text>", svg)
