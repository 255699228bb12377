using System.Text.Json;
using System.Text.RegularExpressions;
using AwesomeAssertions;
using Newtonsoft.Json.Linq;
using Plotly.NET;
using SingleShot.Evaluation.Voc;
using SingleShot.Figures;
using SingleShot.Figures.Plotting;
using SingleShot.Training;
using Xunit;
using Chart = SingleShot.Figures.Plotting.Chart;

namespace SingleShot.Tests.Figures;

public class ChartsTests
{
    private static readonly Curve Line = new("a <b> & </script>", [(1, 2), (2, double.NaN), (3, 4.25)]);

    [Fact]
    public void Lines_Points_AreInTheJson()
    {
        using var json = JsonDocument.Parse(Charts.Lines([Line], new Axes("step", "loss [nats]")).ToPlotlyJson());

        var trace = json.RootElement.GetProperty("data")[0];
        trace.GetProperty("x").EnumerateArray().Select(x => x.GetDouble()).Should().Equal(1, 2, 3);
        trace.GetProperty("y")[1].ValueKind.Should().Be(JsonValueKind.Null);
        trace.GetProperty("y")[2].GetDouble().Should().Be(4.25);
        trace.GetProperty("name").GetString().Should().Be("a &lt;b&gt; &amp; &lt;/script&gt;");
        json.RootElement.GetProperty("layout").GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString().Should().Be("loss [nats]");
    }

    [Fact]
    public void Charts_Json_IsWhatPlotlyNetWritesOfThem()
    {
        Chart[] charts = [Charts.Lines([Line, Line], new Axes("x", "y", "t") { LogX = true }), Charts.Spread([("one", [.2, .4])], new Axes("x", "y"), reference: .4), Charts.Bars([], new Axes("x", "y"))];

        charts.Should().AllSatisfy(chart =>
        {
            var figure = JObject.Parse(chart.ToPlotlyJson());
            var traces = figure["data"]!.Select(data => GenericChart.ofTraceObject(false, With(new Trace((string)data["type"]!), data)));
            var same = GenericChart.setLayout(With(new Layout(), figure["layout"]!), GenericChart.combine([.. traces]));
            Charts.Of(same).ToPlotlyJson().Should().Be(chart.ToPlotlyJson());
        });

        static T With<T>(T made, JToken properties)
            where T : DynamicObj.DynamicObj
        {
            foreach (var property in properties.Children<JProperty>().Where(one => one.Name != "type")) // a trace has its type already
            {
                made.SetProperty(property.Name, property.Value);
            }
            return made;
        }
    }

    [Fact]
    public void Lines_Html_HoldsOneScriptAndADrawing()
    {
        var html = Charts.Lines([Line, Line], new Axes("x", "y", "</script><script>")).ToHtml();

        Regex.Count(html, "<script").Should().Be(1);
        Regex.Count(html, "</script").Should().Be(1);
        Markup.SvgOf(Charts.Lines([Line, Line], new Axes("x", "y"))).Elements(Markup.Svg + "polyline").Should().HaveCount(2);
    }

    [Fact]
    public void Lines_Twice_AreTheSame() =>
        Charts.Lines([Line], new Axes("x", "y")).ToHtml().Should().Be(Charts.Lines([Line], new Axes("x", "y")).ToHtml());

    [Fact]
    public void Lines_VeryMany_KeepThePeak()
    {
        var curve = new Curve("long", [.. Enumerable.Range(0, 100_000).Select(i => ((double)i, i == 54_321 ? 9.0 : 1.0))]);
        using var json = JsonDocument.Parse(Charts.Lines([curve], new Axes("x", "y")).ToPlotlyJson());

        var y = json.RootElement.GetProperty("data")[0].GetProperty("y");
        y.GetArrayLength().Should().BeLessThanOrEqualTo(4000);
        y.EnumerateArray().Select(v => v.GetDouble()).Should().Contain(9);
    }

    [Fact]
    public void Histogram_WithoutScriptOnALogarithmicAxis_HasBarsByTheirLogarithms()
    {
        double[] values = [.. Enumerable.Repeat(0.0, 1000), .. Enumerable.Repeat(1.0, 100), 2.0];
        var still = Markup.SvgOf(Charts.Histogram(values, new Axes("value", "count") { LogY = true }, bins: 3));

        var heights = still.Elements(Markup.Svg + "rect").Select(bar => bar.Number("height")).ToArray();
        // From half a count, so that one count shows: log 2000, log 200 and log 2.
        (heights[1] / heights[0]).Should().BeApproximately(Math.Log(200) / Math.Log(2000), 1e-3);
        (heights[2] / heights[0]).Should().BeApproximately(Math.Log(2) / Math.Log(2000), 1e-3);
        still.Descendants(Markup.Svg + "text").Select(text => text.Value).Should().Contain(["1000", "0.5"]);
    }

    [Fact]
    public void Lines_WithoutScript_LongNamesTakeTwoLinesOfTheLegend()
    {
        Curve[] curves = [Line with { Name = "squares only: 3884 boxes" }, Line with { Name = "short" }];
        var texts = Markup.SvgOf(Charts.Lines(curves, new Axes("x", "y"))).Descendants(Markup.Svg + "text").ToDictionary(text => text.Value, text => text.Number("y"));

        texts["boxes"].Should().BeGreaterThan(texts["squares only: 3884"] + 13);
        texts["short"].Should().BeGreaterThan(texts["boxes"] + 13);
    }

