using System.Text;
using static SingleShot.Weights.Tensors.FormatRule;

namespace SingleShot.Weights.Pickle;

/// <summary>
/// Runs a pickle's instructions (Python's pickle, protocols 0 to 5) and builds plain values of it: numbers, texts, lists and dictionaries.
/// </summary>
/// <remarks>
/// A pickle is a program for a stack machine, and Python's own machine lets it call any function. This machine knows no functions. When the
/// pickle names or calls one, an <see cref="IPickleResolver"/> decides what the result is, and knows but a few; any other gives a
/// <see cref="PickledObject"/>, on which every instruction is without effect. Time and memory are limited: the number of instructions is,
/// and an instruction makes at most one object, no longer than its own bytes.
/// </remarks>
internal sealed class Unpickler
{
    // The longest published models take some tens of thousands; a dictionary of a million numbers takes three million.
    private const int MaxInstructions = 3_500_000;

    private readonly PickleInput _input;
    private readonly IPickleResolver _world;
    private readonly PickleStack _stack = new();
    private readonly PickleMemo _memo = new();

    private Unpickler(PickleInput input, IPickleResolver world) => (_input, _world) = (input, world);

    /// <summary>Runs one pickle, to its end.</summary>
    /// <param name="input">Where its bytes begin. Bytes after its end are not read.</param>
    /// <param name="world">What its names stand for.</param>
    /// <returns>What it describes.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or it uses a name that the world refuses.</exception>
    public static object? Read(PickleInput input, IPickleResolver world) => new Unpickler(input, world).Run();

    private object? Run()
    {
        for (var count = 0; count < MaxInstructions; count++)
        {
            var opcode = (Opcode)_input.Byte();
            if (opcode == Opcode.Stop)
            {
                return _stack.Pop();
            }
            Execute(opcode);
        }
        throw new InvalidDataException($"its pickle has more than {MaxInstructions} instructions; a description of weights has fewer.");
    }

