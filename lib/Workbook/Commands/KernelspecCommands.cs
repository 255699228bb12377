using System.CommandLine;
using Workbook.Kernelspecs;

namespace Workbook.Commands;

/// <summary>The commands <c>install</c>, <c>uninstall</c> and <c>list</c>: the kernel's place among those that clients know.</summary>
internal static class KernelspecCommands
{
    // Beside this assembly, under the name that the platform gives to programs. An installed tool has none there: it is the command that runs now.
    private static string Program =>
        Path.ChangeExtension(typeof(KernelspecCommands).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null) is var beside
        && !File.Exists(beside) && Environment.ProcessPath is { } command && Path.GetFileNameWithoutExtension(command) != "dotnet" ? command : beside;

    /// <summary>Makes the command that installs.</summary>
    public static Command Install(TextWriter output, TextWriter error)
    {
        var (name, prefix) = (Name(), Prefix());
        var replace = new Option<bool>("--replace") { Description = "Replaces a kernel of another program that has the name." };
        var command = new Command("install", "Installs the C# kernel for this user, so that VS Code and Jupyter offer it.") { name, prefix, replace };
        command.SetAction(parsed => Try(error, () =>
        {
            var folder = new KernelspecInstaller(Kernels(parsed.GetValue(prefix)), Program).Install(parsed.GetValue(name)!, parsed.GetValue(replace));
            output.WriteLine($"Installed the C# kernel in {folder}");
            output.WriteLine("Open a notebook in VS Code or Jupyter and choose the kernel 'C# (workbook)'.");
        }));
        return command;
    }

    /// <summary>Makes the command that removes.</summary>
    public static Command Uninstall(TextWriter output, TextWriter error)
    {
        var (name, prefix) = (Name(), Prefix());
        var command = new Command("uninstall", "Removes the C# kernel.") { name, prefix };
        command.SetAction(parsed => Try(error, () =>
            output.WriteLine($"Removed {new KernelspecInstaller(Kernels(parsed.GetValue(prefix)), Program).Uninstall(parsed.GetValue(name)!)}")));
        return command;
    }

    /// <summary>Makes the command that lists.</summary>
    public static Command List(TextWriter output)
    {
        var prefix = Prefix();
        var command = new Command("list", "Lists the kernels that notebook clients find.") { prefix };
        command.SetAction(parsed =>
        {
            var folders = parsed.GetValue(prefix) is { } under ? [JupyterFolders.Under(under)] : JupyterFolders.Current.All;
            var found = folders.Where(Directory.Exists).SelectMany(Directory.GetDirectories).Select(Kernelspec.Read).OfType<Kernelspec>().ToList();
            foreach (var one in found)
            {
                var note = one.Program is null ? "" : File.Exists(one.Program) ? "  (this workbook's)" : $"  (its program {one.Program} is gone: install again)";
                output.WriteLine($"{one.Name,-16} {one.DisplayName,-24} {one.Folder}{note}");
            }
            if (found.Count == 0)
            {
                output.WriteLine($"No kernels are installed. Looked in {string.Join(", ", folders)}.");
            }
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<string> Name() => new("--name") { Description = "The kernel's name.", DefaultValueFactory = _ => KernelspecInstaller.DefaultName };

    private static Option<string?> Prefix() => new("--prefix") { Description = "A prefix such as a Python environment's, in place of the user's own folder." };

    private static string Kernels(string? prefix) => prefix is null ? JupyterFolders.Current.User : JupyterFolders.Under(prefix);

    private static int Try(TextWriter error, Action action)
    {
        try
        {
            action();
            return ExitCodes.Done;
        }
        catch (KernelspecException e)
        {
            error.WriteLine(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{e.Message} Name a folder that you may write to with --prefix.");
        }
        return ExitCodes.Usage;
    }
}
