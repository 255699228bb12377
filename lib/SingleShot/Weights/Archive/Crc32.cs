using System.Buffers.Binary;

namespace SingleShot.Weights.Archive;

/// <summary>The checksum of ZIP archives (CRC-32 of ISO 3309, reflected polynomial EDB88320), sixteen bytes at a step.</summary>
/// <remarks>
/// Table k gives what a byte adds to the remainder when k more bytes follow it, so that sixteen look-ups which do not wait for one another
/// take the place of sixteen which do.
/// </remarks>
internal struct Crc32
{
    private const int Width = 16;

    private static readonly uint[] Tables = MakeTables();

    private uint _value; // of what was appended so far: the remainder, inverted

    /// <summary>The checksum of what was appended.</summary>
    public readonly uint Value => _value;

    /// <summary>Goes on with more bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var tables = Tables.AsSpan(0, Width * 256);
        var remainder = ~_value;
        for (; bytes.Length >= Width; bytes = bytes[Width..])
        {
            var a = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ remainder;
            var b = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            var c = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
            var d = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
            remainder = Four(tables, 12, a) ^ Four(tables, 8, b) ^ Four(tables, 4, c) ^ Four(tables, 0, d);
        }
        foreach (var value in bytes)
        {
            remainder = (remainder >> 8) ^ tables[(byte)(remainder ^ value)];
        }
        _value = ~remainder;
    }

    /// <summary>What four bytes add when <paramref name="following"/> more come after them.</summary>
    private static uint Four(ReadOnlySpan<uint> tables, int following, uint word) =>
        tables[((following + 3) << 8) + (byte)word]
        ^ tables[((following + 2) << 8) + (byte)(word >> 8)]
        ^ tables[((following + 1) << 8) + (byte)(word >> 16)]
        ^ tables[(following << 8) + (byte)(word >> 24)];

    private static uint[] MakeTables()
    {
        var tables = new uint[Width * 256];
        for (var value = 0; value < 256; value++)
        {
            var remainder = (uint)value;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder >> 1) ^ ((remainder & 1) * 0xEDB88320u);
            }
            tables[value] = remainder;
        }
        for (var i = 256; i < tables.Length; i++)
        {
            tables[i] = (tables[i - 256] >> 8) ^ tables[(byte)tables[i - 256]];
        }
        return tables;
    }
}
