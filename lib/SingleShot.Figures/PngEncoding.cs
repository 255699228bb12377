using System.Buffers.Binary;
using System.IO.Compression;
using SingleShot.Images;

namespace SingleShot.Figures;

/// <summary>A picture as the bytes of a PNG file, every pixel kept.</summary>
internal static class PngEncoding
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
    private static readonly uint[] CrcTable = MakeCrcTable();

    public static string DataUri(RgbImage image) => "data:image/png;base64," + Convert.ToBase64String(Encode(image));

    public static byte[] Encode(RgbImage image)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8; // bits a channel
        header[9] = 2; // red, green, blue
        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compress(image));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Compress(RgbImage image)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            var stride = image.Width * 3;
            var above = new byte[stride].AsSpan();
            var filtered = new byte[stride + 1].AsSpan();
            for (var y = 0; y < image.Height; y++)
            {
                var row = image.Pixels.Slice(y * stride, stride);
                Paeth(row, above, filtered);
                zlib.Write(filtered);
                row.CopyTo(above);
            }
        }

        return target.ToArray();
    }

    /// <summary>PNG's fourth filter: each byte less that of the neighbour which best predicts it. Photographs halve in size by it.</summary>
    private static void Paeth(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> filtered)
    {
        filtered[0] = 4;
        for (var x = 0; x < row.Length; x++)
        {
            int a = x < 3 ? 0 : row[x - 3], b = above[x], c = x < 3 ? 0 : above[x - 3];
            int toA = Math.Abs(b - c), toB = Math.Abs(a - c), toC = Math.Abs(a + b - c - c);
            var guess = toA <= toB && toA <= toC ? a : toB <= toC ? b : c;
            filtered[x + 1] = unchecked((byte)(row[x] - guess));
        }
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(name);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, name), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc = CrcTable[(byte)(crc ^ value)] ^ crc >> 8;
        }

        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            table[i] = i;
            for (var bit = 0; bit < 8; bit++)
            {
                table[i] = (table[i] & 1) == 1 ? 0xEDB88320 ^ table[i] >> 1 : table[i] >> 1;
            }
        }

        return table;
    }
}
