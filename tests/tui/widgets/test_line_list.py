from contextlib import contextmanager

from tests.tui.invented import many


@contextmanager
def noted(papers):
    """Yield the rows that are made meanwhile, from none."""
    made, make_row = [], papers.make_row
    papers.make_row = lambda row, width: made.append(row) or make_row(row, width)
    papers.forget_rows()
    yield made
    papers.make_row = make_row


async def test_only_rows_on_screen_are_made_and_those_a_page_away(readlist):
    async with readlist(many(500)) as ui:
        papers = ui.main.papers
        with noted(papers) as made:
            await ui.press("G", "k", "k")
            await ui.until(lambda: papers._ahead is None)
        assert 0 < len(set(made)) < 3 * papers.page + 5


async def test_the_next_page_is_there_before_it_is_asked_for(readlist):
    async with readlist(many(500)) as ui:
        papers = ui.main.papers
        with noted(papers) as made:
            await ui.press("pagedown")
            await ui.until(lambda: papers._ahead is None)
            ahead = set(made)
            made.clear()
            await ui.press("pagedown")
            shown = range(papers.scroll_offset.y, papers.scroll_offset.y + papers.page)
            assert ahead.issuperset(shown)
        assert f"Paper number {papers._ids[shown[-1]]} " in ui.text


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
