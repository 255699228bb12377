using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Workbook.Kernelspecs;

/// <summary>Puts this program where notebook clients find it as a kernel, and takes it away again.</summary>
/// <param name="kernels">The folder of kernels.</param>
/// <param name="program">The full path of this program's executable.</param>
public sealed class KernelspecInstaller(string kernels, string program)
{
    /// <summary>The name that C# notebooks carry, so that clients choose this kernel by themselves.</summary>
    public const string DefaultName = ".net-csharp";

    /// <summary>The name in place of <see cref="DefaultName"/> where a kernel of another program, such as .NET Interactive, has that one.</summary>
    public const string NameBesideAnother = "csharp-workbook";

    private const string Launcher = "start.sh";

    /// <summary>The name that this kernel has where nobody chose one; <see cref="DefaultName"/> where it is not installed.</summary>
    public string OwnName => new[] { DefaultName, NameBesideAnother }.FirstOrDefault(IsOwn) ?? DefaultName;

    /// <summary>Installs the kernel, or installs it again.</summary>
    /// <param name="name">The name for it.</param>
    /// <param name="replace">Whether a kernel of another program may be replaced.</param>
    /// <returns>The folder that it is in.</returns>
    /// <exception cref="KernelspecException">The name is taken or is none, or this program has no executable.</exception>
    public string Install(string name, bool replace)
    {
        var folder = KernelspecFolder.Of(kernels, name);
        if (!File.Exists(program))
        {
            throw new KernelspecException($"There is no program {program} to start. Build it: dotnet build lib/Workbook");
        }
        KernelspecFolder.Take(folder, replace);
        JsonArray start = OperatingSystem.IsWindows() ? [program] : [WriteLauncher(folder)];
        KernelspecFolder.Write(folder, Json([.. start.Select(part => part!.DeepClone()), "kernel", "{connection_file}"]));
        return folder;
    }

    /// <summary>The folder of another program's kernel with the name that C# notebooks carry; null where there is none, or where this kernel has the name.</summary>
    /// <param name="searched">The folders of kernels that clients search.</param>
    public string? OtherOfDefaultName(IEnumerable<string> searched) =>
        IsOwn(DefaultName) ? null : searched.Select(folder => Path.Combine(folder, DefaultName)).FirstOrDefault(KernelspecFolder.IsForeign);

    /// <summary>Removes a kernel that this program installed.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The folder that it was in.</returns>
    /// <exception cref="KernelspecException">There is none of that name, or it is another program's.</exception>
    public string Uninstall(string name)
    {
        var folder = KernelspecFolder.Of(kernels, name);
        if (!Path.Exists(folder))
        {
            throw new KernelspecException($"There is no kernel {name} in {kernels}. The command list shows those that are installed.");
        }
        if (Kernelspec.Read(folder)?.Program is null)
        {
            throw new KernelspecException($"{folder} holds a kernel of another program; it is left alone. Delete the folder if you want it gone.");
        }
        Directory.Delete(folder, recursive: true);
        return folder;
    }

    private bool IsOwn(string name) => Kernelspec.Read(Path.Combine(kernels, name))?.Program is not null;

    // A client reports a program that is gone by its path alone. This one says what to do.
    private string WriteLauncher(string folder)
    {
        var path = Path.Combine(folder, Launcher);
        var quoted = $"'{program.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        File.WriteAllText(
            path,
            $"""
            #!/bin/sh
            # Starts the C# kernel of the workbook.
            program={quoted}
            if [ ! -x "$program" ]; then
                echo "The C# kernel's program $program is gone. Build it again (dotnet build lib/Workbook in its checkout)," >&2
                echo "or install the kernel from where it is now (dotnet run --project lib/Workbook -- install)." >&2
                exit 1
            fi
            exec "$program" "$@"

            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }
        return path;
    }

    private JsonObject Json(JsonArray arguments) => new()
    {
        ["argv"] = arguments,
        ["display_name"] = "C# (workbook)",
        ["language"] = "C#",
        ["interrupt_mode"] = "message",
        // The program finds its runtime also where the client was not started from a shell that knows it.
        ["env"] = new JsonObject { ["DOTNET_ROOT"] = DotnetRoot },
        ["metadata"] = new JsonObject { [Kernelspec.Mark] = new JsonObject { ["program"] = program } },
    };

    // Of .../shared/Microsoft.NETCore.App/10.0.0/ the part before 'shared'.
    private static string DotnetRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
}

/// <summary>A kernel cannot be installed or removed.</summary>
public sealed class KernelspecException(string message) : Exception(message);
