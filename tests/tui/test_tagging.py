from tests.tui.interface import interface
from tests.tui.invented import one


def rows(ui):
    found = ui.app.screen.query_one("#tag-rows")
    return [" ".join(found.render_line(y).text.split()) for y in range(found.length)]


PAPERS = [
    one(id=1, tags=["llm", "rl/offline"]),
    one(id=2, tags=["llm", "rl/reward"]),
    one(id=3, tags=["llm", "vision"]),
    one(id=4, tags=["vision"], status="read"),
]


async def test_tags_that_tell_the_shown_papers_apart_are_offered_with_counts(readlist):
    async with readlist(PAPERS) as ui:
        await ui.press("#")
        assert rows(ui) == ["▌ rl 2", "rl/offline 1", "rl/reward 1", "vision 1"]
        assert "Also tagged in these 3 papers" in ui.text


async def test_the_one_chosen_is_added_to_the_filter_and_the_next_narrows_further(readlist):
    async with readlist(PAPERS) as ui:
        await ui.press("#", "enter")
        assert ui.main.filter_line.value == "tag:rl"
        assert ui.shown == [1, 2]
        await ui.press("#", *"rew")
        assert "enter narrows to tag:rl/reward" in ui.text
        await ui.press("enter")
        assert ui.main.filter_line.value == "tag:rl tag:rl/reward"
        assert ui.shown == [2]
        assert ui.head.endswith("1 of 3 new")
        await ui.press("#")
        assert ui.message.startswith("No tags tell these papers apart")
        await ui.press("backspace")
        assert ui.shown == [1, 2]


async def test_it_narrows_what_a_filter_with_or_shows(readlist):
    async with readlist(PAPERS) as ui:
        await ui.press(*"/tag:vision OR tag:rl", "enter", "#", *"vision", "enter")
        assert ui.shown == [3]


async def test_a_click_chooses_and_escape_does_not(readlist):
    async with readlist(PAPERS) as ui:
        await ui.press("#", "escape")
        assert ui.shown == [1, 2, 3]
        await ui.press("#")
        await ui.click("vision", last=True)
        assert ui.shown == [3]


async def test_what_no_paper_has_is_not_chosen(readlist):
    async with readlist(PAPERS) as ui:
        await ui.press("#", *"qqq", "enter")
        assert "None of these papers has such a tag" in ui.text
        await ui.press("escape")
        assert ui.shown == [1, 2, 3]


async def test_the_last_change_of_tags_is_known_after_a_restart_and_the_footer_says_it(readlist):
    async with readlist(PAPERS) as ui:
        assert "." not in ui.footer
        await ui.press("t", *"rl/off", "comma", *"vision,", *"llm", "enter")
        assert ui.paper(1).tags == ["vision"]
        assert ". +vision −llm −rl/offline" in ui.footer
        path = ui.path
    async with interface(path) as ui:
        assert ". +vision −llm −rl/offline" in ui.footer
        await ui.press("j", ".")
        assert ui.paper(2).tags == ["rl/reward", "vision"]


async def test_tags_go_to_the_papers_that_the_editor_showed(readlist):
    async with readlist(PAPERS) as ui:
        await ui.press("t", *"mine", "enter", "j", ".")
        assert "mine" in ui.paper(1).tags
        assert "mine" in ui.paper(2).tags
