using System.Globalization;

namespace SingleShot.Boxes;

/// <summary>Boxes as a person writes them down, for a picture of their own.</summary>
public static class BoxText
{
    /// <summary>Reads the boxes.</summary>
    /// <param name="text">
    /// For each box left, top, right and bottom in pixels, blanks or commas between them, and semicolons between boxes:
    /// <c>10 20 60 80; 5 5 40.5 30</c>. Decimals follow a point, in every country.
    /// </param>
    /// <param name="width">Width of the picture that they are on, in pixels.</param>
    /// <param name="height">Its height.</param>
    /// <returns>At least one box, in the order of the text, each with an extent and at least in part on the picture.</returns>
    /// <exception cref="FormatException">There is no box, or one that is not four finite numbers, has no extent, or lies beside the picture. The message says which.</exception>
    public static IReadOnlyList<BoundingBox> Parse(string text, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(text);
        var boxes = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read).ToArray();
        if (Array.FindIndex(boxes, box => box.ClipTo(width, height).IsDegenerate) is >= 0 and var beside)
        {
            throw new FormatException($"Box {beside} lies beside the picture, which is {width} x {height} pixels. Was it measured on a picture of another size?");
        }

        return boxes.Length > 0 ? boxes : throw new FormatException("There is no box. Write at least one, as left, top, right and bottom in pixels: \"10 20 60 80\".");
    }

    private static BoundingBox Read(string text, int index)
    {
        var words = text.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = words.Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        if (numbers.Length != 4 || !numbers.All(double.IsFinite))
        {
            throw new FormatException($"Box {index}, \"{text}\", is not four numbers. Write left, top, right and bottom in pixels, such as \"10 20 60 80\", and a semicolon between two boxes.");
        }

        var box = new BoundingBox(numbers[0], numbers[1], numbers[2], numbers[3]);
        return box.IsDegenerate
            ? throw new FormatException($"Box {index}, \"{text}\", has no extent: the order is left, top, right, bottom, and right has to be larger than left, bottom than top.")
            : box;
    }
}
