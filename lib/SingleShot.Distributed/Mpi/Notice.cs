using System.Text.Json;

namespace SingleShot.Distributed.Mpi;

/// <summary>What a process tells the others beside the meetings: that it waits, or that it has failed.</summary>
/// <param name="Rank">Who tells it.</param>
/// <param name="Meeting">The number of the meeting at which it waits, or at which it has failed.</param>
/// <param name="AtFault">Ranks because of which it has failed; empty where it waits.</param>
/// <param name="Text">What it waits for, or why it has failed.</param>
internal sealed record Notice(int Rank, long Meeting, IReadOnlyList<int> AtFault, string Text)
{
    /// <summary>Bytes of a notice: few enough for every MPI to send them at once, without the receiver's help.</summary>
    public const int Length = 1024;

    private const int LongestText = 600; // each character may take six bytes in JSON, but seldom does

    /// <summary>Whether it tells of a failure.</summary>
    public bool Failed => AtFault.Count > 0;

    /// <summary>Writes it; a text that is too long is cut.</summary>
    /// <param name="bytes"><see cref="Length"/> of them.</param>
    public void Write(Span<byte> bytes)
    {
        bytes.Clear();
        for (var most = LongestText; ; most /= 2)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(this with { Text = Text.Length > most ? Text[..most] + "..." : Text });
            if (json.Length < Length)
            {
                json.CopyTo(bytes);
                return;
            }
        }
    }

    /// <summary>Reads one.</summary>
    public static Notice Read(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize<Notice>(bytes[..bytes.IndexOf((byte)0)])!;
}
