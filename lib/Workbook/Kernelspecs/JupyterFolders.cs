using System.Runtime.InteropServices;

namespace Workbook.Kernelspecs;

/// <summary>Where notebook clients look for kernels (https://docs.jupyter.org/en/latest/use/jupyter-directories.html).</summary>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="home">The user's home folder.</param>
/// <param name="system">The operating system whose rules hold; what is neither Windows nor macOS is as Linux is.</param>
public sealed class JupyterFolders(Func<string, string?> environment, string home, OSPlatform system)
{
    /// <summary>Those of this user on this machine.</summary>
    public static JupyterFolders Current { get; } =
        new(
            Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux);

    /// <summary>The folder of the user's own kernels.</summary>
    public string User => Path.Combine(Data, "kernels");

    /// <summary>All folders that clients search, the user's first.</summary>
    public IEnumerable<string> All
    {
        get
        {
            var named = (environment("JUPYTER_PATH") ?? "").Split(IsWindows ? ';' : ':', StringSplitOptions.RemoveEmptyEntries);
            IEnumerable<string> shared = IsWindows
                ? [Path.Combine(environment("PROGRAMDATA") ?? @"C:\ProgramData", "jupyter")]
                : ["/usr/local/share/jupyter", "/usr/share/jupyter"];
            return named.Append(Data).Concat(shared).Select(folder => Path.Combine(folder, "kernels")).Distinct();
        }
    }

    /// <summary>The folder of kernels below an installation prefix, such as that of a Python environment.</summary>
    /// <param name="prefix">The prefix.</param>
    public static string Under(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter", "kernels");

    private bool IsWindows => system == OSPlatform.Windows;

    private string Data
    {
        get
        {
            if (environment("JUPYTER_DATA_DIR") is { Length: > 0 } named)
            {
                return named;
            }
            if (IsWindows)
            {
                return Path.Combine(environment("APPDATA") ?? Path.Combine(home, "AppData", "Roaming"), "jupyter");
            }
            return system == OSPlatform.OSX
                ? Path.Combine(home, "Library", "Jupyter")
                : Path.Combine(environment("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(home, ".local", "share"), "jupyter");
        }
    }
}
