import gzip
import json

import pytest
from rapidfuzz import fuzz, process

from readlist.formats import huggingface
from readlist.insight.completion import Same, best, judge
from readlist.paper import Paper
from readlist.text import fold

TITLE = "Diverse Datasets for Data-Driven Deep Learning"
TEXT = (
    "High resolution models meet the challenges of excessive visual tokens and quadratic visual"
    " complexity, and current ones address the complexity while still making excessive tokens."
)
OTHER_TEXT = (
    "We study the flow of heat in thin plates that are held at their rims, and give the first bound"
    " that does not depend on how thick they are, with a proof that needs no compactness at all."
)
NAMES = ["Jun Ito", "Mara Weiss", "Li Chen"]


def paper(title=TITLE, **values):
    return Paper(title=title, **values)


FOUND = paper(
    abstract=TEXT, authors=NAMES, published="2024-09-21", identifiers={"arxiv": "2409.00001"}
)


@pytest.mark.parametrize(
    ("kept", "found", "same", "reason"),
    [
        (paper(abstract=TEXT), FOUND, "same", "title and abstract agree"),
        (paper(authors=NAMES), FOUND, "same", "title and authors agree"),
        (paper(abstract=TEXT[:110] + "…"), FOUND, "same", "title and abstract agree"),
        (
            paper(abstract=TEXT, author_count=3, published="2024-09-21"),
            FOUND,
            "same",
            "title, abstract, 3 authors and date agree",
        ),
        (paper(), FOUND, "same", "the title agrees, nothing else is known"),
        (paper(published="2024"), FOUND, "same", "title and year agree"),
        # The same title, another paper
        (
            paper(abstract=OTHER_TEXT),
            FOUND,
            "doubtful",
            "the title agrees, but the abstract is another",
        ),
        (paper(authors=["Ada Byron"]), FOUND, "other", "the title agrees, but the authors are"),
        (
            paper(abstract=OTHER_TEXT, published="2010"),
            FOUND,
            "other",
            "the title agrees, but the abstract is another and it is of 2024, not 2010",
        ),
        (paper(published="2010"), FOUND, "doubtful", "the title agrees, but it is of 2024"),
        (paper(author_count=9), FOUND, "doubtful", "the title agrees, but 3 authors, not 9"),
        (
            paper(abstract=TEXT, author_count=9),
            FOUND,
            "doubtful",
            "the title agrees, but 3 authors, not 9",
        ),
        (paper(identifiers={"arxiv": "2001.00001"}), FOUND, "other", "another arXiv id"),
        # A title that says little
        (paper("Introduction"), paper("Introduction"), "doubtful", "only the title agrees"),
        (
            paper("Introduction", abstract=OTHER_TEXT),
            paper("Introduction", abstract=TEXT),
            "other",
            "the title agrees, but the abstract is another",
        ),
        (
            paper("Introduction", abstract=TEXT),
            paper("Introduction", abstract=TEXT),
            "same",
            "title and abstract agree",
        ),
        (
            paper("A Survey of Large Language Models for Time Series"),
            paper("A Survey of Large Language Models for Time Series"),
            "doubtful",
            "only the title agrees",
        ),
        (
            paper("Visual Tuning", author_count=12, published="2025-11-07"),
            paper("Visual Tuning", author_count=12, published="2025-11-07"),
            "same",
            "title, 12 authors and date agree",
        ),
        (
            paper("Visual Tuning", author_count=12, published="2025-11-07"),
            paper("Visual Tuning", author_count=11, published="2025-11-07"),
            "doubtful",
            "only title, 11 authors and date agree",
        ),
        (
            paper("Visual Tuning", author_count=12, published="2025"),
            paper("Visual Tuning", author_count=12, published="2025-11-07"),
            "doubtful",
            "only title, 12 authors and year agree",
        ),
        # Other versions of a title
        (
            paper("Diverse Dataset for Data-Driven Deep Learning", abstract=TEXT),
            FOUND,
            "same",
            "abstract agree, and nearly the title",
        ),
        (
            paper("Diverse Dataset for Data-Driven Deep Learning", authors=NAMES),
            FOUND,
            "doubtful",
            "nearly the same title; authors agree",
        ),
        (
            paper("Wholly Other Words", abstract=TEXT),
            FOUND,
            "doubtful",
            "the abstract agrees, the title does not",
        ),
        (
            paper("Wholly Other Words", abstract=TEXT, authors=["Ada Byron"]),
            FOUND,
            "other",
            "the title is another",
        ),
        (paper(TITLE + ", Part II", abstract=TEXT), FOUND, "doubtful", "the abstract agrees"),
        (paper(TITLE + ", Part II", authors=NAMES), FOUND, "other", "the title is another"),
        # What is no paper
        (paper(abstract=TEXT), FOUND.but(type="dataset"), "other", "it is no paper: dataset"),
        (paper(published="2024"), FOUND.but(type="thesis"), "doubtful", "only title and year"),
    ],
)
def test_whether_a_record_is_of_the_paper(kept, found, same, reason):
    verdict = judge(kept, found)
    assert verdict.same is Same(same), verdict.reason
    assert reason in verdict.reason


