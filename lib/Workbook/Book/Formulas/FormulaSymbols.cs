using System.Collections.Frozen;
using System.Globalization;
using System.Xml.Linq;

namespace Workbook.Book.Formulas;

/// <summary>Commands that stand for one sign each.</summary>
internal static class FormulaSymbols
{
    /// <summary>Accents and bars above.</summary>
    public static readonly FrozenDictionary<string, string> Accents = Table(@"\hat ^ \bar ¯ \overline ¯ \tilde ~ \vec → \dot ˙");

    private static readonly FrozenDictionary<string, string> Letters = Table(
        """
        \alpha α \beta β \gamma γ \delta δ \epsilon ϵ \varepsilon ε \zeta ζ \eta η \theta θ \iota ι \kappa κ \lambda λ \mu μ \nu ν \xi ξ
        \pi π \rho ρ \sigma σ \tau τ \upsilon υ \phi ϕ \varphi φ \chi χ \psi ψ \omega ω \ell ℓ
        """);

    private static readonly FrozenDictionary<string, string> UprightSigns = Table(
        """
        \Gamma Γ \Delta Δ \Theta Θ \Lambda Λ \Xi Ξ \Pi Π \Sigma Σ \Phi Φ \Psi Ψ \Omega Ω
        \infty ∞ \partial ∂ \nabla ∇ \emptyset ∅ \forall ∀ \exists ∃ \ldots … \dots … \cdots ⋯ \% % \# # \$ $ \& & \_ _
        """);

    private static readonly FrozenDictionary<string, string> Operators = Table(
        """
        - − * ∗ + + = = < < > > : : , , ; ;
        \pm ± \times × \div ÷ \cdot ⋅ \ast ∗ \circ ∘ \odot ⊙ \cap ∩ \cup ∪ \setminus ∖ \land ∧ \wedge ∧ \lor ∨ \vee ∨ \neg ¬
        \le ≤ \leq ≤ \ge ≥ \geq ≥ \ne ≠ \neq ≠ \ll ≪ \gg ≫ \equiv ≡ \approx ≈ \sim ∼ \propto ∝ \in ∈ \notin ∉ \subset ⊂ \subseteq ⊆
        \mid ∣ \to → \rightarrow → \leftarrow ← \gets ← \Rightarrow ⇒ \Leftrightarrow ⇔ \iff ⟺ \implies ⟹ \mapsto ↦
        """);

    private static readonly FrozenDictionary<string, string> Sums = Table(@"\sum ∑ \prod ∏ \bigcup ⋃ \bigcap ⋂");

    private static readonly FrozenSet<string> Functions = Names(@"\log \ln \exp \sin \cos \tan \arctan \tanh");

    private static readonly FrozenSet<string> LimitFunctions = Names(@"\max \min \lim \sup \inf \argmax \argmin");

    private static readonly FrozenDictionary<string, string> Brackets = Table(
        """
        ( ( ) ) [ [ ] ] \{ { \} } | | / / \| ‖ \lvert | \rvert | \lVert ‖ \rVert ‖ \langle ⟨ \rangle ⟩ \lfloor ⌊ \rfloor ⌋ \lceil ⌈ \rceil ⌉
        """);

    private static readonly FrozenDictionary<string, double> Spaces = new Dictionary<string, double>
    {
        [@"\,"] = 3 / 18d,
        [@"\:"] = 4 / 18d,
        [@"\;"] = 5 / 18d,
        [@"\!"] = -3 / 18d,
        [@"\ "] = 0.25,
        ["~"] = 0.25,
        [@"\quad"] = 1,
        [@"\qquad"] = 2,
    }.ToFrozenDictionary();

    /// <summary>The atom that a command or sign stands for; null where it stands for none by itself.</summary>
    public static Atom? Find(string piece)
    {
        if (Letters.TryGetValue(piece, out var sign))
        {
            return new Atom(new XElement("mi", sign));
        }
        if (UprightSigns.TryGetValue(piece, out sign))
        {
            return new Atom(Upright(sign));
        }
        if (Operators.TryGetValue(piece, out sign))
        {
            return new Atom(new XElement("mo", sign), AtomKind.Operator);
        }
        if (Sums.TryGetValue(piece, out sign))
        {
            return new Atom(new XElement("mo", sign), AtomKind.Operator, HasLimits: true);
        }
        if (Spaces.TryGetValue(piece, out var em))
        {
            return new Atom(Space(em), AtomKind.Operator);
        }
        var hasLimits = LimitFunctions.Contains(piece);
        return hasLimits || Functions.Contains(piece) ? new Atom(Upright(piece[1..].Replace("arg", "arg ", StringComparison.Ordinal)), AtomKind.Function, hasLimits)
            : Brackets.ContainsKey(piece) ? Bracket(piece, grows: false)
            : null;
    }

    /// <summary>A bracket or bar, as tall as the text or as what it stands beside.</summary>
    /// <exception cref="FormulaException">The piece is none.</exception>
    public static Atom Bracket(string piece, bool grows)
    {
        if (!Brackets.TryGetValue(piece, out var sign))
        {
            throw new FormulaException($"{(piece.Length > 0 ? piece : "the end of the formula")} is no bracket");
        }
        var kind = piece.StartsWith(@"\l", StringComparison.Ordinal) || sign is "(" or "[" or "{" ? AtomKind.Open
            : piece.StartsWith(@"\r", StringComparison.Ordinal) || sign is ")" or "]" or "}" ? AtomKind.Close
            : AtomKind.Ordinary;
        var markup = new XElement("mo", new XAttribute("stretchy", grows ? "true" : "false"), sign);
        markup.Add(kind == AtomKind.Ordinary // browsers would set a bar off as they do an operator
            ? [new XAttribute("lspace", "0"), new XAttribute("rspace", "0")]
            : new[] { new XAttribute("form", kind == AtomKind.Open ? "prefix" : "postfix") });
        return new Atom(markup, kind);
    }

    /// <summary>Upright letters; one letter alone would lean without being told.</summary>
    public static XElement Upright(string text) => text.Length == 1 ? new XElement("mi", new XAttribute("mathvariant", "normal"), text) : new XElement("mi", text);

    /// <summary>Room of a width in em.</summary>
    public static XElement Space(double em) => new("mspace", new XAttribute("width", em.ToString("0.###", CultureInfo.InvariantCulture) + "em"));

    private static FrozenDictionary<string, string> Table(string pairs) =>
        pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    private static FrozenSet<string> Names(string names) => names.Split(' ').ToFrozenSet();
}
