namespace SingleShot.Data.Coco.Json;

/// <summary>Where in a text file a byte is, as a person looks for it.</summary>
internal static class FilePlace
{
    /// <summary>Line and position of a byte, both from 1; reads the file once more, which only an error costs.</summary>
    /// <param name="stream">The file, which can be read again; left at some other place.</param>
    /// <param name="offset">How many bytes come before it.</param>
    public static (long Line, long Position) Of(Stream stream, long offset)
    {
        var (line, begin, at) = (1L, 0L, 0L);
        var block = new byte[1 << 18];
        stream.Position = 0;
        while (at < offset)
        {
            var count = stream.Read(block.AsSpan(0, (int)Math.Min(block.Length, offset - at)));
            if (count == 0)
            {
                break;
            }
            var read = block.AsSpan(0, count);
            if (read.LastIndexOf((byte)'\n') is var last and >= 0)
            {
                (line, begin) = (line + read.Count((byte)'\n'), at + last + 1);
            }
            at += count;
        }
        return (line, offset - begin + 1);
    }
}
