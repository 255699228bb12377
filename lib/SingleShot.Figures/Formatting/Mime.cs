namespace SingleShot.Figures.Formatting;

internal static class Mime
{
    public const string Html = "text/html";

    /// <summary>A chart as data; VS Code draws it by itself, and so does JupyterLab with Plotly's extension.</summary>
    public const string Plotly = "application/vnd.plotly.v1+json";
}
