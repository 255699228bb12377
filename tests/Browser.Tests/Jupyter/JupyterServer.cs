using System.Diagnostics;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser.Tests.Jupyter.JupyterServer))]

namespace Browser.Tests.Jupyter;

/// <summary>Jupyter's classic notebook as Debian packages it. Tests skip where it is not installed.</summary>
public sealed class JupyterServer : LessonServer
{
    private const string Program = "/usr/bin/jupyter-notebook";
    private const string Converter = "/usr/bin/jupyter-nbconvert";

    protected override ProcessStartInfo Server => Command(
        Program, "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=8890", "--port-retries=1000", "--NotebookApp.token=", "--NotebookApp.password=",
        $"--MappingKernelManager.kernel_info_timeout={LimitInSeconds}");

    /// <summary>Opens a notebook and waits for its kernel.</summary>
    /// <param name="browser">Where.</param>
    /// <param name="path">The notebook, from the server's folder.</param>
    internal async Task<NotebookPage> OpenAsync(Browser browser, string path)
    {
        Assert.SkipUnless(File.Exists(Program), $"The classic notebook is missing: install it (apt-get install jupyter-notebook), so that there is {Program}.");
        var address = await Address;
        var page = await browser.OpenAsync(offline: false);
        return await NotebookPage.OpenAsync(page, new Uri(address, $"notebooks/{path}"));
    }

    /// <summary>Runs a notebook and makes a page of it, by nbconvert.</summary>
    /// <param name="path">The notebook, from the server's folder.</param>
    /// <returns>The page's address.</returns>
    internal async Task<Uri> ConvertAsync(string path)
    {
        Assert.SkipUnless(File.Exists(Converter), $"nbconvert is missing: install it (apt-get install jupyter-nbconvert), so that there is {Converter}.");
        await Installed;
        using var process = Process.Start(Command(
            Converter, "--to", "html", "--execute", $"--ExecutePreprocessor.startup_timeout={LimitInSeconds}", $"--ExecutePreprocessor.iopub_timeout={LimitInSeconds}", path))!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, said);
        return new Uri(Path.Combine(Folder, Path.ChangeExtension(path, ".html")));
    }
}
