using System.Text;

namespace SingleShot.Data;

/// <summary>Text files in the encodings that editors leave: UTF-8, UTF-16 with its mark, and Windows' own.</summary>
internal static class TextFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Lazy<Encoding> Windows = new(() => CodePagesEncodingProvider.Instance.GetEncoding(1252)!);

    /// <summary>The lines of a file, however they end.</summary>
    /// <exception cref="IOException">It is missing or cannot be opened.</exception>
    public static List<string> ReadLines(string path, Leniencies leniencies)
    {
        var (text, guessed) = Decode(File.ReadAllBytes(path));
        if (guessed)
        {
            leniencies.Note("a text is not UTF-8; taken for Windows-1252", path);
        }
        var lines = new List<string>();
        var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }
        return lines;
    }

    /// <summary>The text of these bytes: by their mark, else UTF-8, else Windows-1252, which is a guess.</summary>
    public static (string Text, bool Guessed) Decode(byte[] bytes)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes), Utf8, detectEncodingFromByteOrderMarks: true);
            return (reader.ReadToEnd(), false);
        }
        catch (DecoderFallbackException)
        {
            return (FromWindows(bytes), true);
        }
    }

    /// <summary>The text of bytes in Windows-1252.</summary>
    public static string FromWindows(ReadOnlySpan<byte> bytes) => Windows.Value.GetString(bytes);
}
