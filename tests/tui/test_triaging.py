import pytest

from readlist import change
from readlist.library.disk import LibraryError
from readlist.library.library import Library
from readlist.paper import Status
from tests.tui.invented import NEW, PAPERS, many, one
from tests.tui.test_paper_actions import elsewhere

ARCHIVED, TO_READ = Status.ARCHIVED, Status.TO_READ


def title_of(ui):
    """The title of the paper that has the screen."""
    return ui.lines[3].strip()


def states(ui, *numbers):
    return [ui.paper(number).status for number in numbers or NEW]


async def test_triage_shows_one_paper_after_the_other_and_counts(readlist):
    async with readlist(size=(100, 30)) as ui:
        await ui.press("T")
        assert ui.head.startswith("Triage · Inbox, Mon 23 Nov")
        assert ui.head.endswith("1 of 8")
        assert title_of(ui) == PAPERS[0].title
        await ui.shows("García-Durán, Ito, Weiss +4 · 20 Nov 2026 · cs.LG · ▲ 142 · pdf · code")
        assert "They fit" not in ui.text
        assert ui.line("Reward models are trusted").startswith(" " * 7 + "Reward")
        await ui.press("l", "s", "right", "h", "left")
        assert states(ui, 1, 2, 3, 4) == [TO_READ, TO_READ, ARCHIVED, ARCHIVED]
        assert ui.paper(2).starred
        assert title_of(ui) == PAPERS[4].title
        assert ui.head.endswith("5 of 8 · less than a minute left")
        acts = ui.line("2 to read (1 ★)   2 archived")
        assert acts.endswith("last: archived “Diffusion Policies Forget: A S… · u back")
        assert ui.footer.startswith("← e archive   w to read →   s star   t tag")


async def test_a_burst_of_keys_does_what_they_say_each_on_its_own_paper(readlist):
    async with readlist() as ui:
        await ui.press(*"Tlshnwtx", "enter", *"es", "escape")
        wanted = [TO_READ, ARCHIVED, Status.NEW, TO_READ, ARCHIVED, *[Status.NEW] * 3]
        assert states(ui) == wanted
        assert [n for n in NEW if ui.paper(n).starred] == [2, 6]
        assert [n for n in NEW if "x" in ui.paper(n).tags] == [5]
        assert ui.here == 6
        assert len(ui.done) == 7


async def test_every_key_that_acts_on_papers_does_the_same_in_triage(readlist):
    async with readlist() as ui:
        await ui.press("T", "w", "e", "r", "b", "D")
        assert states(ui, 1, 2, 3, 4) == [TO_READ, ARCHIVED, Status.READ, Status.READING]
        assert 5 not in ui.papers
        await ui.press("s", *"tnew", "enter", "n", "full_stop", *"yt")
        assert ui.paper(6).starred
        assert ui.paper(6).tags == ["new"]
        assert ui.paper(7).tags == ["llm", "new"]
        await ui.shows("Title ")
        assert "1 to read   1 being read   1 read   1 archived   1 deleted   1 skipped" in ui.text


async def test_the_way_back_is_one_key_and_leads_to_the_paper(readlist):
    async with readlist() as ui:
        before = ui.papers
        await ui.press("T", "l", "h", "D", "u")
        assert title_of(ui) == PAPERS[2].title
        assert ui.head.endswith("3 of 8 · less than a minute left")
        await ui.press("u", "u")
        assert title_of(ui) == PAPERS[0].title
        assert ui.papers == before
        assert "archived" not in ui.text
        await ui.press("h")
        assert title_of(ui) == PAPERS[1].title


async def test_redo_goes_on_again(readlist):
    async with readlist() as ui:
        await ui.press("T", "l", "l", "u", "u", "ctrl+r")
        assert title_of(ui) == PAPERS[1].title
        await ui.press("ctrl+r", "ctrl+r")
        assert title_of(ui) == PAPERS[2].title
        assert states(ui, 1, 2) == [TO_READ, TO_READ]


async def test_skipped_papers_are_counted_and_left_as_they_are(readlist):
    async with readlist() as ui:
        await ui.press("T", "n", "n")
        assert ui.line("2 skipped").endswith(
            "last: skipped “Offline RL Without the Bellman Backup” · N back"
        )
        await ui.press("N")
        assert title_of(ui) == PAPERS[1].title
        await ui.press("h")
        assert title_of(ui) == PAPERS[2].title
        assert "1 archived   1 skipped" in ui.text
        await ui.press("N", "N", "N")
        assert "This is the first" in ui.text
        assert ui.done == ["Archived “Offline RL Without the Bellman Backup”"]


