"""`readlist mark`, `delete`, `tag`, `tags` and `note`: verbs that change papers."""

import stat
import sys
from pathlib import Path

import pytest

from readlist.library.library import Library


def paper(readlist, number: int):
    return readlist("show", str(number), "--json").json


@pytest.mark.parametrize(
    ("mark", "field", "value"),
    [
        ("read", "status", "read"),
        ("To-Read", "status", "to-read"),
        ("reading", "status", "reading"),
        ("archived", "status", "archived"),
        ("starred", "starred", True),
    ],
)
def test_a_paper_is_marked(filled, mark: str, field: str, value: object):
    found = filled("mark", mark, "1")
    assert found.code == 0
    assert "“Offline Reinforcement Learning”" in found.out
    assert paper(filled, 1)[field] == value
    assert filled("undo").code == 0
    assert paper(filled, 1)["changed"] is None


def test_several_papers_are_marked_by_a_query(filled):
    found = filled("mark", "unstarred", "is:any", "--json")
    assert (found.json["ids"], found.json["conflicts"]) == ([3], [])
    assert filled("mark", "read", "-is:read").out == "Read 2 papers\n"
    assert filled("mark", "read", "-is:read").code == 1
    again = filled("mark", "read", "1")
    assert (again.code, again.out) == (0, "")
    assert again.err == "readlist: nothing to change: it is so already\n"


def test_ids_reach_archived_papers_and_some_may_be_missing(filled):
    found = filled("mark", "new", "4", "77")
    assert (found.code, found.out) == (1, "New again “Offline Archived Work”\n")
    assert found.err == "readlist: no paper has the id 77\n"
    assert paper(filled, 4)["status"] == "new"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["mark", "read"], 2, "which papers?"),
        (["mark", "read", ""], 2, "which papers?"),
        (["mark", "read", "  "], 2, "which papers?"),
        (["mark", "read", "sort:title"], 2, "which papers?"),
        (["mark", "read", "tag:"], 2, "character 5"),
        (["mark", "read", "(offline"], 2, "in the query, character 1: this parenthesis"),
        (["mark", "read", "offlne"], 1, "no paper matches offlne"),
        (["mark", "raed", "1"], 2, "'raed' is no state: there are new, to-read"),
        (["mark"], 2, "required: STATUS"),
        (["mark", "read", "1", "--all"], 2, "there is no option --all"),
        (["delete"], 2, "which papers?"),
        (["delete", ""], 2, "which papers?"),
        (["delete", "55"], 1, "no paper has the id 55"),
        (["tag", "1"], 2, "which tags?"),
        (["tag", "--add", "rl"], 2, "which papers?"),
        (["tag", "1", "--add", "!"], 2, "'!': a tag needs a letter or a digit"),
        (["tags", "rename", "rl"], 2, "readlist tags rename OLD NEW"),
        (["tags", "remove", "rl", "x"], 2, "readlist tags rename OLD NEW"),
        (["tags", "delete", "rl", "x"], 2, "readlist tags delete TAG"),
        (["tags", "delete", "nope"], 1, "no paper has the tag nope"),
        (["tags", "rename", "rl", "-"], 2, "a tag needs a letter or a digit"),
        (["tags", "rename", "nope", "x"], 1, "no paper has the tag nope"),
        (["note"], 2, "required: ID"),
        (["note", "x", "--text", "a"], 2, "'x' is no id"),
        (["note", "55", "--text", "a"], 1, "no paper has the id 55"),
        (["note", "9" * 40, "--text", "a"], 1, "no paper has the id 999"),
    ],
)
def test_what_asks_for_nothing_in_particular_changes_nothing(
    filled, arguments: list[str], code: int, message: str
):
    before = filled("export").out.split('"papers"')[1]
    found = filled(*arguments)
    assert (found.code, found.out) == (code, "")
    assert message in found.err
    assert filled("export").out.split('"papers"')[1] == before


def test_words_that_begin_with_a_dash_belong_to_the_query(filled):
    assert filled("mark", "starred", "-is:starred", "-#rl").out.startswith("Starred “Offline Rein")
    assert filled("mark", "archived", "--", "-is:starred").out.startswith("Archived “Diffusion")


def test_deleting_and_undoing(filled):
    assert filled("delete", "tag:rl").out == "Deleted “Diffusion Policies Forget”\n"
    assert filled("show", "2").code == 1
    assert filled("undo").out == "Undone: Deleted “Diffusion Policies Forget”\n"
    assert paper(filled, 2)["tags"] == ["rl/offline"]


def test_tags_go_on_and_off(filled):
    found = filled("tag", "1", "2", "--add", "LLM", "--add", "x", "--remove", "rl/offline")
    assert found.out == "+llm +x −rl/offline on 2 papers\n"
    assert paper(filled, 2)["tags"] == ["llm", "x"]
    assert filled("tags").out == "llm      2\nx        2\n"
    assert filled("tags", "--json").json == [
        {"tag": "llm", "papers": 2},
        {"tag": "x", "papers": 2},
    ]


def test_a_tag_is_renamed_with_those_nested_in_it(filled):
    filled("tag", "1", "--add", "rl", "--add", "deep")
    renamed = "Tag rl (and 1 nested in it) renamed to deep on 2 papers\n"
    assert filled("tags", "rename", "rl", "deep").out == renamed
    assert paper(filled, 1)["tags"] == ["deep"]
    assert paper(filled, 2)["tags"] == ["deep/offline"]


