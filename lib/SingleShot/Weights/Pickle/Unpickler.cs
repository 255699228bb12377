using System.Globalization;
using System.Numerics;
using System.Text;

namespace SingleShot.Weights.Pickle;

/// <summary>
/// Runs a pickle's instructions (Python's pickle, protocols 0 to 5) and builds plain values of it: numbers, texts, lists and dictionaries.
/// </summary>
/// <remarks>
/// A pickle is a program for a stack machine, and Python's own machine lets it call any function. This one knows no functions: what a name
/// stands for and what calling it gives is asked of an <see cref="IPickleWorld"/>, which refuses all but a few. The number of instructions
/// is limited and each makes at most one object as long as its own bytes, so that time and memory are.
/// </remarks>
internal sealed class Unpickler
{
    // The longest published models take some tens of thousands; a dictionary of a million numbers takes three million.
    private const int MostInstructions = 5_000_000;

    // Numbers longer than this have no use among weights, and those of a million digits are slow to make.
    private const int LongestNumber = 1024;

    private static readonly object Nothing = new();

    private readonly PickleInput _input;
    private readonly IPickleWorld _world;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly List<object?> _memo = [];

    private Unpickler(PickleInput input, IPickleWorld world) => (_input, _world) = (input, world);

    /// <summary>Runs one pickle, to its end.</summary>
    /// <param name="input">Its bytes; those after it stay.</param>
    /// <param name="world">What its names stand for.</param>
    /// <returns>What it describes.</returns>
    /// <exception cref="InvalidDataException">It is damaged or asks for what is not given.</exception>
    public static object? Read(PickleInput input, IPickleWorld world) => new Unpickler(input, world).Run();

    private object? Run()
    {
        for (var count = 0; count < MostInstructions; count++)
        {
            var opcode = (Opcode)_input.Byte();
            if (opcode == Opcode.Stop)
            {
                return Pop();
            }
            Execute(opcode);
        }
        throw new InvalidDataException($"its pickle has more than {MostInstructions} instructions; a description of weights has fewer.");
    }

