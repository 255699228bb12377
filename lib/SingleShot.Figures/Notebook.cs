using SingleShot.Figures.Drawing;
using SingleShot.Figures.Plotting;

namespace SingleShot.Figures;

/// <summary>What a notebook shows once, before its figures.</summary>
public static class Notebook
{
    /// <summary>The script that draws charts, from the package itself. Show it in the first cell; showing it again does no harm.</summary>
    /// <returns>A figure of one line; charts anywhere in the notebook wait for its script.</returns>
    public static Figure Start() => new(
        "The script that draws charts.",
        _ => PlotlyScript.Html + "<div style=\"font:13px sans-serif\">Charts in this notebook are drawn by plotly.js, which this cell carries.</div>");

    /// <summary>What a notebook shows of the library's values, and where to begin; in .NET Interactive, <c>#!ssd</c> shows it too.</summary>
    public static Figure Help() => NotebookHelp.Draw();
}
