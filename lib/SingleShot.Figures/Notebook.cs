using SingleShot.Data.Labeling;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Labeling;
using SingleShot.Figures.Plotting;

namespace SingleShot.Figures;

/// <summary>What a notebook shows beside the results of its cells.</summary>
public static class Notebook
{
    /// <summary>The script that draws charts, from the package itself. Show it in the first cell; showing it again does no harm.</summary>
    /// <returns>A figure of one line; charts anywhere in the notebook wait for its script.</returns>
    public static Figure Start() => new(
        "The script that draws charts.",
        _ => PlotlyScript.Html + "<div style=\"font:13px sans-serif\">Charts in this notebook are drawn by plotly.js, which this cell carries.</div>");

    /// <summary>Shows a figure that will be drawn anew in its place, such as that of a training run.</summary>
    /// <remarks>It does so in the workbook's kernel and in .NET Interactive. A program that is no notebook writes the figure's words to its console.</remarks>
    /// <param name="figure">The figure to begin with.</param>
    /// <returns>What draws the next one.</returns>
    public static ShownFigure Show(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return new ShownFigure(figure);
    }

    /// <summary>Pictures of a folder, to label them: a reader draws boxes and names what is in them. Each change is saved at once in the folder's file of labels.</summary>
    /// <remarks>
    /// The page saves through a web server of this process that answers this machine alone. Where the browser is on another machine, and in a page that outlives the process,
    /// the figure says that it cannot save, and gives its labels to download; <see cref="LabelFolder.Take"/> reads them.
    /// </remarks>
    /// <param name="labels">The folder and its labels.</param>
    /// <param name="most">The most pictures that the page holds, at least 1. Of a folder with more, it holds the first that have no labels.</param>
    /// <exception cref="InvalidDataException">No picture can be read.</exception>
    public static Figure Label(LabelFolder labels, int most = 24)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return LabelingFigure.Of(labels, most);
    }

    /// <summary>What a notebook shows of the library's values, and where to begin; in .NET Interactive, <c>#!ssd</c> shows it too.</summary>
    public static Figure Help() => NotebookHelp.Draw();
}
