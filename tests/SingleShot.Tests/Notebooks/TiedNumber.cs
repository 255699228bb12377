using System.Globalization;
using System.Text.RegularExpressions;

namespace SingleShot.Tests.Notebooks;

/// <summary>A number of a lesson's text that a run has to confirm.</summary>
/// <remarks>
/// A comment behind the number ties it to what a cell prints: <c>59&lt;!-- 01-23: {} have none --&gt;</c>. The braces stand for the number in
/// the printed text; what stands around them is looked for as it is, but for the width of its spaces, and three points stand for anything
/// in a line. Where the comment ends with <c>± 0.02</c>, the two numbers may differ by that; else by the rounding of the number as it is written.
/// </remarks>
/// <param name="Written">The number as the text has it.</param>
/// <param name="Cell">The id of the cell that prints it.</param>
/// <param name="Printed">What the cell prints, with braces for the number.</param>
/// <param name="Spread">By how much the two may differ.</param>
internal sealed partial record TiedNumber(string Written, string Cell, string Printed, double Spread)
{
    private const string Number = @"[-+−]?\d[\d,]*(?:\.\d+)?(?:E[-+]?\d+)?";

    /// <summary>The tied numbers of a text.</summary>
    public static IEnumerable<TiedNumber> In(string markdown) => Tie().Matches(markdown).Select(tie => new TiedNumber(
        tie.Groups["written"].Value,
        tie.Groups["cell"].Value,
        tie.Groups["printed"].Value,
        tie.Groups["spread"] is { Success: true } spread ? double.Parse(spread.Value, CultureInfo.InvariantCulture) : Rounding(tie.Groups["written"].Value)));

    /// <summary>What is wrong with a tie: nothing, if null.</summary>
    /// <param name="output">What the cell has printed.</param>
    public string? Fault(string output)
    {
        var pattern = WhiteSpace().Replace(Regex.Escape(Printed), @"\s+").Replace(@"\.\.\.", ".*?", StringComparison.Ordinal)
            .Replace(@"\{}", $"(?<number>{Number})", StringComparison.Ordinal);
        if (Regex.Match(output, pattern) is not { Success: true } found)
        {
            return $"the text says {Written}, and cell {Cell} does not print \"{Printed}\"";
        }
        var run = found.Groups["number"].Value;
        // Half a unit of the last digit is written as exactly as a double can be; what is rounded at its very edge agrees.
        return Math.Abs(Value(run) - Value(Written)) <= Spread * (1 + 1e-9)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the text says {Written}, and the run says {run} (cell {Cell}: \"{Printed}\", ± {Spread})");
    }

    private static double Value(string number) =>
        double.Parse(number.Replace('−', '-').Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double Rounding(string written) => written.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? 0.5 * Math.Pow(10, point + 1 - written.Length) : 0.5;

    // Between the number and its comment may stand a unit's sign and the end of a stress.
    [GeneratedRegex($@"(?<written>{Number})(?: ?%)?\**<!-- (?<cell>\S+): (?<printed>[^<>]*?\{{\}}[^<>]*?)(?: ± (?<spread>[\d.]+))? -->")]
    private static partial Regex Tie();

    [GeneratedRegex(@"(?:\\ )+")]
    private static partial Regex WhiteSpace();
}
