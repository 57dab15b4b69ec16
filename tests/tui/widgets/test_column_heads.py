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
