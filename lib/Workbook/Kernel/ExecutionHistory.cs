using System.IO.Enumeration;
using System.Text.Json.Nodes;
using Workbook.Json;

namespace Workbook.Kernel;

/// <summary>The cells that were run in this session, as clients ask for them. Other sessions are not remembered.</summary>
internal sealed class ExecutionHistory
{
    /// <summary>How many cells are remembered.</summary>
    private const int Capacity = 10_000;

    private readonly LinkedList<ExecutedCode> _cells = [];

    /// <summary>Remembers a cell.</summary>
    public void Add(ExecutedCode cell)
    {
        _cells.AddLast(cell);
        if (_cells.Count > Capacity)
        {
            _cells.RemoveFirst();
        }
    }

    /// <summary>Answers a <c>history_request</c>: the last n cells, a range of counts, or those that match a pattern with * and ?.</summary>
    public JsonObject Answer(JsonObject request)
    {
        var n = request.Number("n") ?? int.MaxValue;
        IEnumerable<ExecutedCode> found = request.Text("hist_access_type") switch
        {
            "range" => request.Number("session") is null or 0 ? Range(request.Number("start") ?? 0, request.Number("stop")) : [],
            "search" => Search(request.Text("pattern") ?? "*", request.Flag("unique") ?? false).TakeLast(n),
            _ => _cells.TakeLast(n),
        };
        var withOutput = request.Flag("output") ?? false;
        return new JsonObject
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. found.Select(cell => new JsonArray(0, cell.Count, withOutput ? new JsonArray(cell.Code, cell.Result) : cell.Code))]),
        };
    }

    private IEnumerable<ExecutedCode> Range(int start, int? stop)
    {
        // Negative counts are from the end, as in the client that the protocol grew from.
        var next = (_cells.Last?.Value.Count ?? 0) + 1;
        var first = start < 0 ? next + start : start;
        var last = stop is { } end ? end < 0 ? next + end : end : int.MaxValue;
        return _cells.Where(cell => cell.Count >= first && cell.Count < last);
    }

    private IEnumerable<ExecutedCode> Search(string pattern, bool unique)
    {
        var found = _cells.Where(cell => FileSystemName.MatchesSimpleExpression(pattern, cell.Code, ignoreCase: false));
        return unique ? found.Reverse().DistinctBy(cell => cell.Code).Reverse() : found;
    }
}

/// <summary>A cell that was run.</summary>
/// <param name="Count">Its execution count.</param>
/// <param name="Code">Its text.</param>
/// <param name="Result">Its result as plain text; null without one.</param>
internal sealed record ExecutedCode(int Count, string Code, string? Result);
