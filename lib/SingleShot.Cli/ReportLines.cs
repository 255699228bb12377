using System.Text;

namespace SingleShot.Cli;

/// <summary>Turns the lines that a library writes into lines and events of a report.</summary>
internal sealed class ReportLines(Report report) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        report.Line(value ?? "");
        report.Event("line", new { Text = value });
    }
}
