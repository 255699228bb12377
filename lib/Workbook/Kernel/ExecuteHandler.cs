using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Workbook.Execution;
using Workbook.Execution.Running;
using Workbook.Json;
using Workbook.Messaging;
using Workbook.Outputs;

namespace Workbook.Kernel;

/// <summary>Runs the cells that clients ask for, one at a time.</summary>
internal sealed class ExecuteHandler(CellSession session, MessageSender sender, InputRequests inputs, ExecutionHistory history)
{
    private readonly Lock _running = new();
    private CancellationTokenSource? _stop;
    private int _count;

    /// <summary>The request whose cell runs now, and the host of that cell; null between cells.</summary>
    public (ExecuteRequest Request, ClientHost Host)? Current { get; private set; }

    /// <summary>Asks the running cell to stop; nothing when none runs.</summary>
    public void Interrupt()
    {
        lock (_running)
        {
            _stop?.Cancel();
        }
    }

    /// <summary>Runs a cell to its end, and returns the answer to the request.</summary>
    public async Task<JsonObject> ExecuteAsync(ExecuteRequest request)
    {
        _count += request.StoreHistory ? 1 : 0;
        if (!request.Silent)
        {
            sender.Publish("execute_input", request.Message, new JsonObject { ["code"] = request.Code, ["execution_count"] = _count });
        }
        using var stop = new CancellationTokenSource();
        var host = new ClientHost(sender, inputs, request, _count);
        lock (_running)
        {
            (_stop, Current) = (stop, (request, host));
        }
        try
        {
            var result = await session.RunAsync(
                request.Code, string.Create(CultureInfo.InvariantCulture, $"cell {_count}"), host, stop.Token).ConfigureAwait(false);
            host.Flush();
            if (request.StoreHistory)
            {
                history.Add(new ExecutedCode(_count, request.Code, host.Result));
            }
            return result == CellResult.Done ? await SuccessAsync(request, stop.Token).ConfigureAwait(false) : Failure(host.Error!, _count);
        }
        finally
        {
            lock (_running)
            {
                (_stop, Current) = (null, null);
            }
        }
    }

    /// <summary>The answer to a request that is aborted because one before it failed; an execution count would make its cell look as if it had run.</summary>
    public static JsonObject Aborted() => new() { ["status"] = "aborted" };

    /// <summary>The answer to the running request when the process ends under it.</summary>
    public JsonObject Ended(ErrorOutput error) => Failure(error, _count);

    private static JsonObject Failure(ErrorOutput error, int count)
    {
        var answer = ClientHost.ErrorAnswer(error);
        answer["execution_count"] = count;
        answer["user_expressions"] = new JsonObject();
        answer["payload"] = new JsonArray();
        return answer;
    }

    private async Task<JsonObject> SuccessAsync(ExecuteRequest request, CancellationToken stop)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in request.UserExpressions)
        {
            values[name] = await EvaluateAsync(expression, stop).ConfigureAwait(false);
        }
        return new JsonObject
        {
            ["status"] = "ok",
            ["execution_count"] = _count,
            ["user_expressions"] = values,
            ["payload"] = new JsonArray(),
        };
    }

    private async Task<JsonObject> EvaluateAsync(string expression, CancellationToken stop)
    {
        JsonObject? answer = null;
        var host = new UnattendedHost(output => answer = output switch
        {
            ResultOutput result => new JsonObject { ["status"] = "ok", ["data"] = ClientHost.Data(result.Data), ["metadata"] = new JsonObject() },
            ErrorOutput error => ClientHost.ErrorAnswer(error),
            _ => answer,
        });
        await session.EvaluateAsync(expression, host, stop).ConfigureAwait(false);
        return answer ?? ClientHost.ErrorAnswer(new ErrorOutput("NoValue", $"'{expression}' has no value.", Line: null, Traceback: []));
    }
}

/// <summary>A client's request to run a cell.</summary>
/// <param name="Message">The request as it came.</param>
/// <param name="Code">The cell's text.</param>
/// <param name="Silent">Whether clients see nothing of it.</param>
/// <param name="StoreHistory">Whether it counts, and is remembered.</param>
/// <param name="AllowStdin">Whether the client can be asked for input.</param>
/// <param name="StopOnError">Whether requests that wait are aborted if this one fails.</param>
/// <param name="UserExpressions">Expressions to evaluate after the cell, by the names under which the client wants their values.</param>
internal sealed record ExecuteRequest(
    Message Message, string Code, bool Silent, bool StoreHistory, bool AllowStdin, bool StopOnError,
    ImmutableArray<KeyValuePair<string, string>> UserExpressions)
{
    /// <summary>Reads a request, with the protocol's defaults for what it leaves out.</summary>
    public static ExecuteRequest Read(Message message)
    {
        var content = message.Content;
        var silent = content.Flag("silent") ?? false;
        return new ExecuteRequest(
            message,
            content.Text("code") ?? "",
            silent,
            !silent && (content.Flag("store_history") ?? true),
            content.Flag("allow_stdin") ?? true,
            content.Flag("stop_on_error") ?? true,
            content["user_expressions"] is JsonObject expressions
                ? [.. expressions.Select(one => KeyValuePair.Create(one.Key, expressions.Text(one.Key) ?? ""))]
                : []);
    }
}
