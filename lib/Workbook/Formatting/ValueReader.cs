using System.Collections;
using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Workbook.Formatting;

/// <summary>Takes values apart for showing, and of a sequence the first few items only.</summary>
internal static class ValueReader
{
    /// <summary>The parts of a value.</summary>
    /// <exception cref="Exception">Whatever a lazily evaluated sequence throws.</exception>
    public static ValueParts Read(object value) => value switch
    {
        Exception e => new ValueParts.Words($"{TypeName.Of(e.GetType())}: {e.Message}"),
        Task task => OfTask(task),
        byte[] bytes => new ValueParts.Words(OfBytes(bytes)),
        Array { Rank: > 1 } array => OfSequence(new ArrayRow(array, [])),
        ITuple tuple => OfTuple(tuple),
        DataTable table => OfSequence(table.Rows),
        DataRow row => OfRow(row),
        _ => OfKnownGeneric(value) ?? OfOther(value),
    };

    /// <summary>Whether a value has nothing in it to take apart: scalars, and types that are shown by their own words.</summary>
    public static bool IsWords(object value) =>
        value is not (Exception or Task or Array or ITuple or DataTable or DataRow) && !IsKnownGeneric(value.GetType()) && ValueShape.HasOwnWords(value);

    /// <summary>The parts of a value that lies within another: there, what fails must not hide the rest.</summary>
    public static ValueParts ReadInner(object value)
    {
        try
        {
            return Read(value);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or ThreadInterruptedException))
        {
            return new ValueParts.Words($"({TypeName.Of(e.GetType())}: {e.Message})");
        }
    }

    private static ValueParts OfOther(object value) => value switch
    {
        _ when ValueShape.HasOwnWords(value) => new ValueParts.Words(ValueWords.Of(value)),
        IDictionary dictionary => OfDictionary(dictionary),
        IEnumerable sequence => OfSequence(sequence),
        _ => OfMembers(ValueShape.Members(value.GetType()), value),
    };

    // By the shape of their types, for they have no common base to ask.
    private static ValueParts? OfKnownGeneric(object value)
    {
        var type = value.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (definition == typeof(Memory<>) || definition == typeof(ReadOnlyMemory<>))
        {
            return value is Memory<char> or ReadOnlyMemory<char> ? new ValueParts.Words(value.ToString()!) : OfMemory(type, value);
        }
        if (definition == typeof(KeyValuePair<,>))
        {
            return OfMembers(ValueShape.Members(type), value);
        }
        if (definition == typeof(ValueTask<>))
        {
            return OfTask((Task)type.GetMethod(nameof(ValueTask<int>.AsTask))!.Invoke(value, null)!);
        }
        foreach (var one in type.GetInterfaces().Where(one => one.IsGenericType))
        {
            var known = one.GetGenericTypeDefinition();
            if (known == typeof(IGrouping<,>) && value is IEnumerable group)
            {
                return new ValueParts.Members([("Key", one.GetProperty("Key")!.GetValue(value)), ("Items", group.Cast<object?>())], More: null);
            }
            if (known == typeof(IAsyncEnumerable<>))
            {
                return new ValueParts.Words($"{TypeName.Of(one)} (its items come by await foreach)");
            }
            if (known == typeof(IReadOnlyDictionary<,>) && value is IEnumerable pairs and not IDictionary && !ValueShape.HasOwnWords(value))
            {
                return OfPairs(pairs);
            }
        }
        return null;
    }

    private static bool IsKnownGeneric(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(Memory<>) || definition == typeof(ReadOnlyMemory<>)
            || definition == typeof(KeyValuePair<,>) || definition == typeof(ValueTask<>));

    private static ValueParts.Items OfMemory(Type type, object memory)
    {
        var length = (int)type.GetProperty(nameof(Memory<int>.Length))!.GetValue(memory)!;
        var count = Math.Min(length, FormatLimits.MaxItems);
        var first = type.GetMethod(nameof(Memory<int>.Slice), [typeof(int), typeof(int)])!.Invoke(memory, [0, count]);
        var items = (Array)type.GetMethod(nameof(Memory<int>.ToArray))!.Invoke(first, null)!;
        return new ValueParts.Items(
            [.. items.Cast<object?>()], length > count ? string.Create(CultureInfo.InvariantCulture, $"… {length - count} more") : null);
    }

    private static ValueParts OfTask(Task task) =>
        task.IsFaulted ? Read(task.Exception.InnerExceptions is [var only] ? only : task.Exception)
        : task.IsCanceled ? new ValueParts.Words("(a task that was canceled)")
        : !task.IsCompleted ? new ValueParts.Words("(a task that still runs)")
        : AwaitedResult.Of(task) is not (true, var result) ? new ValueParts.Words("(a task that is done)")
        : result is null ? new ValueParts.Words("<null>")
        : Read(result);

    private static string OfBytes(byte[] bytes)
    {
        var shown = BitConverter.ToString(bytes, 0, Math.Min(bytes.Length, FormatLimits.MaxBytes)).Replace('-', ' ');
        var more = bytes.Length > FormatLimits.MaxBytes ? " …" : "";
        return string.Create(CultureInfo.InvariantCulture, $"byte[{bytes.Length}] {shown}{more}").TrimEnd();
    }

    private static ValueParts.Members OfTuple(ITuple tuple)
    {
        var count = Math.Min(tuple.Length, FormatLimits.MaxMembers);
        var named = Enumerable.Range(0, count).Select(index => (string.Create(CultureInfo.InvariantCulture, $"Item{index + 1}"), tuple[index]));
        return new ValueParts.Members([.. named], tuple.Length > count ? "…" : null, IsTuple: true);
    }

    private static ValueParts.Members OfRow(DataRow row)
    {
        var columns = row.Table.Columns.Cast<DataColumn>().ToList();
        var named = columns.Take(FormatLimits.MaxMembers).Select(column => (column.ColumnName, row[column] is DBNull ? null : row[column]));
        return new ValueParts.Members([.. named], columns.Count > FormatLimits.MaxMembers ? "…" : null);
    }

    private static ValueParts.Members OfMembers(IReadOnlyList<ValueMember> members, object value) => new(
        [.. members.Take(FormatLimits.MaxMembers).Select(member => (member.Name, member.Of(value)))],
        members.Count > FormatLimits.MaxMembers ? "…" : null);

    private static ValueParts.Entries OfDictionary(IDictionary dictionary)
    {
        var (keys, more) = First(dictionary.Keys);
        return new ValueParts.Entries([.. keys.Select(key => (key, dictionary[key!]))], more);
    }

    private static ValueParts.Entries OfPairs(IEnumerable pairs)
    {
        var (items, more) = First(pairs);
        return new ValueParts.Entries(
            [.. items.Select(item => (Part(item!, nameof(KeyValuePair<int, int>.Key)), Part(item!, nameof(KeyValuePair<int, int>.Value))))], more);
    }

    private static object? Part(object pair, string name) => pair.GetType().GetProperty(name)?.GetValue(pair);

    private static ValueParts.Items OfSequence(IEnumerable sequence)
    {
        var (items, more) = First(sequence);
        return new ValueParts.Items(items, more);
    }

    private static (IReadOnlyList<object?> Items, string? More) First(IEnumerable sequence)
    {
        var items = new List<object?>();
        foreach (var item in sequence)
        {
            if (items.Count == FormatLimits.MaxItems)
            {
                var all = (sequence as ICollection)?.Count ?? (sequence as IReadOnlyCollection<object?>)?.Count;
                return (items, all is null ? "… more" : string.Create(CultureInfo.InvariantCulture, $"… {all - items.Count} more"));
            }
            items.Add(item);
        }
        return (items, null);
    }
}
