using System.Diagnostics;
using System.Globalization;
using AwesomeAssertions;
using SingleShot.Data;
using SingleShot.Data.Shapes;
using SingleShot.Images;
using Xunit;

namespace SingleShot.Cli.Tests.Video;

/// <summary>A shape that moves a pixel to the right in each frame, with a tone.</summary>
internal static class MovingShape
{
    public const int Frames = 20;

    /// <summary>The first frame.</summary>
    public static Example Scene { get; } = ShapesGenerator.Draw(seed: 11, 1); // its circle is in the middle

    /// <summary>A frame by its number from 0.</summary>
    public static RgbImage Frame(int right) => RgbImage.Create(96, 96, pixels =>
    {
        for (var i = 0; i < 96 * 96; i++)
        {
            var (y, x) = Math.DivRem(i, 96);
            Scene.Image.Pixels.Slice((y * 96 + (x - right + 96) % 96) * 3, 3).CopyTo(pixels[(i * 3)..]);
        }
    });

    /// <summary>Writes the frames as a video of 25 frames a second.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> WriteAsync(TemporaryFolder folder, string name, string codecs)
    {
        await NeedFfmpegAsync();
        for (var i = 0; i < Frames; i++)
        {
            ImageFile.Write(folder.File("frames", i.ToString("000", CultureInfo.InvariantCulture) + ".png"), Frame(i));
        }
        var clip = folder.File("clips", name);
        await RunAsync("ffmpeg", $"-v error -r 25 -i {folder.File("frames", "%03d.png")} -f lavfi -t 0.8 -i sine=frequency=440 {codecs} {clip}");
        return clip;
    }

    public static async Task RunAsync(string program, string arguments)
    {
        var run = await ProcessRun.OfAsync(new ProcessStartInfo(program, arguments));
        run.Exit.Should().Be(0, run.Error);
    }

    public static async Task NeedFfmpegAsync()
    {
        var isThere = false;
        try
        {
            isThere = (await ProcessRun.OfAsync(new ProcessStartInfo("ffmpeg", "-version"))).Exit == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program.
        }
        Assert.SkipUnless(isThere, "needs ffmpeg: apt-get install ffmpeg");
    }
}
