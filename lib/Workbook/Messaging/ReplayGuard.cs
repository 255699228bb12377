namespace Workbook.Messaging;

/// <summary>Remembers the signatures of received messages: one that comes again was recorded and sent by somebody else.</summary>
public sealed class ReplayGuard
{
    /// <summary>How many signatures are remembered; older ones are forgotten so that memory stays bounded.</summary>
    public const int Capacity = 1 << 16;

    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _order = new();

    /// <summary>Lets a signature pass once.</summary>
    /// <param name="signature">A message's signature, found right.</param>
    /// <exception cref="ProtocolException">It has passed before.</exception>
    public void Pass(string signature)
    {
        if (!_seen.Add(signature))
        {
            throw new ProtocolException("a message that came before");
        }
        _order.Enqueue(signature);
        if (_order.Count > Capacity)
        {
            _seen.Remove(_order.Dequeue());
        }
    }
}
