using System.Runtime.InteropServices;
using System.Xml.Linq;

namespace Workbook.Execution.Packages;

/// <summary>
/// Restores packages as a project would, through the SDK: its sources, credentials, package folder and rules for choosing versions are
/// those of every other build on the machine.
/// </summary>
internal static class PackageRestore
{
    /// <summary>Restores a set of packages.</summary>
    /// <param name="set">The packages.</param>
    /// <param name="configuration">The folder from which the NuGet configuration is looked for, upwards.</param>
    /// <param name="cancellation">Ends the restore.</param>
    /// <exception cref="PackageException">A package cannot be restored, or the versions of the packages do not agree.</exception>
    public static async Task<ResolvedPackages> RunAsync(PackageSet set, string configuration, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("workbook-restore-");
        try
        {
            var project = Path.Combine(folder.FullName, "cell.csproj");
            Project(set, configuration).Save(project);
            var (code, text) = await DotnetCommand.RunAsync(
                folder.FullName, ["restore", project, "--tl:off", "-nodeReuse:false", "-v:quiet"], cancellation).ConfigureAwait(false);
            var assets = Path.Combine(folder.FullName, "obj", "project.assets.json");
            return code == 0 && File.Exists(assets) ? AssetsFile.Read(assets) : throw RestoreErrors.Explain(text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The folder's neighbors, and files of whoever owns the temporary folder, must have no say in it.
    private static XElement Project(PackageSet set, string configuration) => new(
        "Project",
        new XElement(
            "PropertyGroup",
            new XElement("ImportDirectoryBuildProps", false),
            new XElement("ImportDirectoryBuildTargets", false),
            new XElement("ImportDirectoryPackagesProps", false)),
        new XElement("Import", new XAttribute("Project", "Sdk.props"), new XAttribute("Sdk", "Microsoft.NET.Sdk")),
        new XElement(
            "PropertyGroup",
            new XElement("TargetFramework", PackageSet.Framework),
            new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
            new XElement("SelfContained", false),
            new XElement("UseAppHost", false),
            new XElement("NuGetAudit", false), // which would ask the network for advisories even when every package is here
            new XElement("RestoreRootConfigDirectory", configuration),
            new XElement("RestoreAdditionalProjectSources", string.Join(';', set.Sources))),
        new XElement(
            "ItemGroup",
            set.Requests.Select(request => new XElement(
                "PackageReference", new XAttribute("Include", request.Name), new XAttribute("Version", request.Version ?? "*")))),
        new XElement("Import", new XAttribute("Project", "Sdk.targets"), new XAttribute("Sdk", "Microsoft.NET.Sdk")));
}

/// <summary>Packages cannot be used; the message tells the reader why, and what to do.</summary>
/// <param name="message">What was wrong, and what to do.</param>
/// <param name="package">The package that it is about; null where it is about all.</param>
internal sealed class PackageException(string message, string? package = null) : Exception(message)
{
    /// <summary>The package that it is about; null where it is about all.</summary>
    public string? Package { get; } = package;
}
