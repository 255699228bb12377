using System.Globalization;
using Plotly.NET;
using SingleShot.Evaluation.Voc;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Plotting;
using SingleShot.Training;
using Chart = SingleShot.Figures.Plotting.Chart;

namespace SingleShot.Figures;

/// <summary>Charts that can be zoomed and read off with the mouse, and that need no network.</summary>
/// <remarks>Show <see cref="Notebook.Start"/> in a notebook's first cell; a saved page carries the script by itself.</remarks>
public static class Charts
{
    private const int Height = 400;

    /// <summary>About the width in CSS pixels of a character in an axis' title.</summary>
    private const int TitleCharacterWidth = 8;

    /// <summary>A line of more points is drawn through the lowest and the highest of each stretch only.</summary>
    private const int MaxPoints = 4000;

    /// <summary>A line of at most so many points has a marker at each.</summary>
    private const int MaxMarkedPoints = 20;

    /// <summary>About the number of points that the loss of a long run is drawn with.</summary>
    private const int MaxLossPoints = 300;

    /// <summary>Lines through points.</summary>
    /// <param name="curves">The lines, told apart by color, dash and marker.</param>
    /// <param name="axes">Titles, scales and ranges.</param>
    public static Chart Lines(IReadOnlyList<Curve> curves, Axes axes)
    {
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentNullException.ThrowIfNull(axes);
        var layout = PlotlyObjects.Layout(axes, curves.Count > 1, curves.Count, fromZero: BeginNearZero(curves));
        layout.SetProperty("hovermode", curves.Count <= 6 ? "x unified" : "closest");
        layout.SetProperty("hoverlabel", new { bgcolor = "#FFFFFF", font = new { color = "#222222" } });
        return new Chart(
            axes.Title ?? $"{axes.Y} by {axes.X}",
            PlotlyObjects.Json(layout, curves.Select((curve, i) => Line(curve, i, alone: curves.Count == 1))),
            Height,
            () => new StillChart(axes, Height).Curves(curves));
    }

    /// <summary>The terms of the loss at each step; the mouse shows the learning rate.</summary>
    /// <remarks>A long run is shown in about 300 points, each the mean of some steps: single batches jump about so much that the terms would hide each other.</remarks>
    /// <param name="steps">The history of a training run, in order.</param>
    /// <param name="logarithmic">True for a logarithmic axis, which shows the late steps better.</param>
    /// <param name="title">Title of the chart.</param>
    public static Chart Loss(IReadOnlyList<TrainingStep> steps, bool logarithmic = false, string? title = "Loss")
    {
        ArgumentNullException.ThrowIfNull(steps);
        var length = Math.Max(1, steps.Count / MaxLossPoints);
        var stretches = steps.Chunk(length).ToList();
        Curve Term(string name, Func<TrainingStep, double> value) =>
            new(name, [.. stretches.Select(stretch => (stretch.Average(step => step.Step), stretch.Average(value)))]);
        var total = Term("total", step => step.Total) with
        {
            Hover = [.. stretches.Select(stretch => "learning rate " + stretch[0].LearningRate.ToString("G3", CultureInfo.InvariantCulture))],
        };
        var axis = length == 1 ? "step" : $"step (each point is the mean of {length})";
        return Lines(
            [total, Term("localization", step => step.Localization), Term("confidence", step => step.Confidence), Term("no match", step => step.NoMatch)],
            new Axes(axis, "loss", title) { LogY = logarithmic });
    }

    /// <summary>Precision over recall for each class, with its average precision in the legend.</summary>
    /// <param name="curves">A curve for each class, in the order of the labels; one without any ground truth is left out.</param>
    /// <param name="title">Title of the chart.</param>
    public static Chart PrecisionRecall(IReadOnlyList<PrecisionRecallCurve> curves, string? title = "Precision and recall") => Lines(
        [.. curves.Index().Where(one => !double.IsNaN(one.Item.AveragePrecision)).Select(one => new Curve(
            string.Create(CultureInfo.InvariantCulture, $"{one.Item.ClassName} ({one.Item.AveragePrecision:F2})"),
            [.. one.Item.Points.Select(point => (point.Recall, point.Precision))])
        {
            Class = one.Index,
            Hover = [.. one.Item.Points.Select(point => "score " + point.Score.ToString("F3", CultureInfo.InvariantCulture))],
        })],
        new Axes("recall", "precision", title) { RangeX = (0, 1.01), RangeY = (0, 1.02) });

