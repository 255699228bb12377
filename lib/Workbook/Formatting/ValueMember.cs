using System.Reflection;

namespace Workbook.Formatting;

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
