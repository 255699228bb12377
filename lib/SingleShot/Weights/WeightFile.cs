using SingleShot.Weights.Tensors;
using static TorchSharp.torch;

namespace SingleShot.Weights;

/// <summary>Reads and writes files of weights: PyTorch's .pth, in both its formats, and .safetensors.</summary>
/// <remarks>
/// Nothing in a file is ever run, and nothing is trusted: memory stays in proportion to the file, and a file that breaks a rule of its
/// format is refused with the reason. To put weights into a network, whatever names they go by, see <see cref="PublishedWeights"/>.
/// </remarks>
public static class WeightFile
{
    /// <summary>Reads a file of any of the formats, told by its content.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its tensors, to be disposed of by the caller.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightFileException">It is of no known format, damaged or hostile; the message names the file and what is wrong.</exception>
    public static NamedTensors Read(string path) => Read(path, "weights", Read);

    /// <summary>Writes a file, wholly or not at all, in the format that its name ends with: .pth or .pt, or .safetensors.</summary>
    /// <param name="path">The file to make or replace; its folder has to be there.</param>
    /// <param name="tensors">The tensors, on any device, contiguous or not; each name once.</param>
    /// <exception cref="ArgumentException">The name ends otherwise, a tensor's name is there twice, or the formats have no such element type.</exception>
    /// <exception cref="IOException">It cannot be written; a file that was there is as it was.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".PTH" or ".PT":
                PyTorchFile.Write(path, tensors);
                break;
            case ".SAFETENSORS":
                SafetensorsFile.Write(path, tensors);
                break;
            default:
                throw new ArgumentException($"{path}: weights are written to a .pth, a .pt or a .safetensors; let the name end so.", nameof(path));
        }
    }

    /// <summary>Reads a stream that can seek, of any of the formats.</summary>
    internal static NamedTensors Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[9];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        return start switch
        {
            [(byte)'P', (byte)'K', ..] => PyTorchFile.Read(stream),
            [_, _, _, _, _, _, _, _, (byte)'{'] => SafetensorsFile.Read(stream),
            [0x80, <= 5, ..] => PyTorchFile.Read(stream),
            [] => throw new InvalidDataException("it is empty. Fetch it again."),
            _ => throw new InvalidDataException(
                "it begins as neither .pth nor .safetensors do. A page that reports an error, or a pointer of Git LFS, may have been saved "
                + "in the file's place: look at it, and fetch it again."),
        };
    }

    /// <summary>Opens a file, reads it, and says of what goes wrong where that was.</summary>
    internal static NamedTensors Read(string path, string format, Func<Stream, NamedTensors> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"{path} {(Directory.Exists(path) ? "is a folder, not a file" : "does not exist")}: check the path.", path);
        }
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, path, format, read);
    }

    /// <summary>Reads a stream that can seek, and says of what goes wrong where that was.</summary>
    internal static NamedTensors Read(Stream stream, string path, string format, Func<Stream, NamedTensors> read)
    {
        try
        {
            return read(stream);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new WeightFileException($"{path} is not a sound {format} file: {e.Message}", e);
        }
    }
}