def test_views_of_the_user_follow_a_tag_that_is_renamed(filled, tmp_path):
    (tmp_path / "config.toml").write_text('[views]\nRL = "#rl is:unread"\nOther = "llm"\n')
    found = filled("tags", "rename", "rl", "deep")
    assert found.err == "readlist: the view “RL” asks for tag:deep is:unread now\n"
    assert 'RL = "tag:deep is:unread"\nOther = "llm"' in (tmp_path / "config.toml").read_text()
    assert filled("list", "--view", "rl").code == 0


def test_a_tag_is_taken_off_all_papers_with_those_nested_in_it_and_comes_back(filled):
    filled("tag", "1", "--add", "rl", "--add", "rlhf")
    filled("mark", "archived", "1")
    found = filled("tags", "delete", "rl")
    assert found.out == "Tag rl (and 1 nested in it) taken off 2 papers\n"
    assert (paper(filled, 1)["tags"], paper(filled, 2)["tags"]) == (["rlhf"], [])
    filled("undo")
    assert (paper(filled, 1)["tags"], paper(filled, 2)["tags"]) == (["rl", "rlhf"], ["rl/offline"])


def test_a_tag_of_absurd_length_is_not_made(filled):
    for words in (["tag", "1", "--add", "x" * 101], ["tags", "rename", "rl", "x" * 101]):
        found = filled(*words)
        assert found.code == 2
        assert "a tag has at most 100 characters, this has 101" in found.err
        assert len(found.err) < 200


def test_no_tags(readlist):
    assert readlist("tags").code == 1
    assert readlist("tags", "--json").json == []


def test_a_note_is_written_and_taken(filled):
    assert filled("note", "1", "--text", "-x\x1b[31m **a**\n").out.startswith("Note on “Offline")
    assert paper(filled, 1)["note"] == "-x **a**"
    assert "as it was" in filled("note", "1", "--text", "-x **a**").err
    assert filled("note", "1", "--text=", "--json").json["ids"] == [1]
    assert paper(filled, 1)["note"] == ""


@pytest.mark.parametrize("command", ["", "   ", "'"])
def test_without_an_editor_a_note_has_to_be_given(filled, monkeypatch, command: str):
    monkeypatch.setenv("EDITOR", command)
    monkeypatch.delenv("VISUAL", raising=False)
    found = filled("note", "1")
    assert found.code == 2
    assert "--text, or name an editor in $VISUAL or $EDITOR" in found.err


def test_an_editor_needs_a_terminal(filled, monkeypatch):
    monkeypatch.setenv("EDITOR", "true")
    found = filled("note", "1")
    assert found.code == 2
    assert "an editor needs a terminal" in found.err


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes a script the user's editor, and says that there is a terminal."""

    def make(script: str) -> None:
        path = tmp_path / "my editor"
        path.write_text(f"#!{sys.executable}\nimport sys, pathlib\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("VISUAL", f"'{path}' -x")
        monkeypatch.setattr("readlist.commands.notes._has_terminal", lambda: True)

    return make


def test_the_editor_gets_the_note_and_gives_it_back(filled, editor):
    filled("note", "1", "--text", "old é")
    editor(
        "file = pathlib.Path(sys.argv[2]); assert sys.argv[1] == '-x'\n"
        "file.write_text(file.read_text('utf-8') + 'new', 'utf-8')"
    )
    assert filled("note", "1").code == 0
    assert paper(filled, 1)["note"] == "old é\nnew"


def test_an_editor_that_changes_nothing_changes_nothing(filled, editor):
    editor("pass")
    found = filled("note", "1")
    assert (found.code, found.err) == (0, "readlist: the note is as it was\n")


def test_an_editor_that_fails_changes_nothing(filled, editor, monkeypatch):
    editor("pathlib.Path(sys.argv[2]).write_text('x'); sys.exit(3)")
    found = filled("note", "1")
    assert (found.code, paper(filled, 1)["note"]) == (1, "")
    assert "my editor ended with 3; the note is as it was" in found.err
    monkeypatch.setenv("VISUAL", "no-such-editor")
    found = filled("note", "1")
    assert (found.code, found.err) == (
        1,
        "readlist: no-such-editor cannot be started: No such file or directory\n",
    )


def test_a_note_that_was_changed_elsewhere_is_not_overwritten(filled, editor):
    command = f"{sys.executable} -m readlist note 1 --text theirs >/dev/null"
    editor(f"import os; os.system({command!r}); pathlib.Path(sys.argv[2]).write_text('mine')")
    found = filled("note", "1")
    assert (found.code, found.out) == (1, "mine\n")
    assert "changed elsewhere" in found.err
    assert paper(filled, 1)["note"] == "theirs"


def test_a_read_only_library_can_be_read(filled, monkeypatch):
    monkeypatch.setattr(Library, "is_read_only", True)
    found = filled("list")
    assert (found.code, found.err.count("can be read, but not changed")) == (0, 1)


def test_a_library_that_cannot_be_written_is_told_in_a_line(filled, tmp_path: Path, monkeypatch):
    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("readlist.library.disk.write_at", fail)
    found = filled("mark", "read", "1")
    assert (found.code, found.out) == (3, "")
    assert "no space left on device; make room on the disk" in found.err
    assert found.err.count("\n") == 1
