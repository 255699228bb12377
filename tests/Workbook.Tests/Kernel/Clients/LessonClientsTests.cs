using AwesomeAssertions;
using Xunit;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>Every lesson, and every lesson's solutions, run by two of Jupyter's clients; they show what the workbook's own runner shows.</summary>
[Trait("Needs", "jupyter")]
public sealed class LessonClientsTests(JupyterClients jupyter, OwnRun own, ITestOutputHelper output) : IClassFixture<JupyterClients>, IClassFixture<OwnRun>
{
    [Fact]
    public async Task Nbclient_RunsEveryLesson_AsTheRunnerDoes()
    {
        await JupyterClients.NeedAsync("nbclient", "python3-nbclient");
        await CheckAsync(folder => jupyter.PythonAsync(folder, [JupyterClients.Script("execute.py"), "out", .. LessonCopies.Names]));
    }

    [Fact]
    public async Task Nbconvert_RunsEveryLesson_AsTheRunnerDoes()
    {
        await JupyterClients.NeedAsync("nbconvert", "jupyter-nbconvert");
        await CheckAsync(async folder =>
        {
            foreach (var lessons in LessonCopies.Names.GroupBy(lesson => Path.GetDirectoryName(lesson)!))
            {
                var (exit, text) = await jupyter.PythonAsync(
                    folder,
                    [
                        "-m", "nbconvert", "--to", "notebook", "--execute", $"--ExecutePreprocessor.startup_timeout={JupyterClients.LimitInSeconds}",
                        $"--ExecutePreprocessor.iopub_timeout={JupyterClients.LimitInSeconds}", "--output-dir", Path.Combine("out", lessons.Key), .. lessons,
                    ]);
                if (exit != 0)
                {
                    return (exit, text);
                }
            }
            return (0, "");
        });
    }

    private async Task CheckAsync(Func<string, Task<(int Exit, string Text)>> run)
    {
        var expected = await own.LessonsAsync();
        using var folder = new TemporaryFolder();
        LessonCopies.Make(folder.Path);
        var (exit, text) = await run(folder.Path);
        exit.Should().Be(0, text);
        foreach (var name in LessonCopies.Names)
        {
            var lesson = ExecutedLesson.Read(folder.Path, name);
            lesson.RanWhole.Should().BeTrue("{0} was run from its first cell to its last", name);
            lesson.Errors.Should().BeEmpty(name);
            lesson.Pictures.Should().Be(expected[name].Pictures, name);
            lesson.Texts.Should().Equal(expected[name].Texts, "{0} shows what the runner shows", name);
            output.WriteLine($"{name}: {lesson.CodeCells.Count} cells, {lesson.Pictures} pictures");
        }
        LessonCopies.Names.Should().NotBeEmpty();
    }
}
