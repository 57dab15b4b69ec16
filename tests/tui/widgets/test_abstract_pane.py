import pytest

from readlist.paper import Paper, Status
from readlist.tui.widgets.abstract_pane import links, paper_content, readable_date, short_facts
from tests.tui.invented import PAPERS, one


def text_of(whole=False, **fields):
    paper = Paper(**{"title": "A title"} | fields)
    return paper_content(paper, lambda text: (), whole=whole).plain


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
        "▲ 1,420   1 comment   pdf   arXiv   DOI",
        "",
        "● new   ★ starred   #rl/reward",
        "",
        "What it says.",
        "",
        "─ Note ────────────────────────",
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


def test_a_narrow_pane_names_few_authors_and_the_reading_screen_more():
    authors = [f"Author {n}" for n in range(664)]
    assert "Author 5 +658" in text_of(authors=authors)
    assert "Author 99 +564" in text_of(authors=authors, whole=True)
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


async def test_markup_in_any_field_is_shown_plainly(readlist):
    odd = "[/] [red]x[/red] $a$"
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
        await ui.drag("trusted far", "outside the data")
        assert ui.app.screen.get_selected_text().startswith("trusted far")
        await ui.press("ctrl+c")
        assert len(ui.sent_to_clipboard) == 1


async def test_another_paper_is_shown_from_its_top(readlist):
    long = "word " * 2_000
    async with readlist([one(abstract=long), one(id=2, abstract=long)]) as ui:
        await ui.press("l", "G", "h", "j")
        assert ui.main.pane.scroll_offset.y == 0
        await ui.press("l", "G", "h", "s")  # the same paper stays where it was
        assert ui.main.pane.scroll_offset.y > 0
