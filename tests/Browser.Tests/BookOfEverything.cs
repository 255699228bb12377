using System.Text.Json.Nodes;
using SingleShot.Data;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Plotting;
using SingleShot.Networks;
using Workbook.Book;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser.Tests.BookOfEverything))]

namespace Browser.Tests;

/// <summary>A book with one of each thing that a lesson may show: text, formulas, code, tables, pictures, charts, explorers, console text and an error.</summary>
public sealed class BookOfEverything : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public BookOfEverything()
    {
        var (picture, truths) = (Scenes.Picture(300, 300), Scenes.Objects(11, 5, 300, 300));
        var (offsets, scores) = Scenes.Predictions(Scenes.Small, truths, 300, 300, seed: 6);
        using var network = new SsdNetwork(Scenes.Small, seed: 1);
        var samples = Enumerable.Range(0, 50).Select(i => new Sample($"{i}", "", 96, 96, Scenes.Objects(i, 8, 96, 96))).ToList();
        double[] sines = [.. Enumerable.Range(0, 200).Select(x => Math.Sin(x / 20.0))];
        Write("01-text.ipynb",
            Text("# Text\n\nWhat a *lesson* says, with `code`, a [lesson](02-charts.ipynb#bars) and a [page](https://arxiv.org/abs/1512.02325).\n\n> A remark."),
            Text("## Formulas\n\nOf $s_k = s_{min} + \\tfrac{k-1}{m-1}$ and $a$, of $b$; if $c$, then $d$. (Or $e$.) And\n\n$$L(x, c, l, g) = \\frac{1}{N}\\left(L_{conf}(x, c) + \\alpha \\sum_{i \\in Pos}^N \\sum_{m \\in \\{cx, cy, w, h\\}} x_{ij}^k \\text{smooth}_{L1}(l_i^m - \\hat g_j^m)\\right), \\quad \\hat g_j^w = \\log \\frac{g_j^w}{\\sqrt{d_i^w}}$$\n\n$$\\text{smooth}_{L1}(x) = \\begin{cases} \\tfrac12 x^2 & |x| < 1 \\\\ |x| - \\tfrac12 & \\text{else} \\end{cases}$$"),
            Text("### A table\n\n| what | how many |\n|---|---:|\n| boxes | 8732 |\n\n<details><summary>An exercise</summary>\n\nIts answer.\n\n</details>"),
            Code("// a line that is too long for a page of any width, as lines of code are now and then, " + new string('x', 120) + "\nvar a = $\"{1 + 2:0.0}\";",
                Stream("stdout", "\u001b[32mgreen\u001b[0m\n" + string.Join(' ', Enumerable.Range(0, 90)) + "\n"), Stream("stderr", "careful\n")),
            Code("rows", Html("<table><thead><tr><th>Map</th><th>Boxes</th></tr></thead><tbody><tr><td>0</td><td>5776</td></tr></tbody></table>")),
            Code("wide", Html(Workbook.Formatting.ValueFormatter.Format(new int[2, 20]).Forms["text/html"])),
            Text("**You can now** write a book.\n\n**1.** ★ Begin."),
            Code("Exercise.Check(1, ...)", Shown(Exercise.Check(1, () => throw new NotImplementedException()))),
            Text("**2.** ★★★ End it."),
            Code("Exercise.Check(2, ...)", Shown(Exercise.Check(2, () => { }, () => Pictures.Image(picture, "what a right answer has drawn")))),
            Code("throw new Exception();", Error("Exception", "It went wrong.", "at cell 3, line 1, in a method whose name goes on and on until no page is wide enough for it")),
            Code("never();"));
        Write("02-charts.ipynb",
            Text("# Charts\n\nEach is drawn by plotly.js."),
            Code("Notebook.Start()", Shown(Notebook.Start())),
            Text("## Lines"),
            Code("Charts.Lines()", Shown(Charts.Lines([.. Enumerable.Range(1, 3).Select(n => new Curve($"curve {n}", [.. sines.Select((y, x) => ((double)x, y / n))]))], new Axes("x", "y", "Sines")))),
            Text("## Bars"),
            Code("Charts.Bars()", Shown(Charts.Bars([new Bar("first", 3), new Bar("second", 5)], new Axes("name", "count", "Bars")))),
            Code("Charts.Histogram()", Shown(Charts.Histogram(sines, new Axes("value", "count", "Histogram")))));
        Write("03-figures.ipynb",
            Text("# Figures"),
            Code("Notebook.Start()", Shown(Notebook.Start())),
            Code("Pictures.Image(picture)", Shown(Pictures.Image(picture, "A picture"))),
            Code("Pictures.Gallery()", Shown(Pictures.Gallery([Pictures.Image(picture, "one"), Pictures.Image(picture, "two"), Pictures.Image(picture, "three"), Pictures.Image(picture, "four")]))),
            Code("Explore.DefaultBoxes()", Shown(Explore.DefaultBoxes(picture, Scenes.Ssd300))),
            Code("Explore.Matching()", Shown(Explore.Matching(picture, truths, Scenes.Ssd300))),
            Code("Explore.Mining()", Shown(Explore.Mining(picture, truths, Scenes.Small, [("untrained", scores)]))),
            Code("Explore.Network()", Shown(Explore.Network(Scenes.Ssd300))),
            Code("Explore.Detection()", Shown(Explore.Detection(picture, Scenes.Small, offsets, scores, truths))),
            Code("Explore.Detections()", Shown(Explore.Detections(network, [new Example(picture, truths), new Example(picture, [])], scoreThreshold: 0.6))),
            Code("Explore.Suppression()", Shown(Explore.Suppression(picture, Scenes.Small, offsets, scores))),
            Code("Explore.Coverage()", Shown(Explore.Coverage(samples, Scenes.Small))),
            Code("Explore.AveragePrecision()", Shown(Explore.AveragePrecision(Scenes.Picture(530, 180), Scenes.Ten().Truths, Scenes.Ten().Detections))),
            Code("Explore.Snapshots()", Shown(Explore.Snapshots(picture, [.. truths.Select((_, i) => ($"moment {i + 1}", Boxes(truths.Take(i + 1))))]))),
            Code("Explore.Film()", Shown(Explore.Film([(picture, Scenes.Ten().Detections), (picture, [])]))));
        BookWriter.Write(_folder.FullName, Folder);
        offsets.Dispose();
        scores.Dispose();
    }

    public string Folder => Path.Combine(_folder.FullName, "book");

    public string Page(string name) => Path.Combine(Folder, name);

    public void Dispose() => _folder.Delete(recursive: true);

    private static IReadOnlyList<BoxOnImage> Boxes(IEnumerable<GroundTruth> truths) => [.. truths.Select(truth => new BoxOnImage(truth.Box, "an object", truth.Label))];

    private static JsonObject Text(string markdown) => new() { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = markdown };

    private static JsonObject Code(string source, params JsonNode[] outputs) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = 1,
        ["metadata"] = new JsonObject(),
        ["outputs"] = new JsonArray(outputs),
        ["source"] = source,
    };

    private static JsonObject Shown(Figure figure) => Html(figure.ToHtml());

    private static JsonObject Html(string html) =>
        new() { ["output_type"] = "display_data", ["data"] = new JsonObject { ["text/html"] = html }, ["metadata"] = new JsonObject() };

    private static JsonObject Stream(string name, string text) => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    private static JsonObject Error(string name, string value, string trace) =>
        new() { ["output_type"] = "error", ["ename"] = name, ["evalue"] = value, ["traceback"] = new JsonArray(trace) };

    private void Write(string name, params JsonObject[] cells) => File.WriteAllText(
        Path.Combine(_folder.FullName, name),
        new JsonObject { ["cells"] = new JsonArray([.. cells]), ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString());
}