    private void Execute(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.Proto: Require(_input.Byte() <= 5, "its pickle is of a protocol after 5. Save it again with pickle_protocol=2."); break;
            case Opcode.Frame: _input.RequireAhead(_input.Int64()); break;

            case Opcode.Mark: _stack.Mark(); break;
            case Opcode.Pop: _stack.PopOrUnmark(); break;
            case Opcode.PopMark: _stack.PopToMark(); break;
            case Opcode.Dup: Push(_stack.Peek()); break;

            case Opcode.None: Push(null); break;
            case Opcode.NewTrue: Push(true); break;
            case Opcode.NewFalse: Push(false); break;
            case Opcode.BinInt: Push((long)_input.Int32()); break;
            case Opcode.BinInt1: Push((long)_input.Byte()); break;
            case Opcode.BinInt2: Push((long)_input.UInt16()); break;
            case Opcode.Long1: Push(PickleNumber.Whole(_input, _input.Byte())); break;
            case Opcode.Long4: Push(PickleNumber.Whole(_input, _input.Int32())); break;
            case Opcode.Int: Push(_input.Line() switch { "00" => false, "01" => true, var line => PickleNumber.Whole(line) }); break;
            case Opcode.Long: Push(PickleNumber.Whole(_input.Line().TrimEnd('L'))); break;
            case Opcode.BinFloat: Push(_input.Double()); break;
            case Opcode.Float: Push(PickleNumber.Floating(_input.Line())); break;

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
            case Opcode.Tuple or Opcode.List or Opcode.FrozenSet: Push(new PickledList { Items = _stack.PopToMark() }); break;
            case Opcode.Tuple1: Push(new PickledList { Items = _stack.Pop(1) }); break;
            case Opcode.Tuple2: Push(new PickledList { Items = _stack.Pop(2) }); break;
            case Opcode.Tuple3: Push(new PickledList { Items = _stack.Pop(3) }); break;
            case Opcode.Append: Append([_stack.Pop()]); break;
            case Opcode.Appends or Opcode.AddItems: Append(_stack.PopToMark()); break;
            case Opcode.EmptyDict: Push(new PickledDictionary()); break;
            case Opcode.Dict: NewDictionary(); break;
            case Opcode.SetItem: SetItem(); break;
            case Opcode.SetItems: SetItems(_stack.PopToMark()); break;

            case Opcode.BinPut: _memo.Keep(_input.Byte(), _stack.Peek()); break;
            case Opcode.LongBinPut: _memo.Keep(_input.UInt32(), _stack.Peek()); break;
            case Opcode.Put: _memo.Keep(PickleNumber.Index(_input.Line()), _stack.Peek()); break;
            case Opcode.Memoize: _memo.Keep(_stack.Peek()); break;
            case Opcode.BinGet: Push(_memo.Recall(_input.Byte())); break;
            case Opcode.LongBinGet: Push(_memo.Recall(_input.UInt32())); break;
            case Opcode.Get: Push(_memo.Recall(PickleNumber.Index(_input.Line()))); break;

            case Opcode.Global: Push(_world.Global(_input.Line(), _input.Line())); break;
            case Opcode.StackGlobal: StackGlobal(); break;
            case Opcode.Reduce or Opcode.NewObj: CallWithTuple(); break;
            case Opcode.NewObjEx: CallWithNames(); break;
            case Opcode.Inst: Call(_world.Global(_input.Line(), _input.Line()), _stack.PopToMark()); break;
            case Opcode.Obj: CallFirst(_stack.PopToMark()); break;
            case Opcode.BinPersId: Push(_world.Persistent(_stack.Pop())); break;
            case Opcode.Build: Build(); break;
            case Opcode.PersId:
                throw new InvalidDataException("its pickle refers to something outside it by a text, which torch.save never does.");
            default:
                throw new InvalidDataException(
                    $"its pickle has the byte {(byte)opcode:x2} where an instruction should be: the file is damaged. Fetch it again.");
        }
    }

    private void Push(object? value) => _stack.Push(value);

    private void Append(List<object?> items)
    {
        var target = _stack.Peek();
        Require(target is PickledList or PickledObject, "its pickle appends to what is no list: the file is damaged. Fetch it again.");
        (target as PickledList)?.Items.AddRange(items);
    }

    private void NewDictionary()
    {
        var items = _stack.PopToMark();
        Push(new PickledDictionary());
        SetItems(items);
    }

    private void SetItem()
    {
        var value = _stack.Pop();
        SetItems([_stack.Pop(), value]);
    }

    private void SetItems(List<object?> items)
    {
        var target = _stack.Peek();
        Require(
            target is PickledDictionary or PickledObject && items.Count % 2 == 0,
            "its pickle sets items of what is no dictionary, or a key without a value: the file is damaged. Fetch it again.");
        for (var i = 0; i < items.Count && target is PickledDictionary dictionary; i += 2)
        {
            dictionary.Entries.Add((items[i], items[i + 1]));
        }
    }

    private void StackGlobal()
    {
        var name = _stack.Pop();
        var module = _stack.Pop();
        Require(module is string && name is string, "its pickle names a global by what is no text: the file is damaged. Fetch it again.");
        Push(_world.Global((string)module!, (string)name!));
    }

    private void CallWithTuple()
    {
        var arguments = _stack.Pop();
        var callee = _stack.Pop();
        Require(
            arguments is PickledList || callee is PickledObject,
            "its pickle calls with what are no arguments: the file is damaged. Fetch it again.");
        Call(callee, (arguments as PickledList)?.Items ?? []);
    }

    /// <summary>A call with arguments by name besides; nothing that is known takes such.</summary>
    private void CallWithNames()
    {
        _stack.Pop();
        _stack.Pop();
        var callee = _stack.Pop();
        Require(callee is PickledObject, "its pickle makes an object of what is no class: the file is damaged. Fetch it again.");
        Call(callee, []);
    }

    private void CallFirst(List<object?> items)
    {
        Require(items.Count > 0, "its pickle makes an object of no class: the file is damaged. Fetch it again.");
        Call(items[0], items[1..]);
    }

    private void Call(object? callee, IReadOnlyList<object?> arguments) =>
        Push(callee is PickledObject unknown ? unknown.Call() : _world.Call(callee, arguments));

    /// <summary>Attributes of a dictionary, as PyTorch's state_dict has its <c>_metadata</c>, say nothing of the weights and are dropped.</summary>
    private void Build()
    {
        var attributes = _stack.Pop();
        var target = _stack.Peek();
        Require(
            target is PickledDictionary or PickledObject,
            "its pickle gives attributes to what is neither a dictionary nor an object: the file is damaged. Fetch it again.");
        if (target is PickledObject unknown)
        {
            unknown.Attributes = attributes;
        }
    }

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
}