    /// <summary>How many values lie in each of some intervals of equal width.</summary>
    /// <param name="values">The values; those that are not finite numbers are left out.</param>
    /// <param name="axes">Titles; the ends of the horizontal axis are those of the values.</param>
    /// <param name="bins">Number of intervals, at least 1.</param>
    public static Chart Histogram(IReadOnlyList<double> values, Axes axes, int bins = 30)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(axes);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var histogram = Plotting.Histogram.Of(values, bins);
        var trace = PlotlyObjects.Trace("bar", new Dictionary<string, object>
        {
            ["x"] = histogram.Middles,
            ["y"] = histogram.Counts,
            ["width"] = histogram.BinWidth * 0.94,
            ["text"] = histogram.Names,
            ["textposition"] = "none",
            ["hovertemplate"] = "%{text}: %{y}<extra></extra>",
            ["marker"] = new { color = Palette.Line(0) },
        });
        return new Chart(axes.Title ?? axes.X, PlotlyObjects.Json(PlotlyObjects.Layout(axes, false), trace), Height, () => new StillChart(axes, Height).Bars(
            [.. histogram.Names.Zip(histogram.Counts, (name, count) => new Bar(name, count))], (histogram.From, histogram.To)));
    }

    /// <summary>Bars: upright and few, or lying one below the other where they are many or their names long.</summary>
    /// <param name="bars">The bars, in order.</param>
    /// <param name="axes">Titles; X names what the bars are, Y what their length means, whichever way they lie.</param>
    public static Chart Bars(IReadOnlyList<Bar> bars, Axes axes)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentNullException.ThrowIfNull(axes);
        var lying = bars.Count > 8 || bars.Any(b => b.Name.Length > 12);
        var height = lying ? Math.Max(200, 130 + 22 * bars.Count) : Height;
        string[] names = [.. bars.Select(b => PlotlyObjects.Text(b.Name))];
        double?[] lengths = [.. bars.Select(b => PlotlyObjects.Value(b.Value))];
        var trace = PlotlyObjects.Trace("bar", new Dictionary<string, object>
        {
            ["x"] = lying ? lengths : names,
            ["y"] = lying ? names : lengths,
            ["orientation"] = lying ? "h" : "v",
            ["texttemplate"] = lying ? "%{x:.4~g}" : "%{y:.4~g}",
            ["textposition"] = "outside",
            ["cliponaxis"] = false,
            ["hovertemplate"] = lying ? "%{y}: %{x}<extra></extra>" : "%{x}: %{y}<extra></extra>",
            ["marker"] = new { color = Palette.Line(0) },
        });
        // A standing title that is longer than the axis would be cut off at both ends.
        var shown = lying && axes.X.Length * TitleCharacterWidth > height - 130
            ? axes with { X = "", Title = axes.Title is null ? axes.X : $"{axes.Title}, by {axes.X}" }
            : axes;
        var layout = PlotlyObjects.BarLayout(shown, lying);
        return new Chart(axes.Title ?? axes.Y, PlotlyObjects.Json(layout, trace), height, () => new StillChart(axes, height).Bars(bars, null));
    }

    /// <summary>Repeated measurements: for each group a dot for each value, their mean, and a line from the least to the largest.</summary>
    /// <param name="groups">The groups, the first on top, each with at least one value.</param>
    /// <param name="axes">Titles; X names what the groups are, Y what was measured.</param>
    /// <param name="reference">Where a dashed line crosses all groups, such as the mean of the one to compare with; none if null.</param>
    public static Chart Spread(IReadOnlyList<(string Name, IReadOnlyList<double> Values)> groups, Axes axes, double? reference = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(axes);
        var height = Math.Max(220, 130 + 34 * groups.Count);
        string[] names = [.. groups.Select(group => PlotlyObjects.Text(group.Name))];
        double[] means = [.. groups.Select(group => group.Values.Average())];
        var each = PlotlyObjects.Trace("scatter", new Dictionary<string, object>
        {
            ["mode"] = "markers",
            ["x"] = groups.SelectMany(group => group.Values).Select(PlotlyObjects.Value).ToArray(),
            ["y"] = groups.SelectMany((group, i) => group.Values.Select(_ => names[i])).ToArray(),
            ["hovertemplate"] = "%{y}: %{x:.3f}<extra></extra>",
            ["marker"] = new { symbol = "circle-open", size = 9, color = Palette.Line(1), line = new { width = 2 } },
        });
        var mean = PlotlyObjects.Trace("scatter", new Dictionary<string, object>
        {
            ["mode"] = "markers",
            ["x"] = means.Select(PlotlyObjects.Value).ToArray(),
            ["y"] = names,
            ["hovertemplate"] = "%{y}: mean %{x:.3f}<extra></extra>",
            ["marker"] = new { symbol = "line-ns", size = 16, color = Palette.Line(0), line = new { width = 4, color = Palette.Line(0) } },
            ["error_x"] = new
            {
                type = "data",
                symmetric = false,
                array = groups.Select((group, i) => group.Values.Max() - means[i]).ToArray(),
                arrayminus = groups.Select((group, i) => means[i] - group.Values.Min()).ToArray(),
                color = Palette.Line(0),
                width = 0,
            },
        });
        var layout = PlotlyObjects.BarLayout(axes, lying: true);
        if (reference is { } at)
        {
            layout.SetProperty("shapes", new[] { new { type = "line", xref = "x", yref = "paper", x0 = at, x1 = at, y0 = 0, y1 = 1, line = new { dash = "dash", width = 1, color = Palette.Line(6) } } });
        }
        return new Chart(axes.Title ?? axes.Y, PlotlyObjects.Json(layout, mean, each), height,
            () => new StillChart(axes, height).Bars([.. groups.Select((group, i) => new Bar(group.Name, means[i]))], null));
    }

    /// <summary>Any chart made with Plotly.NET, shown the way the others are.</summary>
    /// <param name="chart">The chart; its own colors stay.</param>
    /// <param name="height">Height in CSS pixels; it is as wide as there is room.</param>
    /// <exception cref="NotSupportedException">The host has parts of Plotly.NET that do not fit together.</exception>
    public static Chart Of(GenericChart chart, int height = Height)
    {
        ArgumentNullException.ThrowIfNull(chart);
        try
        {
            return new Chart("A chart", GenericChart.toFigureJson(chart), height, () => "");
        }
        catch (TypeInitializationException e) // Giraffe with another FSharp.Core
        {
            throw new NotSupportedException(
                "Plotly.NET 6 cannot write its own charts in this host, which has an older FSharp.Core. Open the notebook with the kernel 'C# (workbook)', "
                + "or draw with Charts.Lines, Charts.Bars and the like, which do without.", e);
        }
    }

    /// <summary>Whether an axis that begins at the least value would begin near 0, and small values would look like none.</summary>
    private static bool BeginNearZero(IReadOnlyList<Curve> curves)
    {
        var values = curves.SelectMany(curve => curve.Points).Select(point => point.Y).Where(double.IsFinite).DefaultIfEmpty().ToList();
        return values.Min() is >= 0 and var least && least < values.Max() / 4;
    }

    private static Trace Line(Curve curve, int index, bool alone)
    {
        var kept = Thinning.Keep(curve.Points, MaxPoints);
        var marked = kept.Count <= MaxMarkedPoints;
        var hover = kept.Select(i => curve.Hover is { } texts ? "<br>" + PlotlyObjects.Text(texts[i]) : "");
        return PlotlyObjects.Trace("scatter", new Dictionary<string, object>
        {
            ["name"] = PlotlyObjects.Text(curve.Name),
            ["mode"] = marked || !alone ? "lines+markers" : "lines",
            ["cliponaxis"] = false, // or a marker at an end of an axis is cut in half
            ["x"] = kept.Select(i => PlotlyObjects.Value(curve.Points[i].X)).ToArray(),
            ["y"] = kept.Select(i => PlotlyObjects.Value(curve.Points[i].Y)).ToArray(),
            ["text"] = curve.Hover is null ? "" : hover.ToArray(),
            ["hovertemplate"] = "%{y:.4~g}%{text}",
            ["line"] = new { color = curve.Color(index), dash = Palette.Dash(index), width = 2 },
            // Every point of a few; of many a marker now and then, which tells lines apart in gray print: one at every step would hide them.
            ["marker"] = new { symbol = Palette.Marker(index), size = 8, maxdisplayed = marked ? 0 : 10, color = curve.Color(index) },
        });
    }
}
