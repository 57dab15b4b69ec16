import json
import time

import pytest

from readlist.adding import addition
from readlist.library.library import Library
from readlist.paper import Status
from readlist.tui.screens import adding
from tests.tui.invented import PAPERS

LISTING = (
    "Daily Papers\n\nMar 11\n\n"
    "A First Title of Four Words\n\n"
    + "We study something that is long enough to be an abstract. "
    * 5
    + "\n\n  • 3 authors\n·\nMar 10, 2026\n\n"
    "Another Title Which Is Longer\n\n"
    + "This one has an abstract too, which says what was found in the end. " * 5
    + "\n\n  • 5 authors\n·\nMar 9, 2026\n"
)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "home" / "page.txt"
    path.write_text(LISTING)
    return path


def write_json(path, papers):
    document = {"format": "readlist", "version": 1, "papers": papers}
    path.write_text(json.dumps(document))
    return path


@pytest.fixture
def mixed(tmp_path):
    """Two papers of the library, one with a vote more; three new ones; one that is none."""
    known = [PAPERS[0].document() | {"upvotes": 999, "sources": []}, PAPERS[1].document()]
    new = [{"title": f"A Paper Called {name}"} for name in ("One", "Two", "Three")]
    papers = [{"id": 1, **known[0]}, {"id": 2, **known[1]}, *new, {"title": ""}]
    return write_json(tmp_path / "home" / "mixed.json", papers)


@pytest.fixture
def slow(monkeypatch):
    """Makes reading last until `.end` is true; enter hardly waits."""

    class Slow:
        end = False

    def read(given, progress, library):
        progress.begin("reading")
        while not Slow.end:
            progress.step(0)
            time.sleep(0.002)
        return read_given(given, progress, library)

    read_given = addition.read_given
    monkeypatch.setattr("readlist.adding.addition.read_given", read)
    monkeypatch.setattr(adding, "_PATIENCE", 0.05)
    yield Slow
    Slow.end = True


# What is in it


async def test_what_is_in_a_file_is_shown_before_it_is_taken(readlist, mixed):
    async with readlist() as ui:
        await ui.press("a", *str(mixed))
        await ui.shows("5 papers, 2 you have, 1 refused   json", "A Paper Called Two")
        assert ui.text.count("you have it") == 2
        assert ui.place_of("A Paper Called Two")[1] < ui.place_of("you have it")[1]
        assert "enter takes 3 papers in, merges 1 into yours" in ui.text
        assert len(ui.papers) == 15


async def test_enter_takes_it_in_shows_just_that_and_one_undo_takes_it_back(readlist, page):
    async with readlist() as ui:
        await ui.press("a", *page.name, "enter")
        await ui.shows("page.txt: 2 added, on the page of ", "u takes it back")
        assert ui.shown == [16, 17]
        assert ui.papers[16].title == "A First Title of Four Words"
        assert "import:last" in ui.text
        assert ui.head.endswith("2 of 10 new")
        await ui.press("escape")
        assert ui.shown[:3] == [16, 17, 1]
        await ui.press("u")
        assert len(ui.papers) == 15
        assert ui.shown == list(range(1, 9))


async def test_undo_goes_back_to_where_one_was(readlist, mixed):
    async with readlist() as ui:
        await ui.press("3", "a", *mixed.name, "enter")
        await ui.shows("mixed.json: 3 added, 1 merged, 1 unchanged, 1 refused")
        assert ui.shown == [16, 17, 18, 1]
        assert ui.head.startswith("readlist                All")
        await ui.press("u")
        await ui.shows("Undone: Imported mixed.json")
        assert ui.head.startswith("readlist                Reading")
        assert "import:last" not in ui.text
        assert ui.papers == {paper.id: paper for paper in PAPERS}


async def test_a_burst_of_keys_takes_in_and_goes_on(readlist, page):
    async with readlist() as ui:
        await ui.press("a", *page.name, "enter", "j", "w", *"/longer")
        assert ui.papers[17].status is Status.TO_READ
        assert ui.shown == []


async def test_enter_twice_takes_it_in_once(readlist, page):
    async with readlist() as ui:
        await ui.press("a", *page.name, "enter", "enter")
        await ui.until(lambda: len(ui.papers) == 17, "2 papers more")
        await ui.settles()
        await ui.press("escape", "u")  # when they were in by then, the second one opened the first
        assert len(ui.papers) == 15


