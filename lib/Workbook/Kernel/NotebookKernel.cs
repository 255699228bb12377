using System.Text.Json.Nodes;
using Workbook.Execution;
using Workbook.Execution.Running;
using Workbook.Json;
using Workbook.Messaging;
using Workbook.Outputs;

namespace Workbook.Kernel;

/// <summary>
/// A C# kernel that speaks Jupyter's messaging protocol over ZeroMQ (https://jupyter-client.readthedocs.io/en/stable/messaging.html).
/// </summary>
public sealed class NotebookKernel : IDisposable
{
    private readonly KernelSockets _sockets;
    private readonly CellSession _session;
    private readonly MessageSender _sender;
    private readonly InputRequests _inputs;
    private readonly ExecuteHandler _execute;
    private readonly EditingHandler _editing;
    private readonly ExecutionHistory _history = new();
    private readonly RequestQueue _shell = new();
    private readonly RequestQueue _control = new();
    private readonly TextWriter _log;
    private readonly Task _warmUp;
    private Task? _editingWarmUp;
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Binds the kernel's channels.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="folder">The working folder of its cells.</param>
    /// <param name="timeouts">How long a cell that is asked to stop may take.</param>
    /// <param name="log">Receives what a client would not show: refused messages, and errors of the kernel itself.</param>
    /// <exception cref="ConnectionFileException">An address cannot be bound.</exception>
    public NotebookKernel(ConnectionFile connection, string folder, StopTimeouts timeouts, TextWriter log)
    {
        _log = log;
        _warmUp = CellSession.WarmUpAsync();
        _sockets = new KernelSockets(connection, Receive, log.WriteLine);
        _sender = new MessageSender(_sockets);
        _inputs = new InputRequests(_sender);
        _session = new CellSession(folder, timeouts);
        _execute = new ExecuteHandler(_session, _sender, _inputs, _history);
        _editing = new EditingHandler(_session);
    }

    /// <summary>Serves clients until one of them, or <see cref="Stop"/>, ends the kernel.</summary>
    public async Task RunAsync()
    {
        _sockets.Start();
        _sender.Status("starting", parent: null);
        var loops = Task.WhenAny(ServeAsync(KernelChannel.Shell, _shell), ServeAsync(KernelChannel.Control, _control));
        await await Task.WhenAny(_shutdown.Task, loops.Unwrap()).ConfigureAwait(false);
    }

    /// <summary>Asks the running cell to stop; the kernel stays.</summary>
    public void Interrupt() => _execute.Interrupt();

    /// <summary>Ends the kernel, whatever a cell does.</summary>
    public void Stop() => _shutdown.TrySetResult();

    /// <summary>Tells the clients that the process ends under a running cell, and why; nothing when none runs.</summary>
    /// <param name="reason">A sentence.</param>
    public void ReportEnd(string reason)
    {
        if (_execute.Current is { } running)
        {
            var (request, error) = (running.Request.Message, new ErrorOutput("KernelEnded", reason, Line: null, [reason]));
            running.Host.Receive(error);
            _sender.Reply(KernelChannel.Shell, request, _execute.Ended(error));
            _sender.Status("idle", request);
        }
    }

    /// <summary>Sends what is left and closes the channels.</summary>
    public void Dispose()
    {
        _sockets.Dispose();
        _session.Dispose();
    }

    private void Receive(KernelChannel channel, Message message)
    {
        switch (channel)
        {
            case KernelChannel.Shell:
                _shell.Add(message);
                break;
            case KernelChannel.Control:
                _control.Add(message);
                break;
            case KernelChannel.Stdin:
                _inputs.Receive(message);
                break;
        }
    }

    private async Task ServeAsync(KernelChannel channel, RequestQueue queue)
    {
        await Task.Yield();
        await foreach (var (request, isAborted) in queue.ReadAsync().ConfigureAwait(false))
        {
            _sender.Status("busy", request);
            if (await AnswerOrErrorAsync(request, isAborted).ConfigureAwait(false) is { } answer)
            {
                _sender.Reply(channel, request, answer);
            }
            _sender.Status("idle", request);
            if (request.Header.Type == "shutdown_request")
            {
                Stop();
            }
        }
    }

    // An error of the kernel itself in one answer must not cost the reader the session.
    private async Task<JsonObject?> AnswerOrErrorAsync(Message request, bool isAborted)
    {
        try
        {
            return await AnswerAsync(request, isAborted).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await _log.WriteLineAsync($"{request.Header.Type}: {e}").ConfigureAwait(false);
            return ClientHost.ErrorAnswer(new ErrorOutput(e.GetType().Name, $"The kernel failed: {e.Message}", Line: null, Traceback: []));
        }
    }

    private async Task<JsonObject?> AnswerAsync(Message request, bool isAborted)
    {
        switch (request.Header.Type)
        {
            case "kernel_info_request":
                return KernelInfo.Answer();
            case "execute_request":
                return isAborted ? ExecuteHandler.Aborted() : await ExecuteAsync(ExecuteRequest.Read(request)).ConfigureAwait(false);
            case "complete_request":
                return await _editing.CompleteAsync(request.Content).ConfigureAwait(false);
            case "inspect_request":
                return await _editing.InspectAsync(request.Content).ConfigureAwait(false);
            case "is_complete_request":
                return EditingHandler.IsComplete(request.Content);
            case "history_request":
                return _history.Answer(request.Content);
            case "comm_info_request":
                return new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() };
            case "comm_open":
                // Nothing here speaks through comms; the protocol wants that said at once.
                _sender.Publish("comm_close", request, new JsonObject { ["comm_id"] = request.Content.Text("comm_id"), ["data"] = new JsonObject() });
                return null;
            case "interrupt_request":
                Interrupt();
                return new JsonObject { ["status"] = "ok" };
            case "shutdown_request":
                return new JsonObject { ["status"] = "ok", ["restart"] = request.Content.Flag("restart") ?? false };
            case "debug_request":
                return DebugRefusal(request.Content);
            default:
                return null;
        }
    }

    private async Task<JsonObject> ExecuteAsync(ExecuteRequest request)
    {
        await _warmUp.ConfigureAwait(false);
        var answer = await _execute.ExecuteAsync(request).ConfigureAwait(false);
        _editingWarmUp ??= _editing.WarmUpAsync(); // not before, for the first cell has the machine to itself
        if (request.StopOnError && answer.Text("status") != "ok")
        {
            _shell.AbortWaiting();
        }
        return answer;
    }

    private static JsonObject DebugRefusal(JsonObject request) => new()
    {
        ["type"] = "response",
        ["request_seq"] = request.Number("seq") ?? 0,
        ["command"] = request.Text("command") ?? "",
        ["success"] = false,
        ["message"] = "This kernel has no debugger.",
    };
}
