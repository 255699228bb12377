using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Commands;
using Workbook.Kernelspecs;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser.Tests.Jupyter.JupyterServer))]

namespace Browser.Tests.Jupyter;

/// <summary>
/// Jupyter's classic notebook as Debian packages it, over copies of the lessons, with the C# kernel installed for it alone. All that
/// it keeps is in a folder that goes with it. It starts with the first test that asks; tests skip where it is not installed.
/// </summary>
public sealed partial class JupyterServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/jupyter-notebook";
    private const string Converter = "/usr/bin/jupyter-nbconvert";

    // Jupyter gives a kernel a minute to start and an output seconds to come, if nobody asks for more.
    private static readonly int LimitInSeconds = (int)LastResort.Limit.TotalSeconds;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jupyter");
    private readonly Lazy<Task> _installed;
    private readonly Lazy<Task<Uri>> _address;
    private Process? _process;

    public JupyterServer() => (_installed, _address) = (new Lazy<Task>(InstallAsync), new Lazy<Task<Uri>>(StartAsync));

    /// <summary>The folder that the server shows.</summary>
    public string Folder => Path.Combine(_folder.FullName, "workbook");

    /// <summary>Opens a notebook and waits for its kernel.</summary>
    /// <param name="browser">Where.</param>
    /// <param name="path">The notebook, from the server's folder.</param>
    internal async Task<NotebookPage> OpenAsync(Browser browser, string path)
    {
        Assert.SkipUnless(File.Exists(Program), $"The classic notebook is missing: install it (apt-get install jupyter-notebook), so that there is {Program}.");
        var address = await _address.Value;
        var page = await browser.OpenAsync(offline: false);
        return await NotebookPage.OpenAsync(page, new Uri(address, $"notebooks/{path}"));
    }

    /// <summary>Runs a notebook and makes a page of it, by nbconvert.</summary>
    /// <param name="path">The notebook, from the server's folder.</param>
    /// <returns>The page's address.</returns>
    internal async Task<Uri> ConvertAsync(string path)
    {
        Assert.SkipUnless(File.Exists(Converter), $"nbconvert is missing: install it (apt-get install jupyter-nbconvert), so that there is {Converter}.");
        await _installed.Value;
        using var process = Process.Start(Command(
            Converter, "--to", "html", "--execute", $"--ExecutePreprocessor.startup_timeout={LimitInSeconds}", $"--ExecutePreprocessor.iopub_timeout={LimitInSeconds}", path))!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
        return new Uri(Path.Combine(Folder, Path.ChangeExtension(path, ".html")));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private string Prefix => Path.Combine(_folder.FullName, "prefix");

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

    private ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardError = true };
        foreach (var kind in new[] { "CONFIG", "DATA", "RUNTIME" })
        {
            start.Environment[$"JUPYTER_{kind}_DIR"] = Path.Combine(_folder.FullName, kind);
        }

        // Threads that wait for one another at each layer stand still where others use the processors.
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["IPYTHONDIR"] = Path.Combine(_folder.FullName, "IPYTHON");
        start.Environment["JUPYTER_PATH"] = Path.Combine(Prefix, "share", "jupyter");
        return start;
    }

    private async Task<Uri> StartAsync()
    {
        await _installed.Value;
        var start = Command(
            Program, "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=8890", "--port-retries=1000", "--NotebookApp.token=", "--NotebookApp.password=",
            $"--MappingKernelManager.kernel_info_timeout={LimitInSeconds}");
        _process = Process.Start(start)!;
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is { Success: true, Value: var address })
            {
                _ = _process.StandardError.ReadToEndAsync(); // a full pipe would hold the server up
                return new Uri(address);
            }
        }

        throw new InvalidOperationException($"{Program} ended with {_process.ExitCode}.");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Address();
}
