using System.Buffers;

namespace SingleShot.Data.Coco.Json;

/// <summary>Finds where a JSON list or object ends by its brackets alone, many bytes at a time.</summary>
internal static class JsonBrackets
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("[]{}\"\n"u8);

    /// <summary>How many bytes the list or object takes that the bytes begin with.</summary>
    /// <returns>
    /// 0 where they begin with something else, where it does not end within them, and where it has a text or a line's end in it: a text
    /// may have brackets, and a line's end counts for the places of errors.
    /// </returns>
    public static int Length(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] is not ((byte)'[' or (byte)'{'))
        {
            return 0;
        }
        var (at, depth) = (0, 0);
        do
        {
            var step = json[at..].IndexOfAny(Structure);
            if (step < 0)
            {
                return 0;
            }
            at += step;
            switch (json[at])
            {
                case (byte)'[' or (byte)'{':
                    depth++;
                    break;
                case (byte)']' or (byte)'}':
                    depth--;
                    break;
                default:
                    return 0;
            }
            at++;
        }
        while (depth > 0);
        return at;
    }
}
