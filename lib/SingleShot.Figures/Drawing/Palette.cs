using System.Globalization;
using SingleShot.Drawing;

namespace SingleShot.Figures.Drawing;

/// <summary>The colors of figures, from Okabe and Ito's set that color-blind readers can tell apart.</summary>
/// <remarks>Color never speaks alone: lines differ in dash and marker too, boxes in dash, label or hover text.</remarks>
public static class Palette
{
    // No yellow: on a white page nobody sees it as a line.
    private static readonly string[] LineColors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C8C8C"];
    // The relatives of the boxes' colors that show as lines on a white page: vermilion for orange, blue for sky blue, olive for yellow.
    private static readonly string[] ClassColors = ["#D55E00", "#0072B2", "#948B00", "#CC79A7", "#009E73", "#E69F00", "#56B4E9"];
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot", "longdash"];
    private static readonly string[] Markers = ["circle", "square", "diamond", "triangle-up", "x", "cross", "star"];

    /// <summary>Color of the line or bar number <paramref name="index"/> of a chart, as #RRGGBB; colors come round again after seven.</summary>
    public static string Line(int index) => Cycle(LineColors, index);

    /// <summary>Color of the line of a class, as #RRGGBB: as near to that of the class's boxes as a page allows.</summary>
    internal static string ClassLine(int label) => Cycle(ClassColors, label);

    /// <summary>Color of boxes of this group, as #RRGGBB; white for a negative group.</summary>
    public static string Box(int group) => Hex(BoxColors.Of(group));

    /// <summary>Number of colors of boxes; after as many groups they come round again.</summary>
    internal static int BoxColorCount => BoxColors.Count;

    /// <summary>Plotly's name for the dash of a chart's line.</summary>
    internal static string Dash(int index) => Cycle(Dashes, index);

    /// <summary>Plotly's name for the marker of a chart's line.</summary>
    internal static string Marker(int index) => Cycle(Markers, index);

    /// <summary>Black or white, whichever reads better on a color.</summary>
    internal static string Ink(string color) => Hex(BoxColors.Ink(int.Parse(color.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

    private static string Hex(int color) => $"#{color:X6}";

    private static string Cycle(string[] values, int index) => values[(index % values.Length + values.Length) % values.Length];
}
