import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from readlist.layout import Layout
from readlist.paper import Status
from readlist.tui.widgets.paper_list import PaperList
from tests.tui.invented import one

# Rows

HOSTILE = {
    "markup": "[/] [bold]x[/bold] [link=javascript:x]y",
    "chinese": "漢字だらけの論文 " * 9,
    "arabic": "نموذج اللغة الكبير " * 5,
    "hebrew": "שָׁלוֹם עוֹלָם " * 9,
    "families": "👨‍👩‍👧‍👦 on 🧑‍🚀 and 🇩🇪 ❤️ " * 5,
    "endless": "word " * 2_000,
    "one word": "x" * 10_000,
    "combining": "e\u0301\u0323\u0308" * 90,
    "mathematics": "$\\alpha^2$ and $O(n\\log n)$",
    "backslash": "\\[not markup\\]",
}


@pytest.mark.parametrize("size", [(60, 20), (140, 30)])
async def test_every_row_is_exactly_as_wide_as_the_list(readlist, size):
    papers = [
        one(id=number, title=title, authors=["名前 " + title[:50]] * 664)
        for number, title in enumerate(HOSTILE.values(), start=1)
    ]
    async with readlist(papers, size=size) as ui:
        width = ui.main.papers.size.width
        for keys in ("x", "jx", "/[word]", "*"):  # selected, without the cursor, marked
            await ui.press(*keys)
            for number in ui.shown:
                assert cell_len(ui.row(number)) == width, papers[number - 1].title[:20]


async def test_a_title_is_shown_plainly(readlist):
    async with readlist([one(title="[/] [bold]x[/bold] Deep[er] $\\alpha$")]) as ui:
        assert "[/] [bold]x[/bold] Deep[er] α " in ui.row(1)
        assert ui.lines[2].rstrip().endswith("[/] [bold]x[/bold] Deep[er] α")
        await ui.press("s")
        assert "Starred “[/] [bold]x[/bold] Deep[er] α”" in ui.message


async def test_upvotes_stand_at_the_right(readlist):
    upvotes = {1: 0, 2: 1_234, 3: 12_345, 4: None}
    async with readlist([one(id=n, upvotes=number) for n, number in upvotes.items()]) as ui:
        assert [ui.row(n).split()[-1] for n in upvotes] == ["0", "1,234", "12,345", "B"]


async def test_the_columns_are_those_of_the_settings(readlist):
    async with readlist(size=(220, 60), layout=Layout(abstract=False, columns=("tags",))) as ui:
        assert ui.row(1).split()[-1] == "#rl/reward"
        assert "2026" not in ui.row(1)
        assert ui.line("title  ").split()[-1] == "tags"
    async with readlist(size=(220, 60), layout=Layout(abstract=False)) as ui:
        assert ui.row(1).split()[-5:] == ["García-Durán", "+6", "2026-11-20", "142", "#rl/reward"]


async def test_each_status_has_a_sign_of_its_own(readlist):
    papers = [one(id=n, status=status) for n, status in enumerate(Status, start=1)]
    async with readlist(papers) as ui:
        await ui.press("6", *"/is:any")
        assert len({ui.row(paper.id)[2] for paper in papers}) == len(Status)


# The cursor


class Shown(PaperList):
    """A list without a screen: only where the cursor would go."""

    def __init__(self):
        super().__init__(None, None)

    def set_length(self, length, cursor):
        self.set_reactive(PaperList.cursor, cursor)


@given(
    st.lists(st.integers(1, 20), unique=True, min_size=1),
    st.lists(st.integers(1, 20), unique=True),
    st.data(),
)
def test_the_cursor_stays_on_its_paper_else_goes_to_the_next_that_is_left(before, after, data):
    papers = Shown()
    papers.show(before)
    place = data.draw(st.integers(0, len(before) - 1))
    papers.set_reactive(PaperList.cursor, place)
    papers.show(after)
    left = [number for number in before[place:] if number in after]
    left += [number for number in reversed(before[:place]) if number in after]
    if left:
        assert papers.current == left[0]
    else:
        assert papers.current == (after[0] if after else None)


@pytest.mark.parametrize("size", [(60, 20), (140, 30)])
async def test_a_note_is_marked_at_the_end_of_the_title(readlist, size):
    titles = ["short", "long " * 40, "漢字だらけの論文 " * 9]
    papers = [one(id=n, title=title, note="x") for n, title in enumerate(titles, start=1)]
    async with readlist([*papers, one(id=4)], size=size) as ui:
        signs = {cell_len(ui.row(number)[: ui.row(number).index("¶")]) for number in (1, 2, 3)}
        assert len(signs) == 1
        assert len({cell_len(ui.row(number)) for number in ui.shown}) == 1
        assert "¶" not in ui.row(4)


async def test_a_long_title_takes_the_cells_that_its_paper_leaves_blank(readlist):
    title = "A Title of Many Words That Has No Room in Its Own Column of the List but Beside It"
    papers = [
        one(id=1, title=title, upvotes=5),
        one(id=2, title=title, authors=[], upvotes=5),
        one(id=3, title=title, authors=[], upvotes=None),
        one(id=4, title="Short", authors=[], upvotes=7),
    ]
    async with readlist(papers) as ui:
        rows = {number: ui.row(number) for number in (1, 2, 3, 4)}
        shown = {n: row.partition("A Title")[2].partition("…")[0] for n, row in rows.items()}
        assert len(shown[1]) + 8 < len(shown[2]) < len(shown[3])
        assert rows[1].rstrip()[-1] == rows[2].rstrip()[-1] == "5"
        assert len({len(row) for row in rows.values()}) == 1
        assert rows[3].rstrip().endswith("…")
        assert rows[4].rstrip().index("7") == rows[1].rstrip().index("5")
