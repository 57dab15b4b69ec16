from tests.tui.invented import many


async def test_only_rows_on_screen_are_made(readlist):
    async with readlist(many(500)) as ui:
        papers = ui.main.papers
        made = []
        make_row = papers.make_row
        papers.make_row = lambda row, width: made.append(row) or make_row(row, width)
        papers.forget_rows()
        await ui.press("G", "k", "k")
        assert 0 < len(set(made)) < 2 * papers.page + 5


async def test_a_click_below_the_last_row_does_nothing(readlist):
    async with readlist(many(3)) as ui:
        await ui.press("j")
        await ui.click("Paper number 3 ", down=5)
        assert ui.here == 2


async def test_another_theme_paints_all_rows_anew(readlist):
    async with readlist() as ui:
        before = ui.row_style(5, "Tokenizer").color
        ui.app.theme = "readlist-light"
        await ui.settles()
        assert ui.row_style(5, "Tokenizer").color != before
