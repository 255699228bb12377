using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;
using Workbook.Editing.Inspection;
using RoslynItem = Microsoft.CodeAnalysis.Completion.CompletionItem;

namespace Workbook.Editing.Completion;

/// <summary>Asks Roslyn what may stand at a position.</summary>
internal static class CompletionQuery
{
    // To describe an item, Roslyn binds its symbol and reads its documentation: about a millisecond each.
    private const int MaxDescribed = 40;

    // The kinds by the tags with which Roslyn picks a picture; the first tag that is here tells.
    private static readonly ImmutableDictionary<string, string> Kinds = new[]
    {
        WellKnownTags.Class, WellKnownTags.Constant, WellKnownTags.Delegate, WellKnownTags.Enum, WellKnownTags.EnumMember,
        WellKnownTags.Event, WellKnownTags.Field, WellKnownTags.Interface, WellKnownTags.Keyword, WellKnownTags.Label, WellKnownTags.Method,
        WellKnownTags.Namespace, WellKnownTags.Operator, WellKnownTags.Parameter, WellKnownTags.Property, WellKnownTags.RangeVariable,
        WellKnownTags.Snippet, WellKnownTags.Structure, WellKnownTags.TypeParameter,
    }.ToImmutableDictionary(tag => tag, tag => tag.ToLowerInvariant())
        .Add(WellKnownTags.ExtensionMethod, "method").Add(WellKnownTags.Local, "variable");

    /// <summary>The items at a UTF-16 position, and the span that they replace; null where nothing may.</summary>
    public static async Task<(TextSpan Span, ImmutableArray<CompletionItem> Items)?> AskAsync(
        Document document, int position, CancellationToken cancellation)
    {
        var service = CompletionService.GetService(document)!;
        var list = await service.GetCompletionsAsync(document, position, cancellationToken: cancellation).ConfigureAwait(false);
        if (list.ItemsList.Count == 0)
        {
            return null;
        }
        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var typed = text.ToString(TextSpan.FromBounds(list.Span.Start, Math.Max(list.Span.Start, position)));
        var fitting = list.ItemsList
            .Select(item => (Item: item, Rank: NameMatch.Rank(item.FilterText, typed)))
            .Where(one => one.Rank is not null && !one.Item.IsComplexTextEdit)
            .OrderBy(one => one.Rank).ThenByDescending(one => one.Item.Rules.MatchPriority).ThenBy(one => one.Item.SortText, StringComparer.OrdinalIgnoreCase)
            .Select(one => one.Item)
            .DistinctBy(Insertion)
            .ToList();
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var isMember = text.ToString(TextSpan.FromBounds(0, list.Span.Start)).AsSpan().TrimEnd() is [.., '.'];
        var items = ImmutableArray.CreateBuilder<CompletionItem>(fitting.Count);
        foreach (var item in fitting)
        {
            var kind = Kind(item);
            if (kind == "field" && !isMember && model.LookupSymbols(position, name: item.DisplayText).Any(SymbolText.IsVariable))
            {
                kind = "variable";
            }
            var (signature, documentation) = fitting.Count <= MaxDescribed && kind != "keyword"
                ? await DescribeAsync(service, document, item, cancellation).ConfigureAwait(false)
                : (null, null);
            // To Roslyn a notebook's variables are fields, of a class that nobody wrote.
            var shown = kind == "variable" ? signature?.Replace("(field)", "(variable)", StringComparison.Ordinal) : signature;
            items.Add(new CompletionItem(Insertion(item), kind, shown, documentation));
        }
        return (list.Span, items.MoveToImmutable());
    }

    // A name that is a keyword goes in with its @.
    private static string Insertion(RoslynItem item) =>
        item.Properties.TryGetValue("InsertionText", out var text) ? text : item.DisplayText;

    private static string Kind(RoslynItem item) =>
        item.Tags.Select(tag => Kinds.GetValueOrDefault(tag)).FirstOrDefault(kind => kind is not null) ?? "text";

    private static async Task<(string? Signature, string? Documentation)> DescribeAsync(
        CompletionService service, Document document, RoslynItem item, CancellationToken cancellation)
    {
        var description = await service.GetDescriptionAsync(document, item, cancellation).ConfigureAwait(false);
        var lines = (description?.Text ?? "").Split('\n', 2, StringSplitOptions.TrimEntries);
        return (lines[0] is "" ? null : lines[0], lines is [_, not "" and var rest] ? rest : null);
    }
}
