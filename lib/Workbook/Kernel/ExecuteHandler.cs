using System.Globalization;
using System.Text.Json.Nodes;
using Workbook.Execution;

namespace Workbook.Kernel;

/// <summary>Runs the cells that clients ask for, one at a time.</summary>
internal sealed class ExecuteHandler(CellSession session, Wire wire, Questions questions, ExecutionHistory history)
{
    private readonly Lock _running = new();
    private CancellationTokenSource? _stop;
    private int _count;

    /// <summary>The request whose cell runs now, and its outputs' way; null between cells.</summary>
    public (ExecuteRequest Request, ClientHost Host)? Current { get; private set; }

    /// <summary>Asks the running cell to stop; nothing when none runs.</summary>
    public void Interrupt()
    {
        lock (_running)
        {
            _stop?.Cancel();
        }
    }

    /// <summary>Runs a cell to its end and gives its answer.</summary>
    public async Task<JsonObject> ExecuteAsync(ExecuteRequest request)
    {
        _count += request.StoreHistory ? 1 : 0;
        if (!request.Silent)
        {
            wire.Publish("execute_input", request.Message, new JsonObject { ["code"] = request.Code, ["execution_count"] = _count });
        }
        using var stop = new CancellationTokenSource();
        var host = new ClientHost(wire, questions, request, _count);
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

    /// <summary>The answer to a request that is given up because one before it failed; a number would make its cell look as if it had run.</summary>
    public static JsonObject Aborted() => new() { ["status"] = "aborted" };

    /// <summary>The answer to the running request when the process ends under it.</summary>
    public JsonObject Ended(ErrorOutput error) => Failure(error, _count);

    private static JsonObject Failure(ErrorOutput error, int count)
    {
        var content = ClientHost.ErrorContent(error);
        content["status"] = "error";
        content["execution_count"] = count;
        content["user_expressions"] = new JsonObject();
        content["payload"] = new JsonArray();
        return content;
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
            ErrorOutput error => With(ClientHost.ErrorContent(error), "status", "error"),
            _ => answer,
        });
        await session.EvaluateAsync(expression, host, stop).ConfigureAwait(false);
        return answer ?? new JsonObject
        {
            ["status"] = "error",
            ["ename"] = "NoValue",
            ["evalue"] = $"'{expression}' has no value.",
            ["traceback"] = new JsonArray(),
        };
    }

    private static JsonObject With(JsonObject content, string name, string value)
    {
        content[name] = value;
        return content;
    }
}
