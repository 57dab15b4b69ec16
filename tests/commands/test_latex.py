"""`readlist bib`."""

import json
import re
import stat
from pathlib import Path

import pytest

PAPERS = [
    {"title": "On Residues", "authors": ["Carl Gauss"], "citekey": "gauss1801", "note": "secret"},
    {"title": "On Bridges", "authors": ["Leonhard Euler"], "citekey": "euler1736"},
    {"title": "On Äther", "status": "archived", "citekey": "äther"},
    {"title": "Spaced", "citekey": "a key"},
]


@pytest.fixture
def there(readlist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The command line, in a folder with a document, on a library with four papers."""
    (tmp_path / "papers.json").write_text(json.dumps({"papers": PAPERS}), "utf-8")
    assert readlist("import", str(tmp_path / "papers.json")).code == 0
    monkeypatch.chdir(tmp_path)

    def write(text: str, name: str = "main.tex") -> None:
        (tmp_path / name).write_text(text, "utf-8")

    readlist.write = write
    return readlist


def keys(bib: str) -> list[str]:
    return re.findall(r"(?m)^@(?!string)\w+\{([^,]*),", bib)


def test_what_is_cited_is_written(there, tmp_path: Path):
    there.write("\\input{part} \\citep[p. 3]{euler1736}")
    there.write("\\cite{äther}", "part.tex")
    found = there("bib", "main.tex")
    assert (found.code, found.err, keys(found.out)) == (0, "", ["äther", "euler1736"])
    found = there("bib", "main.tex", "-o", "refs.bib")
    assert (found.code, found.out, found.err) == (0, "refs.bib: 2 added\n", "")
    before = Path("refs.bib").read_bytes()
    assert keys(before.decode()) == ["äther", "euler1736"]
    assert there("bib", "main.tex", "-o", "refs.bib").out == "refs.bib: nothing to change\n"
    assert Path("refs.bib").read_bytes() == before


def test_every_key_that_a_paper_was_met_under_finds_it(there):
    def entry(key: str) -> str:
        return f"@book{{{key}, title={{On Hanging Chains}}, author={{Jakob Bernoulli}}}}"

    there.write(json.dumps([{"title": "On Hanging Chains"}]), "listed.json")
    there("import", "listed.json")
    found = there("import", _bib(entry("Chains1691")))
    assert (found.out, found.err) == ("in.bib: 1 merged (1 by title alone)\n", "")
    [paper] = there("list", "--json", "chains").json
    assert (paper["citekey"], paper["extra"]["citekeys"]) == ("Chains1691", ["hangingchains"])
    found = there("import", _bib(entry("B91")))
    assert (found.out, found.err) == (
        "in.bib: 1 merged\n",
        "readlist: in.bib: found by two citation keys: B91 and Chains1691\n",
    )
    assert there("import", _bib(entry("B91"))).out == "in.bib: 1 unchanged\n"
    found = there("import", _bib(entry("gauss1801")))
    assert "citation keys that other papers have: gauss1801 here Chains1691" in found.err
    found = there("import", _bib("@book{B91, title={Another}}"))
    assert "citation keys that other papers have: B91 here B91a" in found.err
    there.write("\\cite{B91,hangingchains,Chains1691}")
    found = there("bib", "main.tex")
    assert (found.err, keys(found.out)) == ("", ["B91", "hangingchains", "Chains1691"])
    assert found.out.count("Hanging Chains") == 3
    assert [p["id"] for p in there("list", "--json", "citekey:b91", "chains").json] == [5]
    assert "Chains1691 also hangingchains also B91" in there("show", "5").out
    for _ in range(3):
        there("undo")
    [paper] = there("list", "--json", "chains").json
    assert (paper["citekey"], paper["extra"]) == ("hangingchains", {})


def test_biblatex_has_one_entry_for_all_keys_of_a_paper(there):
    there("import", _bib("@book{c91, ids={B91, Ch}, title={Hanging Chains}, year=1691}"))
    there.write("\\cite{B91} \\cite{c91} \\cite{Ch}")
    bib = ("bib", "main.tex", "--format", "biblatex", "-o", "refs.bib")
    assert (there(*bib).out, there(*bib).out) == (
        "refs.bib: 1 added\n",
        "refs.bib: nothing to change\n",
    )
    text = Path("refs.bib").read_text()
    assert text.startswith("@book{c91,\n  ids           = {B91, Ch},\n")
    assert (there("bib", "main.tex").out.count("ids"), keys(text)) == (0, ["c91"])
    there.write("\\cite{Ch}")  # and is not taken out while one of them is cited
    assert there(*bib).out == "refs.bib: nothing to change\n"
    assert there("tag", "5", "--add", "new").code == 0
    Path("refs.bib").write_text(text.replace("{B91, Ch}", "{mine, Ch}"))
    assert (there(*bib).out, there(*bib).err) == ("refs.bib: 1 updated\n", "")
    assert "{B91, Ch, mine}" in Path("refs.bib").read_text()
    there.write("\\cite{euler1736}")
    assert there(*bib).out == "refs.bib: 1 added\n"  # what is not ours alone stays
    Path("refs.bib").write_text("@book{B91, title={Hanging Chains}}\n")
    there.write("\\cite{B91}")
    assert there(*bib).out == "refs.bib: 1 updated\n"
    assert keys(Path("refs.bib").read_text()) == ["B91"]


def test_an_entry_refers_to_no_other_that_is_not_there(there):
    parent = "@proceedings{proc, title={Proceedings}, year={1740}}"
    child = "@inproceedings{child, title={Child}, author={Doe, Jane}, crossref={proc}}"
    assert there("import", _bib(f"{child}\n{parent}\n")).code == 0
    there.write("\\cite{child}")
    found = there("bib", "main.tex", "-o", "refs.bib")
    assert (found.code, found.err) == (0, "")
    text = Path("refs.bib").read_text()
    assert "crossref" not in text
    assert "= {Proceedings}" in text
    there.write("\\cite{child,proc}")
    assert there("bib", "main.tex", "-o", "refs.bib").out == "refs.bib: 1 added, 1 updated\n"
    assert "crossref" in Path("refs.bib").read_text()


def test_a_document_is_named_as_latex_has_it(there):
    there.write("\\cite{gauss1801}")
    assert keys(there("bib", "main").out) == ["gauss1801"]
    assert "nothing.tex" not in there("bib", "nothing").err


def test_everything(there):
    there.write("\\nocite{*}")
    found = there("bib", "main.tex")
    assert keys(found.out) == ["gauss1801", "euler1736", "äther", "akey"]
    assert "secret" not in found.out


def test_a_key_of_a_paper_that_was_merged_into_another_is_still_known(there):
    assert there("duplicates", "--merge", "2", "1").code == 0
    there.write("\\cite{gauss1801,euler1736}")
    found = there("bib", "main.tex")
    assert (found.code, found.err) == (0, "")
    assert keys(found.out) == ["gauss1801", "euler1736"]
    assert found.out.count("On Bridges") == 2


def test_the_file_is_kept_up_to_date(there):
    mine = "% mine\n@string{x = {y}}\n@misc{own, title = {Own}}\n"
    Path("refs.bib").write_text(mine)
    there.write("\\cite{gauss1801,euler1736,own}")
    assert there("bib", "main.tex", "-o", "refs.bib").code == 0
    there.write("\\cite{gauss1801,own}")
    assert there("tag", "1", "--add", "maths").code == 0
    found = there("bib", "main.tex", "-o", "refs.bib", "--json")
    assert found.json == {
        "file": "refs.bib",
        "added": [],
        "updated": ["gauss1801"],
        "taken_out": ["euler1736"],
        "left": [],
        "unknown": [],
    }
    text = Path("refs.bib").read_text("utf-8")
    assert text.startswith(mine)
    assert keys(text) == ["own", "gauss1801"]
    assert "{maths}" in text


def test_nothing_is_taken_out_while_a_file_is_missing(there):
    there.write("\\cite{gauss1801,euler1736}")
    there("bib", "main.tex", "-o", "refs.bib")
    there.write("\\cite{gauss1801}\n\\input{gone}")
    found = there("bib", "main.tex", "-o", "refs.bib")
    assert found.code == 1
    assert found.out == "refs.bib: nothing to change\n"
    assert found.err == "readlist: main.tex:2: gone is not there\n"


def test_unknown_keys_are_named_with_the_nearest(there):
    there.write("\\cite{Gauss1801}\n\\cite{euler1736,eulr1736}\n\\cite{qqqqqq}\\cite{a key}")
    found = there("bib", "main.tex", "-o", "refs.bib")
    assert (found.code, found.out) == (1, "refs.bib: 1 added\n")
    assert found.err.splitlines() == [
        "readlist: main.tex:1: no paper has the key Gauss1801; did you mean gauss1801?",
        "readlist: main.tex:2: no paper has the key eulr1736; did you mean euler1736?",
        "readlist: main.tex:3: no paper has the key qqqqqq",
        "readlist: main.tex:3: no paper has the key a key; did you mean akey?",
    ]


def test_another_paper_under_the_key_is_left(there):
    before = "@misc{gauss1801, title = {Something quite different}}\n"
    Path("refs.bib").write_text(before)
    there.write("\\cite{gauss1801}")
    found = there("bib", "main.tex", "-o", "refs.bib")
    assert found.code == 1
    assert found.err == "readlist: refs.bib: gauss1801 is another paper there, left as it is\n"
    assert Path("refs.bib").read_text() == before


def test_a_title_that_was_corrected_is_the_same_paper(there):
    Path("refs.bib").write_text("@misc{gauss1801, title = {On Residue}, pages = {3}}\n")
    there.write("\\cite{gauss1801}")
    assert there("bib", "main.tex", "-o", "refs.bib").out == "refs.bib: 1 updated\n"
    text = Path("refs.bib").read_text()
    assert "{On Residues}" in text
    assert "{3}" in text


def test_formats(there):
    there.write("\\citation{gauss1801}", "main.aux")
    there("import", "--format", "bibtex", _bib("@misc{dated, title={Dated}, year=2020}"))
    there.write("\\citation{dated}", "main.aux")
    assert "year " in there("bib", "main.aux").out
    assert "date " in there("bib", "main.aux", "--format", "BibLaTeX").out
    there("bib", "main.aux", "-o", "x.biblatex")
    assert "date " in Path("x.biblatex").read_text()


def test_a_document_of_biblatex_gets_its_format(there):
    there("import", "--format", "bibtex", _bib("@misc{dated, title={Dated}, year=2020}"))
    there.write("\\documentclass{article}\\input{preamble}\\cite{dated}")
    there.write("\\usepackage[backend=biber]{biblatex}", "preamble.tex")
    assert "date " in there("bib", "main.tex").out
    assert "year " in there("bib", "main.tex", "--format", "bibtex").out
    there.write("% \\usepackage{biblatex}", "preamble.tex")
    assert "year " in there("bib", "main.tex").out


def _bib(text: str) -> str:
    Path("in.bib").write_text(text)
    return "in.bib"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "which document?"),
        (["main.tex", "--format", "ris"], 2, "'ris' is none of bibtex, biblatex"),
        (["gone.tex", "-o", "new.bib"], 1, "gone.tex cannot be read: No such file"),
        (["empty.tex", "-o", "new.bib"], 1, "nothing is cited in empty.tex"),
        (["main.tex", "-o", "gone/new.bib"], 1, "gone/new.bib cannot be written: No such file"),
        (["main.tex", "-o", "wide.bib"], 1, "wide.bib is left as it is: it is no text in UTF-8"),
        (["main.tex", "-o", "."], 1, ". cannot be written: Is a directory"),
    ],
)
def test_what_cannot_be_done(there, arguments: list[str], code: int, message: str):
    there.write("\\cite{gauss1801}")
    there.write("%", "empty.tex")
    Path("wide.bib").write_bytes("@misc{a,}".encode("utf-16"))
    found = there("bib", *arguments)
    assert (found.code, found.out) == (code, "")
    assert message in found.err
    assert not Path("new.bib").exists()


def test_a_file_that_is_protected_from_being_written_is_left(there):
    Path("refs.bib").write_text("@misc{own, title = {Own}}\n")
    Path("refs.bib").chmod(0o444)
    there.write("\\cite{gauss1801}")
    found = there("bib", "main.tex", "-o", "refs.bib")
    said = "readlist: refs.bib cannot be written: it is protected from being written\n"
    assert (found.code, found.out, found.err) == (1, "", said)
    assert Path("refs.bib").read_text() == "@misc{own, title = {Own}}\n"


def test_a_link_and_the_rights_of_the_file_stay(there, tmp_path: Path):
    real, link = tmp_path / "real.bib", tmp_path / "refs.bib"
    real.write_text("")
    real.chmod(0o640)
    link.symlink_to(real)
    there.write("\\cite{gauss1801}")
    assert there("bib", "main.tex", "-o", str(link)).code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert keys(real.read_text()) == ["gauss1801"]
