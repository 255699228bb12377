using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Workbook.Json;
using Workbook.Messaging;

namespace Workbook.Kernel;

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
