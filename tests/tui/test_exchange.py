import json
import time

import pytest

from readlist.progress import Progress
from readlist.tui import clipboard
from tests.tui.invented import PAPERS, one


def exported(path):
    return [paper["id"] for paper in json.loads(path.read_text())["papers"]]


def never_done(self, items):
    """Go over things without an end, until it is given up."""
    for item in items:
        while True:
            self.step(0)
            time.sleep(0.002)
        yield item


# Out


async def test_what_is_shown_is_exported(readlist, tmp_path):
    target = tmp_path / "mine.json"
    async with readlist() as ui:
        await ui.press(*"/rl", "enter", "X")
        assert "Export 2 papers" in ui.text
        await ui.press("ctrl+u", *str(target), "enter")
        assert exported(target) == [1, 2]
        assert ui.message.startswith("2 papers written to ")


async def test_the_selection_is_exported_also_what_is_hidden_of_it(readlist, tmp_path):
    target = tmp_path / "mine.json"
    async with readlist() as ui:
        await ui.press("x", "j", "x", *"/offline", "enter")
        await ui.press("X", "ctrl+u", *f"../{target.name}", "enter")
        assert exported(target) == [1, 2]
        assert ui.head.endswith("2 selected, 1 not shown")


async def test_in_the_reading_screen_the_paper_is_exported(readlist, tmp_path):
    target = tmp_path / "one.jsonl"
    async with readlist() as ui:
        await ui.press("j", "enter", "X", "ctrl+u", *f"../{target.name}", "enter")
        assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == [2]


async def test_the_dialog_proposes_a_name_and_says_where_it_goes(readlist, tmp_path):
    async with readlist() as ui:
        await ui.press("X")
        assert "into ~\n" in ui.text
        assert ".json" in ui.text
        await ui.press("enter")
        assert exported(tmp_path / "home" / "readlist.json") == list(range(1, 9))


async def test_a_file_that_is_there_is_replaced_only_at_the_second_enter(readlist, tmp_path):
    target = tmp_path / "home" / "readlist.json"
    target.write_text("precious")
    async with readlist() as ui:
        await ui.press("X", "enter")
        assert "readlist.json is there: enter again replaces it" in ui.text
        assert target.read_text() == "precious"
        await ui.press("backspace", "n", "enter")  # the same name typed anew asks anew
        assert target.read_text() == "precious"
        await ui.press("enter")
        assert exported(target) == list(range(1, 9))


async def test_what_cannot_be_written_is_told_and_another_name_can_be_typed(readlist, tmp_path):
    reasons = {
        "mine.docx": ".docx",
        "mine": "no ending",
        "/proc/no/such.json": "No such file",
        "/dev/null/x.json": "Not a directory",
        "~nobody/x.json": "No such file",
        "x" * 300 + ".json": "too long",
    }
    async with readlist() as ui:
        await ui.press("X")
        for name, reason in reasons.items():
            await ui.press("ctrl+u")
            await ui.paste(name)
            await ui.press("enter")
            assert reason in ui.text, name
            assert "written to" not in ui.text
        await ui.press("ctrl+u", *"../mine.json", "enter")
        assert exported(tmp_path / "mine.json") == list(range(1, 9))
        await ui.press("s")  # keys go where they should
        assert ui.paper(1).starred


async def test_without_a_name_or_a_paper_nothing_is_written(readlist, tmp_path):
    async with readlist() as ui:
        await ui.press("X", "ctrl+u", "enter")
        assert "a file name is wanted" in ui.text
        await ui.press("escape", *"/xyzzy", "enter", "X")
        assert ui.message.startswith("No paper to export here")
    assert list((tmp_path / "home").iterdir()) == []


async def test_a_large_export_goes_on_beside_the_keys_and_can_be_given_up(
    readlist, tmp_path, monkeypatch
):
    monkeypatch.setattr("readlist.tui.exchange.MANY", 3)
    target = tmp_path / "mine.json"
    async with readlist() as ui:
        await ui.press("X", "ctrl+u", *"../nowhere/mine.json", "enter")
        assert "Not exported: there is no such folder" in ui.text
        await ui.press("ctrl+u", *str(target), "enter")
        await ui.shows(f"8 papers written to {target}")
        assert exported(target) == list(range(1, 9))
        target.unlink()

        monkeypatch.setattr("readlist.progress.Progress.over", never_done)
        await ui.press("X", "ctrl+u", *f"../{target.name}", "enter", "j")
        await ui.shows("0% writing mine.json   esc gives up")
        assert ui.here == 2
        await ui.press("escape")
        await ui.shows("Given up: nothing was written")
        assert list(tmp_path.glob("mine*")) == []


