import pytest

from readlist.paper import Paper, Status
from readlist.tui.widgets.abstract_pane import links, paper_content, readable_date, short_facts
from tests.tui.invented import PAPERS, one


def text_of(**fields):
    paper = Paper(**{"title": "A title"} | fields)
    return paper_content(paper, lambda text: (), authors=6, width=20).plain


def test_a_paper_is_shown_in_its_order():
    assert text_of(
        authors=["A B", "C D"],
        author_count=9,
        organization="An Institute",
        identifiers={"arxiv": "2611.00001", "doi": "10.1/x"},
        venue="NeurIPS",
        categories=["cs.LG", "cs.AI", "cs.CL", "stat.ML"],
        published="2026-11-20",
        upvotes=1420,
        comments=1,
        urls={"pdf": "https://arxiv.org/pdf/2611.00001"},
        starred=True,
        tags=["rl/reward"],
        abstract="What it says.",
        note="Mine.",
    ).split("\n") == [
        "A title",
        "A B, C D +7",
        "An Institute",
        "arXiv 2611.00001 · DOI 10.1/x · NeurIPS · cs.LG · cs.AI · cs.CL · 20 Nov 2026",
        "▲ 1,420   1 comment   pdf",
        "",
        "● new   ★ starred   #rl/reward",
        "",
        "What it says.",
        "",
        "─ Note ─────────────",
        "Mine.",
    ]


def test_a_paper_of_which_only_the_title_is_known_is_two_lines():
    assert text_of() == "A title\n\n● new"


@pytest.mark.parametrize("status", Status)
def test_every_status_is_named(status):
    assert text_of(status=status).endswith(str(status).replace("-", " "))


def test_an_assumed_year_is_said_to_be_one():
    found = text_of(published="2026-03-10", extra={"assumed": ["published"]})
    assert "10 Mar 2026 (year assumed)" in found


MANY = [f"Author {n}" for n in range(664)]


async def test_a_narrow_pane_names_few_authors_and_the_reading_screen_more(readlist):
    async with readlist([one(authors=MANY, author_count=700)]) as ui:
        assert "Author 5 +694" in ui.text
        await ui.press("enter")
        assert "Author 11 +688" in ui.text


async def test_enter_names_all_authors_and_the_first_again(readlist):
    async with readlist([one(authors=MANY), one(id=2, authors=MANY)], size=(140, 200)) as ui:
        await ui.press("enter")
        assert "enter all authors" in ui.footer
        await ui.press("enter")
        assert "Author 663 fewer" in ui.text
        assert "enter all authors" not in ui.footer
        await ui.press("enter")
        assert "Author 11 +652" in ui.text
        await ui.press("enter", "n")  # of the next paper, few again
        assert "Author 11 +652" in ui.text


async def test_a_click_behind_the_authors_names_all(readlist):
    async with readlist([one(authors=MANY[:30])], size=(140, 60)) as ui:
        await ui.click("+24")
        assert "Author 29 fewer" in ui.text
        await ui.click("fewer")
        assert "+24" in ui.text


async def test_authors_that_the_source_did_not_name_cannot_be_shown(readlist):
    async with readlist([one(authors=["A B"], author_count=9)]) as ui:
        await ui.press("enter")
        assert "A B +8" in ui.text
        assert "all authors" not in ui.footer
        await ui.click("+8")
        assert "A B +8" in ui.text


def test_a_number_of_authors_stands_for_them():
    assert text_of(author_count=6).split("\n")[1] == "6 authors"


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2026", "2026"), ("2026-02", "Feb 2026"), ("2026-02-09", "9 Feb 2026")],
)
def test_dates_are_readable_at_the_precision_known(iso, shown):
    assert readable_date(iso) == shown


def test_each_address_is_one_link():
    assert links(PAPERS[0]) == [
        ("abstract", "https://arxiv.org/abs/2611.00001"),
        ("pdf", "https://arxiv.org/pdf/2611.00001"),
        ("code", "https://example.org/reward"),
    ]
    assert links(one(identifiers={"isbn": "1"})) == []


def test_two_lines_stand_for_the_pane_where_it_has_no_room():
    first, second = short_facts(PAPERS[0]).plain.split("\n")
    assert first == "García-Durán +6 · 2611.00001 · #rl/reward"
    assert second.startswith("Reward models are trusted")
    assert len(second) <= 200
    assert short_facts(one(abstract="", identifiers={})).plain == "B\n"


async def test_an_identifier_is_a_link_to_its_page(readlist):
    async with readlist() as ui:
        assert ui.style_of("arXiv 2611.00001").link == "https://arxiv.org/abs/2611.00001"
        assert ui.style_of("code").link == "https://example.org/reward"
        await ui.click("arXiv 2611.00001")
        await ui.shows("https://arxiv.org/abs/2611.00001")


async def test_formulas_are_shown_as_unicode_and_found_as_they_are_shown(readlist):
    paper = one(title=r"$\alpha$-Divergence in $O(n^2)$", abstract=r"At $\lambda_1$, 96\% of it.")
    async with readlist([paper, one(id=2)]) as ui:
        assert "α-Divergence in O(n²)" in ui.row(1)
        assert "At λ₁, 96% of it." in ui.text
        for sought, there in (("λ", "λ₁"), ("lambda", "λ₁"), ("n2", ""), ("alpha", "α-Div")):
            await ui.press("escape", *f"/{sought}", "enter")
            assert ui.shown == [1], sought
            if there:
                assert ui.style_of(there).underline, sought
        assert ui.row_style(1, "α").underline
        await ui.press("enter")
        assert ui.style_of("α-Div").underline


async def test_lines_are_at_most_80_wide(readlist):
    async with readlist([one(abstract="word " * 500)], size=(250, 50)) as ui:
        widths = {
            len(line.rstrip()) - line.index("word word") for line in ui.lines if "word word" in line
        }
        assert max(widths) <= 80
        await ui.press("enter")
        assert max(len(line.strip()) for line in ui.lines if "word word" in line) <= 80


async def test_markup_in_any_field_is_shown_plainly(readlist):
    odd = "[/] [red]x[/red] $5"
    paper = one(
        title=odd,
        abstract=odd,
        note=odd,
        authors=[odd],
        organization=odd,
        venue=odd,
        categories=[odd],
    )
    async with readlist([paper]) as ui:
        assert ui.text.count(odd) >= 6
        await ui.press("enter")
        assert ui.text.count(odd) >= 6


async def test_text_can_be_selected_with_the_mouse_and_copied(readlist):
    async with readlist() as ui:
        await ui.drag("they were trained", "on. We fit")
        assert ui.app.screen.get_selected_text().startswith("they were trained")
        await ui.press("ctrl+c")
        assert len(ui.sent_to_clipboard) == 1


async def test_another_paper_is_shown_from_its_top(readlist):
    long = "word " * 2_000
    async with readlist([one(abstract=long), one(id=2, abstract=long)]) as ui:
        await ui.press("l", "G", "h", "j")
        assert ui.main.pane.scroll_offset.y == 0
        await ui.press("l", "G", "h", "s")  # the same paper stays where it was
        assert ui.main.pane.scroll_offset.y > 0
