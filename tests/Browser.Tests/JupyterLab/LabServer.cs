using System.Diagnostics;
using Browser.Tests.Jupyter;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser.Tests.JupyterLab.LabServer))]

namespace Browser.Tests.JupyterLab;

/// <summary>
/// JupyterLab 4: its own parts from npm, which <c>FrontEnd/build.js</c> makes a page of, over Jupyter's server as Debian packages it. The
/// environment's JUPYTERLAB names the folder in which that was done; tests skip without it.
/// </summary>
public sealed class LabServer : LessonServer
{
    private const string Missing = "JupyterLab is missing: copy tests/Browser.Tests/JupyterLab/FrontEnd somewhere, run npm install and npm run build there, and name the folder in JUPYTERLAB.";

    private static readonly string? FrontEnd = Environment.GetEnvironmentVariable("JUPYTERLAB") is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;

    private static readonly (string Option, string Folder)[] Parts = [("static_dir", "static"), ("templates_dir", "static"), ("schemas_dir", "schemas"), ("themes_dir", "themes")];

    protected override ProcessStartInfo Server => Command(
        "/usr/bin/python3",
        [
            "-m", "jupyterlab_server", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=9390", "--ServerApp.port_retries=1000", "--ServerApp.token=", "--ServerApp.password=",
            $"--MappingKernelManager.kernel_info_timeout={LimitInSeconds}", "--LabServerApp.app_name=JupyterLab", $"--LabServerApp.user_settings_dir={Own("settings")}",
            $"--LabServerApp.workspaces_dir={Own("workspaces")}", .. Parts.Select(part => $"--LabServerApp.{part.Option}={Path.Combine(FrontEnd!, part.Folder)}"),
        ]);

    /// <summary>Opens a notebook and waits for its kernel.</summary>
    /// <param name="browser">Where.</param>
    /// <param name="path">The notebook, from the server's folder.</param>
    internal async Task<LabPage> OpenAsync(Browser browser, string path)
    {
        Assert.SkipWhen(FrontEnd is null, Missing);
        // JupyterLab gives a kernel a second to say what may follow, which a machine with more to do may take longer for.
        var settings = Directory.CreateDirectory(Path.Combine(Own("settings"), "@jupyterlab", "completer-extension"));
        await File.WriteAllTextAsync(Path.Combine(settings.FullName, "manager.jupyterlab-settings"), $$"""{ "providerTimeout": {{1000 * LimitInSeconds}} }""");
        var address = await Address;
        var page = await browser.OpenAsync(offline: false);
        return await LabPage.OpenAsync(page, new Uri(address, $"lab/workspaces/{Guid.NewGuid():N}/tree/{path}"));
    }
}
