using Workbook.Messaging;

namespace Workbook.Tests.Kernel;

/// <summary>What came of a request to run a cell.</summary>
/// <param name="Reply">The answer to the one who asked.</param>
/// <param name="Published">What all clients saw of it.</param>
internal sealed record ExecutedRequest(Message Reply, List<Message> Published)
{
    public string Status => (string)Reply.Content["status"]!;

    public string? Result => (string?)Published.SingleOrDefault(one => one.Header.Type == "execute_result")?.Content["data"]!["text/plain"];

    public string Stream(string name) => string.Concat(
        Published.Where(one => one.Header.Type == "stream" && (string?)one.Content["name"] == name).Select(one => (string?)one.Content["text"]));

    public IEnumerable<string> Types => Published.Select(one => one.Header.Type);
}
