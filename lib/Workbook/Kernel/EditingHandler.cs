using System.Text.Json.Nodes;
using Workbook.Editing;
using Workbook.Editing.Completion;
using Workbook.Editing.Inspection;
using Workbook.Execution;
using Workbook.Json;

namespace Workbook.Kernel;

/// <summary>Answers what an editor asks while a reader types.</summary>
internal sealed class EditingHandler(CellSession session) : IDisposable
{
    private readonly CellEditor _editor = new(session);

    /// <summary>Loads what the first question would have to wait for.</summary>
    public Task WarmUpAsync() => _editor.WarmUpAsync();

    /// <summary>Answers a <c>complete_request</c>.</summary>
    public async Task<JsonObject> CompleteAsync(JsonObject request)
    {
        var code = request.Text("code") ?? "";
        var found = await _editor.CompleteAsync(code, request.Number("cursor_pos") ?? int.MaxValue).ConfigureAwait(false);
        return new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Items.Select(item => JsonValue.Create(item.Text))]),
            ["cursor_start"] = found.Start,
            ["cursor_end"] = found.End,
            // The entry that editors read for the kind of each match, though its name says experimental.
            ["metadata"] = new JsonObject { ["_jupyter_types_experimental"] = Types(found) },
        };
    }

    /// <summary>Answers an <c>inspect_request</c>.</summary>
    public async Task<JsonObject> InspectAsync(JsonObject request)
    {
        var detail = request.Number("detail_level") is 1 ? InspectionDetail.Full : InspectionDetail.Brief;
        var found = await _editor.InspectAsync(request.Text("code") ?? "", request.Number("cursor_pos") ?? int.MaxValue, detail).ConfigureAwait(false);
        return new JsonObject
        {
            ["status"] = "ok",
            ["found"] = found is not null,
            ["data"] = found is null
                ? new JsonObject()
                : new JsonObject { ["text/plain"] = found.PlainText, ["text/markdown"] = found.Markdown },
            ["metadata"] = new JsonObject(),
        };
    }

    /// <summary>Answers an <c>is_complete_request</c>.</summary>
    public static JsonObject IsComplete(JsonObject request)
    {
        var found = CellCompleteness.Of(request.Text("code") ?? "");
        var answer = new JsonObject { ["status"] = found.State.ToString().ToLowerInvariant() };
        if (found.State == CodeState.Incomplete)
        {
            answer["indent"] = found.Indent;
        }
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose() => _editor.Dispose();

    private static JsonArray Types(CompletionList found) => new([.. found.Items.Select(item =>
    {
        var one = new JsonObject { ["start"] = found.Start, ["end"] = found.End, ["text"] = item.Text, ["type"] = item.Kind };
        if (item.Signature is { } signature)
        {
            one["signature"] = signature;
        }
        if (item.Documentation is { } documentation)
        {
            one["documentation"] = documentation;
        }
        return (JsonNode)one;
    })]);
}
