import pytest

from readlist.sources.queries import arxiv_query, is_category


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("cs.CL", "cat:cs.CL"),
        ("cs.CL stat.ML, math", "cat:cs.CL OR cat:stat.ML OR cat:math"),
        ("au:sutton AND cat:cs.LG", "au:sutton AND cat:cs.LG"),
        ("world models", "all:world AND all:models"),
        ('"world models"', 'all:"world models"'),
    ],
)
def test_what_arxiv_is_asked(text: str, query: str):
    assert arxiv_query(text) == query


def test_categories():
    names = ["cs.CL", "cs", "math.AG", "cond-mat.mes-hall", "quant-ph", "cs.*", "q-bio.NC"]
    assert all(map(is_category, names))
    assert not any(map(is_category, ["CL", "cs.", "cs.CL.x", "banana", "rl"]))
