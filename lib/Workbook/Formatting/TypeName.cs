using System.Runtime.CompilerServices;

namespace Workbook.Formatting;

/// <summary>The names of types as a reader of C# knows them.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    /// <summary>The simple name with its type arguments, for instance <c>List&lt;int&gt;</c>.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }
        if (type.IsArray)
        {
            // An array of arrays is written from the outside in.
            var ranks = "";
            for (; type.IsArray; type = type.GetElementType()!)
            {
                ranks += $"[{new string(',', type.GetArrayRank() - 1)}]";
            }
            return Of(type) + ranks;
        }
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Of(underlying)}?";
        }
        var arguments = type.GetGenericArguments();
        return type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal) ? "(anonymous)"
            : type.IsAssignableTo(typeof(ITuple)) && type.IsValueType ? $"({string.Join(", ", arguments.Select(Of))})"
            : type.IsGenericParameter || !type.Name.Contains('`', StringComparison.Ordinal) ? type.Name
            : $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", arguments.Select(Of))}>";
    }
}
