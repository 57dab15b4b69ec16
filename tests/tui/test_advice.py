import pytest

from readlist.tui.advice import in_interface

KEYS = {"update": "R", "undo": "u", "redo": "ctrl+r", "fill_in": "F"}


@pytest.mark.parametrize(
    ("told", "here"),
    [
        ("none; readlist feeds add cs.CL adds one", "none; :feeds add cs.CL adds one"),
        ("as in `readlist feeds remove cs.CL`", "as in :feeds remove cs.CL"),
        ("`readlist mark -h` says how it is used", ":mark -h says how it is used"),
        ("readlist tags lists them, readlist undo goes back", ":tags lists them, u goes back"),
        ("Following cs.CL · readlist update fetches it", "Following cs.CL · R fetches it"),
        ("readlist complete 3 4, in a terminal, asks about them", "F asks about them"),
        ("; --page-date says otherwise", "; :import FILE --page-date says otherwise"),
        ("--since 2026 fetches more", "in a shell, readlist update --since 2026 fetches more"),
        ("readlist wrote it; update readlist", "readlist wrote it; update readlist"),
        ("Undone: nothing with a name", "Undone: nothing with a name"),
    ],
)  # fmt: skip
def test_what_messages_advise_can_be_done_here(told, here):
    assert in_interface(told, KEYS.__getitem__) == here


async def test_messages_of_the_interface_name_its_own_ways(readlist):
    async with readlist(keys={"update": "f5"}) as ui:
        await ui.press("f5")
        await ui.shows("There are no feeds yet; :feeds add cs.CL adds one")
        await ui.press(":", *"feeds add cs.CL", "enter")
        await ui.shows("Following arXiv cs.CL, as cs.CL · f5 fetches it")
        await ui.press(":", *"mark nonsense x", "enter")
        await ui.shows("is no state")
        assert "readlist" not in ui.message

        def kept():  # written in a thread
            return " ".join(notice.text for notice in ui.main.library.reported.read())

        await ui.until(
            lambda: "readlist feeds add cs.CL adds one" in kept(), "the command line shows it too"
        )


async def test_help_of_a_verb_names_it_as_it_is_typed_here(readlist):
    async with readlist() as ui:
        await ui.press(":", *"mark -h", "enter")
        await ui.shows("usage: :mark")
        assert "readlist mark" not in ui.text


async def test_what_is_told_of_dates_names_a_way_that_there_is(readlist, tmp_path):
    from tests.tui.test_adding import LISTING

    path = tmp_path / "home" / "page.txt"
    path.write_text(LISTING.replace(", 2026", ""))
    async with readlist() as ui:
        await ui.press("a", *str(path))
        await ui.shows("dates without a year", ":import FILE --page-date says otherwise")
