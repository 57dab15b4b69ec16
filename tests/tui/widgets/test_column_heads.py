import pytest


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (200, 60)])
async def test_heads_stand_above_their_columns(readlist, size):
    async with readlist(size=size) as ui:
        heads = ui.line("title  ")
        row = ui.lines[ui.place_of("Offline RL")[1]]
        assert heads.index("title") == row.index("Offline")
        assert heads.index("▲") == row.index("97") + 1
        if "authors" in heads:
            assert heads.index("authors") == row.index("Okafor")
        if "year" in heads:
            assert heads.index("year") == row.index("2026")


async def test_where_lines_are_few_there_are_none(readlist):
    async with readlist(size=(140, 20)) as ui:
        assert "title  " not in ui.text


@pytest.mark.parametrize(
    ("column", "first", "words"),
    [
        ("year", 1, "date of publication, newest first"),
        ("▲", 1, "upvotes, most first"),
        ("authors", 7, "name of the first author"),
    ],
)
async def test_a_click_sorts(readlist, column, first, words):
    async with readlist(size=(200, 60)) as ui:
        await ui.click(column)
        assert ui.shown[0] == first
        assert ui.message.startswith(f"Sorted by {words}")
        ordered = ui.shown
        await ui.click(column)
        assert ui.shown == ordered[::-1] or column == "year"
        assert "Sorted by " in ui.message
