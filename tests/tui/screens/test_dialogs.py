import pytest
from textual import events


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, and the one that one is in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_a_pasted_line_is_a_name(readlist, folder):
    async with readlist() as ui:
        await ui.press("a")
        await ui.paste("no-such-file\n")
        assert "no-such-file" in ui.text
        assert "no file of this name, and no id yet" in ui.text


async def test_an_empty_field_says_how_it_works_and_enter_leaves(readlist):
    async with readlist() as ui:
        await ui.press("a")
        assert "an id, a link, a DOI, a file; or paste BibTeX, JSON, a page" in ui.text
        assert "tab completes a path   esc leaves" in ui.text
        await ui.press("enter")
        assert ui.app.screen is ui.main


async def test_a_paste_where_nothing_is_asked_does_nothing(readlist):
    async with readlist() as ui:
        ui.app.screen.post_message(events.Paste("wersD\nwersD\n"))
        await ui.settles()
        assert ui.done == []
