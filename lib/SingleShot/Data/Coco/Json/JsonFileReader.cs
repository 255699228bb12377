using System.Text;
using System.Text.Json;

namespace SingleShot.Data.Coco.Json;

/// <summary>The tokens of a JSON file of any length, read a block at a time.</summary>
/// <remarks>
/// Python writes NaN and Infinity into JSON, which has no such numbers. One bad box must not lose the file, so each is read as an empty
/// string, which is no number either and no longer than the shortest of them: places in the file stay what they are. What is skipped is
/// passed over by its brackets where that is possible, and whether it is JSON in between goes unnoticed.
/// </remarks>
internal ref struct JsonFileReader
{
    private const int BlockSize = 1 << 18;
    private const int LargestToken = 1 << 26; // far beyond any mask; a file that is one endless string must not fill the memory
    private const int MaxLiteralBytes = 9;     // -Infinity

    private readonly string _path;
    private readonly Stream _stream;
    private byte[] _buffer = new byte[BlockSize];
    private int _length;
    private long _offset; // of the buffer's first byte in the file
    private bool _last;
    private Utf8JsonReader _reader;

    /// <summary>Reads from the beginning of a file.</summary>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="stream">The file; the caller closes it.</param>
    public JsonFileReader(string path, Stream stream)
    {
        (_path, _stream) = (path, stream);
        _length = stream.ReadAtLeast(_buffer, BlockSize, throwOnEndOfStream: false);
        if (_length > 1 && (_buffer[0], _buffer[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
        {
            throw new InvalidDataException($"{path} is written in UTF-16, and JSON is UTF-8: save it so.");
        }
        _last = _length < BlockSize;
        var mark = _buffer.AsSpan(0, _length).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        (_offset, _length) = (mark, _length - mark);
        _buffer.AsSpan(mark, _length).CopyTo(_buffer);
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _length), _last, default);
    }

    /// <summary>The kind of the token last read.</summary>
    public readonly JsonTokenType Kind => _reader.TokenType;

    /// <summary>Goes on to the next token.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InvalidDataException">Not JSON from here on; the message has line and position.</exception>
    public bool Read()
    {
        try
        {
            while (true)
            {
                MendLiteral();
                if (_reader.Read())
                {
                    return true;
                }
                if (_last)
                {
                    return false;
                }
                Refill();
            }
        }
        catch (JsonException e)
        {
            var reason = e.Message.Split(" LineNumber: ")[0];
            throw new InvalidDataException($"{_path}: line {e.LineNumber + 1}, position {e.BytePositionInLine + 1}: not JSON: {reason}", e);
        }
    }

    /// <summary>Passes over the value that begins with the token last read, or belongs to it where that is a property's name.</summary>
    public void Skip()
    {
        if (Kind == JsonTokenType.PropertyName)
        {
            BlankValue();
            Read();
        }
        if (Kind is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }
        var depth = _reader.CurrentDepth;
        do
        {
            Read();
        }
        while (_reader.CurrentDepth > depth);
    }

    /// <summary>Whether the token last read is a property of this name, written without escapes, as every program writes these names.</summary>
    public readonly bool IsProperty(ReadOnlySpan<byte> name) => Kind == JsonTokenType.PropertyName && _reader.ValueSpan.SequenceEqual(name);

    /// <summary>The token last read as a whole number; 7.0 is one as well.</summary>
    public readonly bool TryGetWhole(out long value)
    {
        value = 0;
        if (Kind != JsonTokenType.Number)
        {
            return false;
        }
        if (_reader.TryGetInt64(out value))
        {
            return true;
        }
        return _reader.TryGetDouble(out var number) && IsWhole(number, out value);
    }

    /// <summary>A number with a decimal point as a whole one; beyond 2^53 it no longer tells neighbors apart, and is none.</summary>
    public static bool IsWhole(double number, out long value)
    {
        var isWhole = number == Math.Truncate(number) && Math.Abs(number) <= 1L << 53;
        value = isWhole ? (long)number : 0;
        return isWhole;
    }

    /// <summary>The token last read as a finite number.</summary>
    public readonly bool TryGetNumber(out double value)
    {
        value = 0;
        return Kind == JsonTokenType.Number && _reader.TryGetDouble(out value) && double.IsFinite(value);
    }

    /// <summary>The token last read where it is a text.</summary>
    /// <param name="guessed">True where its bytes are not UTF-8 and were taken for Windows-1252.</param>
    /// <returns>Null where it is no text, or has half a surrogate pair.</returns>
    public readonly string? Text(out bool guessed)
    {
        guessed = false;
        try
        {
            return Kind == JsonTokenType.String ? _reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            guessed = !_reader.ValueIsEscaped;
            return guessed ? TextFile.FromWindows(_reader.ValueSpan) : null;
        }
    }

    /// <summary>The token last read as a message shows it.</summary>
    public readonly string Shown() => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String when _reader.ValueSpan.Length <= 40 => $"\"{Encoding.UTF8.GetString(_reader.ValueSpan)}\"",
        JsonTokenType.String => "a long text",
        _ => Encoding.UTF8.GetString(_reader.ValueSpan),
    };

    /// <summary>An error at the token last read.</summary>
    /// <param name="problem">What is wrong there.</param>
    public readonly InvalidDataException Error(string problem)
    {
        var (line, position) = FilePlace.Of(_stream, _offset + _reader.TokenStartIndex);
        return new InvalidDataException($"{_path}: line {line}, position {position}: {problem}");
    }

    /// <summary>
    /// Makes an empty text of the list or object that follows, if it ends within the block, by looking for its brackets alone. Outlines
    /// are nine tenths of COCO's files: to read their numbers one by one only to forget them would take most of the time.
    /// </summary>
    private readonly void BlankValue()
    {
        var rest = _buffer.AsSpan((int)_reader.BytesConsumed, _length - (int)_reader.BytesConsumed);
        var begin = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (begin >= 0 && JsonBrackets.Length(rest[begin..]) is var length and > 0)
        {
            rest.Slice(begin, length).Fill((byte)' ');
            rest.Slice(begin, 2).Fill((byte)'"');
        }
    }

    private void MendLiteral()
    {
        var at = (int)_reader.BytesConsumed;
        while (at < _length && _buffer[at] is (byte)' ' or (byte)',' or (byte)':' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }
        if (at == _length || _buffer[at] is not ((byte)'N' or (byte)'I' or (byte)'-'))
        {
            return;
        }
        if (!_last && _length - at < MaxLiteralBytes)
        {
            Refill();
            MendLiteral();
            return;
        }
        var rest = _buffer.AsSpan(at, _length - at);
        var literal = rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : rest.StartsWith("-Infinity"u8) ? 9 : 0;
        if (literal > 0)
        {
            rest[..literal].Fill((byte)' ');
            rest[..2].Fill((byte)'"');
        }
    }

    private void Refill()
    {
        var consumed = (int)_reader.BytesConsumed;
        var rest = _length - consumed;
        if (rest == _buffer.Length)
        {
            if (rest >= LargestToken)
            {
                var (line, position) = FilePlace.Of(_stream, _offset);
                throw new InvalidDataException($"{_path}: line {line}, position {position}: one value of more than {LargestToken >> 20} MiB.");
            }
            Array.Resize(ref _buffer, 2 * rest);
        }
        _buffer.AsSpan(consumed, rest).CopyTo(_buffer);
        var more = _stream.ReadAtLeast(_buffer.AsSpan(rest), _buffer.Length - rest, throwOnEndOfStream: false);
        (_offset, _length, _last) = (_offset + consumed, rest + more, rest + more < _buffer.Length);
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _length), _last, _reader.CurrentState);
    }
}
