using System.Text.Json.Nodes;

namespace Workbook.Kernelspecs;

/// <summary>The kernelspec of the tool .NET Interactive.</summary>
/// <remarks>
/// Its own command, <c>dotnet interactive jupyter install</c>, wants the folder of kernels to be there, deletes whatever has its kernel's name, and writes a kernel
/// whose web server every machine on the network can reach, and which dies where two notebooks start at a time and take the same port. This one makes the folder,
/// asks, keeps the server to this machine, and lets the system choose the port.
/// </remarks>
internal static class InteractiveKernelspec
{
    /// <summary>What to tell a person whose .NET does not run the tool.</summary>
    public const string NeedsSdk =
        ".NET Interactive needs the .NET SDK 10, with ASP.NET Core, and this machine lacks a part of it: install it (https://dotnet.microsoft.com/download).";

    /// <summary>Installs it, or installs it again, also in the place of what the tool's own command wrote.</summary>
    /// <param name="kernels">The folder of kernels.</param>
    /// <param name="name">The name for it.</param>
    /// <param name="replace">Whether another kernel of the name may be replaced.</param>
    /// <returns>The folder that it is in.</returns>
    /// <exception cref="KernelspecException">The name is taken or is none.</exception>
    public static string Install(string kernels, string name, bool replace)
    {
        var folder = KernelspecFolder.Of(kernels, name);
        if (Kernelspec.Read(folder)?.Program is not null)
        {
            throw new KernelspecException(
                $"{folder} holds this workbook's kernel. Remove it first (uninstall --name {name}), and install it again afterwards: it then stands beside .NET Interactive's.");
        }
        KernelspecFolder.Take(folder, replace || Kernelspec.Read(folder) is { IsInteractive: true });
        KernelspecFolder.Write(folder, new JsonObject
        {
            ["argv"] = new JsonArray(
                "dotnet", "interactive", "jupyter", "--default-kernel", "csharp", "--http-local-only", "--http-port-range", "0-0", "{connection_file}"),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            ["interrupt_mode"] = "message", // a signal would end it, and all that its cells have made
        });
        return folder;
    }

    /// <summary>Throws unless the tool runs.</summary>
    /// <param name="exit">How <c>dotnet interactive --version</c> ended.</param>
    /// <param name="text">What it said.</param>
    /// <exception cref="KernelspecException">It does not; the message says what to do.</exception>
    public static void Check(int exit, string text)
    {
        bool Says(string words) => text.Contains(words, StringComparison.Ordinal);
        if (exit != 0)
        {
            throw new KernelspecException(
                Says("You must install or update .NET") || Says("No .NET SDKs were found") ? NeedsSdk
                : Says("dotnet tool restore") || Says("was not found")
                    ? "The tool .NET Interactive is not here: run dotnet tool restore in the workbook's folder, and then this command there."
                : $"dotnet interactive --version failed: {text.Trim()}");
        }
    }
}
