"""Lines of the command line, typed in the palette."""

import json

from readlist import config
from readlist.commands import beside
from readlist.commands.beside import run_beside
from readlist.tui import naming
from tests.tui.invented import NEW


async def line(ui, text):
    await ui.press(":", *text, "enter")
    await ui.until(lambda: ui.main._line_runs is None or ui.main._line_runs.done())
    await ui.settles()


async def test_a_verb_does_what_it_does_on_the_command_line_and_u_takes_it_back(readlist):
    async with readlist() as ui:
        await line(ui, "tag tag:llm --add by-line")
        assert "by-line" in ui.paper(5).tags
        assert ui.message.split("  ")[0].endswith("· u takes it back")
        await ui.shows("by-line")
        await ui.press("u")
        assert "by-line" not in ui.paper(5).tags
        assert ui.message.startswith("Undone: ")


async def test_keys_behind_a_line_come_after_it(readlist, monkeypatch):
    monkeypatch.setattr(naming, "_AT_ONCE", 30)  # of a busy machine, too
    async with readlist() as ui:
        before = ui.paper(NEW[0]).status
        await ui.press(":", *f"mark read {NEW[0]} {NEW[1]}", "enter", "u")
        await ui.until(lambda: ui.message.startswith("Undone: "))
        assert ui.paper(NEW[0]).status == before
        assert ui.shown == NEW


async def test_without_a_query_it_means_the_papers_here(readlist):
    async with readlist() as ui:
        await ui.press("space", "space")
        await ui.press(":", *"mark")
        await ui.shows("without a query: 2 selected papers")
        await ui.press(*" read", "enter")
        await ui.until(lambda: ui.shown == NEW[2:])
        assert [ui.paper(number).status for number in NEW[:3]] == ["read", "read", "new"]


async def test_a_long_answer_has_a_screen_that_scrolls(readlist):
    async with readlist(size=(80, 20)) as ui:
        await line(ui, "list is:any")
        await ui.shows(":list is:any", "esc leaves", "Offline RL")
        assert max(map(len, ui.text.split("\n"))) <= 80
        await ui.press("escape")
        await line(ui, "list -h")
        await ui.shows(":list -h", "usage: :list", "space scrolls")
        await ui.press("space", "G", "g", "k", "q")
        assert ui.app.screen is ui.main
        assert not ui.has_ended


async def test_files_are_written_and_read(readlist, tmp_path):
    async with readlist() as ui:
        await line(ui, f"export tag:llm -o {tmp_path}/x.json")
        assert ui.message.startswith("3 papers written to ")
        assert len(json.loads((tmp_path / "x.json").read_text())["papers"]) == 3
        await line(ui, f"backup {tmp_path}/copy.json")
        assert "backed up to" in ui.message
        (tmp_path / "in.json").write_text('{"papers": [{"title": "From a line"}]}')
        await line(ui, f"import {tmp_path}/in.json")
        await ui.shows("From a line")


async def test_what_goes_wrong_is_said_in_the_message(readlist):
    async with readlist() as ui:
        for text, message in (
            ("mark redd 3", "'redd' is no state: there are"),
            ("list (a", "In the query, character 1: this parenthesis is not closed"),
            ("tag tag:llm", "Which tags? Name some with --add T or --remove T"),
            ("list it's", "No closing quotation: quotes come in pairs"),
            ("show 999", "No paper has the id 999"),
            ("note 3", "What note? Give it with --text"),
            ("import -", "stdin"),
            ("import --to read", "Which files? Name some"),
        ):
            await line(ui, text)
            assert message.lower() in ui.message.lower(), ui.message
            assert ui.main.query_one("#message").has_class("-problem"), text
        assert ui.done == []


async def test_lines_and_actions_are_remembered_outside_the_library(readlist):
    async with readlist() as ui:
        await ui.press(":", *"star, or", "enter")
        await line(ui, "backup")
        await line(ui, "list tag:llm")
        await ui.press("escape")
        await ui.settles()
    kept = json.loads((config.data_folder() / "palette.json").read_text())
    assert kept == {":list tag:llm": 1, ":backup": 1, "star": 1}
    async with readlist() as ui:
        await ui.press(":")
        rows = ui.text.split("\n")
        first = next(place for place, row in enumerate(rows) if "▌ :list tag:llm   again" in row)
        assert ":backup" in rows[first + 1]
        assert "Star, or take the star" in rows[first + 2]


async def test_what_was_remembered_badly_is_forgotten(readlist):
    file = config.data_folder() / "palette.json"
    file.parent.mkdir(parents=True)
    for content in ("{", "[]", '{"star": "x", "tag": 2}'):
        file.write_text(content)
        async with readlist() as ui:
            await ui.press(":")
            await ui.shows("Want to read")
            await ui.press(*"star, or", "enter")
            await ui.settles()
    assert json.loads(file.read_text()) == {"star": 1, "tag": 2}


async def test_views_copying_and_sorting_have_names(readlist):
    async with readlist() as ui:
        await ui.press(":", *"upvotes", "enter")
        assert ui.message.startswith("Sorted by upvotes")
        await ui.press(":", *"copy the title")
        assert ui.line("Copy the title").split()[-2:] == ["y", "t"]
        await ui.press("enter")
        await ui.until(lambda: "itle sent to your terminal" in ui.message)


async def test_the_tags_of_a_line_are_those_that_are_put_on_again(readlist):
    async with readlist() as ui:
        await ui.press("t", *"older", "enter")
        assert ". +older" in ui.footer
        await line(ui, "tag 2 --add newer --remove rl/offline")
        assert ". +newer −rl/offline" in ui.footer
        await ui.press(".")
        assert ui.paper(1).tags == ["newer", "older", "rl/reward"]
        await line(ui, "mark read 3")
        assert ". +newer" in ui.footer


async def test_they_are_so_also_when_the_change_was_seen_before_the_line_ended(
    readlist, monkeypatch
):
    def run_and_look(*arguments):
        outcome = run_beside(*arguments)
        ui.app.call_from_thread(ui.main._watch)
        return outcome

    monkeypatch.setattr(beside, "run_beside", run_and_look)
    async with readlist() as ui:
        await line(ui, "tag 2 --add newer")
        assert ". +newer" in ui.footer
