using System.Globalization;
using SingleShot.Images;

namespace SingleShot.Cli.Video;

/// <summary>Pictures one after another in the format PPM (P6, 8 bits), each of which tells its own size.</summary>
/// <param name="stream">Where they come from.</param>
internal sealed class PpmFrames(BufferedStream stream)
{
    /// <summary>The next picture; null at the end, and where the last one is cut off.</summary>
    /// <exception cref="InvalidDataException">What comes is no such picture.</exception>
    public async Task<RgbImage?> NextAsync(CancellationToken stop)
    {
        string[] header = [Word(), Word(), Word(), Word()];
        if (header[0].Length == 0)
        {
            return null;
        }
        if (header is not ["P6", var width, var height, "255"])
        {
            throw new InvalidDataException($"A frame begins with '{string.Join(' ', header)}', not as a PPM picture of 8 bits does.");
        }
        var (columns, rows) = (int.Parse(width, CultureInfo.InvariantCulture), int.Parse(height, CultureInfo.InvariantCulture));
        var bytes = new byte[columns * rows * 3];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false);
        return read == bytes.Length ? new RgbImage(columns, rows, bytes) : null;
    }

    /// <summary>Up to the next white space, which is read, too.</summary>
    private string Word()
    {
        var word = "";
        for (var next = stream.ReadByte(); next > ' '; next = stream.ReadByte())
        {
            word += (char)next;
        }
        return word;
    }
}
