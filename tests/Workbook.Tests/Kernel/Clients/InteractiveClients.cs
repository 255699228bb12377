using System.Diagnostics;
using Xunit;

namespace Workbook.Tests.Kernel.Clients;

/// <summary>Jupyter's own programs, with .NET Interactive as the kernel that notebooks ask for, and the workbook's installed beside it. Tests skip where one is missing.</summary>
public sealed class InteractiveClients : JupyterClients
{
    /// <summary>The file that says which release of the tool this repository is tried with.</summary>
    internal static string Manifest { get; } = Path.Combine(".config", "dotnet-tools.json");

    /// <summary>Skips the test unless the tool and nbclient are there.</summary>
    public static async Task NeedAsync()
    {
        await NeedAsync("nbclient", "python3-nbclient");
        var start = new ProcessStartInfo("dotnet", ["interactive", "--version"]) { WorkingDirectory = Repository.Root };
        var (exit, _) = await EndAsync(start);
        Assert.SkipUnless(exit == 0, "The tool .NET Interactive is missing: install it (dotnet tool restore).");
    }

    protected override async Task InstallAsync(string prefix)
    {
        await CommandAsync("install", "--interactive", "--prefix", prefix);
        await CommandAsync("install", "--prefix", prefix);
    }
}
