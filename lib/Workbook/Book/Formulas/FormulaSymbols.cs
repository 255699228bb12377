using System.Collections.Frozen;

namespace Workbook.Book.Formulas;

/// <summary>Commands that stand for one sign each, by the names that TeX and LaTeX give them.</summary>
internal static class FormulaSymbols
{
    /// <summary>Letters, and signs that behave like letters.</summary>
    public static readonly FrozenDictionary<string, string> Letters = Table(
        """
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ
        pi π rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
        ell ℓ hbar ℏ imath ı jmath ȷ Re ℜ Im ℑ aleph ℵ wp ℘
        """);

    /// <summary>Letters and signs that stand upright.</summary>
    public static readonly FrozenDictionary<string, string> Upright = Table(
        """
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
        infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ top ⊤ bot ⊥ angle ∠ triangle △
        ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ degree ° prime ′ checkmark ✓
        % % # # $ $ & & _ _
        """);

    /// <summary>Operators between two operands.</summary>
    public static readonly FrozenDictionary<string, string> Binary = Table(
        """
        pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙
        cap ∩ cup ∪ setminus ∖ land ∧ wedge ∧ lor ∨ vee ∨ neg ¬ lnot ¬
        """);

    /// <summary>Relations and arrows.</summary>
    public static readonly FrozenDictionary<string, string> Relations = Table(
        """
        le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ equiv ≡ approx ≈ sim ∼ simeq ≃ cong ≅ propto ∝ leqslant ⩽ geqslant ⩾
        in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ mid ∣ nmid ∤ parallel ∥ perp ⊥ vdash ⊢ models ⊨
        to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⟺ implies ⟹
        longrightarrow ⟶ mapsto ↦ uparrow ↑ downarrow ↓ colon : coloneqq ≔ triangleq ≜
        """);

    /// <summary>Operators that are large on a line of their own, with limits above and below.</summary>
    public static readonly FrozenDictionary<string, string> Large = Table(
        "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀");

    /// <summary>Integrals: large, with limits beside.</summary>
    public static readonly FrozenDictionary<string, string> Integrals = Table("int ∫ iint ∬ iiint ∭ oint ∮");

    /// <summary>Functions that take scripts beside their names.</summary>
    public static readonly FrozenSet<string> Functions =
        Names("log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh deg dim ker hom arg");

    /// <summary>Functions that take limits below their names.</summary>
    public static readonly FrozenSet<string> LimitFunctions = Names("max min sup inf lim limsup liminf argmax argmin det gcd Pr");

    /// <summary>Accents and bars above.</summary>
    public static readonly FrozenDictionary<string, string> Accents = Table(
        "hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → overrightarrow → dot ˙ ddot ¨ check ˇ breve ˘ acute ´ grave `");

    /// <summary>Accents that are as wide as what they stand on.</summary>
    public static readonly FrozenSet<string> WideAccents = Names("widehat overline widetilde overrightarrow");

    /// <summary>Brackets by command, and signs that are brackets already.</summary>
    public static readonly FrozenDictionary<string, string> Delimiters = Table(
        """
        { { } } langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } lbrack [ rbrack ]
        | ‖ vert | Vert ‖ lvert | rvert | lVert ‖ rVert ‖ backslash \ uparrow ↑ downarrow ↓
        """);

    /// <summary>Spaces, in em.</summary>
    public static readonly FrozenDictionary<string, double> Spaces = new Dictionary<string, double>
    {
        [","] = 3 / 18d,
        ["thinspace"] = 3 / 18d,
        [":"] = 4 / 18d,
        [">"] = 4 / 18d,
        [";"] = 5 / 18d,
        ["!"] = -3 / 18d,
        [" "] = 0.25,
        ["enspace"] = 0.5,
        ["quad"] = 1,
        ["qquad"] = 2,
    }.ToFrozenDictionary();

    private static FrozenDictionary<string, string> Table(string pairs)
    {
        var words = pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);
    }

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet();
}
