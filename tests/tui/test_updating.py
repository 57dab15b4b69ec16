"""The key that fetches what is new, against a server on this machine."""

import pytest

from readlist.paper import Status
from tests.sources.listings import daily, record, rss
from tests.sources.server import Server

JSON = "application/json"


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A server, and settings with two feeds of it."""
    monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("READLIST_CONFIG", str(tmp_path / "config.toml"))
    with Server() as server:
        (tmp_path / "config.toml").write_text(
            f'[sources.huggingface]\nurl = "{server.base}"\nallow_private = true\npause = 0\n'
            "[sources.web]\nallow_private = true\npause = 0\n"
            '[feeds.trending]\nhuggingface = "trending"\n'
            f'[feeds.journal]\nurl = "{server.url("/feed")}"\n'
        )
        yield server


def play(server, *ids, body=None, **how):
    server.forget("/api/daily_papers")
    server.on("/api/daily_papers", daily(*ids) if body is None else body, type=JSON, **how)


async def test_what_is_new_comes_and_cursor_and_selection_stay(readlist, server):
    play(server, "2608.00001", "2608.00002")
    server.on("/feed", rss(["a"]))
    async with readlist() as ui:
        before = ui.shown
        await ui.press("j", "x", "j")
        here, selected = ui.here, set(ui.main.papers.selected)
        await ui.press("R")
        await ui.until(lambda: ui.message.startswith("3 new papers · u takes it back, feed by"))
        assert (ui.here, set(ui.main.papers.selected)) == (here, selected)
        assert len(ui.shown) == len(before) + 3
        assert "Paper 2608.00001" in ui.text
        assert [paper.status for paper in ui.papers.values()].count(Status.NEW) == len(ui.shown)
        await ui.press("u", "u")
        await ui.until(lambda: ui.shown == before)


async def test_keys_act_while_it_goes_on_and_it_is_seen_how_far_it_is(readlist, server):
    play(server, "2608.00001", delay=1.0)
    server.on("/feed", rss(["a"]), delay=1.0)
    async with readlist() as ui:
        here = ui.here
        await ui.press("R", "s")
        assert ui.paper(here).starred
        await ui.until(lambda: "fetching journal and 1 other   esc gives up" in ui.message)
        await ui.press("R")
        assert "The feeds are being fetched already" in ui.message
        await ui.until(lambda: "2 new papers" in ui.message)
        assert ui.paper(here).starred


async def test_it_is_given_up(readlist, server):
    play(server, "2608.00001")
    server.on("/feed", rss(["a"]), delay=20.0)
    async with readlist() as ui:
        before = len(ui.papers)
        await ui.press("R")
        await ui.until(lambda: len(ui.papers) == before + 1)
        await ui.press("escape")
        await ui.until(lambda: ui.message.startswith("Given up: 1 new paper · u takes it back"))
        await ui.press("u")
        assert len(ui.papers) == before


async def test_trouble_is_told_in_one_line(readlist, server):
    play(server, body=b"", status=404)
    server.on("/feed", rss([]))
    async with readlist() as ui:
        await ui.press("R")
        await ui.until(lambda: "trending failed: Hugging Face has no such thing" in ui.message)
        assert ui.message.startswith("Nothing new in 1 feed; ")
        await ui.press("R")
        await ui.until(lambda: ui.message.endswith(ui.message) and "not tried again" in ui.message)


async def test_names_from_outside_are_plain_text(readlist, server):
    paper = record("2608.00001", title="[/bold] a\x1b[31mb $x$")
    import json

    play(server, body=json.dumps([paper]).encode())
    server.on("/feed", rss([]))
    async with readlist() as ui:
        await ui.press("R")
        await ui.shows("[/bold] ab")


async def test_without_feeds_or_settings_that_can_be_read(readlist, server, tmp_path):
    settings = tmp_path / "config.toml"
    settings.write_text("")
    async with readlist() as ui:
        await ui.press("R")
        await ui.until(lambda: ui.message.startswith("There are no feeds yet; :feeds add"))
        settings.write_text("feeds = 3")
        await ui.press("R")
        await ui.until(lambda: "feeds: tables are wanted" in ui.message)
    assert server.requests == []


async def test_it_is_left_while_it_goes_on(readlist, server):
    play(server, "2608.00001", delay=20.0)
    server.on("/feed", rss(["a"]), delay=20.0)
    async with readlist() as ui:
        await ui.press("R")
        await ui.until(lambda: len(server.requests) == 2)
        await ui.press("q")
        assert ui.has_ended
