"""The index, as papers come, change and go: it finds what reading each paper would."""

from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.paper import Paper, Status
from readlist.search.evaluate import Answer, Searcher, matches
from readlist.search.query import Query, parse
from readlist.search.tree import And, Field, Not, Or, Phrase, State, Term, Word


def test_words_are_taken_in_by_and_by() -> None:
    searcher = Searcher([Paper(id=n, title=f"paper {n}") for n in range(1, 5)])
    assert not searcher.prepare(3)
    searcher.update(Paper(id=4, title="paper 4", note="later"))
    assert list(searcher.find(parse("later")).ids) == [4]
    assert searcher.prepare(0)
    searcher.remove(4)
    searcher.remove(4)
    assert list(searcher.find(parse("later OR 3")).ids) == [3]


ALPHABET = [
    "rl",
    "llm",
    "fine",
    "tuning",
    "finetuning",
    "fine-tuning",
    "Rl",
    "é",
    "e",
    "tuned",
    "λ",
]
TEXT = st.lists(st.sampled_from(ALPHABET), max_size=4).map(" ".join)
ONE_PAPER = st.builds(
    Paper,
    id=st.integers(1, 4),
    title=TEXT,
    abstract=TEXT,
    note=TEXT,
    authors=st.lists(TEXT, max_size=2),
    tags=st.lists(st.sampled_from(["rl", "llm/fine"]), max_size=2, unique=True),
    status=st.sampled_from(Status),
)
TERMS: st.SearchStrategy[Term] = st.recursive(
    st.one_of(
        st.builds(
            Word,
            st.sampled_from([*ALPHABET, "f", "tun", "fine-t", "lambda", "tuning"]),
            st.booleans(),
        ),
        st.lists(st.sampled_from(ALPHABET), min_size=1, max_size=2).map(" ".join).map(Phrase),
        st.builds(Field, st.sampled_from(["title", "author"]), st.sampled_from(ALPHABET)),
        st.sampled_from(["new", "unread", "archived"]).map(State),
    ),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda terms: And(tuple(terms))),
        st.lists(inner, min_size=2, max_size=3).map(lambda terms: Or(tuple(terms))),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(ONE_PAPER, st.integers(1, 4)), max_size=8), TERMS, st.integers(0, 8))
def test_the_index_finds_what_reading_each_paper_would(
    changes: list[Paper | int], term: Term, when: int
) -> None:
    searcher, papers = Searcher(), dict[int, Paper]()
    for place, change in enumerate(changes):
        if place == when:
            searcher.prepare()
        if isinstance(change, int):
            searcher.remove(change)
            papers.pop(change, None)
        else:
            searcher.update(change)
            papers[change.id] = change
    answer: Answer = searcher.find(Query(term))
    expected = {number for number, paper in papers.items() if matches(Query(term), paper)}
    assert {*answer.ids, *answer.archived} == expected
