using System.Globalization;
using System.Text.RegularExpressions;
using FFMpegCore;
using FFMpegCore.Exceptions;
using FFMpegCore.Pipes;
using SingleShot.Images;

namespace SingleShot.Cli.Video;

/// <summary>What a file and a camera ask of ffmpeg alike.</summary>
internal static partial class Ffmpeg
{
    /// <summary>Makes sure that the programs are there.</summary>
    /// <exception cref="UsageException">They are not installed.</exception>
    public static void Require()
    {
        if (!IsInstalled("ffmpeg") || !IsInstalled("ffprobe"))
        {
            throw new UsageException("Video needs the programs ffmpeg and ffprobe, which are not installed: apt-get install ffmpeg, brew install ffmpeg, or winget install ffmpeg.");
        }
    }

    /// <summary>Frames as an input, with ffmpeg's words for what they are.</summary>
    /// <param name="frames">The frames, all of one size.</param>
    /// <param name="width">Columns of a frame.</param>
    /// <param name="height">Rows of a frame.</param>
    /// <param name="rate">Frames in a second.</param>
    public static FFMpegArguments Input(IAsyncEnumerable<RgbImage> frames, int width, int height, double rate) =>
        FFMpegArguments.FromPipeInput(new FrameSource(frames, $"-f rawvideo -pix_fmt rgb24 -s {width}x{height} -r {Number(rate)}"));

    /// <summary>Runs ffmpeg until it ends, or is told to.</summary>
    /// <exception cref="FFMpegException">It has failed.</exception>
    public static async Task RunAsync(FFMpegArgumentProcessor work, CancellationToken stop)
    {
        var running = work.CancellableThrough(out var cancel);
        await using var registration = stop.Register(() =>
        {
            try
            {
                cancel();
            }
            catch (IOException)
            {
                // It has ended by itself, and hears nothing: a terminal sends Ctrl+C to it, too.
            }
        }).ConfigureAwait(false);
        await running.ProcessAsynchronously(cancellationToken: CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Encodes an input.</summary>
    /// <param name="input">The frames, and what else comes in.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="streams">Which streams of the inputs, and how.</param>
    /// <exception cref="IOException">ffmpeg cannot write it; the message is ffmpeg's.</exception>
    public static async Task EncodeAsync(FFMpegArguments input, string path, string streams)
    {
        try
        {
            await input.OutputToFile(Quoted(path), overwrite: true, options => options.WithCustomArgument(
                $"{streams} -vf \"pad=ceil(iw/2)*2:ceil(ih/2)*2\" -pix_fmt yuv420p")) // most players know no other, and it takes even sides
                .ProcessAsynchronously().ConfigureAwait(false);
        }
        catch (Exception e) when (e is FFMpegException or IOException)
        {
            throw new IOException($"{path} cannot be written by ffmpeg: {e.Message}", e);
        }
    }

    /// <summary>A number as ffmpeg reads it.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A file's path for the quotation marks that FFMpegCore sets around it: those of its own, and the backslashes before them, need a backslash.</summary>
    public static string Quoted(string path) => Mark().Replace(path, "$1$1\\\"");

    [GeneratedRegex(@"(\\*)""")]
    private static partial Regex Mark();

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program)));

    private sealed class FrameSource(IAsyncEnumerable<RgbImage> frames, string arguments) : IPipeSource
    {
        public string GetStreamArguments() => arguments;

        public async Task WriteAsync(Stream outputStream, CancellationToken cancellationToken)
        {
            await foreach (var frame in frames.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await outputStream.WriteAsync(frame.Pixels.ToArray(), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
