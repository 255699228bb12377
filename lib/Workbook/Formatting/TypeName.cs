using System.Globalization;

namespace Workbook.Formatting;

/// <summary>The names of types as a reader of C# knows them.</summary>
internal static class TypeName
{
    /// <summary>The simple name with its type arguments, for instance <c>List&lt;Int32&gt;</c>.</summary>
    public static string Of(Type type)
    {
        if (type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal))
        {
            return "(anonymous)";
        }
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 || !type.IsGenericType
            ? type.Name
            : string.Create(CultureInfo.InvariantCulture, $"{type.Name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>");
    }
}
