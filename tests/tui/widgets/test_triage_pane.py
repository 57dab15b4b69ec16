from textual.content import Content

from readlist.paper import Status
from readlist.tui.widgets.triage_pane import Acts, ProgressLine, facts, text_of
from tests.tui.invented import PAPERS, one


def plain(content):
    return content.plain


def test_facts_stand_in_a_line_and_what_is_not_known_is_left_out():
    assert plain(facts(PAPERS[0])) == (
        "García-Durán, Ito, Weiss +4 · 20 Nov 2026 · cs.LG · ▲ 142 · pdf · code · #rl/reward"
    )
    bare = one(authors=[], upvotes=None, published=None, identifiers={})
    assert plain(facts(bare)) == ""
    assert plain(facts(bare.but(author_count=6))) == "6 authors"


def test_facts_tell_what_the_user_made_of_the_paper():
    paper = one(published=None, identifiers={}, status=Status.TO_READ, starred=True)
    assert plain(facts(paper)) == f"B · ▲ 1 · {Status.TO_READ.sign} to read · ★ starred"


def test_what_looks_like_markup_stays_text():
    paper = one(title="A [bold]title[/]", abstract="Deep[er] [/x]", note="[red]")
    assert plain(text_of(paper, lambda text: ())[0]) == "Deep[er] [/x]"
    assert plain(text_of(paper, lambda text: ())[-1]) == "[red]"


def test_a_paper_without_an_abstract_says_so():
    assert [plain(line) for line in text_of(one(abstract=""), lambda text: ())] == ["no abstract"]


def test_the_line_of_progress_is_told_by_its_signs():
    line = ProgressLine()
    line.show(0.25)
    assert plain(line.fitted(8)) == "━━──────"


def test_what_was_done_last_gives_way_but_for_the_way_back():
    acts = Acts()
    acts.show(
        "5 to read", Content("last: archived “Gradient Noise”"), Content(" · u back"), problem=False
    )
    assert plain(acts.fitted(60)) == "5 to read           last: archived “Gradient Noise” · u back"
    assert plain(acts.fitted(40)) == "5 to read  last: archived “Gra… · u back"
    acts.show("5 to read", Content("No space is left"), Content(), problem=True)
    assert plain(acts.fitted(40)) == "No space is left"


def test_where_little_room_is_left_the_way_back_stands_alone_else_what_was_done():
    acts = Acts()
    counts = "6 to read   4 archived   46 skipped"
    acts.show(counts, Content("Undone: To read “B”"), Content(" · ctrl+r again"), problem=False)
    assert plain(acts.fitted(58)) == counts + " " * 11 + "ctrl+r again"
    assert plain(acts.fitted(44)) == "Undone: To read “B” · ctrl+r again"
    assert plain(acts.fitted(32)) == "Undone: To read … · ctrl+r again"
    acts.show(counts, Content("The tags are so already"), Content(), problem=False)
    assert plain(acts.fitted(40)) == "The tags are so already"
    acts.show(counts, Content(), Content(), problem=False)
    assert plain(acts.fitted(40)).strip() == counts
