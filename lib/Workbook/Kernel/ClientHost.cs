using System.Text.Json.Nodes;
using Workbook.Execution.Running;
using Workbook.Outputs;

namespace Workbook.Kernel;

/// <summary>The host of one cell that a client asked for: its outputs become messages, its questions go to the client.</summary>
internal sealed class ClientHost : ICellHost
{
    private readonly MessageSender _sender;
    private readonly InputRequests _inputs;
    private readonly ExecuteRequest _request;
    private readonly int _count;
    private readonly StreamText _stream;

    public ClientHost(MessageSender sender, InputRequests inputs, ExecuteRequest request, int count)
    {
        (_sender, _inputs, _request, _count) = (sender, inputs, request, count);
        _stream = new StreamText((name, text) => Publish("stream", new JsonObject { ["name"] = name, ["text"] = text }));
    }

    /// <summary>What ended the cell early; null where nothing did.</summary>
    public ErrorOutput? Error { get; private set; }

    /// <summary>The cell's result as plain text; null without one.</summary>
    public string? Result { get; private set; }

    /// <inheritdoc/>
    public void Receive(CellOutput output)
    {
        Error = output as ErrorOutput ?? Error;
        Result = (output as ResultOutput)?.Data.PlainText ?? Result;
        if (_request.Silent)
        {
            return;
        }
        if (output is StreamOutput stream)
        {
            _stream.Write(stream.Name, stream.Text);
            return;
        }
        _stream.Flush();
        switch (output)
        {
            case DisplayOutput display:
                Publish("display_data", Shown(display.Data, display.DisplayId));
                break;
            case DisplayUpdate update:
                Publish("update_display_data", Shown(update.Data, update.DisplayId));
                break;
            case ResultOutput result:
                var content = Shown(result.Data, displayId: null);
                content["execution_count"] = _count;
                Publish("execute_result", content);
                break;
            case ClearOutput clear:
                Publish("clear_output", new JsonObject { ["wait"] = clear.Wait });
                break;
            case ErrorOutput ended:
                Publish("error", ErrorContent(ended));
                break;
        }
    }

    /// <inheritdoc/>
    public string? ReadLine(CancellationToken cancellation)
    {
        if (!_request.AllowStdin)
        {
            throw new InvalidOperationException("The cell asks for input, and this client said that it cannot be asked.");
        }
        return _inputs.Ask(_request.Message, _stream.TakeUnfinishedLine(), cancellation);
    }

    /// <summary>Sends what console text is still held back.</summary>
    public void Flush() => _stream.Flush();

    /// <summary>The answer to a request that ended in an error.</summary>
    public static JsonObject ErrorAnswer(ErrorOutput error)
    {
        var answer = ErrorContent(error);
        answer["status"] = "error";
        return answer;
    }

    /// <summary>A value's forms as messages have them.</summary>
    public static JsonObject Data(MimeBundle bundle) => OutputJson.Data(bundle, text => text);

    // What went wrong is red, and the lines that say where are not.
    private static JsonObject ErrorContent(ErrorOutput error) => OutputJson.Error(error, line => line.StartsWith(' ') ? line : $"\e[31m{line}\e[0m");

    private static JsonObject Shown(MimeBundle bundle, string? displayId) => new()
    {
        ["data"] = Data(bundle),
        ["metadata"] = new JsonObject(),
        ["transient"] = displayId is null ? new JsonObject() : new JsonObject { ["display_id"] = displayId },
    };

    private void Publish(string type, JsonObject content) => _sender.Publish(type, _request.Message, content);
}
