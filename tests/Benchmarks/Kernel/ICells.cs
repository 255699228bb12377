namespace SingleShot.Benchmarks.Kernel;

/// <summary>A process that runs one cell after another.</summary>
internal interface ICells : IDisposable
{
    /// <summary>Bytes of memory that the process holds.</summary>
    long WorkingSet { get; }

    /// <summary>Runs a cell and waits for the text of its result.</summary>
    string? Run(string code);
}
