namespace SingleShot.Weights.Archive;

/// <summary>How the parts of an archive begin, and how long they are without their names (PKWARE's APPNOTE, section 4.3).</summary>
internal static class ZipSignatures
{
    public const uint LocalHeader = 0x04034b50;
    public const uint DirectoryHeader = 0x02014b50;
    public const uint End = 0x06054b50;
    public const uint End64 = 0x06064b50;
    public const uint End64Locator = 0x07064b50;

    public const int LocalHeaderBytes = 30;
    public const int DirectoryHeaderBytes = 46;
    public const int EndBytes = 22;
    public const int End64Bytes = 56;
    public const int End64LocatorBytes = 20;

    /// <summary>Bit 0 of an entry's flags: its bytes are encrypted.</summary>
    public const int Encrypted = 1;

    /// <summary>Bit 11 of an entry's flags: its name is UTF-8.</summary>
    public const int Utf8 = 1 << 11;
}
