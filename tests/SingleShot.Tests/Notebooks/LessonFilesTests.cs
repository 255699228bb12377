using System.Text.Json;
using AwesomeAssertions;
using Xunit;

namespace SingleShot.Tests.Notebooks;

public class LessonFilesTests
{
    private static readonly string Folder = Path.Combine(Root(), "notebooks");

    public static TheoryData<string> Lessons => [.. Directory.GetFiles(Folder, "*.ipynb").Select(path => Path.GetFileName(path)!).Order()];

    [Theory]
    [MemberData(nameof(Lessons))]
    public void CommittedLesson_HasNoOutputs(string lesson) => CodeCells(lesson).Should().AllSatisfy(cell =>
    {
        cell.GetProperty("outputs").GetArrayLength().Should().Be(0);
        cell.GetProperty("execution_count").ValueKind.Should().Be(JsonValueKind.Null);
    });

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Lesson_OpensInDotNetInteractive(string lesson)
    {
        var metadata = Read(lesson).GetProperty("metadata");

        metadata.GetProperty("kernelspec").GetProperty("name").GetString().Should().Be(".net-csharp");
        metadata.GetProperty("language_info").GetProperty("name").GetString().Should().Be("polyglot-notebook");
        CodeCells(lesson).Should().AllSatisfy(cell =>
            cell.GetProperty("metadata").GetProperty("polyglot_notebook").GetProperty("kernelName").GetString().Should().Be("csharp"));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Lesson_KeepsToTheCommonSubset(string lesson)
    {
        var lines = CodeCells(lesson).SelectMany(cell => Text(cell).Split('\n')).ToList();

        lines.Should().NotContain(line => line.StartsWith("#!", StringComparison.Ordinal) && !line.StartsWith("#!import", StringComparison.Ordinal));
        lines.Should().NotContain(line => line.StartsWith('%'));
        lines.Should().NotContain(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        lines.Should().Contain("using System.IO;", "it is not among the usings that both hosts begin with");
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Lesson_TellsWhatItTeachesAndHowLongItTakes_AndHasParametersAndExercises(string lesson)
    {
        var cells = Read(lesson).GetProperty("cells").EnumerateArray().ToList();

        Text(cells[0]).Should().ContainAll("**You will learn**", "**Before you start:**", "**Time:**");
        cells.Count(cell => cell.GetProperty("metadata").TryGetProperty("tags", out var tags)
            && tags.EnumerateArray().Any(tag => tag.GetString() == "parameters")).Should().Be(1);
        Text(cells[^1]).Should().ContainAll("## Summary", "## Exercises", "<details>");
    }

    private static JsonElement Read(string lesson) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, lesson))).RootElement;

    private static List<JsonElement> CodeCells(string lesson) =>
        [.. Read(lesson).GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "code")];

    private static string Text(JsonElement cell) => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SingleShot.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
    }
}
