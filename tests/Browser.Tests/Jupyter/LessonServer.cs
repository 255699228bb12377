using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Commands;
using Workbook.Kernelspecs;
using Xunit;

namespace Browser.Tests.Jupyter;

/// <summary>
/// A server of notebooks over copies of the lessons, with the C# kernel installed for it alone. All that it keeps is in a folder that goes with
/// it. It starts with the first test that asks.
/// </summary>
public abstract partial class LessonServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jupyter");
    private readonly Lazy<Task> _installed;
    private readonly Lazy<Task<Uri>> _address;
    private readonly List<Process> _processes = [];

    protected LessonServer() => (_installed, _address) = (new Lazy<Task>(InstallAsync), new Lazy<Task<Uri>>(StartAsync));

    /// <summary>The folder that the server shows.</summary>
    public string Folder => Path.Combine(_folder.FullName, "workbook");

    /// <summary>Jupyter gives a kernel a minute to start and an output seconds to come, if nobody asks for more.</summary>
    protected static int LimitInSeconds { get; } = (int)LastResort.Limit.TotalSeconds;

    /// <summary>The lessons and the kernel are in their places.</summary>
    protected Task Installed => _installed.Value;

    /// <summary>Where the server answers.</summary>
    protected Task<Uri> Address => _address.Value;

    /// <summary>The program and its arguments.</summary>
    protected abstract ProcessStartInfo Server { get; }

    /// <summary>Writes a notebook of code cells for the C# kernel.</summary>
    /// <param name="name">Its name, without the ending.</param>
    /// <param name="cells">The code of each cell.</param>
    /// <returns>The notebook, from the server's folder.</returns>
    internal string Write(string name, IEnumerable<string> cells)
    {
        var json = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select(code => new JsonObject
            {
                ["cell_type"] = "code",
                ["execution_count"] = null,
                ["metadata"] = new JsonObject(),
                ["outputs"] = new JsonArray(),
                ["source"] = code,
            })]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = "C# (workbook)", ["language"] = "C#", ["name"] = ".net-csharp" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 4,
        };
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, $"{name}.ipynb"), json.ToJsonString());
        return $"{name}.ipynb";
    }

    /// <summary>Copies a lesson as it is in the repository, changed, beside the others.</summary>
    /// <returns>The copy, from the server's folder.</returns>
    internal string Copy(string lesson, Func<string, string> change)
    {
        var copy = Path.ChangeExtension(lesson, null) + "-changed.ipynb";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, copy))!);
        File.WriteAllText(Path.Combine(Folder, copy), change(File.ReadAllText(Path.Combine(Repository.Root, lesson))));
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>A folder of the server's own.</summary>
    protected string Own(string name) => Path.Combine(_folder.FullName, name);

    protected ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardError = true };
        foreach (var kind in new[] { "CONFIG", "DATA", "RUNTIME" })
        {
            start.Environment[$"JUPYTER_{kind}_DIR"] = Own(kind);
        }
        start.Environment["IPYTHONDIR"] = Own("IPYTHON");
        start.Environment["JUPYTER_PATH"] = Path.Combine(Prefix, "share", "jupyter");
        return start;
    }

    private string Prefix => Own("prefix");

    private async Task InstallAsync()
    {
        Repository.CopyLessons(Folder);
        using var error = new StringWriter();
        Assert.True(await CommandLine.RunAsync(["install", "--prefix", Prefix], TextWriter.Null, error) == 0, error.ToString());
        // A cell that is stopped ends after its step, whose length is the machine's: it must not be left running meanwhile.
        var kernel = Path.Combine(Prefix, "share", "jupyter", "kernels", KernelspecInstaller.DefaultName, "kernel.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(kernel))!;
        json["argv"]!.AsArray().Add("--leave-after");
        json["argv"]!.AsArray().Add($"{LimitInSeconds}");
        await File.WriteAllTextAsync(kernel, json.ToJsonString());
    }

    private async Task<Uri> StartAsync()
    {
        await Installed;
        return await StartAsync(Server, start => start.StandardError);
    }

    /// <summary>Starts a program that goes with the server, and waits until it says where it answers.</summary>
    protected async Task<Uri> StartAsync(ProcessStartInfo start, Func<Process, StreamReader> log)
    {
        var process = Process.Start(start)!;
        _processes.Add(process);
        var said = new List<string>();
        while (await log(process).ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (OwnAddress().Match(line) is { Success: true, Value: var address })
            {
                _ = log(process).ReadToEndAsync(); // a full pipe would hold the server up
                return new Uri(address);
            }
        }

        throw new InvalidOperationException($"{start.FileName} ended: {string.Join('\n', said)}");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex OwnAddress();
}
