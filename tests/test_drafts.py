import json
import os
import stat

import pytest

from readlist import drafts
from readlist.drafts import Draft
from readlist.paper import Paper

PAPER = Paper(id=7, uid="one", title="A paper")


@pytest.fixture
def library(tmp_path):
    return tmp_path / "library.json"


def test_a_draft_is_found_as_it_was_saved_until_it_is_dropped(library):
    assert drafts.find(library, PAPER) is None
    drafts.save(library, PAPER, Draft("typed\né ", "before"))
    drafts.save(library, PAPER, Draft("typed on", "before"))
    assert drafts.find(library, PAPER) == ("typed on", "before")
    drafts.drop(library, 7)
    drafts.drop(library, 7)
    assert drafts.find(library, PAPER) is None
    assert list(library.parent.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="no such modes")
def test_only_its_owner_can_read_a_draft(library):
    drafts.save(library, PAPER, Draft("typed", ""))
    assert stat.S_IMODE(drafts.place(library, 7).stat().st_mode) == 0o600


def test_a_draft_is_of_one_paper(library):
    drafts.save(library, PAPER, Draft("typed", ""))
    assert drafts.find(library, Paper(id=8, uid="one", title="Another")) is None
    assert drafts.find(library, Paper(id=7, uid="two", title="Another library's")) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"{}", b'{"uid": "one", "text": 1, "base": ""}', b'{"uid": "one"}'],
)
def test_a_damaged_draft_is_none(library, content):
    drafts.place(library, 7).write_bytes(content)
    assert drafts.find(library, PAPER) is None


def test_a_draft_is_cleaned(library):
    content = {"uid": "one", "text": "a\x1b[31mb", "base": "\x00c"}
    drafts.place(library, 7).write_text(json.dumps(content), "utf-8")
    assert drafts.find(library, PAPER) == ("ab", "c")


def test_where_nothing_can_be_written_saving_raises(library):
    library.parent.joinpath("library.json.note-7").mkdir()
    with pytest.raises(OSError, match=r"."):
        drafts.save(library, PAPER, Draft("typed", ""))
    assert len(list(library.parent.iterdir())) == 1  # nothing half done
