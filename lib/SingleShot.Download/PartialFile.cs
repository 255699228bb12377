using System.Net.Http.Headers;

namespace SingleShot.Download;

/// <summary>What has come of a file so far, beside where it is to be: kept until it is whole, so that a download can go on.</summary>
internal sealed class PartialFile(string path)
{
    private readonly string _tagPath = path + ".partial.tag";

    /// <summary>The file that grows.</summary>
    public string Path { get; } = path + ".partial";

    /// <summary>How much of it there is.</summary>
    public long Length => new FileInfo(Path) is { Exists: true, Length: var length } ? length : 0;

    /// <summary>What the server called the version that the bytes are of; null where it gave it no name that can be relied on.</summary>
    public RangeConditionHeaderValue? Version
    {
        get
        {
            var tag = File.Exists(_tagPath) ? File.ReadAllText(_tagPath) : "";
            return RangeConditionHeaderValue.TryParse(tag, out var version) ? version : null;
        }
    }

    /// <summary>Keeps the version that a response names, for the next attempt.</summary>
    public void Keep(HttpResponseMessage response)
    {
        // A weak tag does not promise the same bytes.
        var tag = response.Headers.ETag is { IsWeak: false } strong ? strong.ToString() : response.Content.Headers.LastModified?.ToString("r");
        if (tag is not null)
        {
            File.WriteAllText(_tagPath, tag);
        }
    }

    /// <summary>Opens it to write at its end.</summary>
    public FileStream Append() => new(Path, FileMode.Append, FileAccess.Write, FileShare.None);

    /// <summary>Forgets what there is.</summary>
    public void Delete()
    {
        File.Delete(Path);
        File.Delete(_tagPath);
    }

    /// <summary>Puts the whole file in its place.</summary>
    public void Finish()
    {
        File.Move(Path, path, overwrite: true);
        File.Delete(_tagPath);
    }
}
