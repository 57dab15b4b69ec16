from readlist import config
from readlist.layout import Layout
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


MANY = [one(id=n, tags=[f"area{n % 9}/topic{n}"]) for n in range(1, 301)]


async def test_with_hundreds_of_tags_it_narrows_as_one_types(readlist):
    async with readlist(MANY) as ui:
        await ui.press("h", "/", *"c29")
        assert "Inbox" in ui.head, "nothing is shown before it is meant"
        found = [" ".join(row.split()) for row in rows(ui)]
        assert found[0] == "/ c29▏"
        assert "▾ area2 34" in found
        assert len([row for row in found if "topic29" in row]) == 11
        await ui.press("7")
        assert [row.split()[-2] for row in rows(ui)[1:]] == ["area0", "topic297"]
        await ui.press("enter")
        assert "#area0/topic297" in ui.head
        assert ui.shown == [297]
        assert ui.app.focused is ui.main.papers


async def test_what_was_typed_stays_until_escape(readlist):
    async with readlist(MANY) as ui:
        await ui.press("h", "/", *"topic30", "down")
        assert "topic30" in ui.head, "down goes on from the best, and shows it"
        await ui.press("enter", "h")
        assert rows(ui)[0].strip() == "/ topic30"
        await ui.press("1")
        assert not any("▌" in row for row in rows(ui)), "the inbox is not among them"
        await ui.press("h", "escape")
        assert rows(ui)[0].split()[:2] == ["▌", "Inbox"]
        assert ui.app.focused is ui.main.sidebar


async def test_keys_are_text_while_one_types_in_it(readlist):
    async with readlist(MANY) as ui:
        await ui.press("h", "/", *"jwq e", "backspace", "backspace", "backspace")
        assert rows(ui)[0].strip() == "/ jw▏"
        assert ui.done == []
        await ui.paste("x\n[/]")
        assert rows(ui)[0].strip() == "/ jwx [/]▏"
        await ui.press("enter")
        assert "Inbox" in ui.head, "nothing has that in its name"
        await ui.press("e")
        assert len(ui.done) == 1


async def test_who_goes_elsewhere_types_there(readlist):
    async with readlist() as ui:
        await ui.press("h", "/", *"ll", "tab", "e")
        assert rows(ui)[0].strip() == "/ ll"
        assert len(ui.done) == 1


async def test_tags_without_unread_papers_are_hidden_on_demand(readlist):
    papers = [
        one(id=1, tags=["a/new"]),
        one(id=2, tags=["a/read"], status="read"),
        one(id=3, tags=["b"], status="reading"),
    ]
    async with readlist(papers) as ui:
        await ui.press("U")
        assert [" ".join(row.split()) for row in rows(ui)[7:]] == [
            "TAGS · unread",
            "▾ a 2",
            "new 1",
        ]
        await ui.press("r")
        assert [" ".join(row.split()) for row in rows(ui)[7:]] == ["TAGS · unread"]
        await ui.until(lambda: not ui.main._unsaved)
        await ui.settles()
        assert config.load().layout.unread_tags
        await ui.press("U")
        assert len(rows(ui)) == 12


async def test_a_tag_that_is_shown_stays_though_it_has_no_unread_paper(readlist):
    papers = [one(id=1, tags=["a"]), one(id=2, tags=["b/c"], status="read")]
    async with readlist(papers, layout=Layout(unread_tags=True)) as ui:
        ui.main.action_show_tag("b/c")
        await ui.until(lambda: "#b/c" in ui.head)
        await ui.settles()
        assert [" ".join(row.split()) for row in rows(ui)[8:]] == ["a 1", "▾ b 1", "▌ c 1"]
