namespace SingleShot.Data.Download;

/// <summary>A file to download.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Bytes">How large it is; null where nobody says so.</param>
/// <param name="Checksum">Its checksum; null where none is published.</param>
public sealed record RemoteFile(Uri Address, long? Bytes = null, Checksum? Checksum = null)
{
    /// <summary>Its name: the last part of its address.</summary>
    public string Name => Path.GetFileName(Address.LocalPath);
}
