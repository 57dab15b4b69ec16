import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist import change
from readlist.change import (
    AddPaper,
    AddTag,
    Change,
    DeletePaper,
    RemoveTag,
    SetField,
    resolve,
)
from readlist.library.edits_json import edits_from_json, edits_to_json
from readlist.paper import Paper, PaperError, Status

NOW = "2026-11-20T08:00:00Z"
TAGS = st.sampled_from(["rl", "rl/offline", "llm"])
EDITS = st.lists(
    st.builds(SetField, st.sampled_from(["status", "note"]), st.sampled_from(["a", "b", None]))
    | st.builds(AddTag, TAGS)
    | st.builds(RemoveTag, TAGS)
    | st.just(DeletePaper(None))
    | st.just(AddPaper({"title": "new", "tags": [], "changed": None}))
)
DOCUMENTS = st.none() | st.fixed_dictionaries(
    {
        "title": st.just("x"),
        "status": st.sampled_from(["a", "b"]),
        "note": st.none(),
        "tags": st.lists(TAGS, unique=True).map(sorted),
        "changed": st.none(),
    }
)


def paper(**values):
    return Paper(**({"id": 1, "title": "A Title"} | values))


def after(built, *papers):
    """Return the papers as a change leaves them."""
    found = {}
    for one in papers:
        document = resolve(built.edits.get(one.id, ()), one.document()).document
        found[one.id] = Paper.of(document, one.id) if document else None
    return found if len(papers) > 1 else found[papers[0].id]


@given(EDITS, DOCUMENTS)
def test_the_inverse_of_what_was_resolved_brings_everything_back(edits, document):
    resolved = resolve(edits, document)
    back = Change("", {1: resolved.edits}).inverse()
    undone = resolve(back.edits[1], resolved.document, strict=True)
    assert undone.document == document
    assert undone.conflicts == []


@given(EDITS, DOCUMENTS)
def test_edits_that_do_nothing_fall_away(edits, document):
    resolved = resolve(edits, document)
    again = resolve(resolved.edits, resolved.document) if resolved.document else None
    assert resolved.edits or resolved.document == document
    if again and not any(isinstance(e, AddPaper | DeletePaper) for e in resolved.edits):
        last = {e.name: e for e in resolved.edits if isinstance(e, SetField)}
        assert all(again.document[name] == edit.new for name, edit in last.items())


@given(st.dictionaries(st.integers(1, 9), EDITS))
def test_edits_survive_the_way_through_json_but_for_added_documents(edits):
    read = edits_from_json(edits_to_json(edits))
    assert list(read) == list(edits)
    for number, own in edits.items():
        for one, other in zip(own, read[number], strict=True):
            assert one == other or isinstance(one, AddPaper)


def test_two_who_tag_the_same_paper_both_win():
    first = change.edit_tags([paper()], ["rl"], [], NOW)
    second = change.edit_tags([paper()], ["llm"], [], NOW)
    document = paper().document()
    for one in (first, second):
        document = resolve(one.edits[1], document).document
    assert document["tags"] == ["llm", "rl"]


def test_an_undo_leaves_a_field_that_was_changed_since_and_says_so():
    done = resolve([SetField("note", "mine"), SetField("starred", True)], paper().document())
    since = {**done.document, "note": "theirs"}
    undone = resolve([e.inverse() for e in reversed(done.edits)], since, strict=True)
    assert undone.conflicts == ["note"]
    assert (undone.document["note"], undone.document["starred"]) == ("theirs", False)


def test_an_undone_import_spares_a_paper_that_the_user_has_changed_since():
    added = AddPaper(paper().document(), None)
    assert resolve([added.inverse()], paper().document()).document is None
    kept = resolve([added.inverse()], paper(changed=NOW).document())
    assert kept.document is not None
    assert kept.conflicts == ["paper"]


def test_times_go_with_the_status():
    wanted = after(change.set_status([paper()], Status.TO_READ, "t1"), paper())
    assert (wanted.decided, wanted.started, wanted.finished) == ("t1", None, None)
    begun = after(change.set_status([wanted], Status.READING, "t2"), wanted)
    assert (begun.decided, begun.started, begun.finished) == ("t1", "t2", None)
    read = after(change.set_status([begun], Status.READ, "t3"), begun)
    assert (read.started, read.finished, read.changed) == ("t2", "t3", "t3")
    back = after(change.set_status([read], Status.NEW, "t4"), read)
    assert (back.decided, back.finished) == (None, None)


def test_reading_without_having_begun_is_begun_and_finished_at_once():
    read = after(change.set_status([paper()], Status.READ, NOW), paper())
    assert (read.decided, read.started, read.finished) == (NOW, NOW, NOW)


