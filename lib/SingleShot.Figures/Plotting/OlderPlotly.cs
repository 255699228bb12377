using System.Runtime.CompilerServices;

namespace SingleShot.Figures.Plotting;

/// <summary>Says so where a reader's own cell has loaded an older Plotly.NET than charts are made for: the host then gives them that one or none, and says neither why nor what to do.</summary>
/// <remarks>The workbook's kernel refuses the library's reference before it comes to this.</remarks>
internal static class OlderPlotly
{
    private const string Name = "Plotly.NET";

#pragma warning disable CA2255 // Before the first chart, whose code the host can no longer prepare.
    [ModuleInitializer]
    internal static void Tell()
#pragma warning restore CA2255
    {
        var wanted = typeof(OlderPlotly).Assembly.GetReferencedAssemblies().Single(one => one.Name == Name).Version!;
        var older = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(one => one.GetName() is { Name: Name, Version: { } version } && version < wanted);
        if (older is not null)
        {
            Console.Error.WriteLine(
                $"{Name} {older.GetName().Version} is loaded already, from {older.Location}, and charts need {wanted}: they will fail. "
                + $"Restart the kernel, and in your own cell reference {Name} {wanted.ToString(3)}, or run it without.");
        }
    }
}
