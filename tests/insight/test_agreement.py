import pytest

from readlist.insight.agreement import TitleMatch, abstracts, authors, dates, numbers, titles
from readlist.paper import Paper

TEXT = (
    "High resolution models meet the challenges of excessive visual tokens and quadratic visual"
    " complexity, and current ones address the complexity while still making excessive tokens."
)


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("Fine-Tuning LLMs", "Finetuning  LLMs", "EXACT"),
        ("Schrödinger Bridges", "schrodinger bridges", "EXACT"),
        ("$k$-NN in $\\mathbb{R}^n$", "k-NN in ℝⁿ", "EXACT"),
        ("Attention Is All You Need", "Attention Is All You Need.", "EXACT"),
        ("DINO in the Wild", "DINO+ in the Wild", "NEAR"),
        ("Modelling Behaviour at Scale", "Modeling Behavior at Scale", "NEAR"),
        ("Deep Network for Vision", "Deep Networks for Vision", "NEAR"),
        ("The Art of Scaling", "Art of Scaling", "NEAR"),
        ("Half Fine-Tuning", "Half Fine-Tuning: What Is Lost", "NEAR"),
        # Of other papers
        ("Instruction Following with Tuning", "Instruction Following without Tuning", "SIMILAR"),
        ("Supervised Learning of Depth", "Unsupervised Learning of Depth", "SIMILAR"),
        ("A Theory of Everything, Part I", "A Theory of Everything, Part II", "SIMILAR"),
        ("A Theory of Everything", "A Theory of Everything: II", "SIMILAR"),
        ("Llama 2 in Practice", "Llama 3 in Practice", "SIMILAR"),
        ("The 2023 Shared Task on Parsing", "The 2024 Shared Task on Parsing", "SIMILAR"),
        ("BERT", "BERT: Pre-training of Deep Bidirectional Transformers", "OTHER"),
        ("On Learning", "Correction: On Learning", "OTHER"),
        ("On Learning to Forget Well", "Reply to On Learning to Forget Well", "OTHER"),
        ("Graph Cuts", "Flow Matching", "OTHER"),
    ],
)
def test_titles(one, other, match):
    assert titles(one, other) is TitleMatch[match]
    assert titles(other, one) is TitleMatch[match]


def test_an_abstract_that_is_cut_off_is_all_there():
    assert abstracts(TEXT, TEXT[:120]) == 1
    assert abstracts(TEXT.upper().replace(" ", "\n"), TEXT) == 1


def test_a_short_abstract_says_nothing():
    assert abstracts(TEXT, "High resolution models") is None
    assert abstracts("", TEXT) is None


def test_another_abstract_of_the_same_words_is_another():
    turned = " ".join(reversed(TEXT.split()))
    assert abstracts(TEXT, turned) < 0.1


def by(*names, **values):
    return Paper(title="A", authors=list(names), **values)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (by("Jun Ito", "Mara Weiss"), by("J. Ito", "M. Weiß"), True),
        (by("Jun Ito"), by("Jun Ito", "Mara Weiss", "Li Chen"), True),
        (by("Wei Zhang"), by("Zhang Wei"), True),
        (by("Vincent van Gogh"), by("V. Gogh"), True),
        (by("Li Wang"), by("Wei Wang"), False),
        (by("Jun Ito", "Mara Weiss"), by("Li Chen"), False),
        (by("Jun Ito", "Mara Weiss", "Li Chen"), by("Jun Ito", "Bo Ek", "Al Ba"), None),
        (by(), by("Jun Ito"), None),
    ],
)
def test_authors(one, other, agree):
    assert authors(one, other).agrees is agree
    assert authors(other, one).agrees is agree


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (by(author_count=6), by(author_count=6), True),
        (by(author_count=5), by(author_count=6), True),
        (by(author_count=20), by(author_count=24), True),
        (by(author_count=2), by(author_count=4), False),
        (by(author_count=20), by(author_count=30), False),
        (by("Jun Ito", "others"), by(author_count=30), None),
        (by(author_count=300), by(author_count=100), None),
        (by(), by(author_count=100), None),
    ],
)
def test_numbers_of_authors(one, other, agree):
    assert numbers(one, other).agrees is agree


def of(day, assumed=False):
    extra = {"assumed": ["published"]} if assumed else {}
    return Paper(title="A", published=day, extra=extra)


@pytest.mark.parametrize(
    ("one", "other", "agree", "words"),
    [
        (of("2024-09-21"), of("2024-09-23"), True, "date"),
        (of("2024-09-21"), of("2024"), True, "year"),
        (of("2024-12-30"), of("2025"), True, "year"),
        (of("2021"), of("2024"), None, ""),  # a preprint, and what became of it
        (of("2017"), of("2024"), False, "it is of 2024, not 2017"),
        (of("2026-09-21", assumed=True), of("2024-09-22"), True, "date"),
        (of("2026-01-01", assumed=True), of("2024-12-30"), True, "date"),
        (of("2026-09-21", assumed=True), of("2020-01-01"), None, ""),
        (of(None), of("2024"), None, ""),
    ],
)
def test_dates(one, other, agree, words):
    assert dates(one, other) == (agree, words)
