import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readlist.text import readable, readable_note

SHOWN = {
    r"$\alpha$-divergence": "α-divergence",
    r"in $O(n^2)$ time": "in O(n²) time",
    r"on $\mathbb{R}^d$": "on ℝᵈ",
    r"$\mathbb{R}^{n\times d}$": "ℝ^{n×d}",
    r"$\mathcal{O}(\alpha_s^3)$": "𝒪(αₛ³)",
    r"$\tilde{O}(\sqrt{T})$": "Õ(√T)",
    r"$\sqrt{dT}$": "√(dT)",
    r"$\frac{1}{2}$": "1/2",
    r"$n\frac{a+b}{c}$": "n((a+b)/c)",
    r"$x^{n+1}$": "xⁿ⁺¹",
    r"$x_{i,j}$": "x_{i,j}",
    r"$x^{Tq}$": "x^{Tq}",
    r"$10^{-3}$": "10⁻³",
    r"$\delta_{x_i}$": "δ_{xᵢ}",
    r"$d_{\text{model}}$": "d_model",
    r"$d_{\text{model}}k$": "d_{model}k",
    r"$\|x\|_2 \leq \epsilon$": "‖x‖₂ ≤ ϵ",
    r"$N\geq 2$": "N≥2",
    r"$5\times$ faster": "5× faster",
    r"$\{0,1\}^n$": "{0,1}ⁿ",
    r"$\langle x, y \rangle$": "⟨x, y⟩",
    r"$O(n \log n)$": "O(n log n)",
    r"$n\log n$": "n log n",
    r"$\hat{y}$ and $\vec{x}$": "ŷ and x⃗",
    r"$\mathbf{x}_t$": "𝐱ₜ",
    r"${\cal O}(n)$": "𝒪(n)",
    r"$\left(\frac{n}{k}\right)$": "(n/k)",
    r"$360^\circ$": "360°",
    r"$f'$, $\pi^*$": "f′, π*",
    r"$x \not\in A$": "x ∉ A",
    r"LLaMA$^2$": "LLaMA²",
    r"\( O(n^3) \) and \[ x \in X \]": "O(n³) and x ∈ X",
    r"$$k$$": "k",
    "costs $5 and $k$ more": "costs $5 and k more",
    r"96\% of Q\&A": "96% of Q&A",
    r"\textit{in vivo}, \textbf{C}ausal, {\em and}": "in vivo, Causal, and",
    r"{\Delta}G, 360{\deg}, 2.3\times": "ΔG, 360°, 2.3×",
    r"Schr\"odinger, Fr\'echet, na\"{\i}ve, {\'e}t{\'e}": "Schrödinger, Fréchet, naïve, été",
    r"the model\'s, \$5, a\_b": "the model's, $5, a_b",
    r"(e.g.\ so), \ie, \etc.": "(e.g. so), i.e., etc.",
    r"\href{https://a.b/c}{code} at \url{https://a.b}": "code (https://a.b/c) at https://a.b",
}

KEPT = (
    "from $5 to $20, or 10$",
    "under $100k-$200k, $1,500 and $0.1",
    "87-$89% of",
    r"we call it \method{}, \ours, \name",
    r"$\underset{x}{\max}$",
    r"$\overline{AB}$",
    r"$\binom{n}{k}$",
    r"$x^{$",
    r"$\foo\alpha$/$\bar{ab}$",
    "$textbf{one} and textbf{two}$",
    r"C:\new\table",
    r"\(x",
    r"\[not markup\] and \(an aside\)",
    r"\\",
    "$",
    "$$",
)
"""What would lose something, or is no formula."""


@pytest.mark.parametrize("written", SHOWN)
def test_latex_is_shown_as_unicode(written):
    assert readable(written) == SHOWN[written]


@pytest.mark.parametrize("written", KEPT)
def test_what_would_lose_something_stays_as_written(written):
    assert readable(written) == written


def test_in_a_note_only_formulas_are_shown_otherwise():
    written = r"$\lambda_1$ in C:\alpha, 5\%, \textit{x} and \$x\$"
    assert readable_note(written) == r"λ₁ in C:\alpha, 5\%, \textit{x} and \$x\$"


@given(st.text("\\${}^_[]()'\"%&~ \n\0abcdfhilnqrtux1é", max_size=60))
@example("$\\frac{\\sqrt[\\hat{x}]{y}}{\\text{}}$")
@example("\\'\0$\\frac$")
def test_any_text_can_be_shown(text):
    readable(text)
    readable_note(text)


@given(st.text(st.characters(blacklist_characters="$\\"), max_size=60))
def test_a_text_without_latex_is_shown_as_it_is(text):
    assert readable(text) == text


@pytest.mark.parametrize(
    "hostile",
    [
        *(sign * 20_000 for sign in ("$", "$a ", "\\(", "$\\text{", "\\textbf{", "{\\it ", "\\[ ")),
        "$" + "{" * 490 + "$",
        "$" + "\\hat{" * 90 + "}" * 90 + "$",
        "\\c" + " " * 20_000,
        "\\href{a}" * 20_000,
    ],
)
def test_no_text_takes_long(hostile):
    start = time.process_time()
    readable(hostile)
    assert time.process_time() - start < 2
