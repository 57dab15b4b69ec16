"""LaTeX becomes Unicode where nothing is lost, and goes back."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.formats.latex import decode, encode

_SIGNS = "\\ab{}$~^_&%#-`'\"–— \nAé漢ıß@.(),;0“”"
texts = st.one_of(
    st.text(_SIGNS, max_size=12), st.text(st.characters(codec="utf-8"), max_size=12)
).map(lambda text: unicodedata.normalize("NFC", text.replace("\t", "").replace("\0", "")))


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("plain", "plain"),
        ("{TD-MPC2:} Scalable {W}orld", "TD-MPC2: Scalable World"),
        (
            r"Doll{\'a}r, \"{U}ber, {\"u}, \'e, \v{s}, \c c, \H{o}, \k{a}",
            "Dollár, Über, ü, é, š, ç, ő, ą",
        ),
        (r"\'{\i} \'\i \"{\i} \^{\j} \~n \~{} \^{}", "í í ï ĵ ñ ~ ^"),
        (
            r"\'{\^e} {\'{e}} \aa ngstr{\"o}m \AA{} {\o} \O re \ss \L{}odz",
            "ế é ångström Å ø Øre ßŁodz",
        ),
        (r"10\% \& a\_b \#1 \{x\}", "10% & a_b #1 {x}"),
        (r"1--2 a---b ``q'' A~B a\,b a\-b", "1–2 a—b “q” A B a b ab"),
        (r"\emph{a} \textbf{b {c}} {\em d} {\tt e} \mbox{f}", "a b c d e f"),
        (r"one\\ two\\" + "\nthree", "one\ntwo\nthree"),
        (r"\LaTeX{} and {\TeX}book \textendash\ x", "LaTeX and TeXbook – x"),
        (r"\url{http://a.org/~x_y}", "http://a.org/~x_y"),
        # What is not known, and math, stays as it is.
        (r"$x^{2}_{\'a}$ and $$\sum$$ \(a{b}\)", r"$x^{2}_{\'a}$ and $$\sum$$ \(a{b}\)"),
        (r"\noopsort{1973}1981 \foo{\'e} \bar x", r"\noopsort{1973}1981 \foo{é} \bar x"),
        (r"\textsuperscript{2}{x}", r"\textsuperscript{2}{x}"),
        ("a}b", "a}b"),
        ("{a{b", "{a{b"),
        (
            r"{\ensuremath{\Lambda}}CDM and \ensuremath{\mathcal{N}=4}",
            r"$\Lambda$CDM and $\mathcal{N}=4$",
        ),
        (r"$a$\ensuremath{b} $\ensuremath{c}$", r"$a$\ensuremath{b} $\ensuremath{c}$"),
        (r"\texorpdfstring{$L^2$ {\'e}}{L2} x", "$L^2$ é x"),
        (r"cost \$5", "cost $5"),
        (r"\$5 and \$6", r"\$5 and \$6"),
        ("one $ alone", "one $ alone"),
        ("\\", "\\"),
    ],
)
def test_latex_becomes_text(latex, text):
    assert decode(latex) == text


@given(texts, st.booleans(), st.booleans())
def test_what_was_written_is_read_the_same(text, ascii_only, is_title):
    latex = encode(text, ascii_only=ascii_only, is_title=is_title)
    assert decode(latex) == text
    depth = 0
    for sign in latex:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0, "braces are balanced, or BibTeX reads on behind the field"


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50% & a_b #1", r"50\% \& a\_b \#1"),
        ("é ß ø Š", r"{\'{e}} {\ss} {\o} {\v{S}}"),
        (r"\foo{\mathcal{N}}=4 H$_2$O", r"\foo{\mathcal{N}}=4 H$_2$O"),
        (r"\foo{$L^2$}{L2} theory", r"\foo{$L^2$}{L2} theory"),
        (r"\foo{a/b}", r"\textbackslash{}foo\textbraceleft{}a/b\textbraceright{}"),
        ("漢 α", "漢 α"),
        ("$x_1$ costs", "$x_1$ costs"),
        (
            "a {b} ~ ^ \\",
            r"a \textbraceleft{}b\textbraceright{} \textasciitilde{} "
            r"\textasciicircum{} \textbackslash{}",
        ),
        (r"\foo{x} y", r"\foo{x} y"),
        ("“a” – b — c", "``a'' -- b --- c"),
    ],
)
def test_text_becomes_latex(text, latex):
    assert encode(text, ascii_only=True) == latex


def test_letters_stay_in_unicode_where_that_is_wanted():
    assert encode("é ß “a” 漢") == "é ß “a” 漢"


def test_capitals_inside_words_of_titles_are_kept():
    assert encode("A GPT-4 and TD-MPC2 Pre-Training", is_title=True) == (
        "A {GPT-4} and {TD-MPC2} Pre-Training"
    )


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "}",
        "\\",
        "$",
        "\\(",
        "\\'{",
        "\\url{",
        "{\\foo{",
        "\\foo",
        "`",
        "--",
        "$a\\",
        "A",
        "\\$",
    ],
)
@pytest.mark.parametrize("times", [30_000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_no_text_takes_long(piece, times):
    text = piece * times
    start = time.process_time()
    encode(decode(text), ascii_only=True, is_title=True)
    assert time.process_time() - start < times / 10_000
