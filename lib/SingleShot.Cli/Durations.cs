using System.Globalization;

namespace SingleShot.Cli;

/// <summary>How long something takes, as people say it.</summary>
internal static class Durations
{
    /// <summary>For instance <c>12 s</c>, <c>3 min 20 s</c>, <c>2 h 05 min</c>.</summary>
    /// <param name="seconds">0 or more.</param>
    public static string Text(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Round(Math.Clamp(seconds, 0, 1e8)));
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min")
            : time.TotalMinutes >= 1
                ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s")
                : string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s");
    }
}
