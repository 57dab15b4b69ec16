from pathlib import Path

import pytest

from readlist.updating.new_feed import meant_feed

PAPERS = "https://huggingface.co/papers"


@pytest.mark.parametrize(
    ("text", "name", "kind", "what"),
    [
        ("cs.CL", "cs.CL", "arxiv", "cs.CL"),
        ("arxiv:math.AG", "math.AG", "arxiv", "math.AG"),
        ("cs.CL stat.ML", "cs.CL stat.ML", "arxiv", "cs.CL stat.ML"),
        ("https://arxiv.org/list/cs.CL/recent", "cs.CL", "arxiv", "cs.CL"),
        ("https://rss.arxiv.org/rss/cs.CL+cs.LG", "cs.CL cs.LG", "arxiv", "cs.CL cs.LG"),
        ("au:sutton AND cat:cs.LG", "au:sutton AND cat:cs.LG", "arxiv", "au:sutton AND cat:cs.LG"),
        ("arxiv world models", "world models", "arxiv", "world models"),
        ("daily", "daily", "huggingface", "daily"),
        ("huggingface", "daily", "huggingface", "daily"),
        ("Huggingface trending", "trending", "huggingface", "trending"),
        (PAPERS, "daily", "huggingface", "daily"),
        (f"{PAPERS}/", "daily", "huggingface", "daily"),
        (f"{PAPERS}/date/2026-08-21", "daily", "huggingface", "daily"),
        (f"{PAPERS}/week/2026-W34", "weekly", "huggingface", "weekly"),
        (f"{PAPERS}/month/2026-08", "monthly", "huggingface", "monthly"),
        (f"{PAPERS}/trending", "trending", "huggingface", "trending"),
        (f"{PAPERS}?q=tool+use", "tool use", "huggingface", "search: tool use"),
        ("search Tool use", "Tool use", "huggingface", "search: Tool use"),
        ("https://www.nature.com/nmeth.rss", "nature.com", "url", "https://www.nature.com/nmeth.rss"),
        ("https://arxiv.org/a/lovelace_a_1.atom", "arxiv.org", "url",
         "https://arxiv.org/a/lovelace_a_1.atom"),
    ],
)  # fmt: skip
def test_what_is_meant(text: str, name: str, kind: str, what: str):
    feed = meant_feed(text)
    assert (feed.name, feed.kind, feed.what) == (name, kind, what)


def test_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "papers").mkdir()
    monkeypatch.chdir(tmp_path)
    for text in ("papers", "./papers", str(tmp_path / "papers")):
        feed = meant_feed(text)
        assert (feed.name, feed.kind, feed.what) == ("papers", "folder", str(tmp_path / "papers"))
    with pytest.raises(ValueError, match=r"\./none is no folder that is there"):
        meant_feed("./none")


def test_a_name_is_taken_once():
    assert meant_feed("cs.CL", ["cs.cl", "cs.cl 2"]).name == "cs.CL 3"
    assert len(meant_feed(f"search {'word ' * 30}").name) <= 40


@pytest.mark.parametrize("text", ["banana", "", "ftp://x.org", "10.1000/x"])
def test_what_is_nothing_to_follow(text: str):
    with pytest.raises(ValueError, match=r"nothing to follow|no folder"):
        meant_feed(text)
