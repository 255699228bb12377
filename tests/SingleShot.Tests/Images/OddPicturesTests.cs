using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using AwesomeAssertions;
using SingleShot.Images;
using SingleShot.Tests.Data;
using Xunit;

namespace SingleShot.Tests.Images;

public sealed class OddPicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Two pictures of one pixel: white, then black.</summary>
    public static IReadOnlyList<byte> Gif { get; } =
    [
        .. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 255, 255, 0, 0, 0,
        0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0,
        0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 0x01, 0, 0x3B,
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PngOfSixteenBits_IsReadInEight()
    {
        var path = _folder.File("a.png");
        File.WriteAllBytes(path, Png([200 * 257, 100 * 257, 50 * 257]));

        var (red, green, blue) = ImageFile.Read(path).At(0, 0);
        ((int)red, (int)green, (int)blue).Should().Be((200, 100, 50));
    }

    /// <summary>Inks are written as Adobe does, 255 for none of it: cyan in full and no other is the color cyan.</summary>
    [Fact]
    public void JpegInFourInks_BecomesRedGreenAndBlue()
    {
        var path = _folder.File("cmyk.jpg");
        File.WriteAllBytes(path, CmykJpeg.Of(cyan: 0, magenta: 255, yellow: 255, black: 255));

        var (red, green, blue) = ImageFile.Read(path).At(3, 3);
        ((int)red).Should().BeLessThan(60);
        ((int)green).Should().BeGreaterThan(150);
        ((int)blue).Should().BeGreaterThan(200);
    }

    [Fact]
    public void FirstOfSeveralPictures_IsTheOneThatIsRead()
    {
        var path = _folder.File("a.gif");
        File.WriteAllBytes(path, [.. Gif]);
        ImageFile.Read(path).At(0, 0).Should().Be(((byte)255, (byte)255, (byte)255));
        ImageFile.ReadHeader(path).Frames.Should().Be(2);
    }

    /// <summary>Phones put a second picture after the first.</summary>
    [Fact]
    public void WhatFollowsAPicture_DoesNotMatter()
    {
        var path = _folder.File("a.jpg");
        var jpeg = ImageFile.Encode(Pictures.Plain(16, 16, 9, 9, 9), ImageFormat.Jpeg);
        File.WriteAllBytes(path, [.. jpeg, .. jpeg, 1, 2, 3]);
        ImageFile.Read(path).Width.Should().Be(16);
    }

    /// <summary>One pixel of 16 bits a channel.</summary>
    private static byte[] Png(int[] channels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write([0, .. channels.SelectMany(channel => new[] { (byte)(channel >> 8), (byte)channel })]);
        }
        return
        [
            0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, [0, 0, 0, 1, 0, 0, 0, 1, 16, 2, 0, 0, 0]), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, []),
        ];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] data)
    {
        byte[] body = [.. name, .. data];
        var frame = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(frame, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), Crc32.HashToUInt32(body));
        return [.. frame[..4], .. body, .. frame[4..]];
    }
}