# To the clipboard


@pytest.fixture
def copied(monkeypatch):
    """What reached the clipboard of this machine."""
    texts = []
    monkeypatch.setattr(clipboard, "copy_here", lambda text: texts.append(text) or True)
    return texts


@pytest.fixture
def nowhere(monkeypatch):
    """No clipboard on this machine."""
    monkeypatch.setattr(clipboard, "copy_here", lambda text: False)


async def test_y_and_a_key_copies(readlist, copied):
    first = PAPERS[0]
    copies = {
        "k": (first.citekey, "Citation key"),
        "K": (f"\\cite{{{first.citekey}}}", "\\cite{…}"),
        "l": ("https://arxiv.org/abs/2611.00001", "Link"),
        "t": (first.title, "Title"),
        "a": (first.abstract, "Abstract"),
        "m": (f"[{first.title}](https://arxiv.org/abs/2611.00001)", "Markdown link"),
    }
    async with readlist() as ui:
        await ui.press("y")
        assert "k  citation key" in ui.text
        await ui.press("escape")
        for key, (text, name) in copies.items():
            await ui.press("y", key)
            await ui.shows(f"{name} copied")
            assert copied.pop() == text


async def test_references_are_copied_in_the_style_of_the_settings(
    readlist, copied, tmp_path, monkeypatch
):
    settings = tmp_path / "config.toml"
    monkeypatch.setenv("READLIST_CONFIG", str(settings))
    async with readlist() as ui:
        await ui.press("x", "j", "x", "y", "c")
        await ui.shows("Citation of 2 papers copied")
        assert copied[0].startswith(
            "Alba García-Durán, Jun Ito, Mara Weiss et al. (2026). A Reward"
        )
        assert copied[0].count("\n") == 1
        settings.write_text('[cite]\nstyle = "aapa"\n')
        await ui.press("y", "c")
        await ui.shows("no style is called 'aapa'")
        assert len(copied) == 1


async def test_json_is_copied_as_it_is_exported(readlist, copied):
    async with readlist() as ui:
        await ui.press("x", "j", "x", "y", "j")
        await ui.shows("JSON of 2 papers copied")
        assert [paper["id"] for paper in json.loads(copied[0])["papers"]] == [1, 2]


async def test_bibtex_is_copied_as_it_is_exported(readlist, copied):
    async with readlist() as ui:
        await ui.press("y", "b")
        await ui.shows("BibTeX copied")
        assert copied[0].startswith(f"@misc{{{PAPERS[0].citekey},\n  title ")


async def test_no_note_is_in_bibtex_that_is_copied(readlist, copied):
    async with readlist([one(note="between us", files=["/home/me/x.pdf"])]) as ui:
        await ui.press("y", "b")
        await ui.shows("BibTeX copied")
        assert "between us" not in copied[0]
        assert "/home/me" not in copied[0]


async def test_many_papers_are_copied_beside_the_keys_and_that_can_be_given_up(
    readlist, copied, monkeypatch
):
    monkeypatch.setattr("readlist.tui.exchange.MANY", 3)
    over = Progress.over

    async with readlist() as ui:
        for key, name in (("t", "Title"), ("c", "Citation"), ("b", "BibTeX")):
            await ui.press("*", "y", key)
            await ui.shows(f"{name} of 8 papers copied")
            await ui.press("escape")
        assert copied[0].splitlines() == [paper.title for paper in PAPERS[:8]]
        assert copied[1].count("\n") == 7 and copied[2].count("@misc{") == 8
        monkeypatch.setattr(Progress, "over", never_done)
        await ui.press("*", "y", "t", "j")
        await ui.shows("0% reading title of 8 papers")
        assert ui.here == 2
        monkeypatch.setattr(Progress, "over", over)
        await ui.press("y", "k")  # what is wanted last is copied, and nothing else
        await ui.shows("Citation key of 8 papers copied")
        monkeypatch.setattr(Progress, "over", never_done)
        await ui.press("y", "t", "escape", "escape")
        await ui.shows("Given up: nothing was copied")
        assert len(copied) == 4


