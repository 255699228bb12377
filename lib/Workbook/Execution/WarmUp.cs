namespace Workbook.Execution;

/// <summary>Has the compiler ready before the first cell comes: most of its first second goes into starting itself.</summary>
public static class WarmUp
{
    /// <summary>Begins, on a thread of its own; what it runs shows nowhere.</summary>
    public static Task Begin() => Task.Run(() =>
    {
        var session = new CellSession(Directory.GetCurrentDirectory());
        return session.RunAsync("var x = 1;\nx", "warm-up", new UnattendedHost(_ => { }));
    });
}
