using System.Reflection;
using System.Runtime.CompilerServices;

namespace Workbook.Formatting;

/// <summary>How values of a type are best shown: by their own <c>ToString</c>, or by their public properties and fields.</summary>
internal static class ValueShape
{
    private static readonly ConditionalWeakTable<Type, IReadOnlyList<ValueMember>> Known = [];

    /// <summary>
    /// Whether a value is best shown by its own <c>ToString</c>: scalars, and classes that override it by hand. That also keeps
    /// tables away from types, such as tensors, whose properties are costly to read.
    /// </summary>
    public static bool HasOwnWords(object value)
    {
        var type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || value is string or Type or Delegate)
        {
            return true;
        }
        var declaring = type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType!;
        return declaring != typeof(object) && declaring != typeof(ValueType) && !WrittenByCompiler(declaring);
    }

    /// <summary>The public properties and fields, in the order of their declaration.</summary>
    public static IReadOnlyList<ValueMember> Members(Type type) => Known.GetValue(type, Read);

    // A record's and an anonymous type's ToString only lists the properties, which a table does better.
    private static bool WrittenByCompiler(Type type) =>
        type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal)
        || type.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static List<ValueMember> Read(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.CanRead && property.GetMethod!.IsPublic && property.GetIndexParameters().Length == 0
                && !property.PropertyType.IsByRefLike && !property.PropertyType.IsPointer && !property.PropertyType.IsByRef)
            .DistinctBy(property => property.Name)
            .Select(property => new ValueMember(property.Name, property.GetValue));
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public)
            .Where(field => !field.FieldType.IsPointer && !field.FieldType.IsByRefLike)
            .Select(field => new ValueMember(field.Name, field.GetValue));
        return [.. properties.Concat(fields)];
    }
}

/// <summary>One public property or field of a type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Read">Reads it from a value.</param>
internal sealed record ValueMember(string Name, Func<object, object?> Read)
{
    /// <summary>The member's value; where reading it throws, the exception, so that one bad property does not hide the others.</summary>
    public object? Of(object value)
    {
        try
        {
            return Read(value);
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or TargetException)
        {
            return e;
        }
    }
}
