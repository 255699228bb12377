namespace SingleShot.Figures.Formatting;

/// <summary>Writes one kind of output of a figure; a notebook kernel finds the members by their names.</summary>
internal sealed class FigureFormatter(string mimeType, Func<object, string?> write)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        if (write(instance) is not { } text)
        {
            return false;
        }

        writer.Write(text);
        return true;
    }
}