    private void Execute(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.Proto: Require(_input.Byte() <= 5, "its pickle is of a protocol after 5. Save it again with pickle_protocol=2."); break;
            case Opcode.Frame: _input.RequireAhead(_input.Int64()); break;

            case Opcode.Mark: _marks.Add(_stack.Count); break;
            case Opcode.Pop: PopOrUnmark(); break;
            case Opcode.PopMark: PopToMark(); break;
            case Opcode.Dup: Push(Peek()); break;

            case Opcode.None: Push(null); break;
            case Opcode.NewTrue: Push(true); break;
            case Opcode.NewFalse: Push(false); break;
            case Opcode.BinInt: Push((long)_input.Int32()); break;
            case Opcode.BinInt1: Push((long)_input.Byte()); break;
            case Opcode.BinInt2: Push((long)_input.UInt16()); break;
            case Opcode.Long1: Push(Number(_input.Byte())); break;
            case Opcode.Long4: Push(Number(_input.Int32())); break;
            case Opcode.Int: Push(_input.Line() switch { "00" => false, "01" => true, var line => Number(line) }); break;
            case Opcode.Long: Push(Number(_input.Line().TrimEnd('L'))); break;
            case Opcode.BinFloat: Push(_input.Double()); break;
            case Opcode.Float: Push(FloatingPoint(_input.Line())); break;

            // Texts of Python 2 are bytes; those that weights have are names, in ASCII.
            case Opcode.ShortBinString: Push(Encoding.Latin1.GetString(_input.Bytes(_input.Byte()))); break;
            case Opcode.BinString: Push(Encoding.Latin1.GetString(_input.Bytes(_input.Int32()))); break;
            case Opcode.String: Push(Quoted(_input.Line())); break;
            case Opcode.Unicode: Push(Unescaped(_input.Line())); break;
            case Opcode.ShortBinUnicode: Push(Encoding.UTF8.GetString(_input.Bytes(_input.Byte()))); break;
            case Opcode.BinUnicode: Push(Encoding.UTF8.GetString(_input.Bytes(_input.UInt32()))); break;
            case Opcode.BinUnicode8: Push(Encoding.UTF8.GetString(_input.Bytes(_input.Int64()))); break;
            case Opcode.ShortBinBytes: Push(_input.Bytes(_input.Byte())); break;
            case Opcode.BinBytes: Push(_input.Bytes(_input.UInt32())); break;
            case Opcode.BinBytes8 or Opcode.ByteArray8: Push(_input.Bytes(_input.Int64())); break;

            case Opcode.EmptyTuple or Opcode.EmptyList or Opcode.EmptySet: Push(new PickledList()); break;
            case Opcode.Tuple or Opcode.List or Opcode.FrozenSet: Push(new PickledList { Items = PopToMark() }); break;
            case Opcode.Tuple1: PushTuple(1); break;
            case Opcode.Tuple2: PushTuple(2); break;
            case Opcode.Tuple3: PushTuple(3); break;
            case Opcode.Append: Append([Pop()]); break;
            case Opcode.Appends or Opcode.AddItems: Append(PopToMark()); break;
            case Opcode.EmptyDict: Push(new PickledDictionary()); break;
            case Opcode.Dict: NewDictionary(); break;
            case Opcode.SetItem: SetItem(); break;
            case Opcode.SetItems: SetItems(PopToMark()); break;

            case Opcode.BinPut: Keep(_input.Byte()); break;
            case Opcode.LongBinPut: Keep(_input.UInt32()); break;
            case Opcode.Put: Keep(Index(_input.Line())); break;
            case Opcode.Memoize: Keep(_memo.Count); break;
            case Opcode.BinGet: Recall(_input.Byte()); break;
            case Opcode.LongBinGet: Recall(_input.UInt32()); break;
            case Opcode.Get: Recall(Index(_input.Line())); break;

            case Opcode.Global: Push(_world.Global(_input.Line(), _input.Line())); break;
            case Opcode.StackGlobal: StackGlobal(); break;
            case Opcode.Reduce or Opcode.NewObj: Call(); break;
            case Opcode.BinPersId: Push(_world.Persistent(Pop())); break;
            case Opcode.Build: Build(); break;
            case Opcode.Inst: throw Refused($"{_input.Line()}.{_input.Line()}");
            case Opcode.Obj or Opcode.NewObjEx or Opcode.PersId: throw Refused($"the instruction {opcode}");
            default:
                throw new InvalidDataException($"its pickle has the byte {(byte)opcode:x2} where an instruction should be: the file is damaged. Fetch it again.");
        }
    }

    private static InvalidDataException Refused(string what) => new(
        $"its pickle asks for {what}, which weights do not need; nothing was run. Save the model's state_dict() alone.");

    private void Push(object? value) => _stack.Add(value);

    // What lies below the newest mark belongs to another container.
    private int Bottom => _marks.Count > 0 ? _marks[^1] : 0;

    private object? Peek()
    {
        Require(_stack.Count > Bottom, "its pickle takes from an empty stack: the file is damaged. Fetch it again.");
        return _stack[^1];
    }

    private object? Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private void PopOrUnmark()
    {
        if (_marks.Count > 0 && _stack.Count == _marks[^1])
        {
            _marks.RemoveAt(_marks.Count - 1);
        }
        else
        {
            Pop();
        }
    }

    private List<object?> PopToMark()
    {
        Require(_marks.Count > 0, "its pickle closes a container that it never opened: the file is damaged. Fetch it again.");
        var mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        var items = _stack.GetRange(mark, _stack.Count - mark);
        _stack.RemoveRange(mark, items.Count);
        return items;
    }

    private void PushTuple(int length)
    {
        Require(_stack.Count - Bottom >= length, "its pickle takes from an empty stack: the file is damaged. Fetch it again.");
        var items = _stack.GetRange(_stack.Count - length, length);
        _stack.RemoveRange(_stack.Count - length, length);
        Push(new PickledList { Items = items });
    }

    private void Append(List<object?> items)
    {
        Require(Peek() is PickledList, "its pickle appends to what is no list: the file is damaged. Fetch it again.");
        ((PickledList)Peek()!).Items.AddRange(items);
    }

    private void NewDictionary()
    {
        var items = PopToMark();
        Push(new PickledDictionary());
        SetItems(items);
    }

    private void SetItem()
    {
        var value = Pop();
        SetItems([Pop(), value]);
    }

    private void SetItems(List<object?> items)
    {
        Require(
            Peek() is PickledDictionary && items.Count % 2 == 0,
            "its pickle sets items of what is no dictionary, or a key without a value: the file is damaged. Fetch it again.");
        var entries = ((PickledDictionary)Peek()!).Entries;
        for (var i = 0; i < items.Count; i += 2)
        {
            entries.Add((items[i], items[i + 1]));
        }
    }

    /// <summary>Keeps the newest value under a number. Picklers count from 0, or from 1, so that a list serves.</summary>
    private void Keep(long index)
    {
        var value = Peek();
        Require(index <= _memo.Count + 1, "its pickle keeps values under numbers out of order: the file is damaged. Fetch it again.");
        while (_memo.Count <= index)
        {
            _memo.Add(Nothing);
        }
        _memo[(int)index] = value;
    }

    private void Recall(long index)
    {
        Require(
            index < _memo.Count && _memo[(int)index] != Nothing,
            "its pickle recalls a value that it never kept: the file is damaged. Fetch it again.");
        Push(_memo[(int)index]);
    }

    private void StackGlobal()
    {
        var name = Pop();
        var module = Pop();
        Require(module is string && name is string, "its pickle names a global by what is no text: the file is damaged. Fetch it again.");
        Push(_world.Global((string)module!, (string)name!));
    }

    private void Call()
    {
        var arguments = Pop();
        var callee = Pop();
        Require(arguments is PickledList, "its pickle calls with what are no arguments: the file is damaged. Fetch it again.");
        Push(_world.Call(callee, ((PickledList)arguments!).Items));
    }

    /// <summary>Attributes of a dictionary, as PyTorch's state_dict has its <c>_metadata</c>, say nothing of the weights and are dropped.</summary>
    private void Build()
    {
        var state = Pop();
        Require(
            Peek() is PickledDictionary && state is PickledDictionary or null,
            "its pickle gives attributes to what is no dictionary, which weights do not need; nothing was run. Save the model's state_dict() alone.");
    }

    /// <summary>A number of this many bytes, little-endian, two's complement; a long where it fits.</summary>
    private object Number(int length)
    {
        Require(length is >= 0 and <= LongestNumber, $"its pickle has a number of {(uint)length} bytes.");
        return Fit(new BigInteger(_input.Bytes(length)));
    }

    private static object Number(string digits) =>
        digits.Length <= LongestNumber && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Fit(number)
            : throw new InvalidDataException("its pickle has a number that is none: the file is damaged. Fetch it again.");

    private static object Fit(BigInteger number)
    {
        object small = number >= long.MinValue && number <= long.MaxValue ? (long)number : 0L;
        return number == (long)small ? small : number;
    }

    private static double FloatingPoint(string text) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidDataException("its pickle has a number that is none: the file is damaged. Fetch it again."),
    };

    private static long Index(string digits) => Number(digits) is long index && index >= 0
        ? index
        : throw new InvalidDataException("its pickle keeps a value under a number that is none: the file is damaged. Fetch it again.");

    private static string Quoted(string line)
    {
        Require(
            line.Length >= 2 && line[0] is '\'' or '"' && line[^1] == line[0] && !line.Contains('\\'),
            "its pickle has a text of protocol 0 that is not plain. Save it again with pickle_protocol=2.");
        return line[1..^1];
    }

    private static string Unescaped(string line)
    {
        Require(!line.Contains('\\'), "its pickle has a text of protocol 0 that is not plain. Save it again with pickle_protocol=2.");
        return line;
    }

    private static void Require(bool holds, string reason)
    {
        if (!holds)
        {
            throw new InvalidDataException(reason);
        }
    }
}