@pytest.mark.parametrize(
    ("kept", "same", "reason"),
    [
        (paper("arxiv:2409.00001"), "same", "its arXiv id"),
        (paper("Diverse Data Sets for Data-Driven Reinforcement Learning"), "same", "its arXiv id"),
        (paper("My favourite", authors=NAMES), "same", "its arXiv id"),
        (paper("My favourite"), "doubtful", "its arXiv id, but another title"),
        (paper(abstract=OTHER_TEXT), "same", "its arXiv id"),
    ],
)
def test_a_record_with_an_identifier_of_the_paper(kept, same, reason):
    verdict = judge(kept.but(identifiers={"arxiv": "2409.00001"}), FOUND)
    assert (verdict.same, verdict.reason) == (Same(same), reason)


def test_another_doi_is_for_the_user_to_judge():
    kept = paper(abstract=TEXT, identifiers={"doi": "10.1000/a"})
    found = FOUND.but(identifiers={"doi": "10.1000/b"})
    verdict = judge(kept, found)
    assert verdict.same is Same.DOUBTFUL
    assert verdict.reason == "title and abstract agree, but the DOI is another"


@pytest.mark.parametrize(
    ("title", "same"),
    [("https://a.example/p", "same"), ("Diverse Datasets for Data-Driven Deep Learning", "same")],
)
def test_a_record_with_an_address_of_the_paper(title, same):
    urls = {"abstract": "https://a.example/p"}
    verdict = judge(paper(title, urls=urls), FOUND.but(urls=urls))
    assert (verdict.same, verdict.reason) == (Same(same), "its address")
    assert judge(paper("Wholly Other Words", urls=urls), FOUND.but(urls=urls)).same is Same.OTHER


def test_the_best_of_several():
    follower = FOUND.but(
        title="Diverse Datasets, Again", abstract=OTHER_TEXT, identifiers={"arxiv": "2501.00002"}
    )
    found = best(paper(abstract=TEXT), [follower, FOUND])
    assert found is not None
    assert found.found is FOUND
    assert best(paper("Nothing like it", abstract=OTHER_TEXT), [FOUND]) is None
    assert best(paper(), []) is None


def test_of_two_papers_that_fit_none_is_taken():
    twin = FOUND.but(
        abstract=OTHER_TEXT, authors=["Ada Byron"], identifiers={"arxiv": "2409.77777"}
    )
    found = best(paper(published="2024-09-21", author_count=3), [FOUND, twin.but(authors=NAMES)])
    assert found is not None
    assert found.verdict.same is Same.DOUBTFUL
    assert found.verdict.reason == "two papers fit: this one, and another with the same title"
    assert best(paper(abstract=TEXT), [twin, FOUND]).found is FOUND


def test_a_preprint_and_what_became_of_it_are_one():
    journal = FOUND.but(
        type="article-journal", published="2025", identifiers={"doi": "10.1000/a"}, venue="Nature"
    )
    found = best(paper(abstract=TEXT), [journal, FOUND])
    assert found is not None
    assert found.verdict.same is Same.SAME


def test_two_papers_that_share_an_abstract_are_told_apart_by_the_title():
    """As 2507.02592 and 2509.13305 do."""
    first = paper("Sailor: Ways of Agents on the Web", abstract=TEXT)
    second = paper("Sailor-V2: Bridging the Chasm with Data", abstract=TEXT)
    assert best(first, [second, first]).found is first
    found = best(first, [second])
    assert found is not None
    assert found.verdict.same is Same.DOUBTFUL


def test_no_paper_of_a_corpus_is_taken_for_another(shared):
    """Each of some papers, as little of it as a page tells, among those with the nearest titles."""
    papers = _corpus(shared)
    titles = [fold(paper.title) for paper in papers]
    for place in range(0, len(papers), 197):
        paper = papers[place]
        near = process.extract(titles[place], titles, scorer=fuzz.ratio, limit=6)
        others = [papers[other] for _, _, other in near if other != place]
        listed = Paper(title=paper.title, abstract=paper.abstract)
        assert best(listed, [*others, paper]).found is paper
        for kept in (listed, _counted(paper), Paper(title=paper.title, authors=paper.authors)):
            match = best(kept, others)
            assert match is None or match.verdict.same is Same.DOUBTFUL


def _counted(paper):
    return Paper(title=paper.title, author_count=len(paper.authors), published=paper.published)


def _corpus(shared):
    file = shared / "payloads" / "hf_daily_corpus_slim.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        text = json.dumps([{"paper": json.loads(line)} for line in lines])
    return huggingface.read(text).papers