async def test_what_cannot_be_read_of_many_is_told(readlist, copied, tmp_path, monkeypatch):
    monkeypatch.setattr("readlist.tui.exchange.MANY", 3)
    settings = tmp_path / "config.toml"
    monkeypatch.setenv("READLIST_CONFIG", str(settings))
    settings.write_text('[cite]\nstyle = "aapa"\n')
    async with readlist() as ui:
        await ui.press("*", "y", "c")
        await ui.shows("no style is called 'aapa'")
        assert copied == []


async def test_y_twice_copies_the_last_again(readlist, copied):
    async with readlist() as ui:
        await ui.press("y", "y")
        assert ui.message.startswith("Nothing was copied yet")
        await ui.press("y", "t")
        await ui.shows("Title copied")
        await ui.press("j", "y", "y")
        await ui.until(lambda: len(copied) == 2)
        assert copied[1] == PAPERS[1].title


async def test_several_keys_are_one_citation(readlist, copied):
    async with readlist() as ui:
        await ui.press("j", "x", "j", "x", "y", "K")
        await ui.shows("\\cite{…} of 2 papers copied")
        assert copied == [f"\\cite{{{PAPERS[1].citekey},{PAPERS[2].citekey}}}"]


async def test_the_key_that_is_copied_is_the_one_that_the_bibliography_has(readlist, copied):
    async with readlist([one(citekey="a key, 1")]) as ui:
        for key in "kKb":
            await ui.press("y", key)
        await ui.until(lambda: len(copied) == 3)
        assert copied[:2] == ["akey1", "\\cite{akey1}"]
        assert copied[2].startswith("@misc{akey1,")


async def test_leaving_the_menu_copies_nothing(readlist, copied):
    async with readlist() as ui:
        await ui.press("y", "escape", "y", "q")
        await ui.settles()
        assert copied == []
        assert not ui.has_ended


async def test_what_is_not_there_is_not_copied(readlist, copied):
    async with readlist([one(abstract="", identifiers={})]) as ui:
        await ui.press("y", "a")
        assert ui.message.startswith("There is no abstract to copy")
        await ui.press("y", "l")
        assert ui.message.startswith("There is no link to copy")
        assert copied == []


async def test_brackets_in_a_title_are_escaped_in_a_markdown_link(readlist, copied):
    async with readlist([one(title="On [CLS] tokens")]) as ui:
        await ui.press("y", "m")
        await ui.shows("Markdown link copied")
        assert copied[0].startswith("[On \\[CLS\\] tokens](")


async def test_without_a_clipboard_the_terminal_is_asked_and_no_more_is_claimed(readlist, nowhere):
    async with readlist() as ui:
        await ui.press("y", "t")
        await ui.shows("Title sent to your terminal")
        assert ui.sent_to_clipboard == [clipboard.osc_52(PAPERS[0].title)]
        assert "copied" not in ui.message


async def test_where_nothing_can_copy_the_text_is_shown(readlist, nowhere, monkeypatch):
    monkeypatch.setenv("TERM", "linux")
    async with readlist() as ui:
        await ui.press("y", "l")
        await ui.shows("Link: nothing here can copy it", "https://arxiv.org/abs/2611.00001")
        assert ui.sent_to_clipboard == []
        await ui.press("q")
        assert ui.app.screen is ui.main


async def test_of_a_huge_text_that_nothing_can_copy_the_beginning_is_shown(
    readlist, nowhere, monkeypatch
):
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.setattr("readlist.tui.exchange._MOST_LINES", 5)
    async with readlist() as ui:
        await ui.press("*", "y", "t")
        await ui.shows("nothing here can copy it", PAPERS[4].title, "… and 3 lines more")


# Opening


@pytest.fixture
def opened(monkeypatch):
    """What was opened in the desktop's programs."""
    addresses = []
    monkeypatch.setattr(clipboard, "open_address", lambda a: addresses.append(a) or True)
    return addresses


async def test_o_opens_the_pdf_else_the_page(readlist, opened):
    async with readlist() as ui:
        await ui.press("o")
        assert opened == ["https://arxiv.org/pdf/2611.00001"]
        assert ui.message.startswith("Opening https://arxiv.org/pdf/2611.00001")
        await ui.press("j", "o")
        assert opened[1:] == ["https://arxiv.org/pdf/2611.00002"]  # told by its number alone


async def test_o_opens_the_page_where_no_pdf_is_known(readlist, opened):
    page = "https://example.org/1"
    async with readlist([one(identifiers={}, urls={"abstract": page})]) as ui:
        await ui.press("o")
        assert opened == [page]


