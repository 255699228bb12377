using System.Threading.Channels;
using Workbook.Messaging;

namespace Workbook.Kernel;

/// <summary>Requests that wait for their turn, each with its place in the order of arrival.</summary>
internal sealed class RequestQueue
{
    private readonly Channel<(long Place, Message Request)> _waiting = Channel.CreateUnbounded<(long, Message)>();
    private long _arrived;
    private long _aborted = -1;

    /// <summary>Adds a request at the end.</summary>
    public void Add(Message request) => _waiting.Writer.TryWrite((Interlocked.Increment(ref _arrived), request));

    /// <summary>Aborts the requests for cells that wait now.</summary>
    public void AbortWaiting() => _aborted = Interlocked.Read(ref _arrived);

    /// <summary>The requests in order, and whether each was aborted while it waited.</summary>
    public async IAsyncEnumerable<(Message Request, bool IsAborted)> ReadAsync()
    {
        await foreach (var (place, request) in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            yield return (request, place <= _aborted);
        }
    }
}
