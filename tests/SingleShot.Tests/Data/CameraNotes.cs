using SingleShot.Images;

namespace SingleShot.Tests.Data;

/// <summary>JPEG files with a camera's note to turn the picture.</summary>
public static class CameraNotes
{
    /// <summary>Writes a picture of 64 x 32 as stored, red on the left and blue on the right.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string path, int turn, int width = 64, int height = 32)
    {
        var image = RgbImage.Create(width, height, pixels =>
        {
            for (var i = 0; i < width * height; i++)
            {
                pixels[i * 3 + (i % width < width / 2 ? 0 : 2)] = 250;
            }
        });
        File.WriteAllBytes(path, With(turn, ImageFile.Encode(image, ImageFormat.Jpeg)));
        return path;
    }

    /// <summary>An EXIF segment after the first marker: one entry, orientation (tag 0x112, a short).</summary>
    private static byte[] With(int turn, byte[] jpeg)
    {
        byte[] note =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)turn, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. note, .. jpeg[2..]];
    }
}
