using System.Globalization;
using System.Reflection;
using SingleShot.Figures.Drawing;

namespace SingleShot.Figures;

/// <summary>A figure below a notebook's cell that can be drawn anew in its place; <see cref="Notebook.Show"/> makes one.</summary>
/// <remarks>It refers to no notebook kernel: it finds what shows a value by name, as kernels find this library's formatters.</remarks>
public sealed class ShownFigure
{
    private const string Interactive = ", Microsoft.DotNet.Interactive";

    private readonly Action<object> _update;

    internal ShownFigure(Figure figure)
    {
        _update = Display(figure) is { } shown && shown.GetType().GetMethod("Update", [typeof(object)]) is { } update
            ? update.CreateDelegate<Action<object>>(shown)
            : WriteWords;
    }

    /// <summary>Draws another figure in the place of the one before; a later cell may do so, too.</summary>
    /// <param name="figure">The figure.</param>
    public void Update(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        _update(figure);
    }

    private static object? Display(Figure figure)
    {
        // .NET Interactive's display() gives back another handle than the one that it shows, whose update would stand below as a second figure.
        // The function of the running cell's context gives back the one that it shows.
        var context = Type.GetType("Microsoft.DotNet.Interactive.KernelInvocationContext" + Interactive)?.GetProperty("Current")?.GetValue(null);
        object?[] arguments = context is null ? [figure, Array.Empty<string>()] : [context, figure, Array.Empty<string>()];
        var extensions = context is null ? "System.DisplayExtensions, Workbook" : "Microsoft.DotNet.Interactive.KernelInvocationContextExtensions" + Interactive;
        Type[] parameters = context is null ? [typeof(object), typeof(string[])] : [context.GetType(), typeof(object), typeof(string[])];
        if (Type.GetType(extensions)?.GetMethod("Display", parameters) is { } display)
        {
            return display.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, CultureInfo.InvariantCulture);
        }
        WriteWords(figure);
        return null;
    }

    // A program that is no notebook has its console.
    private static void WriteWords(object figure) => Console.WriteLine(figure);
}
