import pytest

from tests.tui.invented import PAPERS, one

TAGS = ["llm", "rl/offline", "rl/reward", "robots", "vision"]


@pytest.fixture
def editor(readlist):
    """Papers whose tags differ: `a` on both, `b` on the first; others know five more tags."""

    def opened(**options):
        papers = [
            one(id=1, tags=["a", "b"]),
            one(id=2, tags=["a"]),
            one(id=3, tags=TAGS, status="read"),
        ]
        return readlist(papers, **options)

    return opened


def rows(ui):
    """The tags in the panel, each as it is written there."""
    tags = ui.app.screen.query_one("#tag-rows")
    return [" ".join(tags.render_line(y).text.split()) for y in range(tags.length)]


async def both(ui):
    """Open the editor on the first two papers."""
    await ui.press("x", "j", "x", "t")


async def tags(ui):
    """The tags of the first two papers, in the file."""
    return ui.paper(1).tags, ui.paper(2).tags


async def test_signs_say_which_tags_are_on_all_on_some_on_none(editor):
    async with editor() as ui:
        await both(ui)
        assert "Tags on 2 papers" in ui.text
        assert rows(ui)[:3] == ["▌ ✓ a 2 on all 2", "– b 1 on 1 of 2", "llm 1"]


async def test_one_paper_is_named(readlist):
    async with readlist() as ui:
        await ui.press("t")
        assert f"Tags on {PAPERS[0].title}" in ui.text


