using SingleShot.Figures.Drawing;
using SingleShot.Training;
using static System.FormattableString;

namespace SingleShot.Figures.Plotting;

/// <summary>Where the time of a training step goes, as one bar that is divided into parts.</summary>
internal static class TimeShares
{
    private const double Width = 320;
    private const double BarTop = 26;
    private const double BarHeight = 40;
    private const double Line = 22;

    /// <summary>The bar, and below it the name and the share of each part.</summary>
    public static string Draw(IReadOnlyList<TrainingStep> steps)
    {
        var shares = Of(steps);
        var title = Invariant($"Time of a step: {1000 * steps.Average(step => step.Seconds):F0} ms");
        var svg = Svg.Root([
            ("viewBox", $"0 0 {Html.Number(Width)} {Html.Number(BarHeight + 40 + Line * shares.Count)}"), ("role", "img"),
            ("aria-label", $"{title}, {string.Join(", ", shares.Select(share => $"{share.Name} {Percent(share.Share)}"))}"),
            .. Svg.Font, ("style", "display:block;width:100%;max-width:420px;margin:16px 0")])
            .With(Svg.Words(0, 16, title));
        var x = 0.0;
        foreach (var (index, (name, share)) in shares.Index())
        {
            var color = Palette.Line(index == 3 ? 6 : index);
            var y = BarTop + BarHeight + Line * (index + 1);
            svg.With(
                Svg.Element("rect", ("x", x), ("y", BarTop), ("width", share * Width), ("height", BarHeight), ("fill", color)).With(Svg.Title($"{name}: {Percent(share)}")),
                Svg.Element("rect", ("x", 0), ("y", y - 11), ("width", 12), ("height", 12), ("fill", color)),
                Svg.Words(20, y, name),
                Svg.Words(Width, y, Percent(share), "end"));
            x += share * Width;
        }
        return svg.Markup();
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

    private static string Percent(double share) => Invariant($"{100 * share:F1}%");
}
