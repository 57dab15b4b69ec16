import pytest

from readlist import config
from readlist.search.views import View
from tests.tui.invented import NEW

RL = View("rl", "RL", "tag:rl sort:-upvotes")


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Where the settings are, once there are any."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv("READLIST_CONFIG", str(path))
    return path


async def test_a_filter_is_kept_as_a_view(readlist, settings):
    async with readlist() as ui:
        await ui.press(*"/diffusion", "ctrl+s")
        await ui.shows("Keep this filter as a view", "is:new diffusion", "behind the key 7")
        await ui.press(*"My pick", "enter")
        assert "“My pick” is a view now behind the key 7" in ui.message
        assert config.load(settings).views == (("My pick", "is:new diffusion"),)
        found = ui.shown
        assert found
        assert "My pick" in ui.lines[0]
        await ui.press("1")
        assert ui.shown == NEW
        await ui.press("7")
        assert ui.shown == found


async def test_a_kept_filter_of_a_view_with_an_order(readlist, settings):
    async with readlist(views=[RL]) as ui:
        await ui.press("7", *"/reward OR bellman", "enter", "ctrl+s", *"two", "enter")
        assert config.load(settings).views == (("two", "tag:rl (reward OR bellman) sort:-upvotes"),)


async def test_names_that_cannot_be_taken_say_why(readlist, settings):
    async with readlist(views=[RL]) as ui:
        await ui.press(*"/diffusion", "ctrl+s", "enter")
        await ui.shows("letters or digits is wanted")
        await ui.press(*"rl", "enter")
        await ui.shows("there is a view rl already")
        await ui.press("escape")
        assert not settings.exists()
        assert ui.app.focused is ui.main.filter_line


async def test_without_a_filter_there_is_nothing_to_keep(readlist, settings):
    async with readlist() as ui:
        await ui.press("ctrl+s")
        assert "Type a filter first: /" in ui.message
        await ui.press("8")
        assert "There is no view 8: ctrl+s makes one of a filter" in ui.message


async def test_counts_follow_changes_and_the_sidebar_shows_them(readlist, settings):
    async with readlist(views=[View("up", "Up to date", "is:new upvotes:60..")]) as ui:
        await ui.until(lambda: "Up to date          4" in ui.text)
        await ui.press("w")
        assert "Up to date          3" in ui.text
        await ui.press("u")
        assert "Up to date          4" in ui.text


async def test_a_view_of_archived_papers_has_them(readlist, settings):
    async with readlist(views=[View("gone", "Gone", "is:archived")]) as ui:
        await ui.press("7")
        gone = ui.shown
        assert gone
        await ui.press(*"/paper", "enter")
        assert ui.shown == gone


async def test_a_view_is_forgotten_and_its_query_is_a_filter_then(readlist, settings):
    settings.write_text('[views]\nRL = "tag:rl sort:-upvotes"\n')
    async with readlist(views=[RL]) as ui:
        await ui.press("7")
        found = ui.shown
        await ui.press("shift+tab", "D")
        assert "“RL” is no view now · ctrl+s keeps it" in ui.message
        assert config.load(settings).views == ()
        assert ui.shown == found
        await ui.press("ctrl+s", *"RL", "enter")
        assert config.load(settings).views == (("RL", "tag:rl sort:-upvotes"),)


async def test_in_the_sidebar_papers_are_not_deleted(readlist, settings):
    async with readlist() as ui:
        await ui.press("shift+tab", "D")
        assert "Only views of your own" in ui.message
        assert ui.done == []


async def test_the_demo_writes_no_settings(readlist, settings):
    async with readlist(demo=True) as ui:
        await ui.press(*"/diffusion", "ctrl+s", *"mine", "enter")
        assert "is a view now behind the key 7, in this demo" in ui.message
        assert not settings.exists()


async def test_settings_that_cannot_be_written_are_told(readlist, settings):
    settings.mkdir()
    async with readlist() as ui:
        await ui.press(*"/diffusion", "ctrl+s", *"mine", "enter")
        assert "cannot be read" in ui.message
        assert len(ui.main.views) == 6


async def test_a_filter_with_a_mistake_is_not_kept(readlist):
    async with readlist() as ui:
        await ui.press(*"/eis:any ", "ctrl+s")
        assert "no field is called eis" in ui.message
