namespace SingleShot.Cli.Video;

/// <summary>When to end with a camera; it goes on for ever without limits.</summary>
/// <param name="Frames">After so many frames, at least 1.</param>
/// <param name="Seconds">After so many seconds, above 0.</param>
internal sealed record CameraLimits(int? Frames, double? Seconds)
{
    /// <summary>The limits as ffmpeg reads them.</summary>
    public string Arguments => $"{(Frames is { } frames ? $"-frames:v {frames}" : "")} {(Seconds is { } seconds ? $"-t {Ffmpeg.Number(seconds)}" : "")}";
}
