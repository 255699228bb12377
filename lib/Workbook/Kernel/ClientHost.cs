using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Execution;
using Workbook.Formatting;

namespace Workbook.Kernel;

/// <summary>The host of one cell that a client asked for: its outputs become messages, its questions go to the client.</summary>
internal sealed class ClientHost : ICellHost
{
    private readonly Wire _wire;
    private readonly Questions _questions;
    private readonly ExecuteRequest _request;
    private readonly int _count;
    private readonly StreamText _stream;

    public ClientHost(Wire wire, Questions questions, ExecuteRequest request, int count)
    {
        (_wire, _questions, _request, _count) = (wire, questions, request, count);
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
        return _questions.Ask(_request.Message, _stream.TakeUnfinishedLine(), cancellation);
    }

    /// <summary>Sends what console text is still held back.</summary>
    public void Flush() => _stream.Flush();

    /// <summary>An error as messages have it; what went wrong is red, and its place is not.</summary>
    public static JsonObject ErrorContent(ErrorOutput error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line.StartsWith(' ') ? line : $"\e[31m{line}\e[0m"))]),
    };

    /// <summary>A value's forms as messages have them: JSON types as JSON, the others as text.</summary>
    public static JsonObject Data(MimeBundle bundle) => new(bundle.Forms
        .OrderBy(form => form.Key, StringComparer.Ordinal)
        .Select(form => KeyValuePair.Create(form.Key, Form(form.Key, form.Value))));

    private static JsonObject Shown(MimeBundle bundle, string? displayId) => new()
    {
        ["data"] = Data(bundle),
        ["metadata"] = new JsonObject(),
        ["transient"] = displayId is null ? new JsonObject() : new JsonObject { ["display_id"] = displayId },
    };

    private static JsonNode? Form(string mimeType, string text)
    {
        try
        {
            return mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal) ? JsonNode.Parse(text) : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private void Publish(string type, JsonObject content) => _wire.Publish(type, _request.Message, content);
}
