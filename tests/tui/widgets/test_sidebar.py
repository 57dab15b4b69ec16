from tests.tui.invented import PAPERS, one


def rows(ui):
    """The lines of the sidebar, without spaces at their ends."""
    sidebar = ui.main.sidebar
    return [sidebar.render_line(y).text.rstrip() for y in range(sidebar.length)]


async def test_it_shows_views_then_tags_as_a_tree_with_counts(readlist):
    async with readlist() as ui:
        assert [" ".join(row.split()) for row in rows(ui)] == [
            "▌ Inbox 8",
            "To read 2",
            "Reading 1",
            "Starred 1",
            "Read 2",
            "All 13",
            "",
            "TAGS",
            "llm 3",
            "▾ rl 2",
            "offline 1",
            "reward 1",
        ]


async def test_a_nested_tag_stands_below_its_own_parent(readlist):
    tags = ["a-b", "a/b", "a/b/c", "ab", "b/c"]
    async with readlist([one(tags=tags)]) as ui:
        shown = [" ".join(row.split()) for row in rows(ui)[8:]]
        assert shown == ["▾ a 1", "▾ b 1", "c 1", "a-b 1", "ab 1", "▾ b 1", "c 1"]


async def test_many_tags_begin_folded(readlist):
    tags = [f"{a}/{b}" for a in "abcd" for b in range(9)]
    async with readlist([one(tags=tags)]) as ui:
        assert [row.split()[:2] for row in rows(ui)[8:]] == [["▸", a] for a in "abcd"]


async def test_without_tags_there_is_no_heading(readlist):
    async with readlist([one()]) as ui:
        assert rows(ui)[-1].split()[0] == "All"


async def test_tags_of_archived_papers_only_are_left_out(readlist):
    async with readlist([*PAPERS, one(id=99, status="archived", tags=["gone"])]) as ui:
        assert "gone" not in ui.text


async def test_long_and_wide_tags_stay_in_the_sidebar(readlist):
    async with readlist([one(tags=["x" * 80, "漢字" * 20])]) as ui:
        sidebar = ui.main.sidebar
        width = sidebar.outer_size.width
        assert {sidebar.render_line(y).cell_length for y in range(sidebar.length)} == {width}
        assert rows(ui)[-1].endswith(" 1")
        assert "…" in rows(ui)[-1]


async def test_keys_pass_over_the_heading_both_ways(readlist):
    async with readlist() as ui:
        await ui.press("6", "h", "j")
        assert "#llm" in ui.head
        await ui.press("k")
        assert "All" in ui.head
        await ui.press("G", "j")
        assert "#rl/reward" in ui.head
        await ui.press("g", "k")
        assert "Inbox" in ui.head


async def test_a_click_on_the_heading_does_nothing(readlist):
    async with readlist() as ui:
        await ui.click("TAGS")
        assert "Inbox" in ui.head


async def test_its_row_is_marked_when_it_has_the_keys(readlist):
    async with readlist() as ui:
        grounds = []
        for key in ("h", "l"):
            await ui.press(key)
            grounds.append(ui.app.screen.get_style_at(*ui.place_of("Inbox   ")).bgcolor)
        assert grounds[0] != grounds[1]
