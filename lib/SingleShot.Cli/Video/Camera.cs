using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using FFMpegCore;
using FFMpegCore.Exceptions;
using FFMpegCore.Pipes;
using SingleShot.Images;

namespace SingleShot.Cli.Video;

/// <summary>A camera, read by ffmpeg. Frames that come while nobody takes them are dropped by its driver, so that what is seen stays near to what is.</summary>
/// <param name="device">What ffmpeg calls it.</param>
/// <param name="format">ffmpeg's name for the way to read it.</param>
/// <param name="limits">When to end.</param>
internal sealed class Camera(string device, string format, CameraLimits limits) : IVideoSource
{
    private const double DrawnRate = 30; // of the drawn video, in frames a second

    private readonly ConcurrentQueue<TimeSpan> _seen = new(); // when each frame came that is not encoded yet
    private string? _problem;

    /// <inheritdoc/>
    public string Name => "camera";

    /// <inheritdoc/>
    public string FileName => "camera.mp4";

    /// <inheritdoc/>
    public int? Frames => limits.Frames;

    /// <summary>Finds a camera.</summary>
    /// <param name="name">Its number, or what the system calls it.</param>
    /// <param name="format">ffmpeg's input format; that of the system's cameras when null.</param>
    /// <param name="limits">When to end.</param>
    /// <exception cref="UsageException">There is no such camera, it may not be read, or ffmpeg is not installed; the message says what to do.</exception>
    public static Camera Open(string name, string? format, CameraLimits limits)
    {
        Ffmpeg.Require();
        if (format is not null)
        {
            return new Camera(name, format, limits);
        }
        var isNumber = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (OperatingSystem.IsLinux())
        {
            var path = isNumber ? $"/dev/video{name}" : name;
            RequireReadable(path);
            return new Camera(path, "v4l2", limits);
        }
        if (OperatingSystem.IsMacOS())
        {
            return new Camera(name, "avfoundation", limits);
        }
        return isNumber
            ? throw new UsageException($"Windows has no camera number {name}: give its name. This lists them: ffmpeg -list_devices true -f dshow -i dummy")
            : new Camera($"video={name}", "dshow", limits);
    }

    /// <summary>Makes sure that nothing of an earlier run is lost: what a camera saw cannot be had again.</summary>
    /// <param name="folder">The folder of the results.</param>
    /// <exception cref="UsageException">It has results of a camera.</exception>
    public void RequireNone(string folder)
    {
        var recorded = Path.Combine(folder, FileName);
        if (File.Exists(recorded))
        {
            throw new UsageException($"{recorded} is there already, and what a camera saw cannot be recorded again: name another folder with --out.");
        }
    }

    /// <inheritdoc/>
    public async Task DecodeAsync(ChannelWriter<RgbImage> frames, CancellationToken stop)
    {
        var taken = 0;
        var clock = Stopwatch.StartNew();
        var sink = new StreamPipeSink(async (stream, _) =>
        {
            using var buffer = new BufferedStream(stream, 1 << 16);
            var pictures = new PpmFrames(buffer);
            while (await pictures.NextAsync(stop).ConfigureAwait(false) is { } frame)
            {
                _seen.Enqueue(clock.Elapsed);
                await frames.WriteAsync(frame, stop).ConfigureAwait(false);
                taken++;
            }
        });
        try
        {
            var input = FFMpegArguments.FromDeviceInput(
                $"\"{Ffmpeg.Quoted(device)}\"", options => options.WithCustomArgument(format == "avfoundation" ? "-v error -framerate 30" : "-v error").ForceFormat(format));
            await Ffmpeg.RunAsync(input.OutputToPipe(
                sink, options => options.WithCustomArgument($"-map 0:v:0 {limits.Arguments} -vsync passthrough -c:v ppm").ForceFormat("image2pipe")), stop).ConfigureAwait(false);
            frames.TryComplete();
        }
        catch (Exception e) when (e is FFMpegException or OperationCanceledException or IOException)
        {
            _problem = e.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
            frames.TryComplete(taken > 0 || stop.IsCancellationRequested ? null : new IOException($"The camera {device} gives no picture: {_problem} Does another program use it?", e));
        }
        catch (Exception e)
        {
            frames.TryComplete(e);
        }
    }

    /// <inheritdoc/>
    public async Task EncodeAsync(ChannelReader<RgbImage> frames, string path)
    {
        if (await frames.WaitToReadAsync().ConfigureAwait(false) && frames.TryPeek(out var first))
        {
            await Ffmpeg.EncodeAsync(Ffmpeg.Input(AtTheirTimes(frames), first.Width, first.Height, DrawnRate), path, "-map 0:v:0").ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public string? Damage(int done) => _problem is null ? null : $"The camera {device} gave nothing more after frame {done}: {_problem} What was found is written.";

    /// <summary>Frames at the rate of the drawn video: each is repeated until the next one came.</summary>
    private async IAsyncEnumerable<RgbImage> AtTheirTimes(ChannelReader<RgbImage> frames)
    {
        RgbImage? shown = null;
        var (begin, count) = (TimeSpan.Zero, 0);
        await foreach (var frame in frames.ReadAllAsync().ConfigureAwait(false))
        {
            _seen.TryDequeue(out var seen);
            begin = shown is null ? seen : begin;
            for (; shown is not null && count < (seen - begin).TotalSeconds * DrawnRate; count++)
            {
                yield return shown;
            }
            shown = frame;
        }
        yield return shown!; // there is one: it was looked at before
    }

    private static void RequireReadable(string path)
    {
        try
        {
            using var camera = File.OpenRead(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException($"The camera {path} may not be read by you: sudo usermod -aG video $USER, and log in again.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            var there = Directory.GetFiles("/dev", "video*").Order(StringComparer.Ordinal).ToList();
            throw new UsageException($"There is no camera {path}: {(there.Count > 0 ? $"there are {string.Join(", ", there)}" : "this machine has none")}.");
        }
        catch (IOException)
        {
            // A camera that is in use is no file that is missing; ffmpeg says what it is.
        }
    }
}
