using System.Threading.Channels;
using FFMpegCore;
using FFMpegCore.Exceptions;
using FFMpegCore.Pipes;
using SingleShot.Images;

namespace SingleShot.Cli.Video;

/// <summary>A video file, read and written by ffmpeg.</summary>
/// <param name="Path">The file, in full.</param>
/// <param name="Header">What it says of itself.</param>
internal sealed record VideoClip(string Path, VideoHeader Header) : IVideoSource
{
    private static readonly string[] Extensions = [".mp4", ".m4v", ".mov", ".mkv", ".avi", ".webm", ".mpg", ".mpeg", ".wmv"];

    /// <inheritdoc/>
    public string Name => Path;

    /// <inheritdoc/>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <inheritdoc/>
    public int? Frames => Header.Frames;

    private int FrameBytes => Header.Width * Header.Height * 3;

    /// <summary>Whether a file is a video by its name.</summary>
    public static bool IsVideo(string path) => Extensions.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Asks ffmpeg about a file.</summary>
    /// <exception cref="UsageException">ffmpeg is not installed.</exception>
    /// <exception cref="InvalidDataException">The file is no video, or its beginning or end is missing.</exception>
    public static async Task<VideoClip> OpenAsync(string path, CancellationToken stop)
    {
        Ffmpeg.Require();
        var full = System.IO.Path.GetFullPath(path);
        return await VideoHeader.ReadAsync(full, stop).ConfigureAwait(false) is { } header
            ? new VideoClip(full, header)
            : throw new InvalidDataException($"{path} is not a video that ffmpeg can read, or it is cut off: fetch it again, or convert it.");
    }

    /// <inheritdoc/>
    public async Task DecodeAsync(ChannelWriter<RgbImage> frames, CancellationToken stop)
    {
        var sink = new StreamPipeSink((stream, _) => ReadAsync(stream, frames, stop));
        try
        {
            await Ffmpeg.RunAsync(FFMpegArguments.FromFileInput(Ffmpeg.Quoted(Path), verifyExists: false).OutputToPipe(
                sink, options => options.WithCustomArgument($"-map 0:v:0 -r {Ffmpeg.Number(Header.Rate)} -pix_fmt rgb24").ForceFormat("rawvideo")), stop).ConfigureAwait(false);
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
        Ffmpeg.EncodeAsync(Ffmpeg.Input(frames.ReadAllAsync(), Header.Width, Header.Height, Header.Rate).AddFileInput(Ffmpeg.Quoted(Path), verifyExists: false), path, "-map 0:v:0 -map 1:a? -c:a copy");

    /// <inheritdoc/>
    public string? Damage(int done) => Header.Frames is { } all && all - done > Math.Max(2, all / 50)
        ? $"{Path} is cut off or damaged: {done} of {all} frames could be read. What was found in them is written."
        : null;

    private async Task ReadAsync(Stream stream, ChannelWriter<RgbImage> frames, CancellationToken stop)
    {
        var bytes = new byte[FrameBytes];
        while (await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false) == bytes.Length)
        {
            await frames.WriteAsync(new RgbImage(Header.Width, Header.Height, bytes), stop).ConfigureAwait(false);
        }
    }
}
