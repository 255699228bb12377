using System.Text.Json.Nodes;
using Workbook.Messaging;

namespace Workbook.Kernel;

/// <summary>Questions of a running cell to the reader, one at a time.</summary>
/// <param name="wire">Where they go out.</param>
internal sealed class Questions(Wire wire)
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
            wire.Ask(request, new JsonObject { ["prompt"] = prompt, ["password"] = false });
            return answer.Task.GetAwaiter().GetResult();
        }
    }

    /// <summary>Takes what came by the channel of answers; one that nobody waits for is dropped.</summary>
    public void Receive(Message reply)
    {
        if (reply.Header.Type == "input_reply")
        {
            var value = reply.Content["value"] is JsonValue json && json.TryGetValue<string>(out var text) ? text : null;
            Interlocked.Exchange(ref _open, null)?.TrySetResult(value);
        }
    }
}
