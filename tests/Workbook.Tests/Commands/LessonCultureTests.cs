using System.Text.Json.Nodes;
using AwesomeAssertions;
using Workbook.Tests.Kernel;
using Workbook.Tests.Kernel.Clients;
using Xunit;

namespace Workbook.Tests.Commands;

/// <summary>A reader's machine may write 0,5 where the lessons write 0.5.</summary>
public sealed class LessonCultureTests : IDisposable
{
    private const string Control = "notebooks/00-control.ipynb"; // the first: a lesson says for the whole process how numbers are written

    // Those that train nothing: they have the numbers of exercises, checks and hints.
    private static readonly string[] Quick =
    [
        .. ShortLessons.All.Where(name => name.Contains("solutions/0", StringComparison.Ordinal) && !name.Contains("00-", StringComparison.Ordinal)),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Solutions_OnAGermanMachine_ShowWhatTheyShowOnAnyOther()
    {
        ShortLessons.CopyTo(_folder.Path, Quick);
        WriteControl();
        var german = await RunAsync("de_DE.UTF-8");
        Assert.SkipUnless(german[Control][0] == "0,5", $"This machine's .NET knows no German (it shows {german[Control][0]}): install libicu.");
        var plain = await RunAsync("C");

        plain[Control][0].Should().Be("0.5");
        foreach (var name in Quick)
        {
            german[name].Should().Equal(plain[name], name);
            german[name].Count(text => text.Contains(": right.", StringComparison.Ordinal)).Should().BeGreaterThan(2, name);
        }
    }

    // What a cell writes that minds nothing.
    private void WriteControl() => File.WriteAllText(_folder.File(Control.Split('/')), new JsonObject
    {
        ["cells"] = new JsonArray(new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["metadata"] = new JsonObject(),
            ["outputs"] = new JsonArray(),
            ["source"] = "$\"{0.5}\"",
        }),
        ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = "C#", ["language"] = "C#", ["name"] = ".net-csharp" } },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 4,
    }.ToJsonString());

    private async Task<Dictionary<string, string[]>> RunAsync(string language)
    {
        var start = KernelProcess.Command(["run", "notebooks", "--out", "out/notebooks"], _folder.Path);
        start.Environment["LC_ALL"] = language;
        var (exit, text) = await JupyterClients.EndAsync(start);
        exit.Should().Be(0, text);
        return Quick.Append(Control).ToDictionary(name => name, name => ExecutedLesson.Read(_folder.Path, name).Texts);
    }
}
