"""The text of the main screens, as it was when somebody last looked at it and found it good.

`READLIST_UPDATE_SNAPSHOTS=1 pytest tests/tui/test_snapshots.py` writes them anew; look at them
then. Those of themes have the colours in them: `cat` shows them.
"""

import json
import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("snapshots")

SCREENS = {
    "one paper is selected and one was archived": ((140, 40), ["j", "j", "space", "e"]),
    "at 80x24 the abstract is two lines under the list": ((80, 24), ["j", "w"]),
    "at 60x20 the title has nearly all the room": ((60, 20), ["j", "w"]),
    "at 200x60 all columns have room": ((200, 60), ["6", "x"]),
    "a paper is read with the screen to itself": ((100, 30), ["enter"]),
    "triage shows one paper and what was done last": ((100, 30), ["T", "h"]),
    "triage fits into 60x20": ((60, 20), ["T", "h"]),
    "triage ends with what came of it": ((100, 30), ["T", *"lhnlllhh"]),
    "the tag editor says what two papers share": ((140, 40), ["x", "j", "x", "t", *"rl"]),
    "all tags stand as a tree": ((100, 30), ["ctrl+t", "j"]),
    "a mistyped filter finds what was meant": ((140, 40), [*"/diffusoin policies"]),
    "a filter that finds nothing says where there is more": ((140, 40), [*"/robots preference"]),
    "help names the keys of the list": ((140, 60), ["?"]),
    "the palette finds an action and a verb": ((100, 30), [":", *"arch"]),
    "the settings name what is in force": ((100, 30), [","]),
    "a note is written below the paper": ((100, 30), ["m"]),
    "an export asks for a file": ((80, 24), ["X"]),
}


def compare(name, text):
    file = FOLDER / f"{name.replace(' ', '-')}.txt"
    if os.environ.get("READLIST_UPDATE_SNAPSHOTS"):
        file.write_text(text + "\n", "utf-8")
    assert text + "\n" == file.read_text("utf-8")


@pytest.mark.parametrize("name", SCREENS)
async def test_the_screen_is_as_it_was(readlist, name, tmp_path):
    size, keys = SCREENS[name]
    async with readlist(size=size) as ui:
        await ui.press(*keys)
        await ui.settles()
        compare(name, ui.text.replace(str(tmp_path), "/tmp"))


@pytest.mark.parametrize(
    ("name", "theme", "no_color"),
    [
        ("the dark theme has one accent", "readlist-dark", False),
        ("the light theme has one accent", "readlist-light", False),
        ("without colours the cursor is a bar and new is bold", "readlist-dark", True),
    ],
)
async def test_the_colours_are_as_they_were(readlist, monkeypatch, name, theme, no_color):
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with readlist(size=(60, 20), theme=theme) as ui:
        await ui.press("j", "space", "s", "w")
        compare(name, ui.ansi)


async def test_an_empty_library_is_as_it_was(readlist):
    async with readlist((), size=(80, 24)) as ui:
        compare("an empty library names three ways to begin", ui.text)


async def test_what_is_in_a_file_is_shown_before_it_is_taken(readlist):
    new = [{"title": f"A Paper Called {name}", "authors": ["Jo Doe"]} for name in "ABC"]
    known = {"title": "Offline RL Without the Bellman Backup"}
    text = "\n".join(json.dumps(paper) for paper in (known, *new, {"title": ""}))
    async with readlist(size=(100, 30)) as ui:
        await ui.paste(text)
        await ui.shows("enter takes 3 papers in")
        await ui.press("down", "right")
        compare("what is in a pasted text is shown before it is taken", ui.text)
