from tests.tui.invented import NEW, PAPERS, many


async def test_heads_stand_above_their_columns(readlist):
    async with readlist(size=(80, 24)) as ui:
        for size in ((80, 24), (140, 40), (200, 60)):
            await ui.resize(*size)
            heads = ui.line("title  ")
            row = ui.lines[ui.place_of("Offline RL")[1]]
            assert heads.index("title") == row.index("Offline"), size
            assert heads.index("▲") == row.index("97") + 1
            assert "authors" not in heads or heads.index("authors") == row.index("Okafor")
            assert "year" not in heads or heads.index("year") == row.index("2026")


async def test_where_lines_are_few_there_are_none(readlist):
    async with readlist(size=(140, 20)) as ui:
        assert "title  " not in ui.text


async def test_a_click_sorts(readlist):
    async with readlist(size=(200, 60)) as ui:
        for column, first, words in (
            ("authors", 7, "name of the first author"),
            ("year", 1, "date of publication, newest first"),
            ("▲", 1, "upvotes, most first"),
        ):
            await ui.click(column)
            assert ui.shown[0] == first
            assert ui.message.startswith(f"Sorted by {words}")
        await ui.click("▲")
        assert ui.shown == [8, 7, 6, 5, 4, 3, 2, 1]
        assert ui.message.startswith("Sorted by upvotes, fewest first")


async def test_without_upvotes_there_is_no_column_of_them(readlist):
    without = [paper.but(upvotes=None) if paper.id in NEW else paper for paper in PAPERS]
    async with readlist(without) as ui:
        assert "▲" not in ui.text
        title = ui.line("title  ").index("authors")
        await ui.press("2")
        assert "▲" in ui.line("title  ")
        assert ui.row(9).rstrip().endswith(" 35")
        assert ui.line("title  ").index("authors") == title - 6
        await ui.press("e")  # what one works on has the columns that it had
        assert "▲" in ui.line("title  ")
        await ui.press("1")
        await ui.until(lambda: "▲" not in ui.line("title  "))


async def test_upvotes_have_a_column_as_soon_as_one_is_met(readlist):
    papers = [paper.but(upvotes=None if paper.id < 40 else 7) for paper in many(45)]
    async with readlist(papers, size=(140, 30)) as ui:
        assert "▲" not in ui.line("title  ")
        await ui.press("G")
        await ui.until(lambda: "▲" in ui.line("title  "))
        assert ui.row(45).rstrip().endswith(" 7")
