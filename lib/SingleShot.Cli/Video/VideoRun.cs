using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using SingleShot.Cli.Detecting;
using SingleShot.Cli.Models;
using SingleShot.Drawing;
using SingleShot.Images;

namespace SingleShot.Cli.Video;

/// <summary>Detects in each frame of a video or of a camera: frames are decoded ahead, boxes drawn, and the drawn frames encoded beside.</summary>
internal sealed class VideoRun(IVideoSource source, DetectionPlan plan, OpenedDetector opened, Report report)
{
    private readonly Dictionary<string, FoundPicture> _done = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Runs to the end of the frames, or until it is stopped; what was done is written in either case.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var target = Path.GetFullPath(Path.Combine(plan.Folder, source.FileName));
        if (plan.Draws && RealPath.OfEntry(target) is var entry && (entry == RealPath.OfEntry(source.Name) || entry == RealPath.Of(source.Name)))
        {
            throw new UsageException($"{target} would be written over: name another folder than the video's own with --out.");
        }
        var partial = Path.ChangeExtension(target, $".partial{Path.GetExtension(target)}");
        var isDrawn = false;
        try
        {
            await DetectAsync(plan.Draws ? partial : null, stop).ConfigureAwait(false);
            isDrawn = new FileInfo(partial) is { Exists: true, Length: > 0 };
            if (isDrawn)
            {
                File.Move(partial, target, overwrite: true);
            }
        }
        finally
        {
            File.Delete(partial);
        }
        return Finish(isDrawn ? target : null, stop.IsCancellationRequested);
    }

    private async Task DetectAsync(string? target, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var decoded = Channel.CreateBounded<RgbImage>(2 * plan.Batch);
        var drawn = Channel.CreateBounded<RgbImage>(2 * plan.Batch);
        var decoding = source.DecodeAsync(decoded.Writer, ending.Token);
        var encoding = target is null ? Task.CompletedTask : EncodeAsync(drawn, target, stop);
        try
        {
            while (await NextAsync(decoded.Reader).ConfigureAwait(false) is { Count: > 0 } batch && !stop.IsCancellationRequested)
            {
                foreach (var (frame, found) in batch.Zip(opened.Detector.Detect(batch)))
                {
                    var name = $"{source.Name}#{_done.Count + 1}";
                    _done[name] = FoundPicture.Of(name, frame.Width, frame.Height, found);
                    report.Event("frame", _done[name]);
                    if (target is not null)
                    {
                        await drawn.Writer.WriteAsync(DrawnDetections.On(frame, found), CancellationToken.None).ConfigureAwait(false);
                    }
                }
                report.Status(string.Create(CultureInfo.InvariantCulture, $"frame {Progress}, {Rate:0.0} frames/s{Left}"));
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

    private async Task EncodeAsync(Channel<RgbImage> drawn, string target, CancellationToken stop)
    {
        try
        {
            await source.EncodeAsync(drawn.Reader, target).ConfigureAwait(false);
        }
        catch (IOException) when (stop.IsCancellationRequested)
        {
            // A terminal sends Ctrl+C to ffmpeg, too: it ends the file as it should, if it has begun one, and says that it was interrupted.
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

    private string Progress => source.Frames is { } all ? $"{_done.Count} of {all}" : $"{_done.Count}";

    private string Left => source.Frames is { } all ? $", {Durations.Text((all - _done.Count) / Rate)} left" : "";

    private double Rate => _done.Count / Math.Max(_clock.Elapsed.TotalSeconds, 1e-3);

    private int Finish(string? target, bool stopped)
    {
        var results = ResultFiles.Write(plan.Folder, plan.Format, [.. _done.Keys], _done, opened.Detector.ClassNames);
        report.Line(string.Create(CultureInfo.InvariantCulture, $"{_done.Count} frames, {_done.Values.Sum(frame => frame.Detections.Count)} objects, {Rate:0.0} frames/s"));
        report.Line($"The results are in {results}{(target is null ? "" : $", the video with boxes in {target}")}");
        var problem = stopped ? $"Stopped after frame {Progress}; what was done is written." : source.Damage(_done.Count);
        if (problem is not null)
        {
            report.Problem(problem);
        }
        report.Event("done", new { Frames = _done.Count, Expected = source.Frames, Results = results, Video = target, FramesPerSecond = Report.Number(Rate) });
        return stopped ? ExitCodes.Stopped : problem is null ? ExitCodes.Done : ExitCodes.Failed;
    }
}
