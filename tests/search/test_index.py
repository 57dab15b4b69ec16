"""The index, as papers come, change and go: it finds what reading each paper would."""

from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.paper import Paper, Status
from readlist.search.evaluate import Answer, Searcher
from readlist.search.query import Query, parse
from readlist.search.tree import And, Field, Not, Or, Phrase, State, Term, Word
from readlist.search.words import split


def test_words_are_taken_in_by_and_by() -> None:
    searcher = Searcher([Paper(id=n, title=f"paper {n}") for n in range(1, 5)])
    assert not searcher.prepare(3)
    searcher.update(Paper(id=4, title="paper 4", note="later"))
    assert searcher.find(parse("later")).ids == [4]
    assert searcher.prepare(0)
    searcher.remove(4)
    searcher.remove(4)
    assert searcher.find(parse("later OR 3")).ids == [3]


# A second, plain reading of the language.

ALPHABET = ["rl", "llm", "fine", "tuning", "finetuning", "fine-tuning", "Rl", "é", "e"]
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
        st.builds(Word, st.sampled_from([*ALPHABET, "f", "tun", "fine-t"]), st.booleans()),
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


def _has(texts: list[str], sought: str, *, partial: bool = False, joined: bool = True) -> bool:
    parts = split(sought)
    for text in texts:
        words = split(text)
        for wanted in [parts, ["".join(parts)]] if joined else [parts]:
            *firsts, last = wanted
            for start in range(len(words) - len(wanted) + 1):
                *heads, tail = words[start : start + len(wanted)]
                if heads == firsts and (tail.startswith(last) if partial else tail == last):
                    return True
    return False


def _is_true(term: Term, paper: Paper) -> bool:
    texts = [paper.title, paper.abstract, paper.note, *paper.authors, *paper.tags]
    match term:
        case Word(text, partial):
            return _has(texts, text, partial=partial)
        case Phrase(text):
            return _has(texts, text, joined=False)
        case Field(name, text):
            return _has([paper.title] if name == "title" else paper.authors, text)
        case State(name):
            return paper.is_unread if name == "unread" else paper.status == name
        case Not(inner):
            return not _is_true(inner, paper)
        case And(terms):
            return all(_is_true(inner, paper) for inner in terms)
        case Or(terms):
            return any(_is_true(inner, paper) for inner in terms)
    raise AssertionError(term)


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
    expected = {number for number, paper in papers.items() if _is_true(term, paper)}
    assert {*answer.ids, *answer.archived} == expected
