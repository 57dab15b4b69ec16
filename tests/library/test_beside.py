"""The files beside a library are the same ones, however it is named."""

from readlist import drafts, indexing
from readlist.library.beside import beside
from readlist.paper import Paper


def test_they_are_called_after_the_library_and_lie_beside_it(tmp_path):
    library = tmp_path / "library.json"
    assert beside(library, "journal") == tmp_path.resolve() / "library.json.journal"


def test_a_library_that_is_named_by_a_link_has_those_of_the_file(tmp_path):
    (tmp_path / "real").mkdir()
    library, link = tmp_path / "real" / "mine.json", tmp_path / "library.json"
    library.write_text("{}")
    link.symlink_to(library)
    paper = Paper(title="A", id=7, uid="u")
    drafts.save(link, paper, drafts.Draft("typed", ""))
    assert drafts.find(library, paper) == drafts.Draft("typed", "")
    assert indexing.path_of(link) == indexing.path_of(library)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["library.json", "real"]