async def test_enter_takes_what_was_typed(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("rew")
        assert "enter adds rl/reward" in ui.text
        await ui.press("enter")
        assert await tags(ui) == (["a", "b", "rl/reward"], ["a", "rl/reward"])


async def test_a_new_tag_is_offered_and_taken(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("Group/W 48")
        assert rows(ui) == ["▌ + group/w-48 new tag"]
        await ui.press("enter")
        assert await tags(ui) == (["a", "b", "group/w-48"], ["a", "group/w-48"])


async def test_a_tag_that_begins_another_can_be_made_with_an_arrow(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("rob")
        assert rows(ui) == ["▌ robots 1", "+ rob new tag"]
        await ui.press("down", "enter")
        assert "rob" in ui.paper(1).tags


async def test_completion_forgives_mistakes(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("visoin")
        assert "vision 1" in rows(ui)


async def test_a_comma_takes_and_goes_on(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("llm,robots,")
        assert "+llm +robots" in ui.text
        await ui.press("enter")
        assert await tags(ui) == (["a", "b", "llm", "robots"], ["a", "llm", "robots"])


async def test_what_all_have_is_taken_off_and_what_differs_is_left(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("a,")
        assert "−a" in ui.text
        await ui.press("enter")
        assert await tags(ui) == (["b"], [])


async def test_what_some_have_goes_on_all_then_off_all_then_back_as_it_was(editor):
    async with editor() as ui:
        await both(ui)
        for shown in ("+b", "−b", "enter is done"):
            await ui.type("b,")
            assert shown in ui.text
        await ui.press("enter")
        assert await tags(ui) == (["a", "b"], ["a"])
        assert ui.done == []


async def test_space_takes_the_tag_under_the_cursor_when_nothing_is_typed(editor):
    async with editor() as ui:
        await both(ui)
        await ui.press("down", "down", "space", "space", "down", "space", "enter")
        assert ui.paper(2).tags == ["a", "rl"]


async def test_enter_takes_the_tag_that_an_arrow_went_to(editor):
    async with editor() as ui:
        await both(ui)
        await ui.press("down", "down", "enter")
        assert ui.paper(2).tags == ["a", "llm"]


async def test_tab_writes_the_tag_into_the_field_to_go_on_from(editor):
    async with editor() as ui:
        await both(ui)
        await ui.press(*"rew", "tab", *"/2026", "enter")
        assert ui.paper(2).tags == ["a", "rl/reward/2026"]


async def test_a_click_takes_a_tag_and_another_gives_it_back(editor):
    async with editor() as ui:
        await both(ui)
        await ui.click("robots", last=True)
        assert "+robots" in ui.text
        await ui.click("vision", last=True)
        await ui.click("✓ robots")
        await ui.press("enter")
        assert ui.paper(2).tags == ["a", "vision"]


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_leaving_changes_nothing(editor, key):
    async with editor() as ui:
        await both(ui)
        await ui.press(*"llm,", key)
        assert ui.done == []
        assert ui.head.endswith("2 selected")
        assert ui.message.startswith("Not entered: +llm; the tags are as they were")


async def test_what_was_typed_and_not_entered_is_told(editor):
    async with editor() as ui:
        for keys, told in (
            ("new/one", "Not entered: +new/one; the"),
            ("rew", "Not entered: +rl/reward; the"),
            ("!?", "Not entered: “!?”; the"),
            ("llm,vis", "Not entered: +llm +vision; the"),
        ):
            await ui.press("t", *keys, "escape")
            assert ui.message.startswith(told)
        assert ui.done == []


async def test_who_only_looked_is_told_nothing(editor):
    async with editor() as ui:
        await ui.press("t", "down", "escape")
        assert ui.app.screen is ui.main
        assert "Not entered" not in ui.text


async def test_a_click_beside_the_panel_changes_nothing(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("llm,")
        await ui.click("Inbox ·")
        assert ui.app.screen is ui.main
        assert ui.done == []
        assert "Not entered: +llm" in ui.message


async def test_what_can_be_no_tag_is_told_and_not_taken_silently(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("!?")
        assert "A tag has letters, digits" in ui.text
        await ui.press("enter")
        assert ui.app.screen is not ui.main
        await ui.press("ctrl+u", *"ok", "enter")
        assert "ok" in ui.paper(1).tags


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_what_enter_does_is_on_screen_however_many_tags_there_are(readlist, size):
    long = "A Title So Long That It Needs Another Line on Screens of Eighty Columns or Fewer"
    papers = [one(title=long), one(id=2, tags=[f"tag-{n:02}" for n in range(30)])]
    async with readlist(papers, size=size) as ui:
        await ui.press("t", *["down"] * 29)
        assert "enter adds tag-29" in ui.text
        assert "▌   tag-29" in ui.text
        assert "Tags on A Title" in ui.text


async def test_the_panel_stays_as_high_while_one_types(editor):
    async with editor() as ui:
        await both(ui)
        top = ui.place_of("Tags on")
        for character in "vision or not":
            await ui.press(character)
            assert ui.place_of("Tags on") == top


async def test_the_last_line_says_what_enter_will_do_to_the_tag(editor):
    async with editor() as ui:
        await both(ui)
        for typed, does, then in (
            ("a", "takes a off 2", "keeps a"),
            ("b", "adds b to 1 more", "takes b off 1"),
            ("llm", "adds llm to all 2", "leaves llm out"),
        ):
            await ui.press(*typed)
            assert f"enter {does} " in ui.text
            await ui.press("comma", *typed)
            assert f"enter {then} " in ui.text
            await ui.press("ctrl+u")


async def test_on_one_paper_nothing_is_counted(readlist):
    async with readlist() as ui:
        await ui.press("t", *"llm")
        assert "enter adds llm " in ui.text
        await ui.press("ctrl+u", *"reward")
        assert "enter takes rl/reward off " in ui.text
        await ui.press("comma")
        assert rows(ui)[0] == "▌ rl/reward 1 taken off"


async def test_what_is_about_to_happen_is_said_in_the_row_and_below(editor):
    async with editor() as ui:
        await both(ui)
        assert "enter is done   space takes a off 2   esc leaves" in ui.text
        await ui.press("space", "down", "space")
        assert rows(ui)[:3] == ["a 2 taken off 2", "▌ ✓ b 1 added to 1", "llm 1"]
        assert "+b −a   enter is done   space takes b off 1" in ui.text


async def test_a_tag_of_absurd_length_is_refused_in_one_line(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("x" * 101)
        assert ui.text.count("A tag has at most 100 characters, this has 101") == 1
        await ui.press("enter", "comma")
        assert ui.app.screen is not ui.main
        await ui.press("backspace", "enter")
        assert "x" * 100 in ui.paper(1).tags


async def test_the_keys_that_are_named_can_be_clicked(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("llm")
        await ui.click("comma does so")
        await ui.click("enter is done")
        assert ui.app.screen is ui.main
        assert ui.paper(2).tags == ["a", "llm"]


async def test_nested_tags_are_found_by_the_beginnings_of_their_parts(editor):
    async with editor() as ui:
        await both(ui)
        await ui.type("roff")
        assert rows(ui)[0] == "▌ + roff new tag"
        assert "rl/offline 1" in rows(ui)
