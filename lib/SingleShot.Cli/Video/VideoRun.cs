using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using SingleShot.Cli.Detecting;
using SingleShot.Cli.Models;
using SingleShot.Drawing;
using SingleShot.Images;

namespace SingleShot.Cli.Video;

/// <summary>Detects in each frame of a video: frames are decoded ahead, boxes drawn, and the drawn frames encoded beside.</summary>
internal sealed class VideoRun(VideoClip clip, DetectionPlan plan, OpenedDetector opened, Report report)
{
    private readonly Dictionary<string, FoundPicture> _done = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Runs to the video's end, or until it is stopped; what was done is written in either case.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var target = Path.GetFullPath(Path.Combine(plan.Folder, Path.GetFileName(clip.Path)));
        if (plan.Draws && target == Path.GetFullPath(clip.Path))
        {
            throw new UsageException($"{target} would be written over: name another folder than the video's own by --out.");
        }
        var partial = Path.ChangeExtension(target, $".partial{Path.GetExtension(target)}");
        try
        {
            await DetectAsync(plan.Draws ? partial : null, stop).ConfigureAwait(false);
            if (plan.Draws && _done.Count > 0)
            {
                File.Move(partial, target, overwrite: true);
            }
        }
        finally
        {
            File.Delete(partial);
        }
        return Finish(plan.Draws && _done.Count > 0 ? target : null, stop.IsCancellationRequested);
    }

    private async Task DetectAsync(string? target, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var decoded = Channel.CreateBounded<RgbImage>(2 * plan.Batch);
        var drawn = Channel.CreateBounded<RgbImage>(2 * plan.Batch);
        var decoding = clip.DecodeAsync(decoded.Writer, ending.Token);
        var encoding = target is null ? Task.CompletedTask : EncodeAsync(drawn, target);
        try
        {
            while (await NextAsync(decoded.Reader).ConfigureAwait(false) is { Count: > 0 } batch && !stop.IsCancellationRequested)
            {
                foreach (var (frame, found) in batch.Zip(opened.Detector.Detect(batch)))
                {
                    var name = $"{clip.Path}#{_done.Count + 1}";
                    _done[name] = FoundPicture.Of(name, frame.Width, frame.Height, found);
                    report.Event("frame", _done[name]);
                    if (target is not null)
                    {
                        await drawn.Writer.WriteAsync(DrawnDetections.On(frame, found), CancellationToken.None).ConfigureAwait(false);
                    }
                }
                report.Status(string.Create(
                    CultureInfo.InvariantCulture, $"frame {_done.Count} of {clip.Frames}, {Rate:0.0} frames/s, {Durations.Text((clip.Frames - _done.Count) / Rate)} left"));
            }
        }
        catch (ChannelClosedException)
        {
            // The encoder has failed; waiting for it throws its error.
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            drawn.Writer.TryComplete();
            await decoding.ConfigureAwait(false);
            await encoding.ConfigureAwait(false);
        }
    }

    private async Task EncodeAsync(Channel<RgbImage> drawn, string target)
    {
        try
        {
            await clip.EncodeAsync(drawn.Reader, target).ConfigureAwait(false);
        }
        finally
        {
            drawn.Writer.TryComplete(); // nobody takes frames any more
        }
    }

    /// <summary>The next frames, fewer than a batch at the end.</summary>
    private async Task<List<RgbImage>> NextAsync(ChannelReader<RgbImage> frames)
    {
        var batch = new List<RgbImage>();
        while (batch.Count < plan.Batch && await frames.WaitToReadAsync().ConfigureAwait(false) && frames.TryRead(out var frame))
        {
            batch.Add(frame);
        }
        return batch;
    }

    private double Rate => _done.Count / Math.Max(_clock.Elapsed.TotalSeconds, 1e-3);

    private int Finish(string? target, bool stopped)
    {
        var results = ResultFiles.Write(plan.Folder, plan.Format, [.. _done.Keys], _done, opened.Detector.ClassNames);
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{_done.Count} frames, {_done.Values.Sum(frame => frame.Detections.Count)} objects, {Rate:0.0} frames/s"));
        report.Line($"The results are in {results}{(target is null ? "" : $", the video with boxes in {target}")}");
        var missing = clip.Frames - _done.Count;
        var isCut = !stopped && missing > Math.Max(2, clip.Frames / 50);
        if (stopped || isCut)
        {
            report.Problem(stopped
                ? $"Stopped after frame {_done.Count} of {clip.Frames}; what was done is written."
                : $"{clip.Path} is cut off or damaged: {_done.Count} of {clip.Frames} frames could be read. What was found in them is written.");
        }
        report.Event("done", new { Frames = _done.Count, Expected = clip.Frames, Results = results, Video = target, FramesPerSecond = Report.Number(Rate) });
        return stopped ? ExitCodes.Stopped : isCut ? ExitCodes.Failed : ExitCodes.Done;
    }
}
