"""The text of the main screens, as it was when somebody last looked at it and found it good.

`READLIST_UPDATE_SNAPSHOTS=1 pytest tests/tui/test_snapshots.py` writes them anew; look at them
then.
"""

import json
import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("snapshots")

SCREENS = {
    "inbox-140x40": ((140, 40), ["j", "j", "space", "e"]),
    "inbox-80x24": ((80, 24), ["j", "w"]),
    "inbox-60x20": ((60, 20), ["j", "w"]),
    "all-200x60": ((200, 60), ["6", "x"]),
    "reading-100x30": ((100, 30), ["enter"]),
    "triage-100x30": ((100, 30), ["T", "h"]),
    "triage-60x20": ((60, 20), ["T", "h"]),
    "triage-end-100x30": ((100, 30), ["T", *"lhnlllhh"]),
    "tags-140x40": ((140, 40), ["x", "j", "x", "t", *"rl"]),
    "filter-140x40": ((140, 40), [*"/diffusoin policies"]),
    "no-match-140x40": ((140, 40), [*"/robots preference"]),
    "help-140x60": ((140, 60), ["?"]),
    "export-80x24": ((80, 24), ["X"]),
}


def compare(name, text):
    file = FOLDER / f"{name}.txt"
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


async def test_an_empty_library_is_as_it_was(readlist):
    async with readlist((), size=(80, 24)) as ui:
        compare("empty-80x24", ui.text)


async def test_what_is_in_a_file_is_shown_before_it_is_taken(readlist, tmp_path):
    new = [{"title": f"A Paper Called {name}", "authors": ["Jo Doe"]} for name in "ABC"]
    known = {"title": "Offline RL Without the Bellman Backup"}
    text = "\n".join(json.dumps(paper) for paper in (known, *new, {"title": ""}))
    async with readlist(size=(100, 30)) as ui:
        await ui.paste(text)
        await ui.shows("enter takes 3 papers in")
        await ui.press("down", "right")
        compare("adding-100x30", ui.text)
