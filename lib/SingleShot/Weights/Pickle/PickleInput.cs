using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace SingleShot.Weights.Pickle;

/// <summary>The bytes of a pickle, taken one after another from a stream and never beyond a limit.</summary>
/// <param name="stream">The stream, read ahead of <see cref="Position"/>.</param>
/// <param name="longest">How many bytes there may be in all.</param>
internal sealed class PickleInput(Stream stream, int longest)
{
    private readonly byte[] _buffer = new byte[4096];
    private readonly List<byte> _line = [];
    private readonly long _start = stream.Position;
    private readonly long _end = Math.Min(stream.Length, stream.Position + longest);
    private int _filled;
    private int _next;

    /// <summary>Where the next byte is, from the start of the stream.</summary>
    public long Position { get; private set; } = stream.Position;

    /// <summary>How many bytes were taken.</summary>
    public long Taken => Position - _start;

    /// <summary>The next byte.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public byte Byte()
    {
        if (_next == _filled)
        {
            Fill();
        }
        Position++;
        return _buffer[_next++];
    }

    /// <summary>The next bytes.</summary>
    /// <exception cref="InvalidDataException">There are not as many.</exception>
    public byte[] Bytes(long count)
    {
        RequireAhead(count);
        var bytes = new byte[count];
        Copy(bytes);
        return bytes;
    }

    /// <summary>The next two bytes as a number from 0.</summary>
    public int UInt16()
    {
        Span<byte> bytes = stackalloc byte[2];
        Copy(bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    /// <summary>The next four bytes as a number.</summary>
    public int Int32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Copy(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    /// <summary>The next four bytes as a number from 0.</summary>
    public uint UInt32() => (uint)Int32();

    /// <summary>The next eight bytes as a number.</summary>
    public long Int64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Copy(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    /// <summary>The next eight bytes as a floating-point number, in the order of the network, as pickles have these alone.</summary>
    public double Double()
    {
        Span<byte> bytes = stackalloc byte[8];
        Copy(bytes);
        return BinaryPrimitives.ReadDoubleBigEndian(bytes);
    }

    /// <summary>The text up to the end of the line, which is taken too.</summary>
    public string Line()
    {
        _line.Clear();
        for (var next = Byte(); next != (byte)'\n'; next = Byte())
        {
            _line.Add(next);
        }
        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_line));
    }

    /// <summary>Fails unless as many bytes are there.</summary>
    public void RequireAhead(long count)
    {
        if (count < 0 || count > _end - Position)
        {
            throw TooShort();
        }
    }

    private void Copy(Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_next == _filled)
            {
                Fill();
            }
            var count = Math.Min(bytes.Length, _filled - _next);
            _buffer.AsSpan(_next, count).CopyTo(bytes);
            bytes = bytes[count..];
            _next += count;
            Position += count;
        }
    }

    private void Fill()
    {
        var ahead = (int)Math.Min(_buffer.Length, _end - Position);
        if (ahead <= 0)
        {
            throw TooShort();
        }
        stream.Position = Position;
        stream.ReadExactly(_buffer.AsSpan(0, ahead));
        (_next, _filled) = (0, ahead);
    }

    private InvalidDataException TooShort() => new(_end < stream.Length
        ? $"its pickle goes on beyond {longest} bytes; a description of weights is shorter."
        : "its pickle breaks off: the file is cut short or damaged. Fetch it again.");
}
