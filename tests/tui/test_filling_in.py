"""Filling in, with a server that plays Hugging Face."""

import json
import threading

import pytest

from readlist.change import AddTag, Change, SetField
from readlist.filling import completing
from readlist.filling.asked import Asked
from readlist.filling.filled import Sought
from readlist.services import SERVICES
from tests.sources.server import Server
from tests.tui.invented import one

TEXT = (
    "High resolution models meet the challenges of excessive visual tokens and quadratic visual"
    " complexity, and current ones address the complexity while still making excessive tokens."
)
TITLE = "Diverse Datasets for Data-Driven Deep Learning"
BARE = {"authors": [], "identifiers": {}, "published": None, "upvotes": None, "citekey": "x"}
LISTED = one(title=TITLE, abstract=TEXT, **BARE)
SHORT = one(id=2, uid="u2", title="Visual [/] Tuning", abstract="", **BARE)
UNKNOWN = one(id=3, uid="u3", title="What Nobody Has Heard of Yet", abstract="", **BARE)
RECORDS = {
    TITLE: ("2403.00001", "Jun Ito"),
    "Visual [/] Tuning": ("2511.05491", "Rui Yang"),
}


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Knows two papers; `server.gate` is to be set before it answers."""
    with Server() as server:
        tables = [
            f'[sources.{name}]\nurl = "{server.base}"\nallow_private = true\npause = 0\n'
            for name in SERVICES
            if name != "web"
        ]
        settings = tmp_path / "services.toml"
        settings.write_text("".join(tables), "utf-8")
        monkeypatch.setenv("READLIST_CONFIG", str(settings))
        monkeypatch.setenv("READLIST_CACHE", str(tmp_path / "cache"))
        gate = threading.Event()
        gate.set()

        def search(request):
            assert gate.wait(20)
            return json.dumps([
                {
                    "paper": {
                        "id": number, "title": title, "summary": TEXT,
                        "authors": [{"name": name}], "publishedAt": "2024-03-05T00:00:00.000Z",
                    }
                }
                for title, (number, name) in RECORDS.items()
                if title.replace("/", " ").split()[0] == request.query["q"][0].split()[0]
            ]).encode()  # fmt: skip

        server.on("/api/papers/search", type="application/json", answer=search)
        server.gate = gate
        yield server
        gate.set()


async def test_what_would_change_is_shown_first_and_enter_takes_it(readlist, server):
    async with readlist([LISTED]) as ui:
        await ui.press("F")
        await ui.shows("enter fills it in")
        assert ui.line("authors      Jun").split() == ["authors", "Jun", "Ito"]
        assert "arxiv 2403.00001" in ui.line("identifiers")
        assert ui.paper(1).authors == []
        await ui.press("enter")
        assert ui.message.startswith(f"Filled in “{TITLE[:30]}")
        assert "u takes it back" in ui.message
        paper = ui.paper(1)
        assert (paper.authors, paper.published) == (["Jun Ito"], "2024-03-05")
        await ui.shows("Jun Ito")
        await ui.press("u")
        assert ui.paper(1).identifiers == {}


async def test_two_that_turn_out_to_be_one_are_named(readlist, server):
    known = one(id=2, uid="u2", title="Seen Elsewhere", identifiers={"arxiv": "2403.00001"})
    async with readlist([LISTED, known]) as ui:
        await ui.press("F")
        await ui.shows("enter fills it in")
        await ui.press("enter")
        await ui.shows("Datasets for Data-Driven Deep Learning” is there twice now")
        assert "u takes it back, M shows both" in ui.message
        await ui.press("M")
        await ui.shows("same arXiv id", "Seen Elsewhere")
        await ui.press("q", "u")
        assert ui.paper(1).identifiers == {}


async def test_escape_takes_nothing(readlist, server):
    async with readlist([LISTED]) as ui:
        await ui.press("F")
        await ui.shows("enter fills it in")
        await ui.press("escape")
        assert ui.done == []
        assert ui.here == 1


async def test_doubtful_ones_are_asked_about_and_nothing_is_taken_for_no_answer(readlist, server):
    async with readlist([LISTED, SHORT, UNKNOWN]) as ui:
        await ui.press("asterisk", "F")
        await ui.shows("doubtful", "Only the title agrees", "found at Hugging Face")
        assert ui.line("title        Visual").count("Visual [/] Tuning") == 2
        await ui.press("s")
        await ui.shows("1 to fill in, 2 not found", "Nothing certain of 2 others")
        await ui.press("enter")
        assert ui.message.startswith("Filled in “")
        assert [ui.paper(n).authors for n in (1, 2, 3)] == [["Jun Ito"], [], []]


async def test_what_the_user_says_is_the_same_is_taken_with_the_others_at_once(readlist, server):
    async with readlist([LISTED, SHORT]) as ui:
        await ui.press("asterisk", "F")
        await ui.shows("y it is the same paper")
        await ui.press("y")
        await ui.shows("enter fills 2 in")
        await ui.press("enter")
        assert ui.message.startswith("Filled in 2 papers")
        assert len(ui.done) == 1
        assert ui.paper(2).authors == ["Rui Yang"]


async def test_what_the_user_says_is_another_is_not_shown_again(readlist, server):
    async with readlist([SHORT]) as ui:
        await ui.press("F")
        await ui.shows("y it is the same paper")
        await ui.press("n")
        await ui.shows("Nothing certain was found")
        await ui.press("escape")
        await ui.settles()
        asked = Asked(ui.path)
        found = one(identifiers={"arxiv": "2511.05491"})
        assert asked.is_rejected(ui.paper(2), found)
        await ui.press("F")
        await ui.shows("Nothing certain was found")


async def test_the_list_has_the_keys_while_services_are_asked(readlist, server):
    server.gate.clear()
    async with readlist([LISTED, UNKNOWN]) as ui:
        await ui.press("F")
        await ui.shows("asking services", "enter goes on behind the list")
        await ui.press("enter")
        await ui.shows("Services are being asked")
        await ui.press("j", "s")
        assert ui.paper(3).starred
        server.gate.set()
        await ui.shows("1 of 1 found to fill in · F shows them")
        assert ui.paper(1).authors == []
        await ui.press("F")
        await ui.shows("enter fills it in", TITLE)
        await ui.press("enter")
        await ui.until(lambda: ui.paper(1).authors == ["Jun Ito"])


async def test_asking_is_given_up(readlist, server):
    server.gate.clear()
    async with readlist([LISTED]) as ui:
        await ui.press("F")
        await ui.shows("esc gives it up")
        await ui.press("escape")
        server.gate.set()
        assert "Fill in" not in ui.text
        assert ui.done == []


async def test_what_was_changed_elsewhere_meanwhile_stays(readlist, server):
    async with readlist([LISTED, SHORT.but(title=TITLE + " Again", abstract=TEXT)]) as ui:
        await ui.press("F")
        await ui.shows("enter fills it in")
        with ui.library as library:
            library.apply(Change("There", {1: [AddTag("rl"), SetField("note", "mine")]}))
        await ui.press("enter")
        await ui.until(lambda: ui.paper(1).authors == ["Jun Ito"])
        assert (ui.paper(1).tags, ui.paper(1).note) == (["rl"], "mine")


async def test_who_cannot_be_asked_is_named(readlist, server):
    server.forget("/api/papers/search")
    server.on("/api/papers/search", b"no", status=403)
    async with readlist([LISTED]) as ui:
        await ui.press("F")
        await ui.shows("Nothing certain was found", "Hugging Face refuses (HTTP 403)")
        await ui.press("enter")
        assert ui.done == []


AWAY = (
    "Hugging Face cannot be reached: the.name.of.its.host is not found; are you online, and is it?"
)


@pytest.fixture
def offline(monkeypatch):
    """Nobody can be asked; `.set()` before anybody is."""
    gate = threading.Event()

    def look_up(papers, *_arguments, **_options):
        assert gate.wait(20)
        return completing.Found([Sought(paper) for paper in papers], {"x": AWAY}, False)

    monkeypatch.setattr(completing, "look_up", look_up)
    yield gate
    gate.set()


async def test_who_is_offline_is_told_so_first_and_whole(readlist, offline):
    offline.set()
    async with readlist([LISTED, UNKNOWN], size=(80, 24)) as ui:
        await ui.press("*", "F")
        await ui.shows("No service could be asked:")
        assert AWAY.split() == " ".join(ui.lines[-6:-3]).split()[-len(AWAY.split()) :]
        assert "Nothing certain" not in ui.text and "not found" not in ui.line("Fill in 2 papers")


async def test_who_is_offline_is_told_so_in_the_list_too(readlist, offline):
    async with readlist([LISTED, UNKNOWN]) as ui:
        await ui.press("F")
        await ui.shows("enter goes on behind the list")
        await ui.press("enter")
        offline.set()
        await ui.shows("No service could be asked: Hugging Face cannot be reached")


async def test_without_a_paper_there_is_nothing_to_fill_in(readlist, server):
    async with readlist([]) as ui:
        await ui.press("F", "y")
        assert ui.message.startswith("No paper here")
        assert server.paths() == []


async def test_settings_that_cannot_be_read_are_told(readlist, server, tmp_path):
    (tmp_path / "services.toml").write_text("[sources\n")
    async with readlist([LISTED]) as ui:
        await ui.press("F")
        await ui.shows("services.toml")
        await ui.press("escape")
        assert ui.done == []
