import pytest
from textual import events

from readlist import change
from readlist.drafts import place
from readlist.library.library import Library
from tests.tui.invented import many, one

NOTED = one(note="Begun.")


def write_elsewhere(ui, note):
    """Give paper 1 a note from another process."""
    with ui.library as library:
        library.edit([1], lambda papers, now: change.set_note(papers[0], note, now))


async def remembered(ui):
    """Wait until what is typed is in the file beside the library."""
    file = place(ui.path, 1)
    await ui.until(file.exists, "the draft")
    return file


# Writing


@pytest.mark.parametrize("key", ["escape", "ctrl+s"])
async def test_a_note_is_typed_kept_and_taken_back(readlist, key):
    async with readlist() as ui:
        assert "m writes one" in ui.text
        await ui.press("m")
        await ui.shows("Note on A Reward Model", "esc keeps it")
        await ui.press(*"we", "enter", *"#rl", key)
        assert ui.paper(1).note == "we\n#rl"
        assert ui.message.startswith("Note on “A Reward Model")
        assert "we" in ui.lines[ui.place_of("─ Note ─")[1] + 1]
        assert " ¶ " in ui.row(1)
        await ui.press("u")
        assert ui.paper(1).note == ""
        assert "¶" not in ui.row(1)
        assert "m writes one" in ui.text


async def test_a_note_is_one_change(readlist):
    async with readlist([NOTED]) as ui:
        await ui.press("m", *" And on.", "escape")
        assert ui.paper(1).note == "Begun. And on."
        assert ui.done == ["Note on “A paper”"]


async def test_a_note_that_stays_as_it_was_is_no_change(readlist):
    async with readlist([NOTED]) as ui:
        await ui.press("m", "escape", "m", "x", "backspace", "escape")
        assert ui.done == []
        assert not place(ui.path, 1).exists()


async def test_an_emptied_note_is_taken_from_the_paper(readlist):
    async with readlist([NOTED]) as ui:
        await ui.press("m", "ctrl+u", "escape")
        assert ui.paper(1).note == ""
        assert ui.message.startswith("Note taken from “A paper”")


async def test_a_click_on_the_words_in_the_pane_writes_a_note(readlist):
    async with readlist() as ui:
        await ui.click("m writes one")
        await ui.shows("Note on A Reward Model")
        await ui.press("x")
        await ui.click("Offline RL")  # beside the panel: keeps it
        assert ui.paper(1).note == "x"


async def test_notes_are_found(readlist):
    async with readlist() as ui:
        await ui.press("6", "m", *"zebra", "escape", *"/note:zebra", "enter")
        assert ui.shown == [1]
        await ui.press("escape", *"/has:note", "enter")
        assert ui.shown == [1, 11]


async def test_while_reading_the_note_is_that_of_the_paper_that_is_read(readlist):
    async with readlist() as ui:
        await ui.press("x", "j", "enter", "m", *"mine", "escape")
        assert ui.paper(2).note == "mine"
        await ui.shows("─ Note ─", "mine")
        assert ui.main.is_reading


async def test_in_triage_the_note_is_that_of_the_paper_there(readlist):
    async with readlist([one(title="$\\alpha$", abstract="5\\%"), *many(2)[1:]]) as ui:
        await ui.press("T", "m", *"- **b**", "escape")
        await ui.shows("α", "5%", "─ Note ─", "• b")
        await ui.press("l", "m", *"mine", "escape")
        assert (ui.paper(1).note, ui.paper(2).note) == ("- **b**", "mine")


async def test_a_note_is_of_one_paper(readlist):
    async with readlist() as ui:
        await ui.press("space", "m", *"one", "escape")
        assert ui.paper(1).note == "one"
        await ui.press("g", "space", "space", "m")
        assert ui.message.startswith("2 papers selected: a note is of one")


async def test_what_is_typed_behind_m_is_text(readlist):
    async with readlist() as ui:
        await ui.press("m", *"werD?/q", "escape")
        assert ui.paper(1).note == "werD?/q"
        assert len(ui.done) == 1


async def test_hostile_text_that_is_pasted_is_cleaned_at_once(readlist):
    async with readlist() as ui:
        await ui.press("m")
        ui.app._driver.send_message(events.Paste("a\x1b[31mb [/] \u202ec"))
        await ui.shows("ab [/] c")
        await ui.press("escape")
        assert ui.paper(1).note == "ab [/] c"


@pytest.mark.parametrize("size", [(60, 20), (140, 40)])
async def test_a_long_note_scrolls_and_the_keys_stay_in_sight(readlist, size):
    async with readlist([one(note="line\n" * 90 + "the last")], size=size) as ui:
        await ui.press("m")
        await ui.shows("the last", "esc keeps it", "Note on A paper")