async def test_the_state_in_which_they_come_in_and_tags_are_chosen_there(readlist, page):
    async with readlist() as ui:
        await ui.press("a", *page.name)
        await ui.shows("● new   ○ to read")
        await ui.press("down", "right")
        assert "○ new   ● to read" in ui.text
        await ui.press("down", *"rl, Group/W48", "enter")
        await ui.shows("page.txt: 2 added")
        assert [(p.status, p.tags) for n, p in ui.papers.items() if n > 15] == [
            (Status.TO_READ, ["group/w48", "rl"])
        ] * 2
        assert ui.shown == [16, 17]


async def test_a_state_is_chosen_by_a_click(readlist, page):
    async with readlist() as ui:
        await ui.press("a", *page.name)
        await ui.shows("○ to read")
        await ui.click("○ to read")
        await ui.press("enter")
        await ui.shows("2 added")
        assert ui.papers[16].status is Status.TO_READ


async def test_the_file_s_own_states_are_what_is_proposed(readlist, tmp_path):
    papers = [{"title": "One", "status": "read"}, {"title": "Two", "status": "archived"}]
    mine = write_json(tmp_path / "home" / "mine.json", papers)
    async with readlist(()) as ui:
        await ui.press("a", *mine.name)
        await ui.shows("● as the file says   ○ new   ○ to read")
        await ui.press("enter")
        await ui.shows("mine.json: 2 added")
        assert [p.status for p in ui.papers.values()] == [Status.READ, Status.ARCHIVED]


async def test_no_tag_is_told_and_nothing_is_taken(readlist, page):
    async with readlist() as ui:
        await ui.press("a", *page.name, "down", "down", *"a,!", "enter")
        assert "a tag needs a letter" in ui.text
        assert len(ui.papers) == 15
        await ui.press("ctrl+u", *"ab", "enter")
        await ui.shows("2 added")


async def test_refusals_can_be_read_with_their_reasons(readlist, mixed):
    async with readlist() as ui:
        await ui.press("a", *mixed.name, "down", "down", "down")
        assert "▌ refused     1   → shows why" in ui.text
        await ui.press("right")
        await ui.shows("Refused of mixed.json: 1", "paper 6: it has no title")
        await ui.press("escape")
        assert "enter takes 3 papers in" in ui.text


async def test_a_file_of_which_all_is_known_changes_nothing(readlist, tmp_path):
    known = write_json(tmp_path / "home" / "known.json", [PAPERS[0].document() | {"id": 1}])
    async with readlist() as ui:
        await ui.press("a", *known.name)
        await ui.shows("1 paper, 1 you have", "enter takes what is new of it")
        await ui.press("enter")
        await ui.shows("You have it already: “A Reward Model That Knows When")
        assert "import:last" not in ui.text
        assert len(ui.done) == 0


# What is given


async def test_pasted_text_is_taken_in(readlist):
    async with readlist(()) as ui:
        await ui.press("a")
        await ui.paste(LISTING)
        await ui.shows("2 papers   listing", "pasted text, 19 lines")
        await ui.press("enter")
        await ui.shows("pasted text: 2 added")
        assert [paper.title.split()[0] for paper in ui.papers.values()] == ["A", "Another"]


async def test_a_paste_anywhere_is_shown_and_taken(readlist):
    async with readlist() as ui:
        for keys in ((), ("tab",), ("/", *"reward"), ("enter",)):
            await ui.press(*keys)
            await ui.paste(LISTING)
            await ui.shows("2 papers   listing")
            await ui.press("escape", "escape", "escape")
        await ui.paste(LISTING)
        await ui.press("enter")
        await ui.shows("pasted text: 2 added")
        assert ui.shown == [16, 17]


async def test_a_short_paste_in_the_filter_is_a_filter(readlist):
    async with readlist() as ui:
        await ui.press("/")
        await ui.paste("reward \n")
        await ui.until(lambda: ui.shown == [1], "what it finds")
        assert "Add papers" not in ui.text


