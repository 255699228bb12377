namespace SingleShot.Data.Download;

/// <summary>One file of a download.</summary>
/// <param name="File">The file: an archive to unpack (.zip or .tar), or any other, to be kept as it is.</param>
/// <param name="Folder">Where to unpack or keep it, relative to the folder of all data: <c>data</c>.</param>
/// <param name="IsThere">Whether a folder of all data already has everything of it.</param>
public sealed record DownloadPart(RemoteFile File, string Folder, Func<string, bool> IsThere);