# Nothing is lost


async def test_what_was_typed_is_offered_again_when_readlist_ended_before_it_was_kept(readlist):
    async with readlist([NOTED]) as ui:
        await ui.press("m", *" Typed")
        await remembered(ui)
        await ui.press(*" on")
    async with readlist() as ui:
        assert ui.paper(1).note == "Begun."
        await ui.press("m")
        await ui.shows("Begun. Typed on", "Typed earlier and never kept")
        await ui.press("escape")
        assert ui.paper(1).note == "Begun. Typed on"
        assert not place(ui.path, 1).exists()
        await ui.press("m")
        assert "Typed earlier" not in ui.text


async def test_the_note_as_it_was_can_be_had_in_the_place_of_a_draft(readlist):
    async with readlist([NOTED]) as ui:
        await ui.press("m", *" Typed")
        await remembered(ui)
    async with readlist() as ui:
        await ui.press("m", "ctrl+r")
        await ui.shows("ctrl+r it again")
        assert "Begun. Typed" not in ui.text
        await ui.press("ctrl+r")
        await ui.shows("Begun. Typed")
        await ui.press("ctrl+r", "escape")
        assert ui.done == []
        assert not place(ui.path, 1).exists()


async def test_a_note_that_was_written_elsewhere_meanwhile_is_kept_too(readlist):
    async with readlist([NOTED]) as ui:
        await ui.press("m", *" Mine.")
        write_elsewhere(ui, "Theirs.")
        await ui.press("escape")
        assert ui.paper(1).note == "Theirs.\n\n---\n\nBegun. Mine."
        assert ui.message.startswith("The note was changed elsewhere: both are kept · u takes")
        await ui.press("u")
        assert ui.paper(1).note == "Theirs."


async def test_what_others_wrote_stays_when_nothing_was_typed_or_all_deleted(readlist):
    async with readlist([NOTED]) as ui:
        await ui.press("m")
        write_elsewhere(ui, "Theirs.")
        await ui.press("escape")
        assert ui.paper(1).note == "Theirs."
        await ui.press("m", "ctrl+u")
        write_elsewhere(ui, "Theirs again.")
        await ui.press("escape")
        assert ui.paper(1).note == "Theirs again."
        assert ui.message.startswith("The note was changed elsewhere: it stays")


async def test_the_same_words_from_two_places_are_one_note(readlist):
    async with readlist([NOTED]) as ui:
        await ui.press("m", *" X")
        write_elsewhere(ui, "Begun. X")
        await ui.press("escape")
        assert ui.paper(1).note == "Begun. X"


async def test_a_draft_outlives_a_paper_that_is_deleted_elsewhere(readlist):
    async with readlist(many(2)) as ui:
        await ui.press("m", *"typed")
        with ui.library as library:
            library.edit([1], lambda papers, _now: change.delete(papers))
        await ui.press("escape")
        await ui.shows("This paper was deleted elsewhere", "esc again leaves, and offers it")
        await ui.press("escape")
        with ui.library as library:
            library.undo()
        await ui.shows("Paper number 1 ")
        await ui.press("g", "m")
        await ui.shows("typed", "Typed earlier and never kept")


async def test_where_drafts_cannot_be_written_it_is_said_and_the_note_is_kept_all_the_same(
    readlist,
):
    async with readlist([NOTED]) as ui:
        place(ui.path, 1).mkdir()
        await ui.press("m", "x")
        await ui.shows("Only in memory: ")
        await ui.press("escape")
        assert ui.paper(1).note == "Begun.x"


async def test_in_a_library_that_is_read_only_no_note_is_begun(readlist, monkeypatch):
    monkeypatch.setattr(Library, "is_read_only", True)
    async with readlist() as ui:
        await ui.press("m")
        assert "This library is read-only: no note can be written" in ui.message


# The user's own editor


async def test_an_editor_that_is_missing_is_told(readlist, monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with readlist() as ui:
        await ui.press("m")
        assert "ctrl+o" not in ui.text
        await ui.press("ctrl+o")
        await ui.shows("Name an editor in $VISUAL or $EDITOR")


async def test_a_terminal_that_cannot_be_lent_keeps_the_text(readlist, monkeypatch):
    monkeypatch.setenv("EDITOR", "/usr/bin/vi -x")
    async with readlist() as ui:
        await ui.press("m", *"mine")
        assert "ctrl+o opens vi" in ui.text
        await ui.press("ctrl+o")
        await ui.shows("This terminal cannot be lent", "mine")
