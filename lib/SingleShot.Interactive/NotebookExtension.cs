using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Formatting;
using SingleShot.Figures;
using SingleShot.Figures.Drawing;
using SingleShot.Figures.Values;

namespace SingleShot.Interactive;

/// <summary>Makes .NET Interactive show the library's values as the workbook's own kernel does, and adds <c>#!ssd</c>.</summary>
public static class NotebookExtension
{
    /// <summary>Registers the formatters and the command; the package's script calls it.</summary>
    /// <param name="kernel">The kernel that holds all others.</param>
    public static void Load(Kernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        foreach (var formatter in new ShownValues().CreateTypeFormatters().Cast<FigureFormatter>())
        {
            Formatter.Register(formatter.Type!, (value, context) => formatter.Format(value, context.Writer), formatter.MimeType);
            Formatter.SetPreferredMimeTypesFor(formatter.Type!, Mime.Html, Mime.Plain);
        }
        kernel.AddDirective(new KernelActionDirective("#!ssd", "What SingleShot shows in a notebook, and where to begin."), (_, context) =>
        {
            context.Display(Notebook.Help());
            return Task.CompletedTask;
        });
    }
}
