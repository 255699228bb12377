using System.Runtime.InteropServices;

namespace Workbook.Execution.References;

/// <summary>
/// Lets a copied assembly find, beside itself, all that lay beside the original: native libraries, data, folders. They are linked,
/// not copied: they may be gigabytes, and a rebuild leaves alone those that did not change.
/// </summary>
internal static class FolderLinks
{
    /// <summary>Links every entry of a folder that the other folder has nothing of the same name for.</summary>
    public static void Make(string source, string target)
    {
        foreach (var entry in new DirectoryInfo(source).EnumerateFileSystemInfos())
        {
            var link = Path.Combine(target, entry.Name);
            if (!Path.Exists(link))
            {
                Make(entry, link);
            }
        }
    }

    private static void Make(FileSystemInfo entry, string link)
    {
        try
        {
            _ = entry is DirectoryInfo
                ? Directory.CreateSymbolicLink(link, entry.FullName)
                : File.CreateSymbolicLink(link, entry.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && OperatingSystem.IsWindows())
        {
            // Windows keeps symbolic links for administrators and developers.
            if (entry is DirectoryInfo)
            {
                Directory.CreateDirectory(link);
                Make(entry.FullName, link);
            }
            else if (!CreateHardLink(link, entry.FullName, 0))
            {
                File.Copy(entry.FullName, link);
            }
        }
    }

    [DllImport("kernel32.dll", EntryPoint = "CreateHardLinkW", CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateHardLink(string link, string existing, nint reserved);
}
