using System.CommandLine;
using SingleShot.Cli.Video;

namespace SingleShot.Cli.Commands;

/// <summary>The options of <c>detect</c> that are about a camera.</summary>
internal sealed class CameraOptions
{
    private readonly Option<string?> _camera = new("--camera") { Description = "Detects in what a camera sees, until Ctrl+C: its number or name, such as 0 or /dev/video0." };
    private readonly Option<string?> _format = new("--camera-format") { Description = "How ffmpeg reads the camera; when left out, v4l2 on Linux, avfoundation on macOS and dshow on Windows." };
    private readonly Option<int?> _frames = new("--frames") { Description = "Ends after this many frames of the camera." };
    private readonly Option<double?> _seconds = new("--seconds") { Description = "Ends after this many seconds of the camera." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _camera, _format, _frames, _seconds })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The camera; null where pictures are named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="names">The pictures that it names.</param>
    /// <exception cref="UsageException">Both are named, or neither; or a number is out of its range, or the camera is not to be had.</exception>
    public Camera? Read(ParseResult parsed, IReadOnlyList<string> names)
    {
        var (name, format, frames, seconds) = (parsed.GetValue(_camera), parsed.GetValue(_format), parsed.GetValue(_frames), parsed.GetValue(_seconds));
        if (name is null)
        {
            return names.Count == 0 ? throw new UsageException("Name pictures, a folder or a video to detect in, or a camera by --camera 0; singleshot detect --help names the options.")
                : format is null && frames is null && seconds is null ? null
                : throw new UsageException("--camera-format, --frames and --seconds are for a camera: name it by --camera, or leave them out.");
        }
        if (names.Count > 0)
        {
            throw new UsageException($"{names[0]} is named beside a camera: detect in the one or in the other.");
        }
        return frames < 1 ? throw new UsageException($"--frames is {frames}: a camera gives at least one frame.")
            : seconds is not null and not > 0 ? throw new UsageException($"--seconds is {Ffmpeg.Number(seconds.Value)}: it must be above 0.")
            : Camera.Open(name, format, new CameraLimits(frames, seconds));
    }
}
