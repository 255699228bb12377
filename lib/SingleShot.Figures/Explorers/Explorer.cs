using System.Text.Json;
using SingleShot.Figures.Drawing;
using static SingleShot.Figures.Drawing.Html;

namespace SingleShot.Figures.Explorers;

/// <summary>A picture or drawing beside controls that change it; a script in the page does so, without a kernel.</summary>
/// <remarks>Where no script runs, the controls stay hidden, and picture, words and table stand as the library made them.</remarks>
/// <param name="Name">What the script calls this kind of explorer.</param>
/// <param name="Caption">A line below the controls, which also names the figure.</param>
/// <param name="Controls">Markup of the controls.</param>
/// <param name="Status">What is seen, in words; a screen reader reads it anew when it changes.</param>
/// <param name="Data">What the script draws from; becomes JSON.</param>
internal sealed record Explorer(string Name, string Caption, string Controls, string Status, object Data)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Markup of a table or list below the words.</summary>
    public string Details { get; init; } = "";

    /// <summary>The script and the style sheet, as elements of a page.</summary>
    public string Script { get; init; } = ExplorerScript.Html;

    /// <summary>The explorer of a picture.</summary>
    public Figure On(PictureSvg picture) => On(picture.Render);

    /// <summary>The explorer of a drawing; it is drawn at most so wide, in CSS pixels, as it is told.</summary>
    public Figure On(Func<double, string> draw)
    {
        var data = Html.Script(JsonSerializer.Serialize(Data, Json));
        return new Figure(Caption, width => $"""
            <figure class="singleshot-explorer" data-singleshot-explorer="{Name}">
            <div>{draw(width)}</div>
            <div class="singleshot-panel"><div hidden>{Controls}</div>
            <p role="status">{Text(Status)}</p>{Details}
            <figcaption>{Text(Caption)}</figcaption></div>
            <script type="application/json">{data}</script>
            {Script}
            </figure>
            """);
    }
}