def test_a_status_that_a_paper_has_is_no_change():
    archived = paper(status=Status.ARCHIVED)
    assert not change.set_status([archived], Status.ARCHIVED, NOW).edits[1]


def test_each_paper_can_get_a_status_of_its_own():
    papers = [paper(status=Status.READ), paper(id=2, status=Status.READ)]
    states = {1: Status.NEW, 2: Status.READING}
    found = after(change.set_statuses(papers, states, NOW, Status.TO_READ), *papers)
    assert [p.status for p in found.values()] == [Status.NEW, Status.READING]


def test_read_papers_go_back_to_the_states_that_are_remembered():
    papers = [paper(status=Status.READ), paper(id=2, status=Status.READ)]
    back = change.toggle_read(papers, lambda numbers: {2: Status.READING}, NOW)
    assert [edits[0].new for edits in back.edits.values()] == ["to-read", "reading"]
    assert back.label == "To read 2 papers"
    alone = change.toggle_read(papers[1:], lambda numbers: {2: Status.READING}, NOW)
    assert alone.label.startswith("Reading “")


def test_where_one_is_not_read_all_are_read_and_no_memory_is_asked():
    papers = [paper(status=Status.READ), paper(id=2)]
    assert change.toggle_read(papers, None, NOW).edits[1] == []
    assert change.toggle_read(papers, None, NOW).label == "Read 2 papers"


def test_tags_are_added_and_removed_and_what_differs_stays():
    one, two = paper(tags=["a", "b"]), paper(id=2, tags=["c"])
    found = after(change.edit_tags([one, two], ["d"], ["a"], NOW), one, two)
    assert (found[1].tags, found[2].tags) == (["b", "d"], ["c", "d"])


def test_renaming_a_tag_renames_those_nested_in_it_and_merges():
    one = paper(tags=["rl", "rl/offline", "rlhf"])
    two = paper(id=2, tags=["rl", "ml"])
    built = change.rename_tag([one, two], "rl", "ml", NOW)
    found = after(built, one, two)
    assert (found[1].tags, found[2].tags) == (["ml", "ml/offline", "rlhf"], ["ml"])
    assert built.label == "Tag rl (and 1 nested in it) renamed to ml on 2 papers"


def test_a_tag_can_be_nested_in_itself_and_come_out_of_itself():
    one = paper(tags=["rl", "rl/x", "rl/x/y"])
    inner = change.rename_tag([one], "rl", "rl/x", NOW)
    assert after(inner, one).tags == ["rl/x", "rl/x/x", "rl/x/x/y"]
    outer = change.rename_tag([one], "rl/x", "rl", NOW)
    assert after(outer, one).tags == ["rl", "rl/y"]
    assert change.rename_tag([one], "rl", "rl", NOW).edits == {}


def test_a_tag_is_taken_off_with_those_nested_in_it_and_no_other():
    one = paper(tags=["rl", "rl/offline", "rlhf"])
    other = paper(id=2, tags=["llm"])
    built = change.delete_tag([one, other], "rl", NOW)
    assert after(built, one).tags == ["rlhf"]
    assert built.label == "Tag rl (and 1 nested in it) taken off 1 paper"
    assert change.delete_tag([one], "rlhf", NOW).label == "Tag rlhf taken off 1 paper"


def test_a_tag_that_is_made_has_a_hundred_characters_at_most():
    assert change.new_tag("Group/W 48") == "group/w-48"
    assert change.new_tag("x" * 100) == "x" * 100
    with pytest.raises(PaperError, match="at most 100 characters, this has 1,000"):
        change.new_tag("x" * 1000)


def test_labels_name_one_paper_by_its_title_and_several_by_their_number():
    papers = [paper(), paper(id=2)]
    assert change.set_status(papers[:1], Status.ARCHIVED, NOW).label == "Archived “A Title”"
    assert change.set_star(papers, True, NOW).label == "Starred 2 papers"
    assert change.edit_tags(papers, ["x"], ["y"], NOW).label == "+x −y on 2 papers"
    assert change.set_note(papers[0], "", NOW).label == "Note taken from “A Title”"
    assert change.delete(papers).label == "Deleted 2 papers"


@given(st.lists(TAGS, min_size=1, unique=True), st.lists(st.just("old"), max_size=1))
def test_the_label_of_a_change_of_tags_says_which_it_was(add, remove):
    built = change.edit_tags([paper(title="on + −x on y")], add, remove, NOW)
    assert change.tag_edit_of(built.label) == (frozenset(add), frozenset(remove))


@pytest.mark.parametrize("label", ["Read “+x on y”", "Tag a renamed to b on 2 papers", "", "+x"])
def test_other_labels_are_of_no_change_of_tags(label):
    assert change.tag_edit_of(label) is None