async def test_the_end_sums_up_and_one_key_reads_the_first(readlist):
    async with readlist() as ui:
        await ui.press("T", *"lhnslhhll")
        assert title_of(ui) == "4 to read, 1 starred, 3 archived, 1 skipped"
        assert ui.head.endswith("8 papers")
        assert ui.footer.startswith("enter reads the first to read   u back   esc to the list")
        await ui.press(*"hlwe")
        assert "That was the last" in ui.text
        assert len(ui.done) == 8
        await ui.press("enter")
        assert ui.main.is_reading
        assert ui.lines[2].strip() == PAPERS[0].title
        await ui.press("escape")
        assert ui.here == 1
        assert ui.paper(1).status is TO_READ


async def test_from_the_end_the_way_back_leads_to_the_last_paper(readlist):
    async with readlist(papers=many(2)) as ui:
        await ui.press("T", *"hh", "u")
        assert title_of(ui) == "Paper number 2"
        await ui.press("n")
        assert title_of(ui) == "1 archived, 1 skipped"
        assert "reads the first" not in ui.text
        await ui.press("enter")
        assert ui.here == 2


async def test_leaving_shows_the_list_on_the_paper_that_was_here(readlist):
    for key in ("escape", "q"):
        async with readlist() as ui:
            await ui.press("1", "T", "n", "n", key)
            assert ui.row(ui.here).startswith("▌")
            assert ui.message.startswith("Triage: 2 skipped")
            assert ui.here == 3
            await ui.press("T")
            assert title_of(ui) == PAPERS[2].title


async def test_leaving_shows_the_papers_above_the_one_that_was_here(readlist):
    async with readlist(many(60)) as ui:
        first = ui.row(ui.here)
        await ui.press("T", "n", "w", "w", "e", "escape")
        assert ui.here == ui.main.papers.ids[1]
        await ui.shows(first.strip("▌ ")[:20])


async def test_triage_goes_through_what_a_filter_shows(readlist):
    async with readlist() as ui:
        await ui.press("6", *"/tag:llm", "enter", "T")
        assert ui.head.startswith("Triage · All · tag:llm")
        assert ui.head.endswith("1 of 3")
        await ui.press("h", "l")
        assert states(ui, 5, 7) == [ARCHIVED, TO_READ]
        await ui.press("w")
        assert title_of(ui) == "2 to read, 1 archived"
        assert len(ui.done) == 2  # the last one was one to read before


async def test_triage_goes_through_what_is_selected_shown_or_not(readlist):
    async with readlist() as ui:
        await ui.press("j", "x", "j", "x", "G", "x", *"/scaling", "enter", "T")
        assert ui.head.endswith("1 of 3")
        assert "what was selected" in ui.head
        assert title_of(ui) == PAPERS[2].title
        await ui.press("h", "escape")
        assert ui.main.papers.selected == {2, 8}
        assert states(ui, 3) == [ARCHIVED]


async def test_archived_papers_under_a_search_are_left_out(readlist):
    async with readlist() as ui:
        await ui.press("6", *"/models", "enter")
        assert "1 archived" in ui.text
        await ui.press("T")
        assert ui.head.split(" of ")[-1].startswith(str(len(ui.shown) - 1))


async def test_without_a_paper_there_is_nothing_to_go_through(readlist):
    async with readlist(papers=()) as ui:
        await ui.press("T")
        assert ui.message == "No paper here to go through"
        assert not ui.main.is_triaging


async def test_a_long_abstract_scrolls_and_says_how_much_is_left(readlist):
    words = " ".join(f"word{n}" for n in range(400))
    async with readlist(papers=[one(abstract=words)], size=(60, 20)) as ui:
        await ui.press("T")
        assert "word0 " in ui.text
        left = int(ui.line("more lines: space").split()[1])
        await ui.press("space")
        assert int(ui.line("more lines: space").split()[1]) < left
        assert "word0 " not in ui.text
        assert ui.lines[3].strip() == "A paper"
        await ui.press(*["space"] * 20)
        assert "more line" not in ui.text
        assert "word399" in ui.text
        await ui.press("k")
        assert "↓ 1 more line: space" in ui.text
        await ui.press("g")
        assert "word0 " in ui.text
        await ui.press("G", "ctrl+u", "pageup", "j")
        assert ui.done == []


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (140, 40), (220, 60)])
async def test_it_fits_any_terminal(readlist, size):
    async with readlist(size=size) as ui:
        await ui.press("T", "l")
        assert title_of(ui) == PAPERS[1].title
        assert "1 to read" in ui.text
        assert "u back" in ui.text
        assert "esc leave" in ui.footer
        column = [line for line in ui.lines[3:6] if line.strip()]
        assert max(len(line.strip()) for line in column) <= 86


