using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace SingleShot.Figures.Plotting;

/// <summary>Finds the FSharp.Core that Plotly.NET is made for, where a host has another one and looks no further.</summary>
/// <remarks>
/// .NET Interactive leaves FSharp.Core out of the packages that a cell references, for it has one of its own, an older one. A reader's <c>#r "nuget: Plotly.NET"</c> would
/// then take every chart of this library away.
/// </remarks>
internal static class FSharpCore
{
    private const string Name = "FSharp.Core";

    private static readonly AssemblyLoadContext Own = new(Name); // beside the host's, which the default context has

#pragma warning disable CA2255 // Before any chart, whatever the reader calls first.
    [ModuleInitializer]
    internal static void Offer() => AppDomain.CurrentDomain.AssemblyResolve += (_, asked) => Resolve(new AssemblyName(asked.Name), asked.RequestingAssembly);
#pragma warning restore CA2255

    // Asked last, when nobody else has it.
    private static Assembly? Resolve(AssemblyName wanted, Assembly? asking) => wanted.Name == Name && Places(asking).FirstOrDefault(path => IsEnough(path, wanted)) is { } found
        ? Own.LoadFromAssemblyPath(found)
        : null;

    // Beside this library, beside whoever asks, and among the packages where that one is a package: <packages>/<name>/<version>/lib/<framework>/<name>.dll.
    private static IEnumerable<string> Places(Assembly? asking)
    {
        List<string> folders = [.. new[] { typeof(FSharpCore).Assembly, asking }.Select(one => Path.GetDirectoryName(one?.Location)).OfType<string>().Where(folder => folder.Length > 0)];
        var packages = folders.Select(folder => new DirectoryInfo(Path.Combine(folder, "..", "..", "..", "..", "fsharp.core"))).Where(folder => folder.Exists);
        return
        [
            .. folders.Select(folder => Path.Combine(folder, Name + ".dll")).Where(File.Exists),
            .. packages.SelectMany(folder => folder.EnumerateFiles(Name + ".dll", SearchOption.AllDirectories)).Select(file => file.FullName),
        ];
    }

    private static bool IsEnough(string path, AssemblyName wanted) => AssemblyName.GetAssemblyName(path).Version >= wanted.Version;
}
