using System.CommandLine;
using Workbook.Execution.Packages;
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
        var interactive = new Option<bool>("--interactive") { Description = "Installs the tool .NET Interactive as a kernel in place of this one." };
        var command = new Command("install", "Installs the C# kernel for this user, so that VS Code and Jupyter offer it.") { name, prefix, replace, interactive };
        command.SetAction((parsed, cancellation) => TryAsync(error, async () =>
        {
            var (kernels, chosen, mayReplace) = (Kernels(parsed.GetValue(prefix)), parsed.GetValue(name), parsed.GetValue(replace));
            if (parsed.GetValue(interactive))
            {
                await NeedInteractiveAsync(cancellation).ConfigureAwait(false);
                InstallInteractive(output, kernels, chosen ?? KernelspecInstaller.DefaultName, mayReplace);
                return;
            }
            var installer = new KernelspecInstaller(kernels, Program);
            var other = chosen is null && !mayReplace ? installer.OtherOfDefaultName(parsed.GetValue(prefix) is null ? JupyterFolders.Current.All : [kernels]) : null;
            InstallThis(output, installer, chosen, other, mayReplace);
        }));
        return command;
    }

    /// <summary>Makes the command that removes.</summary>
    public static Command Uninstall(TextWriter output, TextWriter error)
    {
        var (name, prefix) = (Name(), Prefix());
        var command = new Command("uninstall", "Removes the C# kernel.") { name, prefix };
        command.SetAction((parsed, _) => TryAsync(error, () =>
        {
            var installer = new KernelspecInstaller(Kernels(parsed.GetValue(prefix)), Program);
            output.WriteLine($"Removed {installer.Uninstall(parsed.GetValue(name) ?? installer.OwnName)}");
            return Task.CompletedTask;
        }));
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

    private static Option<string?> Name() => new("--name") { Description = $"The kernel's name; {KernelspecInstaller.DefaultName}, or {KernelspecInstaller.NameBesideAnother} where another program has that one." };

    private static Option<string?> Prefix() => new("--prefix") { Description = "A prefix such as a Python environment's, in place of the user's own folder." };

    private static string Kernels(string? prefix) => prefix is null ? JupyterFolders.Current.User : JupyterFolders.Under(prefix);

    private static void InstallThis(TextWriter output, KernelspecInstaller installer, string? chosen, string? other, bool mayReplace)
    {
        var folder = installer.Install(chosen ?? (other is null ? KernelspecInstaller.DefaultName : KernelspecInstaller.NameBesideAnother), mayReplace);
        output.WriteLine($"Installed the C# kernel in {folder}");
        if (other is not null)
        {
            output.WriteLine($"It stands beside '{Kernelspec.Read(other)?.DisplayName ?? "unreadable"}' ({other}), which has the name that the lessons ask for.");
        }
        output.WriteLine("Open a notebook in VS Code or Jupyter and choose the kernel 'C# (workbook)'.");
    }

    private static void InstallInteractive(TextWriter output, string kernels, string name, bool mayReplace)
    {
        output.WriteLine($"Installed .NET Interactive in {InteractiveKernelspec.Install(kernels, name, mayReplace)}");
        output.WriteLine("A tool from dotnet tool restore starts for notebooks below the folder of its manifest; one from dotnet tool install --global, everywhere.");
    }

    private static async Task NeedInteractiveAsync(CancellationToken cancellation)
    {
        try
        {
            var (exit, text) = await DotnetCommand.RunAsync(Environment.CurrentDirectory, ["interactive", "--version"], cancellation).ConfigureAwait(false);
            InteractiveKernelspec.Check(exit, text);
        }
        catch (PackageException) // no dotnet at all
        {
            throw new KernelspecException(InteractiveKernelspec.NeedsSdk);
        }
    }

    private static async Task<int> TryAsync(TextWriter error, Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
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
