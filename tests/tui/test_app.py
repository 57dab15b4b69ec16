"""The whole app: papers as a stranger might write them, at every size."""

import json
import subprocess
import sys

import pytest
from rich.cells import cell_len

from readlist import config
from readlist.config import BackupSettings, Config
from readlist.library.library import Library
from readlist.library.opening import Opening
from readlist.paper import Paper
from readlist.tui import app as module
from readlist.tui.library_screen import LibraryScreen
from tests.tui.invented import NEW, one

HOSTILE = [
    one(id=1, title="[/] [bold]x[/bold] Deep[er] [link=javascript:1]y", note="[/] **b**"),
    one(id=2, title="漢字の論文 " * 20, authors=["名前 " * 20], venue="会議 " * 50),
    one(id=3, title="نموذج لغوي שָׁלוֹם " * 9, abstract="عربي " * 300),
    one(id=4, title="👨‍👩‍👧‍👦 and 🧑‍🚀 🇩🇪 ❤️ " * 9, tags=["x" * 90]),
    one(id=5, title="x" * 10_000, abstract="y" * 10_000, authors=["A B"] * 664),
    one(id=6, title="Nothing else", authors=[], abstract="", identifiers={}, published=None),
    one(id=7, title="$\\alpha^2$ and $O(n \\log n)$", abstract="$$\\frac{a}{b}$$ \\[x\\]"),
    one(id=8, title="e\u0301\u0323" * 200, organization="[red]Org[/red]", upvotes=10**9),
]


@pytest.mark.parametrize("size", [(30, 8), (60, 20), (140, 40)])
async def test_hostile_papers_are_shown_and_worked_on_at_every_size(readlist, size):
    async with readlist(HOSTILE, size=size) as ui:
        for number in NEW:
            assert ui.here == number
            await ui.press(*"Oq", "y", "q", "t", "escape", "x", "enter")
            assert [cell_len(line) for line in ui.lines] == [size[0]] * size[1]
            await ui.press("escape", "j")
        assert [cell_len(line) for line in ui.lines] == [size[0]] * size[1]
        await ui.press(*"/[/]", "enter", "escape", "escape", "*", "w")
        assert ui.done == ["To read 8 papers"]


async def test_hostile_titles_are_named_plainly_in_messages_and_panels(readlist):
    async with readlist(HOSTILE) as ui:
        title = HOSTILE[0].title
        await ui.press("s")
        assert "Starred “[/] [bold]x[/bold] Deep[er]" in ui.message
        await ui.press("t")
        assert f"Tags on {title}" in ui.text
        await ui.press("escape", *"/[bold]xyz")
        assert "No paper matches “[bold]xyz”" in ui.text


async def test_a_file_with_a_hostile_name_is_told_plainly(readlist, tmp_path):
    target = tmp_path / "home" / "[red]x[.json"
    async with readlist() as ui:
        await ui.press("X", "ctrl+u", *target.name, "enter")
        assert "[red]x[.json" in ui.message
        assert len(json.loads(target.read_text())["papers"]) == 8
        await ui.press("a", *str(target))
        await ui.shows("8 papers")


async def test_a_paper_with_every_field_spoilt_is_no_harm(readlist, tmp_path):
    path = tmp_path / "library.json"
    spoilt = dict.fromkeys(Paper(title="T").document(), 17) | {"title": "Still here", "tags": []}
    path.write_text(json.dumps({"papers": {"1": spoilt, "2": {}}}))
    async with readlist() as ui:
        assert ui.shown == [1, 2]
        await ui.press("j", "k", "w", "u", "enter", "escape", *"/still")
        assert "Still here" in ui.row(1)


def test_run_returns_the_exit_code_and_closes_the_library(tmp_path, monkeypatch):
    def left(app):
        app.exit(0)

    monkeypatch.setattr(module.ReadlistApp, "run", left)
    path = tmp_path / "library.json"
    assert module.run(Opening(path, BackupSettings), Config(None, {}, ())) == 0
    assert not path.exists()  # looking at nothing makes nothing


async def test_what_is_wrong_with_the_settings_is_said_on_the_screen(tmp_path, monkeypatch):
    file = tmp_path / "config.toml"
    file.write_text('[keys]\nwant = "e"\narchive = "w"\nstar = "w"\n')
    library = Library(tmp_path / "library.json")
    settings = config.load(file)
    library.notices.extend(settings.warnings)
    app = module.ReadlistApp(library, keys=settings.keys)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        shown = str(app.screen.query_one("#message").render())
        assert shown.startswith("[keys] puts archive and star on w: archive has it, star has s")


async def test_of_several_things_that_are_wrong_the_first_is_said_and_all_are_kept(tmp_path):
    library = Library(tmp_path / "library.json")
    library.notices.extend(["the first is wrong", "the second", "the third"])
    app = module.ReadlistApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = str(app.screen.query_one("#message").render()).rstrip()
        assert shown == "the first is wrong · 2 more: :log --notices"
    library.close()
    kept = {notice.text for notice in library.reported.read()}
    assert kept == {"the first is wrong", "the second", "the third"}


def test_tls_is_imported_when_it_is_needed():
    program = (
        "import sys, readlist.tui.app, asyncio\n"
        "assert 'ssl' not in sys.modules\n"
        "import ssl, asyncio.sslproto\n"
        "ssl.create_default_context()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


async def test_the_first_frame_does_not_wait_for_the_footer(readlist, monkeypatch):
    hints, shown = LibraryScreen._hints, []
    monkeypatch.setattr(
        LibraryScreen, "_hints", lambda self: shown.append(self.is_shown) or hints(self)
    )
    async with readlist() as ui:
        await ui.settles()
        assert "? all keys" in ui.footer
    assert shown
    assert all(shown)
