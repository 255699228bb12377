namespace Workbook.Json;

/// <summary>Writes files of JSON that others may be reading.</summary>
internal static class JsonFile
{
    /// <summary>Writes a file that is whole or, where writing it fails, as it was; its folder is made where needed.</summary>
    public static void Write(string path, string json)
    {
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(draft, json);
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
