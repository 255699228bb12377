using System.Text;
using SingleShot.Images;

namespace Browser.Tests.Live;

/// <summary>A film of one picture as a file that Chromium takes for a camera: YUV4MPEG2, with the colors of BT.601 (ITU-R), half as many of them each way.</summary>
internal static class CameraFilm
{
    /// <summary>Writes it.</summary>
    /// <param name="path">The file, which ends in .y4m.</param>
    /// <param name="picture">A picture of even sides.</param>
    public static void Write(string path, RgbImage picture)
    {
        var (width, height) = (picture.Width, picture.Height);
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\nFRAME\n"));
        Plane(1, (r, g, b) => 16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256);
        Plane(2, (r, g, b) => 128 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256);
        Plane(2, (r, g, b) => 128 + (112.439 * r - 94.154 * g - 18.285 * b) / 256);

        void Plane(int step, Func<byte, byte, byte, double> value)
        {
            for (var y = 0; y < height; y += step)
            {
                for (var x = 0; x < width; x += step)
                {
                    var pixel = picture.Pixels.Slice(3 * (y * width + x), 3);
                    file.WriteByte((byte)Math.Round(value(pixel[0], pixel[1], pixel[2])));
                }
            }
        }
    }
}
