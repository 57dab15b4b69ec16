"""The language: what texts mean, what errors say, and that every tree is written as it is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readlist.search.conditions import HAS, STATES
from readlist.search.names import EXACT, FIELDS, TEXTS
from readlist.search.query import DEEPEST, Query, QueryError, ids_in, parse, parse_sort
from readlist.search.sorting import SORTS, SortKey
from readlist.search.tree import (
    And,
    Dates,
    Field,
    Has,
    LastImport,
    Not,
    Numbers,
    Or,
    Phrase,
    Regex,
    State,
    Term,
    Word,
)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("  ", None),
        ("offline rl", And((Word("offline"), Word("rl")))),
        ('"policy gradient"', Phrase("policy gradient")),
        ("“policy gradient”", Phrase("policy gradient")),
        ("title:reward", Field("title", "reward")),
        ('author:"alba garcía"', Field("author", "alba garcía", quoted=True)),
        ("#rl @sutton", And((Field("tag", "rl"), Field("author", "sutton")))),
        ("-#rl", Not(Field("tag", "rl"))),
        ("organization:x tags:y", And((Field("org", "x"), Field("tag", "y")))),
        ("is:to-read", State("to-read")),
        ("Is:Unread", State("unread")),
        ("status:read", State("read")),
        ("has:note", Has("note")),
        ("has:tag", Has("tags")),
        ("year:2023", Dates("year", "2023")),
        ("published:2023-05..2024", Dates("published", "2023-05..2024")),
        ("added:<7d", Dates("added", "<7d")),
        ("comments:>3", Numbers("comments", ">3")),
        ("id:7", Numbers("id", "7")),
        ("import:last", LastImport()),
        ("-x", Not(Word("x"))),
        ("NOT x", Not(Word("x"))),
        ("NOT(x)", Not(Word("x"))),
        ("--x", Not(Not(Word("x")))),
        ("a AND b", And((Word("a"), Word("b")))),
        ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("a (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("((a))", Word("a")),
        ("not or and", And((Word("not"), Word("or"), Word("and")))),
        ("ORB", Word("ORB")),
        ("/diff(usion|ing) m/", Regex("diff(usion|ing) m")),
        (r"/a\/b/", Regex(r"a\/b")),
        ("fine-tuning", Word("fine-tuning")),
        ("f(x) g", And((Word("f(x)"), Word("g")))),
        ("doi:10.1016/S0140-6736(20)30183-5", Field("doi", "10.1016/S0140-6736(20)30183-5")),
    ],
)
def test_a_text_is_read_as_the_contract_says(text: str, tree: Term | None) -> None:
    assert parse(text).where == tree
    assert parse(str(parse(text))) == parse(text)


@pytest.mark.parametrize(
    "title",
    [
        "LoRA: Low-Rank Adaptation of Large Language Models",
        "Attention – All You Need?",
        "Pass @ K & the # of Samples / Budget",
        "Is 3:1 Enough - A Study",
        "SORT: Simple Online Tracking",
        "GEAR: an efficient cache",
        "Titan: a title with the word title",
        "std::vector considered harmful",
        "https://arxiv.org/abs/2401.00001v2",
    ],
)
def test_a_pasted_title_is_words(title: str) -> None:
    tree = parse(title).where
    assert all(isinstance(t, Word) for t in (tree.terms if isinstance(tree, And) else [tree]))


def test_sort_keys_stand_anywhere_and_add_up() -> None:
    query = parse("sort:-starred,title rl sort:year")
    assert query.where == Word("rl")
    assert query.sort == (SortKey("starred", True), SortKey("title"), SortKey("published"))
    assert str(query) == "rl sort:-starred,title,published"
    assert parse_sort("-added") == (SortKey("added", True),)


@pytest.mark.parametrize(
    ("text", "position", "suggestion"),
    [
        ("auther:garcia", 1, "author:"),
        ("rl auther:garcia", 4, "author:"),
        ("auther: garcia", 1, "author:"),
        ("keyword:rl", 1, "tag:"),
        ("elephant:rl", 1, None),
        ("is:unred", 4, "is:unread"),
        ("is:", 4, None),
        ("has:pfd", 5, "has:pdf"),
        ("tag:", 5, None),
        ("tag: rl", 5, None),
        ("title:?", 7, None),
        ("#", 2, None),
        ("year:2023-13", 6, None),
        ("year:2024..2023", 6, None),
        ("added:soon", 7, None),
        ("comments:many", 10, None),
        ("authors:smith", 9, "author:smith"),
        ("import:first", 8, None),
        ("sort:titel", 6, "sort:title"),
        ("sort:title,-aded", 12, "sort:added"),
        ("a (sort:title)", 4, None),
        ("-sort:title", 2, None),
        ('a "b', 3, None),
        ("/a", 1, None),
        ("//", 1, None),
        ("/a(b/", 3, None),
        ("/a{99999999999999}/", 2, None),
        ("(a", 1, None),
        ("a)", 2, None),
        ("()", 1, None),
        ("a OR", 3, None),
        ("OR a", 1, None),
        ("a OR OR b", 6, None),
        ("(a OR) b", 4, None),
        ("AND a", 1, None),
        ("a AND", 3, None),
        ("a NOT", 3, None),
        ("a -", 3, None),
        ("???", 1, None),
        ("(" * (DEEPEST + 1), DEEPEST + 1, None),
        ("-" * 9999 + "a", DEEPEST + 1, None),
    ],
)
def test_an_error_points_and_suggests(text: str, position: int, suggestion: str | None) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    error = caught.value
    assert (error.position, error.suggestion) == (position, suggestion)
    assert str(position) in str(error)
    assert "\n" not in str(error)
    assert suggestion is None or suggestion in str(error)


def test_a_sort_option_points_into_itself() -> None:
    with pytest.raises(QueryError) as caught:
        parse_sort("title,-aded")
    assert (caught.value.position, caught.value.suggestion) == (7, "added")


@pytest.mark.parametrize(
    ("typed", "complete"),
    [
        ("rl tag:", "rl"),
        ("rl #", "rl"),
        ("rl @", "rl"),
        ('rl "diff', "rl"),
        ('rl title:"diff', "rl"),
        ("(rl OR", "rl"),
        ("(rl OR (", "rl"),
        ("rl (", "rl"),
        ("rl OR ", "rl"),
        ("rl AND", "rl"),
        ("rl NOT", "rl"),
        ("rl -", "rl"),
        ("rl -tag:", "rl"),
        ("rl is:un", "rl"),
        ("rl is:", "rl"),
        ("rl has:not", "rl"),
        ("rl year:20", "rl"),
        ("rl year:2023-0", "rl"),
        ("rl year:2023..20", "rl"),
        ("rl added:>", "rl"),
        ("rl added:yes", "rl"),
        ("rl comments:", "rl"),
        ("rl comments:>", "rl"),
        ("rl import:la", "rl"),
        ("rl /dif", "rl"),
        ("rl sort:", "rl"),
        ("rl sort:-added,ti", "rl sort:-added"),
        ("rl auther:", "rl"),
        ("OR", ""),
        ("-", ""),
        ("???", ""),
    ],
)
def test_half_typed_ends_are_left_out(typed: str, complete: str) -> None:
    assert parse(typed, typing=True) == parse(complete)


@pytest.mark.parametrize(
    "text", ["is:unred", "is:un rl", "auther:g", "a) ", "tag: rl", "year:2023-13", "OR a", "sort:x"]
)
def test_while_typing_real_mistakes_are_still_told(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text, typing=True)


def test_the_word_being_typed_is_a_beginning() -> None:
    def partial(text: str) -> list[bool]:
        return [word.partial for word in parse(text, typing=True).words if isinstance(word, Word)]

    assert partial("offline rl") == [False, True]
    assert partial("offline rl ") == [False, False]
    assert partial("(offline OR rl") == [False, True]
    assert partial("lora:") == [False]
    assert parse("-off", typing=True).where == Not(Word("off"))
    assert not parse("-off", typing=True).where.term.partial  # type: ignore[union-attr]
    assert parse("tag:r", typing=True).where.partial  # type: ignore[union-attr]
    assert not parse("offline").where.partial  # type: ignore[union-attr]


def test_a_query_says_what_ranks_and_whether_it_asks_for_archived_papers() -> None:
    query = parse('a -b (c OR "d e") tag:f -(g -h)')
    assert query.words == (Word("a"), Word("c"), Phrase("d e"), Word("h"))
    asking = ("is:archived", "is:any", "rl id:3", "a OR is:archived", "-(-is:any)")
    assert all(parse(text).mentions_archived for text in asking)
    assert not any(parse(text).mentions_archived for text in ("rl", "-is:archived", "-id:3", ""))


def test_only_numbers_are_ids() -> None:
    assert ids_in(["3", "7"]) == [3, 7]
    assert ids_in(["3 7", "3"]) == [3, 7]
    assert ids_in([]) is None
    assert ids_in(["3", "rl"]) is None
    assert ids_in(["-3"]) is None
    assert ids_in(["9" * 5000]) is None


SIGNS = "abz019éßλ学ﾞ½ \t\n\"“”'()-/\\#@:.,<>=[]{}*+?|^$&~!_\ud800\x00"
PIECES = ["OR", "AND", "NOT", "(", ")", "-", '"', "/", "#", "@", "[[a]", *(f"{f}:" for f in FIELDS)]
VALUES = ["rl", "2023", "7d", "..", ">", "3..5", "read", "title", "x:y", "García-Molina", *"-([{*"]
ANY_TEXT = st.one_of(
    st.text(),
    st.text(SIGNS),
    st.lists(st.sampled_from([*PIECES, *VALUES, " ", " "])).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT, st.booleans())
def test_any_text_is_a_query_that_writes_itself_or_an_error(text: str, typing: bool) -> None:
    try:
        query = parse(text, typing=typing)
    except QueryError as error:
        assert 1 <= error.position <= len(text) + 1
        assert error.message
        return
    assert parse(str(query)) == query


def _is_plain(text: str) -> bool:
    try:
        return parse(text).where == Word(text)
    except QueryError:
        return False


WORDS = st.one_of(
    st.sampled_from(["a", "fine-tuning", "García", "LoRA:", "3:1", "f(x)", "C++", "学习", "or"]),
    st.text(SIGNS, min_size=1, max_size=6).filter(_is_plain),
)
QUOTED = st.text("ab é-:()/\n", max_size=8).map(lambda text: f"{text}a")
LEAVES: st.SearchStrategy[Term] = st.one_of(
    WORDS.map(Word),
    QUOTED.map(Phrase),
    st.builds(Field, st.sampled_from([*TEXTS, *EXACT]), st.sampled_from(["a", "c/d", "10.1/(x)"])),
    st.builds(Field, st.sampled_from([*TEXTS, *EXACT]), QUOTED, st.just(True)),
    st.sampled_from(sorted(STATES)).map(State),
    st.sampled_from(sorted(HAS)).map(Has),
    st.builds(
        Dates, st.sampled_from(["year", "added"]), st.sampled_from(["2023", ">=7d", "..2020"])
    ),
    st.builds(Numbers, st.sampled_from(["id", "upvotes"]), st.sampled_from(["3", "..4", "<=1"])),
    st.just(LastImport()),
    st.sampled_from(["a b", r"\/", "[(]"]).map(Regex),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=4).map(lambda terms: And(tuple(terms))),
        st.lists(inner, min_size=2, max_size=4).map(lambda terms: Or(tuple(terms))),
    ),
    max_leaves=12,
)
SORT_KEYS = st.lists(st.builds(SortKey, st.sampled_from(sorted(SORTS)), st.booleans()), max_size=3)


@settings(max_examples=300, deadline=None)
@given(TREES, SORT_KEYS)
def test_every_tree_is_read_as_it_was_written(tree: Term, keys: list[SortKey]) -> None:
    query = Query(tree, tuple(keys))
    assert parse(str(query)) == query


def test_very_long_queries_are_read_at_once() -> None:
    for text in ("a " * 20_000, "a(b)" * 20_000, "a OR " * 20_000 + "a", "x" * 200_000):
        assert parse(text).where is not None