async def test_it_follows_the_size_of_the_terminal(readlist):
    async with readlist(size=(220, 60)) as ui:
        await ui.press("T")
        await ui.resize(60, 20)
        await ui.until(lambda: "esc leave" in ui.footer)
        assert title_of(ui) == PAPERS[0].title


# Others at the same time


async def test_a_paper_deleted_elsewhere_is_gone_on_from(readlist):
    async with readlist() as ui:
        await ui.press("T")
        with ui.library as library:
            library.edit([1, 2], lambda papers, _now: change.delete(papers))
        await ui.shows("deleted elsewhere")
        assert title_of(ui) == PAPERS[0].title  # a key for it may be on its way
        await ui.press("h")
        assert title_of(ui) == PAPERS[2].title
        assert states(ui, 3) == [Status.NEW]
        await ui.press("h")
        assert states(ui, 3) == [ARCHIVED]


async def test_a_key_for_a_paper_that_is_gone_does_nothing_to_the_next(readlist):
    for key in "lhrbDn":
        async with readlist(papers=many(3)) as ui:
            await ui.press("T")
            with ui.library as library:
                library.edit([1], lambda papers, _now: change.delete(papers))
            await ui.press(key)
            await ui.shows("Paper number 2")
            assert states(ui, 2, 3) == [Status.NEW] * 2, key
            with ui.library as library:
                library.undo()


async def test_what_was_archived_elsewhere_is_passed_over_and_not_archived_twice(readlist):
    async with readlist() as ui:
        await ui.press("T")
        await elsewhere(ui, 1, 2, 3, status=ARCHIVED)
        await ui.press("h")
        assert title_of(ui) == PAPERS[3].title
        assert ui.done == ["Archived 3 papers"]
        assert "1 archived   2 decided elsewhere" in ui.text


async def test_tags_go_to_the_paper_that_they_were_asked_for(readlist):
    async with readlist() as ui:
        await ui.press("T", *"tgroup")
        with ui.library as library:
            library.edit([1], lambda papers, _now: change.delete(papers))
        await ui.press("enter")
        assert all("group" not in paper.tags for paper in ui.papers.values())


async def test_what_cannot_be_written_is_told_and_the_paper_stays(readlist, monkeypatch):
    def full(library, *_):
        raise LibraryError(library.path, "no space is left", "make room")

    async with readlist() as ui:
        await ui.press("T")
        monkeypatch.setattr(Library, "edit", full)
        await ui.press("h", "l")
        assert "no space is left" in ui.text
        assert title_of(ui) == PAPERS[0].title
        assert "of 8" in ui.head


async def test_keys_of_the_list_do_nothing_here(readlist):
    async with readlist() as ui:
        await ui.press("T", "2", "x", "space", "v", "*", "slash", "S", "a", "tab", "backspace")
        assert title_of(ui) == PAPERS[0].title
        assert ui.main.papers.selected == set()
        assert ui.main.view.name == "inbox"


async def test_a_title_is_cut_only_where_it_has_no_room(readlist):
    title = "A Study of Titles That Are Longer Than Labels Can Tell"
    papers = [one(title=title), one(id=2, uid="u2", title=title[:50]), one(id=3, uid="u3")]
    async with readlist(papers) as ui:
        await ui.press("T", "r")
        assert ui.line("1 read").endswith(f"last: read “{title}” · u back")
        assert title not in ui.done[0]
    async with readlist(papers) as ui:
        await ui.press("T", "n")
        assert ui.line("1 skipped").endswith(f"last: skipped “{title[:50]}” · N back")


async def test_space_says_when_there_is_no_more(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press("T", "n", "space")
        assert "That is all of it · n skips it" in ui.text
        assert title_of(ui) == PAPERS[1].title
        await ui.press("n")
        assert title_of(ui) == PAPERS[2].title


async def test_a_small_terminal_names_the_key_that_skips(readlist):
    async with readlist(size=(60, 20)) as ui:
        await ui.press("T", "t", *"some/long-tag", "enter")
        assert "some/long-tag" in ui.paper(1).tags
        assert "n skip" in ui.footer and "esc leave" in ui.footer
