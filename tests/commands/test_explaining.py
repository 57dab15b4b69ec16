"""`--explain` says how a query is understood, and does nothing."""

import pytest


def test_a_query_is_explained(filled):
    words = ["offline", "fine-tuning", "@okafor", "-(is:read OR tag:rl)", "year:2024..2025"]
    words += ["sort:-added", "upvotes:10..", '"a b"', "/x+/", "has:pdf", "import:last"]
    found = filled("list", "--explain", *words)
    assert found.code == 0
    assert found.out.splitlines() == [
        "query: offline fine-tuning author:okafor -(is:read OR tag:rl) "
        'year:2024..2025 upvotes:10.. "a b" /x+/ has:pdf import:last sort:-added',
        "papers with all of:",
        "  the word offline",
        "  the word fine-tuning",
        "  author okafor",
        "  none of:",
        "    any of:",
        "      it is read",
        "      tag rl, or one nested in it",
        "  year from 2024-01-01 to 2025-12-31",
        "  upvotes from 10",
        "  exactly the words a-b side by side",
        "  title or abstract matches /x+/",
        "  it has pdf",
        "  the last import added or merged it",
        "archived papers are left out",
        "sorted by added, from the end",
        "finds no paper",
    ]


@pytest.mark.parametrize(
    ("verb", "number"),
    [
        (["list", "offlne"], "finds 2 papers"),
        (["show", "offlne"], "finds 2 papers"),
        (["export", "offlne"], "finds no paper"),
        (["mark", "read", "offlne"], "finds no paper"),
        (["delete", "is:any"], "finds 4 papers"),
        (["tag", "offline", "--add", "x"], "finds 2 papers"),
        (["delete", "4", "1"], "finds 2 papers"),
        (["list", "--view", "inbox"], "finds 1 paper"),
    ],
)
def test_mistakes_are_forgiven_only_where_nothing_changes(filled, verb, number):
    found = filled(*verb, "--explain")
    assert (found.code, found.out.splitlines()[-1]) == (0, number)
    assert filled("list", "--jsonl", "is:any").out.count("\n") == 4
    assert filled("log").out.count("\n") == 1


def test_verbs_that_change_take_no_half_typed_query(filled):
    for verb in (["mark", "read"], ["delete"], ["export"], ["tag", "--add", "x"]):
        for words in (["tag:"], ['"offline'], ["(offline", "OR"]):
            assert filled(*verb, *words).code == 2


def test_the_closest_are_shown_where_no_paper_has_all_words(filled):
    found = filled("list", "--jsonl", "offline", "recognition", "diffusion")
    assert found.out.count("\n") >= 2
    assert "no paper has all these words; the closest come first" in found.err
    assert filled("export", "offline", "recognition", "diffusion").code == 1