async def test_a_file_that_is_dropped_is_looked_into(readlist, page, tmp_path):
    odd = tmp_path / "home" / "a page's copy.txt"
    odd.write_text(LISTING.replace("First", "Third"))
    quoted = str(odd).replace("'", "'\\''")
    dropped = [
        str(page),
        f"{page} ",
        f"'{quoted}'",
        f'"{odd}"',
        str(odd).replace(" ", "\\ ").replace("'", "\\'"),
        odd.as_uri(),
        "~/page.txt",
    ]
    async with readlist() as ui:
        for text in dropped:
            await ui.paste(text)
            await ui.shows("2 papers   listing")
            await ui.press("escape")
        await ui.press("a", *"nothing")
        await ui.paste(str(page))
        await ui.shows("2 papers   listing")
        await ui.press("escape")
        await ui.paste(f"{page} '{quoted}'")
        await ui.shows("4 papers, 1 listed twice   listing")
        await ui.press("enter")
        await ui.shows("2 files: 3 added")
        await ui.press("u")
        assert len(ui.papers) == 15


async def test_a_name_typed_after_a_paste_counts_instead_of_it(readlist):
    async with readlist(()) as ui:
        await ui.press("a")
        await ui.paste(LISTING)
        await ui.type("nothing")
        await ui.shows("no file of this name, and no id yet")
        assert "2 papers" not in ui.text


async def test_what_is_no_file_is_told_and_the_screen_stays(readlist):
    async with readlist() as ui:
        for given in ("~nobody/x", "no such file", "/dev/null/x", "x" * 5000, "[/]", "\\", "'"):
            await ui.press("a")
            await ui.paste(given)
            await ui.press("enter")
            await ui.shows("no file of this name, and nothing that can be read")
            await ui.press("escape")
        await ui.press("a", "/", "enter")
        await ui.shows("that is a folder: name a file in it")
        assert len(ui.papers) == 15


async def test_nonsense_is_refused_and_the_library_is_as_it_was(readlist):
    async with readlist() as ui:
        for text in ("nothing\nof\nuse\n", "{\n[\n", "\x00\n\x01"):
            await ui.press("a")
            await ui.paste(text)
            await ui.press("enter")
            await ui.shows("pasted text")
            await ui.press("escape")
            assert ui.app.screen is ui.main, text
        assert ui.papers == {paper.id: paper for paper in PAPERS}


async def test_tab_completes_a_path(readlist, page):
    (page.parent / "papers").mkdir()
    async with readlist() as ui:
        await ui.press("a", *"pag", "tab")
        await ui.shows("page.txt", "2 papers   listing")
        await ui.press("ctrl+u", *f"{page.parent}/p", "tab")
        assert f"{page.parent}/pa\n" in ui.text
        await ui.press("p", "tab")
        assert f"{page.parent}/papers/\n" in ui.text
        await ui.press("ctrl+u", *"~/pag", "tab")
        await ui.shows("~/page.txt")


async def test_escape_takes_nothing_in(readlist, page):
    async with readlist(()) as ui:
        await ui.press("a", *page.name, "escape", "q")
        assert ui.has_ended
        assert not ui.path.exists()


# What takes its time


async def test_the_list_can_be_used_while_a_file_is_read(readlist, page, slow):
    async with readlist() as ui:
        await ui.press("a", *page.name)
        await ui.shows("reading …", "enter reads on behind the list")
        await ui.press("enter")
        await ui.shows("It is being read · a shows it", "esc gives up")
        await ui.press("j", "w")
        assert ui.paper(2).status is Status.TO_READ
        slow.end = True
        await ui.shows("page.txt: 2 papers · a shows them")
        assert len(ui.papers) == 15
        await ui.press("a")
        await ui.shows("2 papers   listing")
        await ui.press("enter")
        await ui.shows("page.txt: 2 added")
        assert ui.paper(2).status is Status.TO_READ
        assert ui.shown == [16, 17]


async def test_escape_gives_up_what_is_being_read(readlist, page, slow):
    async with readlist() as ui:
        await ui.press("a", *page.name, "enter")
        await ui.shows("It is being read")
        await ui.press("escape")
        await ui.shows("Given up: nothing was taken in")
        await ui.press("a")
        assert "papers" not in ui.line("an id, a link")
        await ui.press("escape", "a", *page.name, "escape")
        slow.end = True
        await ui.settles()
        assert len(ui.papers) == 15


async def test_escape_leaves_a_filter_before_it_gives_up(readlist, page, slow):
    async with readlist() as ui:
        await ui.press("a", *page.name, "enter", *"/reward", "enter", "escape")
        assert ui.shown == list(range(1, 9))
        assert "Giv" not in ui.message
        slow.end = True
        await ui.shows("page.txt: 2 papers")


