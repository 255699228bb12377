using AwesomeAssertions;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>The same lessons run by the workbook's own runner, once, by the first test that asks.</summary>
public sealed class OwnRun
{
    private readonly Lazy<Task<Dictionary<string, ExecutedLesson>>> _lessons = new(RunAsync);

    internal Task<Dictionary<string, ExecutedLesson>> LessonsAsync() => _lessons.Value;

    private static async Task<Dictionary<string, ExecutedLesson>> RunAsync()
    {
        using var folder = new TemporaryFolder();
        ShortLessons.CopyTo(folder.Path, ShortLessons.Names);
        var (exit, text) = await JupyterClients.EndAsync(KernelProcess.Command(["run", "notebooks", "--out", "out/notebooks"], folder.Path));
        exit.Should().Be(0, text);
        return ShortLessons.Names.ToDictionary(name => name, name => ExecutedLesson.Read(folder.Path, name));
    }
}
