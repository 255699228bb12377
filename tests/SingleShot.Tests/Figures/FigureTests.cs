using System.Reflection;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Plotting;
using SingleShot.Models;
using Xunit;

namespace SingleShot.Tests.Figures;

public class FigureTests
{
    private static readonly Chart AChart = Charts.Lines([new Curve("a", [(1, 2), (2, 3)])], new Axes("x", "y"));

    public static TheoryData<Figure, string[]> Figures => new()
    {
        { Pictures.Image(Markup.Gray(9, 9)), ["text/plain", "text/html"] },
        { Pictures.Gallery([AChart]), ["text/plain", "text/html"] },
        { Explore.DefaultBoxes(Markup.Gray(96, 96), Specifications.Small(["cat"])), ["text/plain", "text/html"] },
        { AChart, ["text/plain", "text/html", "application/vnd.plotly.v1+json"] },
    };

    [Theory]
    [MemberData(nameof(Figures), DisableDiscoveryEnumeration = true)]
    public void Figure_ByName_RendersItself(Figure figure, string[] mimeTypes)
    {
        // What a kernel does, which knows names only.
        object attribute = figure.GetType().GetCustomAttributes(true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var source = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var preferred = (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!;
        source.GetConstructor(BindingFlags.Public | BindingFlags.Instance, []).Should().NotBeNull();
        var formatters = (IEnumerable<object>)source.GetMethod("CreateTypeFormatters", [])!.Invoke(Activator.CreateInstance(source), null)!;
        var outputs = formatters.ToDictionary(f => (string)f.GetType().GetProperty("MimeType")!.GetValue(f)!, f =>
        {
            using var writer = new StringWriter();
            var format = f.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)])!;
            format.Invoke(f, [figure, writer]).Should().Be(true);
            format.Invoke(f, ["no figure", writer]).Should().Be(false);
            return writer.ToString();
        });

        preferred.Should().Equal(mimeTypes);
        outputs.Keys.Should().Equal(mimeTypes);
        outputs["text/html"].Should().Be(figure.ToHtml());
        outputs["text/plain"].Should().Be(figure.Summary).And.Be(figure.ToString());
    }

    [Fact]
    public void Figures_LoadNothing()
    {
        var html = string.Concat(Figures.Select(row => row.Data.Item1.ToHtml())) + Notebook.Start().ToHtml();

        Regex.Replace(html, "xmlns=\"[^\"]*\"", "").Should().NotContainAny("http://", "https://", "src=", "@import");
    }

    [Fact]
    public void SavePage_WithCharts_CarriesTheScriptOnce()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var path = Path.Combine(folder, "made", "page.html");
            Pictures.Gallery([AChart, AChart], 1).SavePage(path);
            var page = File.ReadAllText(path);
            Regex.Count(page, "DecompressionStream").Should().Be(1);
            page.Should().StartWith("<!DOCTYPE html>").And.Contain(AChart.ToHtml());

            Exercise.Check(1, () => { }, () => AChart).SavePage(path);
            Regex.Count(File.ReadAllText(path), "DecompressionStream").Should().Be(1, "a right answer's chart is drawn, too");

            Pictures.Image(Markup.Gray(9, 9)).SavePage(path);
            new FileInfo(path).Length.Should().BeLessThan(10_000, "a page without charts needs no script");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Show_WhereNoNotebookRuns_WritesTheWordsOfEachFigure()
    {
        var console = Console.Out;
        using var written = new StringWriter();
        Console.SetOut(written);
        try
        {
            Notebook.Show(AChart).Update(Pictures.Image(Markup.Gray(9, 9)));
        }
        finally
        {
            Console.SetOut(console);
        }

        written.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Should().Equal(AChart.Summary, Pictures.Image(Markup.Gray(9, 9)).Summary);
    }

    [Fact]
    public void Start_Script_IsPlotlyGuarded()
    {
        var html = Notebook.Start().ToHtml();

        html.Should().Contain("if (window.Plotly").And.Contain("function (define, exports, module)");
        html.Length.Should().BeInRange(500_000, 2_000_000);
        Notebook.Start().ToHtml().Should().Be(html);
    }
}
