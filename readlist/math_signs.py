"""What the commands of LaTeX formulas are in Unicode.

The names are those of LaTeX and amsmath, the signs those of the package unicode-math.
"""


def _words(words: str) -> list[str]:
    return words.split()


def _pairs(words: str) -> dict[str, str]:
    found = _words(words)
    return dict(zip(found[::2], found[1::2], strict=True))


LETTERS = _pairs(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ "
    "iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ "
    "varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ "
    "Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ℏ imath ı jmath ȷ "
    "Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ partial ∂ nabla ∇ infty ∞ emptyset ∅ varnothing ∅ "
    "forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ triangle △ square □ "
    "Box □ Diamond ◇ clubsuit ♣ heartsuit ♡ spadesuit ♠ checkmark ✓ sharp ♯ flat ♭ "
    "natural ♮ prime ′ backprime ‵ degree ° dagger † ddagger ‡ S § P ¶ copyright © pounds £ "
    "euro € ldots … dots … dotsc … dotsb … cdots ⋯ vdots ⋮ ddots ⋱ sum ∑ prod ∏ coprod ∐ "
    "int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ "
    "bigwedge ⋀ surd √ colon : bigstar ★ lozenge ◊ eth ð complement ∁ mho ℧"
)
"""Signs that stand for something by themselves; a space behind the command only ends its name."""

OPERATORS = _pairs(
    "times × div ÷ pm ± mp ∓ cdot · ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ "
    "oslash ⊘ odot ⊙ cup ∪ cap ∩ sqcup ⊔ sqcap ⊓ uplus ⊎ vee ∨ lor ∨ wedge ∧ land ∧ "
    "setminus ∖ smallsetminus ∖ wr ≀ amalg ⨿ ltimes ⋉ rtimes ⋊ bowtie ⋈ leq ≤ le ≤ leqslant ⩽ "
    "geq ≥ ge ≥ geqslant ⩾ neq ≠ ne ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙ lesssim ≲ gtrsim ≳ lessapprox ⪅ "
    "gtrapprox ⪆ equiv ≡ sim ∼ nsim ≁ simeq ≃ approx ≈ approxeq ≊ cong ≅ doteq ≐ propto ∝ "
    "varpropto ∝ asymp ≍ prec ≺ preceq ⪯ succ ≻ succeq ⪰ subset ⊂ subseteq ⊆ subsetneq ⊊ "
    "supset ⊃ supseteq ⊇ supsetneq ⊋ nsubseteq ⊈ in ∈ notin ∉ ni ∋ mid ∣ nmid ∤ parallel ∥ "
    "perp ⊥ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ triangleq ≜ coloneqq ≔ to → rightarrow → "
    "longrightarrow ⟶ leftarrow ← gets ← longleftarrow ⟵ leftrightarrow ↔ "
    "longleftrightarrow ⟷ Rightarrow ⇒ Longrightarrow ⟹ implies ⟹ Leftarrow ⇐ impliedby ⟸ "
    "Leftrightarrow ⇔ Longleftrightarrow ⟺ iff ⟺ mapsto ↦ longmapsto ⟼ uparrow ↑ downarrow ↓ "
    "updownarrow ↕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪ hookleftarrow ↩ "
    "rightharpoonup ⇀ rightleftharpoons ⇌ rightsquigarrow ⇝ leadsto ⇝ twoheadrightarrow ↠ "
    "rightrightarrows ⇉ upuparrows ⇈ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ therefore ∴ because ∵ "
    "lt < gt > vert | Vert ‖ textless < textgreater > lvert | rvert | lVert ‖ rVert ‖"
)
"""Signs between two things: with a space on both sides, or on none."""
for _name in ("vert", "Vert", "lvert", "rvert", "lVert", "rVert"):
    LETTERS[_name] = OPERATORS.pop(_name)
LETTERS["|"] = "‖"

OPENING = _pairs("langle ⟨ lfloor ⌊ lceil ⌈ lbrace { lbrack [ { {")
CLOSING = _pairs("rangle ⟩ rfloor ⌋ rceil ⌉ rbrace } rbrack ] } }")

NAMES = {
    **{name: name for name in _words(
        "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim "
        "liminf limsup ln log max min mod Pr sec sin sinh sup tan tanh argmax argmin"
    )},
    "bmod": "mod",
}  # fmt: skip
"""Names of functions, apart from letters beside them."""

SPACES = {
    **dict.fromkeys((",", ";", ":", " ", "\n", ">", "quad", "qquad", "thinspace"), " "),
    **dict.fromkeys(("!", "/", "-", "nobreak"), ""),
    **{sign: sign for sign in "%$&#_"},
}

NOTHING = frozenset(
    _words(
        "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm "
        "displaystyle textstyle scriptstyle limits nolimits xspace nonumber relax mathstrut"
    )
)
"""Commands that only say how large a formula is."""

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0304", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300",
    "mathring": "\u030a", "underline": "\u0332",
}  # fmt: skip

_BOLD = ("MATHEMATICAL BOLD",)
FONTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("mathbb", "Bbb", "mathds"), ("MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK")),
    **dict.fromkeys(("mathcal", "mathscr", "cal"), ("MATHEMATICAL SCRIPT", "SCRIPT")),
    "mathfrak": ("MATHEMATICAL FRAKTUR", "BLACK-LETTER"),
    **dict.fromkeys(("mathbf", "bm", "boldsymbol", "pmb", "bf"), _BOLD),
}
"""Fonts, and what the names of their letters begin with in Unicode."""

PLAIN_FONTS = frozenset(
    _words(
        "text textrm textbf textit textsf texttt textsc textnormal mathrm mathit mathsf mathtt "
        "mathnormal mbox hbox operatorname operatorname* emph mathop mathrel mathbin mathord "
        "ensuremath"
    )
)
"""Commands whose argument is shown as it is."""

SWITCHES = {"rm": "", "it": "", "tt": "", "sf": "", "em": "", "bf": "bf", "cal": "cal"}
"""Commands that hold up to the end of their group, and their fonts."""

SUPERSCRIPTS = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
