using AwesomeAssertions;
using Xunit;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>
/// Lessons and their solutions, run by a client of Jupyter's, and some by another, which is built on the first; they show what the workbook's
/// own runner shows.
/// </summary>
[Trait("Needs", "jupyter")]
public sealed class LessonClientsTests(JupyterClients jupyter, OwnRun own, ITestOutputHelper output) : IClassFixture<JupyterClients>, IClassFixture<OwnRun>
{
    [Fact]
    public async Task Nbclient_RunsLessons_AsTheRunnerDoes()
    {
        await JupyterClients.NeedAsync("nbclient", "python3-nbclient");
        var said = "";
        await CheckAsync(ShortLessons.Names, async folder =>
        {
            var (exit, text) = await jupyter.PythonAsync(folder, [JupyterClients.Script("execute.py"), "out", .. ShortLessons.Names]);
            said = text;
            return (exit, text);
        });
        said.Should().Contain("notebooks/05-training.ipynb: 14 updates", "its dashboard is drawn anew in its place");
    }

    [Fact]
    public async Task Nbconvert_RunsLessonsWithoutTraining_AsTheRunnerDoes()
    {
        await JupyterClients.NeedAsync("nbconvert", "jupyter-nbconvert");
        string[] some = [.. ShortLessons.Names.Where(name => Path.GetFileName(name) is "01-default-boxes.ipynb" or "02-matching.ipynb")];
        await CheckAsync(some, async folder =>
        {
            foreach (var lessons in some.GroupBy(lesson => Path.GetDirectoryName(lesson)!))
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

    private async Task CheckAsync(string[] names, Func<string, Task<(int Exit, string Text)>> run)
    {
        var expected = await own.LessonsAsync();
        using var folder = new TemporaryFolder();
        ShortLessons.CopyTo(folder.Path, ShortLessons.Names);
        var (exit, text) = await run(folder.Path);
        exit.Should().Be(0, text);
        names.Should().NotBeEmpty();
        foreach (var name in names)
        {
            var lesson = ExecutedLesson.Read(folder.Path, name);
            lesson.RanWhole.Should().BeTrue("{0} was run from its first cell to its last", name);
            lesson.Errors.Should().BeEmpty(name);
            lesson.Pictures.Should().Be(expected[name].Pictures, name);
            lesson.Texts.Should().Equal(expected[name].Texts, "{0} shows what the runner shows", name);
            output.WriteLine($"{name}: {lesson.CodeCells.Count} cells, {lesson.Pictures} pictures");
        }
    }
}
