using System.Globalization;
using System.Text;
using SingleShot.Training;
using static SingleShot.Figures.Html;

namespace SingleShot.Figures;

/// <summary>Where a training step's time goes, as one bar from nothing to the whole.</summary>
internal static class TimeShares
{
    private const double Width = 320;
    private const double BarHeight = 40;
    private const double Line = 22;

    public static string Svg(IReadOnlyList<TrainingStep> steps)
    {
        var shares = Of(steps);
        var milliseconds = 1000 * steps.Average(step => step.Seconds);
        var title = string.Create(CultureInfo.InvariantCulture, $"Time of a step: {milliseconds:F0} ms");
        var svg = new StringBuilder();
        svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Number(BarHeight + 40 + Line * shares.Count)}\" role=\"img\" ");
        svg.Add($"aria-label=\"{Text(title)}, {Text(string.Join(", ", shares.Select(share => $"{share.Name} {Percent(share.Share)}")))}\" ");
        svg.Append("style=\"display:block;width:100%;max-width:420px;margin:16px 0\">");
        svg.Add($"<text x=\"0\" y=\"16\" font-family=\"sans-serif\" font-size=\"13\" fill=\"currentColor\">{Text(title)}</text>");
        var x = 0.0;
        foreach (var (index, (name, share)) in shares.Index())
        {
            var color = Palette.Line(index == 3 ? 6 : index);
            svg.Add($"<rect x=\"{Number(x)}\" y=\"26\" width=\"{Number(share * Width)}\" height=\"{BarHeight}\" fill=\"{color}\"><title>{Text(name)}: {Percent(share)}</title></rect>");
            var y = 26 + BarHeight + Line * (index + 1);
            svg.Add($"<rect x=\"0\" y=\"{Number(y - 11)}\" width=\"12\" height=\"12\" fill=\"{color}\"/>");
            svg.Add($"<text x=\"20\" y=\"{Number(y)}\" font-family=\"sans-serif\" font-size=\"13\" fill=\"currentColor\">{Text(name)}</text>");
            svg.Add($"<text x=\"{Width}\" y=\"{Number(y)}\" text-anchor=\"end\" font-family=\"sans-serif\" font-size=\"13\" fill=\"currentColor\">{Percent(share)}</text>");
            x += share * Width;
        }
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Shares of the whole time, 0 to 1; they add up to 1, or are all 0 where no time was measured.</summary>
    public static IReadOnlyList<(string Name, double Share)> Of(IReadOnlyList<TrainingStep> steps)
    {
        var all = steps.Sum(step => step.Seconds);
        double Share(Func<TrainingStep, double> seconds) => all > 0 ? steps.Sum(seconds) / all : 0;
        var (data, forward, backward) = (Share(step => step.DataSeconds), Share(step => step.ForwardSeconds), Share(step => step.BackwardSeconds));
        return
        [
            ("waiting for data", data),
            ("forward: predictions and loss", forward),
            ("backward: gradients and step", backward),
            ("the rest", all > 0 ? Math.Max(0, 1 - data - forward - backward) : 0),
        ];
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1}%");
}
