from readlist.bindings import BINDINGS
from readlist.tui.palette import Entry, ordered, search
from tests.tui.invented import NEW

ENTRIES = [
    Entry("star", "Star, or take the star", "s"),
    Entry("view(4)", "Starred", "4"),
    Entry("tag", "Tags…", "t", also="tag"),
    Entry("sort_now('upvotes')", "Sort by upvotes, most first", "S u"),
    Entry("sort", "Sort by…", "S"),
    Entry("next_unread", "To the next unread paper", "n"),
    Entry(":tag", ":tag", detail="put tags on papers, or take them off"),
    Entry(":backup", ":backup", detail="write the whole library to a file"),
]


def found(typed, uses=None):
    return [hit.entry.id for hit in search(typed, ENTRIES, uses or {})]


def test_the_likeliest_comes_first():
    assert found("star")[:2] == ["star", "view(4)"]
    assert found("starr")[0] == "view(4)"
    assert found("tag")[:2] == ["tag", ":tag"]
    assert found("backup") == [":backup"]
    assert found("unread next") == ["next_unread"]
    assert found("library") == [":backup"]
    assert found("NEXT")[0] == "next_unread"


def test_scattered_letters_and_mistyped_words_are_found_when_nothing_else_is():
    assert found("tnu")[0] == "next_unread"
    assert found("stared")[0] == "view(4)"
    assert found("upvtoes") == ["sort_now('upvotes')"]
    assert found("xyzzy") == []
    assert found("qqqqqqqqqqqqqqqq " * 50) == []


def test_what_was_typed_is_marked():
    assert search("unread next", ENTRIES, {})[0].spans == [(7, 11), (12, 18)]
    assert search("backup", ENTRIES, {})[0].spans == [(1, 7)]


def test_the_most_used_come_first():
    uses = {":backup": 1, "tag": 3, "sort": 1}
    assert [hit.entry.id for hit in ordered(ENTRIES, uses)][:4] == [
        "tag", ":backup", "sort", "star"
    ]  # fmt: skip
    assert found("", uses)[0] == "tag"
    assert found("sort b") == ["sort_now('upvotes')", "sort"]
    assert found("sort b", {"sort": 1}) == ["sort", "sort_now('upvotes')"]
    assert found("tags", {"star": 9})[0] == "tag"


async def chosen(ui, words):
    """Run the action that the palette finds for some words."""
    await ui.press("ctrl+p", *words, "enter")


def test_a_verb_alone_comes_before_lines_that_begin_with_it():
    entries = [Entry(":feeds add cs.CL", ":feeds add cs.CL"), Entry(":feeds", ":feeds")]
    hits = search("feeds", entries, {":feeds add cs.CL": 9})
    assert [hit.entry.id for hit in hits] == [":feeds", ":feeds add cs.CL"]


async def test_an_action_is_found_by_its_name_and_run(readlist):
    async with readlist() as ui:
        await chosen(ui, "archive: not")
        await ui.until(lambda: ui.shown == NEW[1:])
        await chosen(ui, "last tag change")
        await ui.until(lambda: "No tags were changed yet" in ui.message)
        await chosen(ui, "starred")
        await ui.until(lambda: ui.shown == [10])
        await chosen(ui, "filter as you")
        await ui.until(lambda: ui.app.focused is ui.main.filter_line)
        await chosen(ui, "the keys")
        await ui.until(lambda: "The keys" in ui.text)


async def test_a_burst_runs_what_was_typed_and_nothing_else(readlist):
    async with readlist() as ui:
        await ui.press(":", *"archive", "enter")
        await ui.until(lambda: ui.shown == NEW[1:])
        await ui.press(":", *"star", "enter")
        await ui.until(lambda: "Starred “" in ui.message)
        await ui.press(":", *"xyzzy", "enter")
        await ui.settles()
        await ui.press("escape", "escape")
        assert not ui.has_ended
        assert [label.split(" ")[0] for label in ui.done] == ["Archived", "Starred"]


def test_names_tell_actions_apart():
    names = [key.help for key in BINDINGS]
    assert len(set(names)) == len(names)