async def test_what_others_changed_since_it_was_read_counts(readlist, page, slow):
    async with readlist() as ui:
        slow.end = True
        await ui.press("a", *page.name)
        await ui.shows("2 papers   listing")
        with ui.library as other:
            from readlist.operations import read_input, take_in

            take_in(other, read_input(LISTING.encode(), "other"), "other")
        await ui.press("enter")
        await ui.shows("page.txt: 2 unchanged")
        assert len(ui.papers) == 17


async def test_many_papers_are_taken_over_and_found(readlist, tmp_path, monkeypatch):
    monkeypatch.setattr(adding, "_PATIENCE", 30)  # of a busy machine, too
    papers = [{"title": f"Number {n} of Many", "tags": ["many"]} for n in range(700)]
    many = write_json(tmp_path / "home" / "many.json", papers)
    async with readlist() as ui:
        await ui.press("s", "a", *many.name, "enter")
        await ui.shows("many.json: 700 added", "700 of 708 new")
        await ui.press("s", *"/number", "enter")
        await ui.until(lambda: len(ui.shown) == 700)
        await ui.press("u")
        await ui.shows("Undone: Starred “Number 0")
        await ui.press("u")
        await ui.shows("Undone: Imported many.json")
        assert ui.head.endswith("8 new")
        assert list(ui.papers) == list(range(1, 16))
        await ui.press("ctrl+r", *"/tag:many")
        await ui.shows("700 of 708 new")


async def test_what_was_refused_can_be_read_later(readlist, mixed):
    async with readlist() as ui:
        await ui.press("a", *mixed.name, "enter")
        await ui.shows("mixed.json: 3 added")
        await ui.until(lambda: len(ui.main.library.reported.read()) == 2)
    kept = [notice.text for notice in Library(ui.path).reported.read()]
    assert kept == [
        "mixed.json: 3 added, 1 merged, 1 unchanged, 1 refused",
        "mixed.json: paper 6 refused: it has no title",
    ]


# Where one was


async def test_escape_goes_back_to_where_one_was(readlist, mixed):
    async with readlist() as ui:
        await ui.press("j", "a", *mixed.name, "enter")
        await ui.shows("mixed.json: 3 added")
        assert ui.head.startswith("readlist                Inbox")  # all four are new
        await ui.press("escape")
        assert ui.here == 16
        await ui.press("/", *"title:tokenizer", "enter", "a", *mixed.name, "enter")
        await ui.shows("mixed.json: 5 unchanged")
        assert 5 not in ui.shown
        await ui.press("escape")
        assert (ui.here, ui.shown) == (5, [5])
        assert "title:tokenizer" in ui.text


async def test_escape_goes_back_to_the_view_and_the_paper(readlist, mixed):
    async with readlist() as ui:
        await ui.press("2", "j", "a", *mixed.name, "enter")
        await ui.shows("mixed.json: 3 added")
        assert "All" in ui.head and "esc back" in ui.footer
        await ui.press("j", *"/called", "enter")
        assert ui.shown == [16, 17, 18]
        await ui.press("escape")
        assert "To read" in ui.head
        assert (ui.shown, ui.here) == ([9, 10], 10)
        assert "import:last" not in ui.text


async def test_who_went_elsewhere_is_not_taken_back(readlist, mixed):
    async with readlist() as ui:
        await ui.press("2", "a", *mixed.name, "enter")
        await ui.shows("mixed.json: 3 added")
        await ui.press("6", *"/import:last", "enter", "escape")
        assert "All" in ui.head


async def test_papers_that_are_there_already_are_gone_to(readlist, tmp_path):
    path = write_json(tmp_path / "home" / "known.json", [PAPERS[4].document()])
    async with readlist() as ui:
        await ui.press("a", *path.name, "enter")
        await ui.shows("You have it already: “Tokenizer-Free Models at 70B”")
        assert (ui.here, len(ui.shown)) == (5, 8)
        await ui.press("3", "j", "a", *path.name, "enter")
        await ui.shows("You have it already")
        assert ui.shown == [5] and "id:5" in ui.text
        await ui.press("escape")
        assert "Reading" in ui.head and 5 not in ui.shown


async def test_of_several_that_are_there_already_all_are_shown(readlist, tmp_path):
    known = [PAPERS[4].document(), PAPERS[1].document()]
    path = write_json(tmp_path / "home" / "known.json", known)
    async with readlist() as ui:
        await ui.press("3", "a", *path.name, "enter")
        await ui.shows("known.json: 2 unchanged")
        assert sorted(ui.shown) == [2, 5]
        await ui.press(*"/70B", "enter")
        assert ui.shown == [5]
