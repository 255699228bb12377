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
internal sealed record VideoClip(string Path, int Width, int Height, double Rate, int Frames) : IVideoSource
{
    private static readonly string[] Extensions = [".mp4", ".m4v", ".mov", ".mkv", ".avi", ".webm", ".mpg", ".mpeg", ".wmv"];

    /// <inheritdoc/>
    public string Name => Path;

    /// <inheritdoc/>
    public string FileName => System.IO.Path.GetFileName(Path);

    int? IVideoSource.Frames => Frames;

    private int FrameBytes => Width * Height * 3;

    /// <summary>Whether a file is a video by its name.</summary>
    public static bool IsVideo(string path) => Extensions.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Asks ffmpeg about a file.</summary>
    /// <exception cref="UsageException">ffmpeg is not installed.</exception>
    /// <exception cref="InvalidDataException">The file is no video, or its beginning or end is missing.</exception>
    public static async Task<VideoClip> OpenAsync(string path, CancellationToken stop)
    {
        Ffmpeg.Require();
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

    /// <inheritdoc/>
    public async Task DecodeAsync(ChannelWriter<RgbImage> frames, CancellationToken stop)
    {
        var sink = new StreamPipeSink((stream, _) => ReadAsync(stream, frames, stop));
        try
        {
            await Ffmpeg.RunAsync(FFMpegArguments.FromFileInput(Path).OutputToPipe(
                sink, options => options.WithCustomArgument($"-map 0:v:0 -r {Ffmpeg.Number(Rate)} -pix_fmt rgb24").ForceFormat("rawvideo")), stop).ConfigureAwait(false);
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
    public Task EncodeAsync(ChannelReader<RgbImage> frames, string path) =>
        Ffmpeg.EncodeAsync(Ffmpeg.Input(frames.ReadAllAsync(), Width, Height, Rate).AddFileInput(Path), path, "-map 0:v:0 -map 1:a? -c:a copy");

    /// <inheritdoc/>
    public string? Damage(int done) => Frames - done > Math.Max(2, Frames / 50)
        ? $"{Path} is cut off or damaged: {done} of {Frames} frames could be read. What was found in them is written."
        : null;

    private async Task ReadAsync(Stream stream, ChannelWriter<RgbImage> frames, CancellationToken stop)
    {
        var bytes = new byte[FrameBytes];
        while (await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false) == bytes.Length)
        {
            await frames.WriteAsync(new RgbImage(Width, Height, bytes), stop).ConfigureAwait(false);
        }
    }
}
