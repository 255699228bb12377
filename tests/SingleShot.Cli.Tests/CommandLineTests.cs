using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AwesomeAssertions;
using Xunit;

namespace SingleShot.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public async Task Help_NamesTheCommands()
    {
        var run = await CommandRun.OfAsync("--help");

        run.Exit.Should().Be(ExitCodes.Done);
        run.Output.Should().ContainAll("detect", "train", "evaluate", "doctor", "export", "download", "--json");
    }

    [Theory]
    [InlineData("detekt a.jpg", "detekt")]
    [InlineData("detect", "picture")]
    [InlineData("train a.yaml --frobnicate", "--frobnicate")]
    [InlineData("doctor a --findings many", "many")]
    public async Task LineThatCannotBeUnderstood_IsAnErrorOfUsage(string line, string reason)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().Contain(reason).And.Contain("--help");
        run.Output.Should().BeEmpty();
    }

    [Theory]
    [InlineData("detect a.jpg --scor 0.5", "There is no option --scor. Did you mean '--score'?")]
    [InlineData("detect --output=found a.jpg", "There is no option --output. Did you mean '--out'?")]
    [InlineData("evaluate a --jsno", "There is no option --jsno. Did you mean '--json'?")]
    [InlineData("download --frobnicate", "There is no option --frobnicate.")]
    public async Task OptionThatThereIsNot_IsToldAsOne_AndNotAsAPath(string line, string reason)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Split(Environment.NewLine)[0].Should().Be(reason);
    }

    [Theory]
    [InlineData("en_US.UTF-8", true)]
    [InlineData("de_DE.ISO-8859-1", false)]
    public async Task Json_HasLettersAsTheyAre_WhereTheLocaleIsUtf8(string locale, bool asTheyAre)
    {
        var run = await ProcessRun.OfAsync(new ProcessStartInfo("dotnet", [CommandRun.Program, "detect", "caf\u00e9.jpg", "--json"])
        {
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["LC_ALL"] = locale },
        });

        ((string?)run.Events("problem").Single()["message"]).Should().Contain("caf\u00e9.jpg");
        run.Output.Contains("caf\u00e9.jpg", StringComparison.Ordinal).Should().Be(asTheyAre || OperatingSystem.IsWindows());
    }

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("us-ascii")]
    public async Task Json_IsUtf8_WhateverTheLocaleWrites(string locale)
    {
        using var bytes = new MemoryStream();
        await using (var output = new StreamWriter(bytes, Encoding.GetEncoding(locale), leaveOpen: true))
        {
            await CommandLine.RunAsync(["detect", "caf\u00e9 \u5199\u771f.jpg", "--json"], output, TextWriter.Null);
        }

        var problem = JsonNode.Parse(bytes.ToArray())!;

        ((string?)problem["message"]).Should().Contain("caf\u00e9 \u5199\u771f.jpg");
    }

    [Theory]
    [InlineData("detect", "a.png", "--out", "")]
    [InlineData("doctor", "")]
    [InlineData("export", "")]
    public async Task EmptyArgument_IsAnErrorOfUsage(params string[] arguments)
    {
        var run = await CommandRun.OfAsync(arguments);

        run.Exit.Should().Be(ExitCodes.Usage);
        run.Error.Should().StartWith("An argument of the command line is empty");
    }

    [Fact]
    public async Task Number_HasAPoint_WhereTheSystemWritesAComma()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            (await CommandRun.OfAsync("detect", "--camera", "0", "--seconds", "-1.5")).Error.Should().Contain("--seconds is -1.5");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task OutputThatIsFull_IsAFailure_WithoutAStack()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs Linux's /dev/full");
        var run = await ProcessRun.OfAsync(new ProcessStartInfo("/bin/bash", ["-c", $"dotnet {CommandRun.Program} download --json > /dev/full"]));

        (run.Exit, run.Error).Should().Be((ExitCodes.Failed, "No space left on device\n"));
    }

    [Fact]
    public async Task LinesForBash_OfThePageOnTheCommand_CompleteACommand()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        var lines = File.ReadAllText(Path.Combine(Repository.Root, "docs", "command.md")).Split("```bash\n")[1].Split("```")[0];
        var run = await ProcessRun.OfAsync(new ProcessStartInfo("/bin/bash", ["-c", $$"""
            singleshot() { dotnet {{CommandRun.Program}} "$@"; }
            {{lines}}
            COMP_LINE='singleshot e'; COMP_POINT=12; _singleshot singleshot e singleshot; echo "${COMPREPLY[*]}"
            """]));

        run.Should().Be(new CommandRun(0, "evaluate export\n", ""));
    }

    [Theory]
    [InlineData("singleshot de", "detect")]
    [InlineData("singleshot detect --mod", "--model")]
    [InlineData("singleshot detect --model ssd", "ssd300 ssdlite320")]
    [InlineData("singleshot detect --engine ", "onnx torch")]
    [InlineData("singleshot download voc", "voc2007 voc2012")]
    public async Task Shell_IsToldWhatCanFollow(string line, string completions)
    {
        var run = await CommandRun.OfAsync($"[suggest:{line.Length}]", line);

        run.Exit.Should().Be(ExitCodes.Done);
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Should().Equal(completions.Split(' '));
    }
}
