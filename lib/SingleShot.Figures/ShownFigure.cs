using SingleShot.Figures.Drawing;

namespace SingleShot.Figures;

/// <summary>A figure below a notebook's cell that can be drawn anew in its place; <see cref="Notebook.Show"/> makes one.</summary>
public sealed class ShownFigure
{
    private readonly Action<object> _update;

    internal ShownFigure(Figure figure)
    {
        if ((InteractiveKernel.Display(figure) ?? WorkbookDisplay(figure)) is { } shown && shown.GetType().GetMethod("Update", [typeof(object)]) is { } update)
        {
            _update = update.CreateDelegate<Action<object>>(shown);
            return;
        }
        _update = Console.WriteLine; // a program that is no notebook has its console, which shows a figure's words
        _update(figure);
    }

    /// <summary>Draws another figure in the place of the one before; a later cell may do so, too.</summary>
    /// <param name="figure">The figure.</param>
    public void Update(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        _update(figure);
    }

    // By name, too: the kernel is no library.
    private static object? WorkbookDisplay(Figure figure) =>
        Type.GetType("System.DisplayExtensions, Workbook")?.GetMethod("Display", [typeof(object), typeof(string[])])?.CreateDelegate<Func<object, string[], object>>()(figure, []);
}
