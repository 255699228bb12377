namespace SingleShot.Data.Download;

/// <summary>One archive of a data set.</summary>
/// <param name="File">The archive.</param>
/// <param name="Folder">Where to unpack it, relative to the folder of all data sets.</param>
/// <param name="IsThere">Whether a folder of all data sets already has everything of it.</param>
public sealed record DataSetPart(RemoteFile File, string Folder, Func<string, bool> IsThere);
