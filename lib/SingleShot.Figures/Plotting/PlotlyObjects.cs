using System.Globalization;
using Newtonsoft.Json;
using Plotly.NET;
using SingleShot.Figures.Drawing;

namespace SingleShot.Figures.Plotting;

/// <summary>Traces and layouts of Plotly.NET, filled by the names that Plotly's reference gives their properties.</summary>
internal static class PlotlyObjects
{
    /// <summary>Gray that reads on white and on black, for a viewer that draws the chart's data by itself; in a page the text takes the page's color.</summary>
    private const string MidTone = "#7F7F7F";
    private const string Clear = "rgba(0,0,0,0)";
    private const string Grid = "rgba(128,128,128,0.25)";
    private static readonly string[] UnusedButtons = ["lasso2d", "select2d"]; // nothing here is selected

    public static Trace Trace(string type, IReadOnlyDictionary<string, object> properties)
    {
        var trace = new Trace(type);
        foreach (var (name, value) in properties)
        {
            trace.SetProperty(name, value);
        }

        return trace;
    }

    public static Layout Layout(Axes axes, bool legend, int legendNames = 0, bool fromZero = false)
    {
        var layout = new Layout();
        var beside = legendNames > 6;
        layout.SetProperty("paper_bgcolor", Clear);
        layout.SetProperty("plot_bgcolor", Clear);
        layout.SetProperty("autosize", true);
        layout.SetProperty("font", new { family = "sans-serif", size = 13, color = MidTone });
        layout.SetProperty("margin", new { l = 64, r = 24, t = (axes.Title is null ? 16 : 48) + (legend && !beside ? 28 : 0), b = 56 });
        layout.SetProperty("xaxis", Axis(axes.X, axes.LogX, axes.RangeX));
        layout.SetProperty("yaxis", Axis(axes.Y, axes.LogY, axes.RangeY, fromZero));
        layout.SetProperty("showlegend", legend);
        layout.SetProperty("modebar", new { bgcolor = Clear, color = MidTone, activecolor = Palette.Line(1), remove = UnusedButtons });
        layout.SetProperty("legend", beside
            ? new { orientation = "v", x = 1.02, xanchor = "left", y = 1.0, yanchor = "top" }
            : new { orientation = "h", x = 0.0, xanchor = "left", y = 1.02, yanchor = "bottom" });
        if (axes.MarkX is var (at, name))
        {
            layout.SetProperty("shapes", new[] { new { type = "line", x0 = at, x1 = at, yref = "paper", y0 = 0, y1 = 1, line = new { color = MidTone, dash = "dash", width = 2 } } });
            // Plotly places a line by its value on any axis, and words on a logarithmic one by the logarithm.
            layout.SetProperty("annotations", new[]
            {
                new { x = axes.LogX ? Math.Log10(at) : at, yref = "paper", y = 1, xanchor = "left", yanchor = "top", text = Text(name), showarrow = false },
            });
        }

        if (axes.Title is { } title)
        {
            layout.SetProperty("title", new { text = Text(title), x = 0.01, xanchor = "left", y = 0.97, yanchor = "top", font = new { size = 16 } });
        }

        return layout;
    }

    /// <summary>The layout of bars; lying ones have the names on the vertical axis, the first on top.</summary>
    public static Layout BarLayout(Axes axes, bool lying)
    {
        var layout = Layout(axes, false);
        var names = Axis(axes.X, false, null);
        names["type"] = "category";
        var lengths = Axis(axes.Y, axes.LogY, axes.RangeY);
        if (lying)
        {
            names["autorange"] = "reversed";
        }

        layout.SetProperty(lying ? "yaxis" : "xaxis", names);
        layout.SetProperty(lying ? "xaxis" : "yaxis", lengths);
        return layout;
    }

    /// <summary>A figure as plotly.js reads it.</summary>
    /// <remarks>
    /// It is what <c>GenericChart.toFigureJson</c> writes, without the rest of Plotly.NET: pages need Giraffe, and Giraffe and Plotly.NET together need one FSharp.Core,
    /// which a host that brings its own, such as .NET Interactive, does not give them.
    /// </remarks>
    public static string Json(Layout layout, params IEnumerable<Trace> traces) =>
        JsonConvert.SerializeObject(new { data = traces.DefaultIfEmpty(new Trace("scatter")), layout, frames = Array.Empty<object>() });

    /// <summary>Text that Plotly takes for no tag; it reads these three entities.</summary>
    public static string Text(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Six digits, which is more than a screen shows, and null for what is no number.</summary>
    public static double? Value(double value) => double.IsFinite(value)
        ? double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : null;

    private static Dictionary<string, object> Axis(string title, bool logarithmic, (double From, double To)? range, bool fromZero = false)
    {
        var axis = new Dictionary<string, object>
        {
            ["title"] = new { text = Text(title), standoff = 8 },
            ["type"] = logarithmic ? "log" : "-",
            ["automargin"] = true,
            ["gridcolor"] = Grid,
            ["linecolor"] = MidTone,
            ["zeroline"] = false,
            ["showline"] = true,
            ["ticks"] = "outside",
            ["tickcolor"] = MidTone,
        };
        if (logarithmic)
        {
            // 10, 20, 50, where Plotly would number every step of a decade in small digits.
            axis["tickformat"] = "~g";
            axis["nticks"] = 4;
        }
        else if (fromZero)
        {
            axis["rangemode"] = "tozero";
        }

        if (range is var (from, to))
        {
            axis["range"] = logarithmic ? new[] { Math.Log10(from), Math.Log10(to) } : new[] { from, to };
        }

        return axis;
    }
}
