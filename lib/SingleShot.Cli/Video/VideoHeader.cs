using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace SingleShot.Cli.Video;

/// <summary>What ffprobe tells of a video file's first video.</summary>
/// <param name="Width">Columns of a frame as it is shown.</param>
/// <param name="Height">Rows of a frame.</param>
/// <param name="Rate">Frames in a second, above 0.</param>
/// <param name="Frames">How many frames there are, to one or two, if the file is whole; null where it does not say.</param>
internal sealed record VideoHeader(int Width, int Height, double Rate, int? Frames)
{
    /// <summary>Asks ffprobe. FFMpegCore's own question leaves the number of frames out, and cannot be asked of a path with a quotation mark.</summary>
    /// <param name="path">The file, in full: ffprobe would take what stands before a colon for a protocol.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>Null where ffprobe finds no video.</returns>
    public static async Task<VideoHeader?> ReadAsync(string path, CancellationToken stop)
    {
        using var process = Process.Start(new ProcessStartInfo("ffprobe", ["-v", "error", "-print_format", "json", "-show_format", "-show_streams", "-select_streams", "v:0", path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(stop);
        var told = await process.StandardOutput.ReadToEndAsync(stop).ConfigureAwait(false);
        await error.ConfigureAwait(false);
        await process.WaitForExitAsync(stop).ConfigureAwait(false);
        return process.ExitCode == 0 && JsonNode.Parse(told) is { } json && json["streams"] is JsonArray { Count: > 0 } streams ? Of(streams[0]!, json["format"]!) : null;
    }

    private static VideoHeader? Of(JsonNode stream, JsonNode format)
    {
        if ((int?)stream["width"] is not { } columns || (int?)stream["height"] is not { } rows || Ratio((string?)stream["avg_frame_rate"]) is not (> 0 and var rate))
        {
            return null;
        }
        // Of an AVI that is cut off, ffmpeg shortens the duration to what is there. The number of frames is as it was written.
        var written = (string?)format["format_name"] == "avi" ? Number((string?)stream["nb_frames"]) : 0;
        var frames = written > 0 ? written : Math.Round(Seconds(stream, format) * rate);
        var turned = stream["side_data_list"]?.AsArray().Select(data => (double?)data?["rotation"]).FirstOrDefault(angle => angle is not null) ?? 0;
        var lies = Math.Abs(turned) % 180 == 90; // a telephone's, which ffmpeg turns
        return new VideoHeader(lies ? rows : columns, lies ? columns : rows, rate, frames > 0 ? (int)frames : null);
    }

    /// <summary>How long the video is; how long the whole file is, with its sound, where that is all that it says.</summary>
    private static double Seconds(JsonNode stream, JsonNode format) =>
        Number((string?)stream["duration"]) is > 0 and var own ? own
        : Noted((string?)stream["tags"]?["DURATION"]) is > 0 and var noted ? noted
        : Number((string?)format["duration"]);

    /// <summary>Matroska's note of a stream's duration, such as <c>00:01:02.080000000</c>.</summary>
    private static double Noted(string? text) => text?.Split(':') is [var hours, var minutes, var seconds] ? 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds) : 0;

    private static double Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static double Ratio(string? text) => text?.Split('/') is [var above, var below] && Number(below) > 0 ? Number(above) / Number(below) : Number(text);
}
