using System.IO.Hashing;

namespace SingleShot.Weights.Archive;

/// <summary>A file in an archive, stored as it is; where it lies is proven to be in the archive and no other entry's.</summary>
/// <param name="Name">Its name, with slashes.</param>
/// <param name="Offset">Where its first byte is, from the start of the archive.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Checksum">The CRC-32 that it has to have.</param>
internal sealed record ZipEntry(string Name, long Offset, long Size, uint Checksum)
{
    /// <summary>Fails if a checksum is another.</summary>
    /// <exception cref="InvalidDataException">It is.</exception>
    public void Check(Crc32 found)
    {
        if (found.GetCurrentHashAsUInt32() != Checksum)
        {
            throw new InvalidDataException(
                $"entry '{Name}' has the checksum {found.GetCurrentHashAsUInt32():x8} and should have {Checksum:x8}: its bytes are damaged. "
                + "Fetch the file again.");
        }
    }
}
