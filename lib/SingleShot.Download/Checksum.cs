using System.Security.Cryptography;

namespace SingleShot.Download;

/// <summary>A published checksum of a file.</summary>
/// <param name="Algorithm">MD5 or SHA-256.</param>
/// <param name="Digits">Its hexadecimal digits, in small letters, from the first on: all, or as many as are published.</param>
public sealed record Checksum(HashAlgorithmName Algorithm, string Digits)
{
    /// <summary>An MD5 checksum, 32 digits.</summary>
    public static Checksum Md5(string digits) => new(HashAlgorithmName.MD5, digits);

    /// <summary>A SHA-256 checksum, up to 64 digits. PyTorch's hub writes the first eight into the names of its files.</summary>
    public static Checksum Sha256(string digits) => new(HashAlgorithmName.SHA256, digits);

    /// <summary>The same checksum of a file on this machine, with as many digits.</summary>
    internal async Task<Checksum> OfAsync(string path, CancellationToken stop)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        using var hash = IncrementalHash.CreateHash(Algorithm);
        var buffer = new byte[1 << 17];
        while (await file.ReadAsync(buffer, stop).ConfigureAwait(false) is var count && count > 0)
        {
            hash.AppendData(buffer, 0, count);
        }
        return this with { Digits = Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits.Length] };
    }

    /// <summary>Its algorithm and digits.</summary>
    public override string ToString() => $"{Algorithm} checksum {Digits}";
}