async def test_o_prefers_a_file_of_the_users_own(readlist, opened, tmp_path):
    mine = tmp_path / "home" / "mine.pdf"
    mine.touch()
    async with readlist([one(files=["/gone.pdf", "~/mine.pdf"])]) as ui:
        await ui.press("o")
        assert opened == [str(mine)]


async def test_capital_o_shows_all_links_and_opens_the_one_chosen(readlist, opened):
    async with readlist() as ui:
        await ui.press("O")
        assert "3  code  https://example.org/reward" in ui.text
        await ui.press("3")
        assert opened == ["https://example.org/reward"]


async def test_a_click_on_a_link_opens_it(readlist, opened):
    async with readlist() as ui:
        await ui.click("code")
        assert opened == ["https://example.org/reward"]


async def test_where_there_is_no_browser_the_link_is_copied(readlist, copied, monkeypatch):
    monkeypatch.setenv("SSH_CONNECTION", "1")
    async with readlist() as ui:
        await ui.press("o")
        await ui.shows("https://arxiv.org/pdf/2611.00001 copied")
        assert copied == ["https://arxiv.org/pdf/2611.00001"]


async def test_a_paper_without_links_says_so(readlist, opened):
    async with readlist([one(identifiers={})]) as ui:
        for key in "oO":
            await ui.press(key)
            assert ui.message.startswith("No link is known of this paper")
        assert opened == []


async def test_keys_typed_behind_a_menu_that_does_not_open_do_not_act_on_the_list(
    readlist, monkeypatch
):
    monkeypatch.setattr("readlist.tui.keyboard._BURST", 5)
    async with readlist([one(identifiers={})]) as ui:
        await ui.press(*"O2")
        assert ui.message.startswith("No link is known of this paper")
        assert ui.head.startswith("readlist                Inbox")
        await ui.press("O", "j", "2")
        assert ui.head.startswith("readlist                To read")
        await ui.press(*"yt")
        assert ui.message == "No paper here"
        assert ui.app.screen is ui.main


async def test_menus_say_how_they_are_left(readlist):
    async with readlist() as ui:
        for key in "yO":
            await ui.press(key)
            assert "enter takes it   esc leaves" in ui.text
            await ui.press("escape")
            assert ui.app.screen is ui.main


async def test_without_a_paper_there_is_nothing_to_open_or_copy(readlist):
    async with readlist(()) as ui:
        for key in "oOy":
            await ui.press("u", key)
            assert ui.message == "No paper here", key


# Sorting


async def test_the_list_follows_the_menu(readlist):
    sorts = {
        "u": (1, "upvotes, most first"),
        "t": (1, "title"),
        "n": (7, "name of the first author"),
        "p": (1, "date of publication, newest first"),
        "unpa": (1, "newest import first"),
    }
    async with readlist() as ui:
        for keys, (first, words) in sorts.items():
            await ui.press("S", *keys)
            assert ui.shown[0] == first, keys
            assert "enter is done" in ui.text
            await ui.press("enter")
            assert ui.message.startswith(f"Sorted by {words}")


async def test_sorting_keeps_the_cursor_on_its_paper(readlist):
    async with readlist() as ui:
        await ui.press("j", "j", "S", "t", "enter")
        assert ui.here == 3
        assert ui.shown == [1, 4, 2, 8, 3, 7, 5, 6]


async def test_the_sort_menu_follows_arrows_and_clicks_too(readlist):
    async with readlist() as ui:
        await ui.press("S", "down", "down", "down", "down")
        assert ui.shown == [1, 4, 2, 8, 3, 7, 5, 6]
        await ui.click("name of the first author")
        assert ui.shown[0] == 7
        await ui.press("escape")
        assert ui.shown[0] == 7


async def test_a_click_on_a_head_sorts_and_again_the_other_way_round(readlist):
    async with readlist() as ui:
        await ui.click("title  ")
        assert ui.shown == [1, 4, 2, 8, 3, 7, 5, 6]
        assert "title↑" in ui.text
        await ui.click("title↑")
        assert ui.shown == [6, 5, 7, 3, 8, 2, 4, 1]
        assert "title↓" in ui.text
        assert "Sorted by title, from the end" in ui.message
        await ui.click("authors")
        assert ui.shown[0] == 7
        assert "title↓" not in ui.text


async def test_an_order_lasts_from_view_to_view_and_under_a_filter(readlist):
    async with readlist() as ui:
        await ui.press("S", "n", "enter", "2")
        assert ui.shown == [10, 9]
        await ui.press("1", *"/is:new")
        assert ui.shown[0] == 7
