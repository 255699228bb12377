namespace SingleShot.Benchmarks;

/// <summary>Something that is timed beside a peer.</summary>
internal interface IBenchmark
{
    /// <summary>The word that chooses it on the command line.</summary>
    string Name { get; }

    /// <summary>What is timed beside what, in one line.</summary>
    string Summary { get; }

    /// <summary>Runs it and writes its figures.</summary>
    /// <param name="arguments">What follows the name on the command line.</param>
    void Run(IReadOnlyList<string> arguments);
}
