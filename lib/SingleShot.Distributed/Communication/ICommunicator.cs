namespace SingleShot.Distributed.Communication;

/// <summary>The processes of a job, and what they can do together. Code for several of them runs in one alone, too.</summary>
/// <remarks>
/// Each method but the properties is a meeting: all processes call it, in the same order. One that does not come, or that has failed,
/// ends the wait of the others with a <see cref="RankFailedException"/>. After a failure each further call throws the same.
/// </remarks>
public interface ICommunicator
{
    /// <summary>This process's number, from 0. Rank 0 writes files and prints, as a rule.</summary>
    int Rank { get; }

    /// <summary>How many processes there are, at least 1.</summary>
    int Size { get; }

    /// <summary>Replaces numbers by their sums over all processes (all-reduce), which are the same in each to the last bit.</summary>
    /// <param name="numbers">As many in each process.</param>
    void Sum(Span<float> numbers);

    /// <inheritdoc cref="Sum(Span{float})"/>
    void Sum(Span<double> numbers);

    /// <summary>Gives all processes what one of them has.</summary>
    /// <param name="bytes">As many in each process; those of the others are overwritten.</param>
    /// <param name="root">The rank that has them.</param>
    void Broadcast(Span<byte> bytes, int root = 0);

    /// <summary>Gives all processes what each of them has.</summary>
    /// <param name="bytes">This process's; each may have another number of them.</param>
    /// <returns>Those of all, by rank.</returns>
    IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes);

    /// <summary>Waits for all processes.</summary>
    void Barrier();
}
