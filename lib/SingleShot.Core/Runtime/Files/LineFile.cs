using System.Text;

namespace SingleShot.Runtime.Files;

/// <summary>A file that grows line by line, so that what was done is known after a process was killed or a disk was full.</summary>
/// <remarks>A line is there wholly or not at all: what follows the last line's end, the trace of a write that was cut off, is dropped on opening.</remarks>
public sealed class LineFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;

    /// <summary>Opens a file to go on with it, or makes it.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <exception cref="IOException">It cannot be opened, or another process writes to it.</exception>
    public LineFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        var bytes = new byte[_stream.Length];
        _stream.ReadExactly(bytes);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        Lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _stream.SetLength(whole);
    }

    /// <summary>The lines that were there on opening.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Adds lines, and comes back when they are on the disk.</summary>
    /// <param name="lines">The lines, without ends of lines in them.</param>
    /// <exception cref="IOException">They cannot be written; the file has the lines that it had before.</exception>
    public void Append(IEnumerable<string> lines)
    {
        var end = _stream.Length;
        try
        {
            _stream.Position = end;
            _stream.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
            _stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || AtomicFile.IsTooLarge(e))
        {
            _stream.SetLength(end);
            throw new IOException($"{_path} cannot be written: {e.Message} What it had before is as it was.", e);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();
}
