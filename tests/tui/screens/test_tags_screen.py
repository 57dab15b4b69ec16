import pytest

from readlist import config
from readlist.change import edit_tags
from readlist.library.library import Library
from readlist.search.views import View
from readlist.tui.screens.rename_tag import RenameDialog
from readlist.tui.screens.tags_screen import TagsScreen
from tests.tui.invented import one


@pytest.fixture
def tags(readlist):
    """Four papers: tags `llm`, `rl` and two nested in it, and one that only an archived one has."""

    def opened(**options):
        papers = [
            one(id=1, tags=["rl"]),
            one(id=2, tags=["llm", "rl/offline"]),
            one(id=3, tags=["llm", "rl/reward"], status="archived"),
            one(id=4, tags=["old"], status="archived"),
        ]
        return readlist(papers, **options)

    return opened


def rows(ui):
    """The tags on the screen, each as it is written there."""
    found = ui.app.screen.query_one("#tag-rows")
    return [" ".join(found.render_line(y).text.split()) for y in range(found.length)]


def kept(ui):
    return {number: paper.tags for number, paper in ui.papers.items()}


BEFORE = {1: ["rl"], 2: ["llm", "rl/offline"], 3: ["llm", "rl/reward"], 4: ["old"]}


async def test_all_tags_are_shown_as_a_tree_those_of_archived_papers_too(tags):
    async with tags() as ui:
        await ui.press("ctrl+t")
        assert rows(ui) == [
            "▌ llm 1 +1 archived",
            "old 1 archived",
            "rl 2 +1 archived",
            "offline 1",
            "reward 1 archived",
        ]
        assert "Tags 5" in ui.text


async def test_what_goes_with_a_tag_is_said_before(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "j", "j")
        assert "rl   3 papers · 2 nested tags go with it" in ui.text


async def test_a_tag_is_renamed_with_those_nested_in_it_and_the_sidebar_follows(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "j", "j", "r", *"deep")
        assert "enter renames it to deep on 3 papers, 1 archived and 2 nested tags" in ui.text
        await ui.press("enter")
        assert kept(ui) == {
            1: ["deep"],
            2: ["deep/offline", "llm"],
            3: ["deep/reward", "llm"],
            4: ["old"],
        }
        assert (
            "Tag rl (and 2 nested in it) renamed to deep on 3 papers · u takes it back" in ui.text
        )
        assert rows(ui)[0] == "▌ deep 2 +1 archived"
        await ui.press("escape")
        assert any(line.split()[:3] == ["▾", "deep", "2"] for line in ui.lines)
        assert len(ui.done) == 1


async def test_undo_of_a_new_name_goes_to_the_old_one(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "j", "j", "r", *"deep", "enter", "u")
        assert "▌ rl 2 +1 archived" in rows(ui)
        await ui.press("ctrl+r")
        assert "▌ deep 2 +1 archived" in rows(ui)


async def test_views_of_the_user_follow_a_tag_and_its_undo(tags):
    views = [View("own", "Own", "#rl is:unread"), View("other", "Other", "tag:llm")]
    async with tags(views=views) as ui:
        await ui.press("7")
        shown = ui.shown
        assert shown
        await ui.press("ctrl+t", "j", "j", "r", *"deep", "enter")
        assert "renamed to deep on 3 papers, and in 1 view of yours · u takes" in ui.text
        await ui.press("escape", "escape")
        assert ui.shown == shown
        assert config.load().views == (("Own", "tag:deep is:unread"),)
        await ui.press("u")
        assert ui.shown == shown
        assert config.load().views == (("Own", "#rl is:unread"),)
        await ui.press("ctrl+r")
        assert ui.shown == shown
        assert config.load().views == (("Own", "tag:deep is:unread"),)


async def test_how_many_papers_a_tag_joins_is_said_before_it_does(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "r", "r", "tab")  # "r" finds rl
        assert "rl is on 3 papers already: enter joins them, 3 in all" in ui.text
        await ui.press("enter")
        assert kept(ui)[2] == ["rl", "rl/offline"]
        assert rows(ui)[1] == "▌ rl 2 +1 archived"


async def test_a_tag_is_deleted_in_one_step_and_comes_back_in_one(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "j", "j", "D")
        assert kept(ui) == {1: [], 2: ["llm"], 3: ["llm"], 4: ["old"]}
        assert "Tag rl (and 2 nested in it) taken off 3 papers · u takes it back" in ui.text
        await ui.press("u")
        assert kept(ui) == BEFORE
        assert "Undone: Tag rl" in ui.text
        assert "▌ rl 2 +1 archived" in rows(ui)
        await ui.press("ctrl+r")
        assert "rl" not in kept(ui)[1]


