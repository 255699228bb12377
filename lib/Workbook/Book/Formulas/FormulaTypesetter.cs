using System.Net;
using System.Text.RegularExpressions;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Workbook.Book.Formulas;

/// <summary>Typesets formulas: TeX in, MathML out, by the script library Temml. It runs when a book is written, so that pages need no script.</summary>
public sealed partial class FormulaTypesetter : IDisposable
{
    private const int MaxCallDepth = 400; // a pair of braces within another takes about six calls

    // A command that would load something or add a class or style to the page makes Temml ask whether it may.
    private const string Render =
        """
        (tex, displayMode) => temml.renderToString(tex, {
            displayMode, wrap: "none", throwOnError: true,
            trust: context => { throw new temml.ParseError(context.command + " is not allowed"); },
        })
        """;

    private readonly Dictionary<(string Source, bool Displayed), Formula> _typeset = [];
    private Engine? _engine;
    private JsValue? _render;

    /// <summary>Typesets a formula. The definitions in one do not reach the next.</summary>
    /// <param name="tex">The TeX, without dollar signs.</param>
    /// <param name="displayed">True for a formula on a line of its own, false for one in a sentence.</param>
    public Formula Typeset(string tex, bool displayed)
    {
        ArgumentNullException.ThrowIfNull(tex);
        var source = tex.Trim();
        if (!_typeset.TryGetValue((source, displayed), out var formula))
        {
            _typeset[(source, displayed)] = formula = Read(source, displayed);
        }
        return formula;
    }

    /// <summary>Lets go of the script.</summary>
    public void Dispose() => _engine?.Dispose();

    private Formula Read(string source, bool displayed)
    {
        if (_engine is null)
        {
            using var script = new StreamReader(typeof(FormulaTypesetter).Assembly.GetManifestResourceStream("temml.min.js")!);
            _engine = new Engine(options =>
            {
                options.LimitRecursion(MaxCallDepth);
                options.Constraints.MaxExecutionStackCount = MaxCallDepth; // goes on in another thread where this one's stack is short
            }).Execute(script.ReadToEnd());
            _render = _engine.Evaluate(Render);
        }
        try
        {
            var mathMl = _engine.Invoke(_render!, source, displayed).AsString();
            return new Formula(source, $"<math alttext=\"{WebUtility.HtmlEncode(source)}\"{mathMl["<math".Length..]}", Error: null);
        }
        catch (JavaScriptException e) when (e.Error.Get("name").ToString() == "ParseError")
        {
            return new Formula(source, MathMl: null, Position().Replace(e.Message, "").Trim());
        }
        catch (JintException)
        {
            return new Formula(source, MathMl: null, "The formula is not understood"); // Temml stumbled; its own words would name no part of the formula
        }
    }

    // What follows is a piece of the source, which is shown whole.
    [GeneratedRegex(@" at position \d+: \n.*|(?<= at end of input): .*", RegexOptions.Singleline)]
    private static partial Regex Position();
}
