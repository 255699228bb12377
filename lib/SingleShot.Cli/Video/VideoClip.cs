using System.Globalization;
using System.Threading.Channels;
using FFMpegCore;
using FFMpegCore.Exceptions;
using FFMpegCore.Pipes;
using SingleShot.Images;

namespace SingleShot.Cli.Video;

/// <summary>A video file, read and written by ffmpeg.</summary>
/// <param name="Path">The file.</param>
/// <param name="Width">Columns of a frame as it is shown.</param>
/// <param name="Height">Rows of a frame.</param>
/// <param name="Rate">Frames in a second.</param>
/// <param name="Frames">How many frames it says that it has, to one or two.</param>
internal sealed record VideoClip(string Path, int Width, int Height, double Rate, int Frames)
{
    private static readonly string[] Extensions = [".mp4", ".m4v", ".mov", ".mkv", ".avi", ".webm", ".mpg", ".mpeg", ".wmv"];

    private int FrameBytes => Width * Height * 3;

    /// <summary>Whether a file is a video by its name.</summary>
    public static bool IsVideo(string path) => Extensions.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Asks ffmpeg about a file.</summary>
    /// <exception cref="UsageException">ffmpeg is not installed.</exception>
    /// <exception cref="InvalidDataException">The file is no video, or its beginning or end is missing.</exception>
    public static async Task<VideoClip> OpenAsync(string path, CancellationToken stop)
    {
        if (!IsInstalled("ffmpeg") || !IsInstalled("ffprobe"))
        {
            throw new UsageException("Video needs the programs ffmpeg and ffprobe, which are not installed: apt-get install ffmpeg, brew install ffmpeg, or winget install ffmpeg.");
        }
        try
        {
            var found = await FFProbe.AnalyseAsync(path, cancellationToken: stop).ConfigureAwait(false);
            if (found.PrimaryVideoStream is { Width: { } columns, Height: { } rows, AverageFrameRate: > 0 and var rate } video)
            {
                var lies = Math.Abs(video.Rotation) % 180 == 90; // a telephone's, which ffmpeg turns
                return new VideoClip(path, lies ? rows : columns, lies ? columns : rows, rate, (int)Math.Round(found.Duration.TotalSeconds * rate));
            }
        }
        catch (FFMpegException)
        {
            // The next line says what it comes to.
        }
        throw new InvalidDataException($"{path} is not a video that ffmpeg can read, or it is cut off: fetch it again, or convert it.");
    }

    /// <summary>Decodes the frames, as fast as they are taken.</summary>
    /// <param name="frames">Takes them; it is completed in the end.</param>
    /// <param name="stop">Ends it early.</param>
    public async Task DecodeAsync(ChannelWriter<RgbImage> frames, CancellationToken stop)
    {
        var sink = new StreamPipeSink((stream, _) => ReadAsync(stream, frames, stop));
        try
        {
            await FFMpegArguments.FromFileInput(Path)
                .OutputToPipe(sink, options => options.WithCustomArgument($"-map 0:v:0 -r {Number(Rate)} -pix_fmt rgb24").ForceFormat("rawvideo"))
                .CancellableThrough(stop).ProcessAsynchronously(cancellationToken: CancellationToken.None).ConfigureAwait(false);
            frames.TryComplete();
        }
        catch (Exception e)
        {
            // What ffmpeg says of damage in the middle is told by the number of frames: those before it are there.
            frames.TryComplete(e is FFMpegException or OperationCanceledException or IOException ? null : e);
        }
    }

    /// <summary>Encodes frames into a video of the same rate, with the sound of this one.</summary>
    /// <param name="frames">The frames, as large as this video's.</param>
    /// <param name="path">The file to write, of the same kind of container.</param>
    /// <exception cref="IOException">ffmpeg cannot write it; the message is ffmpeg's.</exception>
    public async Task EncodeAsync(ChannelReader<RgbImage> frames, string path)
    {
        try
        {
            await FFMpegArguments.FromPipeInput(new FrameSource(frames, $"-f rawvideo -pix_fmt rgb24 -s {Width}x{Height} -r {Number(Rate)}"))
                .AddFileInput(Path)
                .OutputToFile(path, overwrite: true, options => options.WithCustomArgument(
                    "-map 0:v:0 -map 1:a? -c:a copy -vf \"pad=ceil(iw/2)*2:ceil(ih/2)*2\" -pix_fmt yuv420p")) // most players know no other, and it takes even sides
                .ProcessAsynchronously().ConfigureAwait(false);
        }
        catch (Exception e) when (e is FFMpegException or IOException)
        {
            throw new IOException($"{path} cannot be written by ffmpeg: {e.Message}", e);
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .Any(folder => File.Exists(System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program)));

    private async Task ReadAsync(Stream stream, ChannelWriter<RgbImage> frames, CancellationToken stop)
    {
        var bytes = new byte[FrameBytes];
        while (await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false) == bytes.Length)
        {
            await frames.WriteAsync(new RgbImage(Width, Height, bytes), stop).ConfigureAwait(false);
        }
    }

    private sealed class FrameSource(ChannelReader<RgbImage> frames, string arguments) : IPipeSource
    {
        public string GetStreamArguments() => arguments;

        public async Task WriteAsync(Stream outputStream, CancellationToken cancellationToken)
        {
            await foreach (var frame in frames.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await outputStream.WriteAsync(frame.Pixels.ToArray(), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
