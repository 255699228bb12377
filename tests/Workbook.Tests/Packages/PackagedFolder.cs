using System.Diagnostics;
using System.Text.Json.Nodes;
using AwesomeAssertions;
using Workbook.Tests.Kernel;
using Workbook.Tests.Kernel.Clients;
using Xunit;

namespace Workbook.Tests.Packages;

/// <summary>A folder with a notebook, whose one source of packages is where <c>dotnet pack</c> puts this repository's.</summary>
internal sealed class PackagedFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackagedFolder() => OwnPackages.Into(_folder, "SingleShot.Interactive");

    /// <summary>Runs cells by the workbook's runner.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="tool">The program that runs them; that which lies beside these tests when left out.</param>
    /// <returns>The forms of each cell's last output.</returns>
    public async Task<IReadOnlyList<JsonNode?>> RunAsync(string[] cells, string? tool = null)
    {
        Write(cells, kernel: null);
        string[] arguments = ["run", "cells.ipynb", "--out", "out"];
        return await ReadAsync(tool is null ? KernelProcess.Command(arguments, _folder.Path) : new ProcessStartInfo(tool, arguments) { WorkingDirectory = _folder.Path });
    }

    /// <summary>Runs cells by .NET Interactive, with a client of Jupyter's.</summary>
    /// <returns>The forms of each cell's last output.</returns>
    public async Task<IReadOnlyList<JsonNode?>> RunInteractiveAsync(string[] cells)
    {
        const string Kernel = "interactive";
        var kernelspec = new JsonObject
        {
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            ["argv"] = new JsonArray("dotnet", Interactive(), "jupyter", "--default-kernel", "csharp", "{connection_file}", "--http-local-only"),
        };
        _folder.Write(kernelspec.ToJsonString(), "jupyter", "kernels", Kernel, "kernel.json");
        Write(cells, Kernel);
        return await ReadAsync(new ProcessStartInfo("/usr/bin/python3", [JupyterClients.Script("execute.py"), "out", "cells.ipynb"]) { WorkingDirectory = _folder.Path });
    }

    /// <summary>Installs the workbook as a tool.</summary>
    /// <returns>Path of its command.</returns>
    public async Task<string> InstallToolAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["tool", "install", "SingleShot.Workbook", "--tool-path", "tools"]) { WorkingDirectory = _folder.Path };
        var (exit, text) = await JupyterClients.EndAsync(Alone(start));
        exit.Should().Be(0, text);
        return Path.Combine(_folder.Path, "tools", OperatingSystem.IsWindows() ? "singleshot-workbook.exe" : "singleshot-workbook");
    }

    /// <summary>Lets an installed tool register itself as a kernel.</summary>
    /// <returns>The program that the kernel's description names.</returns>
    public async Task<string?> RegisterAsync(string tool)
    {
        var (exit, text) = await JupyterClients.EndAsync(Alone(new ProcessStartInfo(tool, ["install", "--prefix", "prefix", "--name", "from-a-tool"]) { WorkingDirectory = _folder.Path }));
        exit.Should().Be(0, text);
        var description = JsonNode.Parse(await File.ReadAllTextAsync(_folder.File("prefix", "share", "jupyter", "kernels", "from-a-tool", "kernel.json")))!;
        return (string?)description["metadata"]!.AsObject().Single().Value!["program"];
    }

    public void Dispose() => _folder.Dispose();

    // Where 'dotnet tool restore' puts it, in the version that the repository names.
    private static string Interactive()
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, ".config", "dotnet-tools.json")))!;
        var version = (string)manifest["tools"]!["microsoft.dotnet-interactive"]!["version"]!;
        var program = Path.Combine(OwnPackages.Brought("microsoft.dotnet-interactive", version), "tools", "net10.0", "any", "Microsoft.DotNet.Interactive.App.dll");
        Assert.SkipUnless(File.Exists(program), $"{program} is missing: bring the tool .NET Interactive (dotnet tool restore).");
        return program;
    }

    private void Write(string[] cells, string? kernel)
    {
        var notebook = new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = kernel ?? "workbook", ["display_name"] = "C#", ["language"] = "C#" } },
            ["cells"] = new JsonArray([.. cells.Select((code, i) => new JsonObject
            {
                ["cell_type"] = "code",
                ["id"] = $"cell-{i}",
                ["metadata"] = new JsonObject(),
                ["execution_count"] = null,
                ["outputs"] = new JsonArray(),
                ["source"] = code,
            })]),
        };
        _folder.Write(notebook.ToJsonString(), "cells.ipynb");
    }

    private async Task<IReadOnlyList<JsonNode?>> ReadAsync(ProcessStartInfo start)
    {
        var (exit, text) = await JupyterClients.EndAsync(Alone(start));
        exit.Should().Be(0, text);
        var lesson = ExecutedLesson.Read(_folder.Path, "cells.ipynb");
        lesson.Errors.Should().BeEmpty();
        return [.. lesson.CodeCells.Select(cell => cell["outputs"]!.AsArray().LastOrDefault()?["data"])];
    }

    private ProcessStartInfo Alone(ProcessStartInfo start)
    {
        OwnPackages.Alone(start, _folder);
        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["JUPYTER_PATH"] = _folder.File("jupyter");
        start.Environment["LAST_RESORT"] = JupyterClients.LimitInSeconds;
        return start;
    }
}
