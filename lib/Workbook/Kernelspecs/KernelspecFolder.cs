using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Kernelspecs;

/// <summary>The folder of one kernel among those that clients know.</summary>
internal static class KernelspecFolder
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Where a kernel of a name is, or would be.</summary>
    /// <param name="kernels">The folder of kernels.</param>
    /// <param name="name">The kernel's name.</param>
    /// <exception cref="KernelspecException">The name is none.</exception>
    public static string Of(string kernels, string name) =>
        name.Length > 0 && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '.' or '-' or '_') && name.Trim('.').Length > 0
            ? Path.Combine(kernels, name.ToLowerInvariant())
            : throw new KernelspecException($"'{name}' cannot be a kernel's name: use letters, digits, '.', '-' and '_'.");

    /// <summary>Whether something other than this workbook's kernel is there.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsForeign(string folder) => Path.Exists(folder) && Kernelspec.Read(folder)?.Program is null;

    /// <summary>Makes the folder, and empties one that a kernel of another program has.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="replace">Whether a kernel of another program may be replaced.</param>
    /// <exception cref="KernelspecException">A kernel of another program is there, and may not be replaced.</exception>
    public static void Take(string folder, bool replace)
    {
        if (IsForeign(folder) && !replace)
        {
            throw new KernelspecException(
                $"{folder} holds a kernel of another program ({Kernelspec.Read(folder)?.DisplayName ?? "unreadable"}). "
                + "Choose another name (install --name my-csharp), or replace it (install --replace).");
        }
        if (IsForeign(folder) && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true); // its pictures would else stand for this kernel
        }
        Directory.CreateDirectory(folder);
    }

    /// <summary>Writes the file that makes the folder a kernelspec.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="content">What the file says.</param>
    public static void Write(string folder, JsonObject content) =>
        File.WriteAllText(Path.Combine(folder, Kernelspec.FileName), content.ToJsonString(Indented) + "\n");
}
