"""A LaTeX document and the files that it reads."""

import os
from pathlib import Path

import pytest

from readlist.manuscript import Citations, citations


def cited(folder: Path, *names: str, **files: str | bytes) -> Citations:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return citations(
        [str(folder / name) for name in names or ("main.tex",)], lambda n: Path(n).read_bytes()
    )


def test_files_are_followed_once_each_in_order(tmp_path: Path):
    found = cited(
        tmp_path,
        main_tex="\\cite{a}\\input{ch/one}\\cite{d}\\input{ch/one}\\input{./main}\\cite{a,e}",
        ch__one_tex="\\cite{b}\n\\include{ch/two.x}\\input{main}",
        ch__two_x_tex="\\cite{c}\\input{ch/one.tex}\\input{ch/two.x}",
    )
    assert list(found.keys) == ["a", "b", "c", "d", "e"]
    assert found.keys["c"] == f"{tmp_path}/ch/two.x.tex:1"
    assert (found.problems, found.is_whole, found.read) == ([], True, 1)


def test_folders_of_import_and_subfile(tmp_path: Path):
    found = cited(
        tmp_path,
        main_tex="\\import{parts/}{one}\\subfile{sub/file}",
        parts__one_tex="\\input{two}",
        parts__two_tex="\\cite{two}",
        two_tex="\\cite{not me}",
        sub__file_tex="\\documentclass[../main]{subfiles}\\input{near}\\subimport{deep}{x}",
        sub__near_tex="\\cite{near}",
        sub__deep__x_tex="\\cite{deep}",
    )
    assert list(found.keys) == ["two", "near", "deep"]


def test_what_is_not_there_is_told_in_a_line_each(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.tex")
    found = cited(
        tmp_path,
        "main.tex",
        "none.tex",
        "a.pdf",
        a_pdf="%PDF-1.5 \n",
        main_tex="\\input{gone}\n\\input{pipe}\\input{/dev/zero}\\input{a.pdf}\\cite{a}"
        "\\InputIfFileExists{gone}{}{}\\input{" + "x" * 5000 + "}\\input{\0}\\input{empty}",
        empty_tex="",
    )
    place = f"{tmp_path}/main.tex"
    assert found.problems[:3] == [
        f"{place}:1: gone is not there",
        f"{place}:2: pipe is not there",
        f"{place}:2: /dev/zero is not there",
    ]
    assert found.problems[3] == f"{place}:2: a.pdf is not read: it is a PDF, and no text"
    assert found.problems[-2] == f"{tmp_path}/none.tex cannot be read: No such file or directory"
    assert found.problems[-1] == f"{tmp_path}/a.pdf: it is a PDF, and no text"
    assert len(found.problems) == 8
    assert (list(found.keys), found.is_whole, found.read) == (["a"], False, 1)
    assert all(line.isprintable() for line in found.problems)


def test_a_file_named_by_a_macro_is_not_known(tmp_path: Path):
    found = cited(tmp_path, main_tex="\\input{\\dir/x}\\cite{a}")
    assert (found.problems, found.is_whole) == ([], False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str):
    found = cited(tmp_path, main_tex="é \\cite{müller} \\nocite{*}".encode(encoding))
    assert (list(found.keys), found.is_everything) == (["müller"], True)


def test_a_chain_of_thousands_of_files(tmp_path: Path):
    for number in range(2_000):
        (tmp_path / f"f{number}.tex").write_text(f"\\input{{f{number + 1}}}\\cite{{k{number}}}")
    (tmp_path / "f2000.tex").write_text("\\input{f0}")
    found = cited(tmp_path, "f0.tex")
    assert len(found.keys) == 2_000
    assert not found.problems


def test_files_of_latex_itself(tmp_path: Path):
    found = cited(
        tmp_path,
        "main.aux",
        main_aux="\\citation{a}\\@input{ch.aux}\\@input{gone.aux}",
        ch_aux="\\citation{b}",
    )
    assert (list(found.keys), found.problems) == (["a", "b"], [])