    [Fact]
    public void Loss_Terms_AreLines()
    {
        var step = new TrainingStep(1, 0, 0.001, 1, 2, 0.5, 3.5, 10, 30, 16, 0.1, 0, 0);
        var chart = Charts.Loss([step, step with { Step = 2, Total = 3 }], logarithmic: true);
        using var json = JsonDocument.Parse(chart.ToPlotlyJson());

        json.RootElement.GetProperty("data").GetArrayLength().Should().Be(4);
        json.RootElement.GetProperty("layout").GetProperty("yaxis").GetProperty("type").GetString().Should().Be("log");
        chart.ToPlotlyJson().Should().Contain("learning rate 0.001");
    }

    [Fact]
    public void Loss_LongRun_IsShownInMeans()
    {
        var step = new TrainingStep(1, 0, 0.001, 1, 2, 0.5, 3.5, 10, 30, 16, 0.1, 0, 0);
        var chart = Charts.Loss([.. Enumerable.Range(1, 600).Select(i => step with { Step = i, Total = i % 2 })]);
        using var json = JsonDocument.Parse(chart.ToPlotlyJson());

        var total = json.RootElement.GetProperty("data")[0].GetProperty("y").EnumerateArray().Select(v => v.GetDouble()).ToList();
        total.Should().HaveCount(300).And.AllSatisfy(v => v.Should().Be(0.5));
        chart.ToPlotlyJson().Should().Contain("mean of 2");
    }

    [Fact]
    public void Histogram_WithAMark_HasALineThere_WithAndWithoutScript()
    {
        var chart = Charts.Histogram([0, 1], new Axes("overlap", "boxes") { MarkX = (0.25, "a <quarter>") }, bins: 2);
        using var json = JsonDocument.Parse(chart.ToPlotlyJson());
        var line = json.RootElement.GetProperty("layout").GetProperty("shapes")[0];
        var words = json.RootElement.GetProperty("layout").GetProperty("annotations")[0];

        (line.GetProperty("x0").GetDouble(), line.GetProperty("x1").GetDouble(), words.GetProperty("x").GetDouble()).Should().Be((0.25, 0.25, 0.25));
        words.GetProperty("text").GetString().Should().Be("a &lt;quarter&gt;");
        Markup.SvgOf(chart).Descendants(Markup.Svg + "text").Select(text => text.Value).Should().Contain("a <quarter>");
    }

    [Fact]
    public void Histogram_Values_AreCounted()
    {
        using var json = JsonDocument.Parse(Charts.Histogram([0, .1, .5, 1, double.NaN], new Axes("overlap", "boxes"), bins: 2).ToPlotlyJson());

        var trace = json.RootElement.GetProperty("data")[0];
        trace.GetProperty("y").EnumerateArray().Select(v => v.GetInt32()).Should().Equal(2, 2);
        trace.GetProperty("x").EnumerateArray().Select(v => v.GetDouble()).Should().Equal(.25, .75);
    }

    [Fact]
    public void Bars_LongNames_Lie()
    {
        using var json = JsonDocument.Parse(Charts.Bars([new Bar("a rather long name", 1)], new Axes("class", "AP")).ToPlotlyJson());

        json.RootElement.GetProperty("data")[0].GetProperty("orientation").GetString().Should().Be("h");
    }

    [Fact]
    public void Spread_EachGroup_HasItsValuesItsMeanAndItsRange()
    {
        var chart = Charts.Spread([("one", [.2, .4, .6]), ("the other", [.5])], new Axes("variation", "AP50"), reference: .4);
        using var json = JsonDocument.Parse(chart.ToPlotlyJson());

        var (mean, each) = (json.RootElement.GetProperty("data")[0], json.RootElement.GetProperty("data")[1]);
        double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => Math.Round(value.GetDouble(), 9))];
        Numbers(mean.GetProperty("x")).Should().Equal(.4, .5);
        Numbers(mean.GetProperty("error_x").GetProperty("array")).Should().Equal(.2, 0);
        Numbers(mean.GetProperty("error_x").GetProperty("arrayminus")).Should().Equal(.2, 0);
        Numbers(each.GetProperty("x")).Should().Equal(.2, .4, .6, .5);
        each.GetProperty("y").EnumerateArray().Select(name => name.GetString()).Should().Equal("one", "one", "one", "the other");
        json.RootElement.GetProperty("layout").GetProperty("shapes")[0].GetProperty("x0").GetDouble().Should().Be(.4);
        chart.ToHtml().Should().Contain("<svg");
    }

    [Fact]
    public void Bars_LyingWithATitleLongerThanTheAxis_HaveItAbove()
    {
        using var json = JsonDocument.Parse(Charts.Bars([new Bar("a rather long name", 1)], new Axes("what the bars are, in so many words", "AP", "Bars")).ToPlotlyJson());
        var layout = json.RootElement.GetProperty("layout");

        layout.GetProperty("title").GetProperty("text").GetString().Should().Be("Bars, by what the bars are, in so many words");
        layout.GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString().Should().BeEmpty();
    }

    [Fact]
    public void Charts_WithoutScript_KeepTheirHeightInAPageThatSetsItForPictures() =>
        Charts.Bars([new Bar("cat", 1)], new Axes("class", "AP")).ToHtml().Should().Contain("<svg").And.Contain("style=\"display:block;width:100%;height:100%\"");

    [Fact]
    public void Charts_OfNothing_AreEmpty()
    {
        var axes = new Axes("x", "y");
        Chart[] charts = [Charts.Lines([], axes), Charts.Loss([]), Charts.PrecisionRecall([new PrecisionRecallCurve("none", [], double.NaN)]), Charts.Histogram([], axes), Charts.Bars([], axes)];

        charts.Should().AllSatisfy(c => c.ToHtml().Should().Contain("<svg").And.NotContain("NaN"));
    }
}
