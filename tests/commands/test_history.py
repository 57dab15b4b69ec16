"""`readlist undo`, `redo` and `log`."""


def test_undo_and_redo_say_what(filled):
    filled("mark", "read", "1")
    assert filled("undo").out == "Undone: Read “Offline Reinforcement Learning”\n"
    assert filled("redo").out == "Redone: Read “Offline Reinforcement Learning”\n"
    assert filled("undo", "--json").json["label"] == "Read “Offline Reinforcement Learning”"
    filled("redo")
    assert filled("redo").code == 1


def test_nothing_to_undo(readlist):
    found = readlist("undo")
    assert (found.code, found.out, found.err) == (1, "", "readlist: nothing to undo\n")
    assert readlist("redo").err == "readlist: nothing to redo\n"


def test_an_import_that_was_worked_on_is_undone_but_for_that(filled):
    filled("mark", "read", "1")
    filled("undo")
    filled("mark", "starred", "2")
    filled("mark", "unstarred", "2")
    for _ in range(2):
        filled("undo")
    found = filled("undo")
    assert found.out.startswith("Undone: Imported papers.json")


def test_the_log_is_newest_first(filled):
    filled("mark", "read", "1")
    filled("undo")
    lines = filled("log").out.splitlines()
    assert [line[18:30] for line in lines] == ["Undone: Read", "Read “Offlin", "Imported pap"]
    assert len(filled("log", "--limit", "1").out.splitlines()) == 1
    (undo, _, imported) = filled("log", "--json").json
    assert (undo["kind"], undo["of"], undo["ids"]) == ("undo", 2, [1])
    assert (imported["kind"], imported["label"]) == ("import", "Imported papers.json: 4 added")


def test_an_empty_log(readlist):
    assert readlist("log").code == 1
    assert readlist("log", "--json").json == []


def test_what_was_reported_can_be_read_again(readlist, tmp_path):
    assert readlist("log", "--notices").err == "readlist: nothing was reported yet\n"
    mine = tmp_path / "mine.jsonl"
    mine.write_text('{"title": "One"}\n{"title": ""}\n')
    readlist("import", str(mine))
    lines = readlist("log", "--notices").out.splitlines()
    assert [line[18:].rpartition("/")[2] for line in lines] == [
        "mine.jsonl: line 2 refused: it has no title",
        "mine.jsonl: 1 added, 1 refused",
    ]
    [newest] = readlist("log", "--notices", "--json", "--limit", "1").json
    assert newest["text"].endswith("line 2 refused: it has no title")
    readlist("import", "--dry-run", str(mine))
    assert len(readlist("log", "--notices").out.splitlines()) == 2
