"""`readlist formats`, `keys` and `views` come from the lists that the code works by."""

from readlist.bindings import BINDINGS, DUPLICATE_KEYS, TAG_KEYS, display
from readlist.commands.about import markdown
from readlist.formats.catalogue import FORMATS
from readlist.search.query import parse
from readlist.search.views import BUILT_IN


def test_formats(readlist):
    assert [row["format"] for row in readlist("formats", "--json").json] == [
        f.name for f in FORMATS
    ]
    assert "jsonl yes yes .jsonl .ndjson" in " ".join(readlist("formats").out.split())


def test_keys(readlist, tmp_path):
    rows = readlist("keys", "--json").json
    assert [(row["id"], row["keys"]) for row in rows] == [
        (key.id, display(key.keys)) for key in (*BINDINGS, *TAG_KEYS, *DUPLICATE_KEYS)
    ]
    (tmp_path / "config.toml").write_text('[keys]\nwant = "f5"\n')
    rows = {row["id"]: row["keys"] for row in readlist("keys", "--json").json}
    assert rows["want"] == "f5"
    (tmp_path / "config.toml").write_text('[keys]\nwant = "e"\n')
    shown = readlist("keys")
    assert "puts want on e, which is archive's" in shown.err
    assert [line.split()[0] for line in shown.out.splitlines() if " want " in line] == ["e"]
    (tmp_path / "config.toml").write_text("[keys\n")
    assert readlist("keys").code == 2


def test_views(readlist):
    rows = readlist("views", "--json").json
    assert [row["name"] for row in rows] == [view.name for view in BUILT_IN]
    for view in BUILT_IN:
        parse(view.query)


def test_views_of_the_users_own(readlist, tmp_path):
    (tmp_path / "config.toml").write_text('[views]\n"RL, unread" = "tag:rl is:unread"\nx = "(a"\n')
    found = readlist("views", "--json")
    assert found.json[-1] == {
        "key": "7", "name": "rl-unread", "title": "RL, unread", "query": "tag:rl is:unread",
    }  # fmt: skip
    assert "the view 'x' is left out: character 1" in found.err


def test_markdown(readlist):
    lines = readlist("views", "--markdown").out.splitlines()
    assert lines[:3] == [
        "| key | name | title | query |",
        "| --- | --- | --- | --- |",
        "| 1 | inbox | Inbox | is:new |",
    ]
    assert markdown([{"a": "x|y", "b": ["p", "q"], "c": True}]).endswith("| x\\|y | p q | yes |")
