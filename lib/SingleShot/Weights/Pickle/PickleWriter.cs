using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SingleShot.Weights.Pickle;

/// <summary>Writes instructions of protocol 2, which every Python 3 reads.</summary>
internal sealed class PickleWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Begins a pickle.</summary>
    public PickleWriter() => Do(Opcode.Proto).Raw(2);

    /// <summary>An instruction that takes no bytes.</summary>
    public PickleWriter Do(Opcode opcode) => Raw((byte)opcode);

    /// <summary>A whole number.</summary>
    public PickleWriter Number(long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            Do(Opcode.BinInt);
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)value);
            _bytes.Write(bytes);
        }
        else
        {
            Do(Opcode.Long1).Raw(sizeof(long));
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            _bytes.Write(bytes);
        }
        return this;
    }

    /// <summary>A text.</summary>
    public PickleWriter Text(string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        Do(Opcode.BinUnicode);
        _bytes.Write(length);
        _bytes.Write(text);
        return this;
    }

    /// <summary>A tuple of numbers.</summary>
    public PickleWriter Numbers(ReadOnlySpan<long> values)
    {
        Do(Opcode.Mark);
        foreach (var value in values)
        {
            Number(value);
        }
        return Do(Opcode.Tuple);
    }

    /// <summary>What a module calls by a name.</summary>
    public PickleWriter Global(string module, string name)
    {
        Do(Opcode.Global);
        _bytes.Write(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));
        return this;
    }

    /// <summary>Ends the pickle.</summary>
    public byte[] Finish()
    {
        Do(Opcode.Stop);
        return _bytes.WrittenSpan.ToArray();
    }

    /// <summary>A byte as it is.</summary>
    public PickleWriter Raw(byte value)
    {
        _bytes.Write([value]);
        return this;
    }
}
