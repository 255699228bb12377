using System.Text.Json.Nodes;
using Workbook.Json;
using Workbook.Messaging;

namespace Workbook.Kernel;

/// <summary>Requests of a running cell for a line of input from the reader, one at a time.</summary>
/// <param name="sender">Sends them.</param>
internal sealed class InputRequests(MessageSender sender)
{
    private readonly Lock _asking = new();
    private TaskCompletionSource<string?>? _open;

    /// <summary>Asks for a line and waits for it.</summary>
    /// <exception cref="OperationCanceledException">The cell was asked to stop.</exception>
    public string? Ask(Message request, string prompt, CancellationToken cancellation)
    {
        lock (_asking)
        {
            var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _open, answer);
            using var registration = cancellation.Register(() => answer.TrySetCanceled(cancellation));
            sender.Ask(request, new JsonObject { ["prompt"] = prompt, ["password"] = false });
            return answer.Task.GetAwaiter().GetResult();
        }
    }

    /// <summary>Takes what came by the channel of answers; one that nobody waits for is dropped.</summary>
    public void Receive(Message reply)
    {
        if (reply.Header.Type == "input_reply")
        {
            Interlocked.Exchange(ref _open, null)?.TrySetResult(reply.Content.Text("value"));
        }
    }
}