async def test_the_cursor_stays_near_what_went(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "j", "D")
        assert rows(ui)[1] == "▌ rl 2 +1 archived"


async def test_enter_shows_the_papers_with_the_tag(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "G", "k", "enter")
        assert ui.app.screen is ui.main
        assert ui.head.startswith("readlist                #rl/offline")
        assert ui.shown == [2]


async def test_the_cursor_begins_on_the_tag_that_the_list_shows(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "G", "k", "enter", "ctrl+t")
        assert rows(ui)[3] == "▌ offline 1"


async def test_the_list_follows_when_its_tag_has_another_name(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "G", "k", "enter", "ctrl+t", "k", "r", *"ml", "enter", "escape")
        assert "#ml/offline" in ui.head
        assert ui.shown == [2]


async def test_a_tag_is_found_by_typing_and_escape_shows_all_again(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", *"/rew")
        assert rows(ui) == ["▌ rl/reward 1 archived"]
        await ui.press("enter", "escape")
        assert len(rows(ui)) == 5
        assert rows(ui)[4] == "▌ reward 1 archived"
        await ui.press("/", *"rDuqq")
        assert "No tag is like it" in ui.text
        await ui.press("enter", "r", "D", "enter")
        await ui.press("escape", "escape")
        assert ui.app.screen is ui.main
        assert ui.done == []


async def test_a_burst_behind_rename_goes_into_the_field(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", *"rDurjk", "enter", "escape")
        assert kept(ui)[2] == ["durjk", "rl/offline"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("!?", "a tag needs a letter or a digit"),
        ("x" * 101, "a tag has at most 100 characters, this has 101"),
    ],
)
async def test_what_can_be_no_tag_is_refused_in_one_line(tags, name, told):
    async with tags() as ui:
        await ui.press("ctrl+t", "r", *name, "enter")
        assert isinstance(ui.app.screen, RenameDialog)
        assert told in ui.text
        await ui.press("escape", "escape")
        assert kept(ui) == BEFORE


async def test_the_same_name_changes_nothing(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "r", "enter")
        assert isinstance(ui.app.screen, TagsScreen)
        assert ui.done == []


async def test_by_mouse_too(tags):
    async with tags() as ui:
        await ui.press("ctrl+t")
        await ui.click("  offline", last=True)
        assert rows(ui)[3] == "▌ offline 1"
        await ui.click("D delete")
        assert kept(ui)[2] == ["llm"]
        await ui.click("u undo")
        await ui.click("r rename")
        assert isinstance(ui.app.screen, RenameDialog)
        await ui.press("escape")
        await ui.click("  offline", times=2, last=True)
        assert ui.app.screen is ui.main
        assert ui.shown == [2]


async def test_a_click_beside_the_panel_leaves(tags):
    async with tags() as ui:
        await ui.press("ctrl+t")
        await ui.click("Inbox ·")
        assert ui.app.screen is ui.main


async def test_without_tags_it_says_how_one_gets_some(readlist):
    async with readlist([one()]) as ui:
        await ui.press("ctrl+t")
        assert "No paper has a tag yet: t in the list puts one" in ui.text
        await ui.press("r", "D", "enter", "j", "G", "escape")
        assert ui.app.screen is ui.main


async def test_what_others_do_meanwhile_is_renamed_too(tags):
    async with tags() as ui:
        await ui.press("ctrl+t", "j", "j", "r", *"ml")
        other = Library(ui.path)
        other.edit([4], _tagged)
        other.close()
        await ui.press("enter")
        assert kept(ui)[4] == ["ml", "old"]


def _tagged(papers, now):
    return edit_tags(papers, ["rl"], [], now)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (220, 60)])
async def test_all_keys_are_on_screen_and_none_is_cut(readlist, size):
    papers = [one(tags=[f"tag-{n:02}" for n in range(60)])]
    async with readlist(papers, size=size) as ui:
        await ui.press("ctrl+t", "G")
        assert "▌   tag-59" in ui.text
        for hint in ("r rename", "D delete", "enter its papers", "/ find", "u undo", "esc leaves"):
            assert hint in ui.text


async def test_the_palette_opens_it(tags):
    async with tags() as ui:
        await ui.press("ctrl+p")
        await ui.type("all tags")
        await ui.shows("All tags: rename")
        await ui.press("enter")
        await ui.until(lambda: isinstance(ui.app.screen, TagsScreen))


async def test_the_key_that_renames_is_the_one_that_the_user_gave_it(tags):
    async with tags(keys={"rename": "R"}) as ui:
        await ui.press("ctrl+t", "j", "j", "r")
        assert isinstance(ui.app.screen, TagsScreen)
        assert "R rename or join" in ui.text
        await ui.press("R", *"deep", "enter")
        assert kept(ui)[1] == ["deep"]
