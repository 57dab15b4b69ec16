"""What a LaTeX document cites."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats.citations import Cited, Read, found_in, is_for_biblatex, visible


def keys(text: str, **how: bool) -> list[str]:
    return [found.key for found in found_in(text, **how) if isinstance(found, Cited)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\cite{a}", "a"),
        (r"\cite{a, b,c}", "a b c"),
        ("\\cite{a,%\n  b}", "a b"),
        ("\\cite\n{a}", "a"),
        (r"\citep[see][p. 3]{a,b}", "a b"),
        (r"\citep[see {[1]} and \citet{x}][p. {\bf{3}}]{a}", "a x"),
        (r"\Citeauthor*{a} \citeyearpar{b} \citealp{c}", "a b c"),
        (r"\parencite{a}\textcite{b}\footcite[3]{c}\Autocite{d}", "a b c d"),
        (r"\autocites(see)(etc.)[p. 1]{a}[][3]{b} {c}", "a b c"),
        ("\\textcites{a}\n  [2]{b}", "a b"),
        (r"\volcite[pre]{2}[30]{a}", "a"),
        (r"\cite<e.g.>[p.~3]{a}", "a"),
        (r"\citefield{a}{title} and \cite{b}{not}", "a b"),
        (r"\textcquote[3]{a}{said \cite{b}} \foreigntextcquote{german}[3]{c}{so}", "a b c"),
        (r"\textquote[{\cite{a}}]{said}", "a"),
        (r"\nocite{*} \nocite{a}", "* a"),
        (r"\citestyle{x}\setcitestyle{y}\newcites{s}{S}\bstctlcite{z}\citetext{see}", ""),
        (r"\newcommand{\my}[1]{\cite{#1}} \renewcommand{\cite}[1]{x}", ""),
        (r"\cite{\key} \cite{} \cite{,}", ""),
        (r"\citep", ""),
        ("% \\cite{x}\n100\\% \\cite{a} \\\\% \\cite{y}", "a"),
        (r"\verb|\cite{x}| \verb*+\cite{x}+ \lstinline[a]!\cite{x}! \cite{a}", "a"),
        ("\\begin{verbatim}\n\\cite{x}\n\\end{verbatim}\\cite{a}", "a"),
        ("\\begin{lstlisting}[language=C]\n\\cite{x}\n\\end{lstlisting}\\cite{a}", "a"),
        ("\\begin{comment}\\cite{x}\\end{comment}\\cite{a}\\begin{minted}{c}\\cite{x}", "a"),
        (r"\iffalse\cite{x}\ifx\a\b\cite{x}\else\fi\cite{x}\else\cite{a}\fi\cite{b}", "a b"),
        (r"$a \iff b$ \iffalse $\iff$ \ifthenelse{x}{y}{z} \fi \cite{a} \iffalse \cite{b}", "a b"),
        (r"\cite{a}\end{document}\cite{x}", "a"),
        (r"\cite{a}\endinput\cite{x}", "a"),
        (r"\cite{müller2020} \cite{DBLP:conf/nips/X20}", "müller2020 DBLP:conf/nips/X20"),
    ],
)
def test_keys(text: str, expected: str):
    assert sorted(keys(text)) == sorted(expected.split())


def test_lines_are_those_of_the_file():
    text = "%\n\\begin{verbatim}\n\n\\end{verbatim}\n\\cite{a,\nb}\n\\cite{c}"
    assert list(found_in(text)) == [Cited("a", 5), Cited("b", 5), Cited("c", 7)]


def test_files_that_are_read():
    text = (
        "\\input{one}\\input two \\include{a/b} \\includegraphics{x}\\subfile{ c }\n"
        '\\import{dir/}{d}\\subimport*{../s}{e}\\input{"my file"}\\InputIfFileExists{f}{}{}'
        "\\newcommand{\\x}[1]{\\input{#1}}\\input{|ls}% \\input{no}"
    )
    assert list(found_in(text)) == [
        Read("one", 1),
        Read("two", 1),
        Read("a/b", 1),
        Read("c", 1),
        Read("d", 2, "dir/"),
        Read("e", 2, "../s"),
        Read("my file", 2),
        Read("f", 2, is_needed=False),
    ]


def test_files_of_latex_itself():
    text = (
        "\\relax\n\\citation{a,b}\n\\abx@aux@cite{0}{c}\\abx@aux@cite{d}\n\\citation{*}\n"
        "\\citation{biblatex-control}\\citation{REVTEX41Control}\\bibcite{x}{1}\n"
        "\\@writefile{toc}{\\cite{y}}\n\\@input{ch.aux}"
    )
    assert keys(text, is_aux=True) == ["a", "b", "c", "d", "*"]
    assert [f.name for f in found_in(text, is_aux=True) if isinstance(f, Read)] == ["ch.aux"]


PIECES = [
    *"{}[]()<>%\\$,| \n", "\\cite", "\\cites", "\\volcite", "{a}", "[", "\\verb", "\\iffalse",
    "\\fi", "\\else", "\\begin{verbatim}", "\\end{verbatim}", "\\input", "\\import", "\\textcquote",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.booleans())
def test_whatever_is_written(text: str, is_aux: bool):
    lines = text.count("\n") + 1
    for found in found_in(text, is_aux=is_aux):
        assert 1 <= found.line <= lines
        if isinstance(found, Cited):
            assert found.key in text
            assert not set(found.key) & set("{},\\#")
    assert visible(text).count("\n") <= text.count("\n")


KEY = st.text("abz09:./_-", min_size=1, max_size=9)


@given(st.lists(KEY, min_size=1, max_size=6), st.data())
def test_no_key_is_lost(wanted: list[str], data):
    wrap = st.sampled_from(
        ["\\citep[see][p. {{3}}]{%s}", "\\cite{ %s }", "\\autocites[3]{%s}{%s}", "{\\it\\cite{%s}}"]
    )
    noise = st.sampled_from(["% \\cite{no}\n", "\\verb|%|", "\\%", "text {", "}", "\\\\", "$x$ "])
    text = "".join(data.draw(noise) + data.draw(wrap).replace("%s", key) for key in wanted)
    assert dict.fromkeys(keys(text)) == dict.fromkeys(wanted)


@pytest.mark.parametrize(
    "piece",
    [
        "{", "}", "{}", "\\", "%", "[", "\\cite", "\\cite[", "\\cite{", "\\cite[{", "\\cite[{{}",
        "\\cites{a}", "\\cites{a}[", "\\cite(", "\\cite<", "\\verb|", "\\begin{verbatim}",
        "\\iffalse", "\\iffalse\\if", "\\input{", "\\import{a}", "\\volcite[", "\\textcquote{",
        " ", "\\cite ", "\\cite\n[ ",
    ],
)  # fmt: skip
def test_the_time_grows_with_the_text(piece: str):
    text = "\\cite" + piece * (200_000 // len(piece))
    begin = time.process_time()
    for _ in found_in(text):
        pass
    assert time.process_time() - begin < 3  # were it squared, it would be minutes


def test_ten_megabytes_of_braces():
    begin = time.process_time()
    assert keys("{" * 5_000_000 + "}" * 5_000_000 + "\\cite{a}") == ["a"]
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\usepackage[style=apa,\n backend=biber]{biblatex}", True),
        ("\\RequirePackage{csquotes, biblatex}", True),
        ("x\n\\addbibresource{refs.bib}", True),
        ("\\relax\n\\abx@aux@cite{0}{a}", True),
        ("% \\usepackage{biblatex}", False),
        ("\\usepackage{natbib} biblatex", False),
        ("\\bibliography{refs}", False),
    ],
)
def test_biblatex_is_known_by_what_loads_it(text: str, expected: bool):
    assert is_for_biblatex(text) is expected


@pytest.mark.parametrize("piece", ["\\usepackage[", "\\usepackage{", "\\addbib", "x\n%", "\\"])
def test_what_loads_it_is_sought_in_time(piece: str):
    start = time.process_time()
    assert not is_for_biblatex(piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 5
