using System.Threading.Channels;
using SingleShot.Images;

namespace SingleShot.Cli.Video;

/// <summary>Where frames come from, and how those that are drawn on are kept.</summary>
internal interface IVideoSource
{
    /// <summary>What results call it: a frame is this, a # and its number from 1.</summary>
    string Name { get; }

    /// <summary>Name of the file of drawn frames.</summary>
    string FileName { get; }

    /// <summary>How many frames there are, to one or two; null where nobody knows.</summary>
    int? Frames { get; }

    /// <summary>Decodes the frames, as fast as they are taken.</summary>
    /// <param name="frames">Takes them; it is completed in the end.</param>
    /// <param name="stop">Ends it early.</param>
    Task DecodeAsync(ChannelWriter<RgbImage> frames, CancellationToken stop);

    /// <summary>Encodes frames, all of one size, into a video.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="path">The file to write.</param>
    /// <exception cref="IOException">ffmpeg cannot write it; the message is ffmpeg's.</exception>
    Task EncodeAsync(ChannelReader<RgbImage> frames, string path);

    /// <summary>Once all is decoded: why there were no more frames, if that was not the end; null if it was.</summary>
    /// <param name="done">How many there were.</param>
    string? Damage(int done);
}
