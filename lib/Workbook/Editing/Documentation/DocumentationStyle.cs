namespace Workbook.Editing.Documentation;

/// <summary>How documentation is written down for a client.</summary>
internal abstract class DocumentationStyle
{
    /// <summary>For a terminal.</summary>
    public static DocumentationStyle Plain { get; } = new PlainStyle();

    /// <summary>For a client that renders Markdown.</summary>
    public static DocumentationStyle Markdown { get; } = new MarkdownStyle();

    /// <summary>What sets a list off from its heading.</summary>
    public abstract string BeforeList { get; }

    /// <summary>The declaration of a symbol, which stands above its documentation.</summary>
    public abstract string Declaration(string lines);

    /// <summary>Prose as it stands.</summary>
    public abstract string Text(string text);

    /// <summary>A name or a bit of code within prose.</summary>
    public abstract string Code(string text);

    /// <summary>Lines of code by themselves.</summary>
    public abstract string CodeBlock(string lines);

    /// <summary>The title of a part.</summary>
    public abstract string Heading(string text);

    /// <summary>A link to an address.</summary>
    public abstract string Link(string text, string address);

    private sealed class PlainStyle : DocumentationStyle
    {
        public override string BeforeList => "\n";

        public override string Declaration(string lines) => lines;

        public override string Text(string text) => text;

        public override string Code(string text) => text;

        public override string CodeBlock(string lines) => string.Join('\n', lines.Split('\n').Select(line => $"    {line}"));

        public override string Heading(string text) => $"{text}:";

        public override string Link(string text, string address) => text == address ? text : $"{text} ({address})";
    }

    private sealed class MarkdownStyle : DocumentationStyle
    {
        public override string BeforeList => "\n\n";

        public override string Declaration(string lines) => CodeBlock(lines);

        public override string Text(string text) =>
            string.Concat(text.Select(one => @"\`*_[]<>".Contains(one, StringComparison.Ordinal) ? $@"\{one}" : one.ToString()));

        public override string Code(string text) => text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`";

        public override string CodeBlock(string lines) => $"```csharp\n{lines}\n```";

        public override string Heading(string text) => $"**{text}**";

        public override string Link(string text, string address) => $"[{Text(text)}]({address})";
    }
}
