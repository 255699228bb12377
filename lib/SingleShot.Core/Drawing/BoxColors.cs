namespace SingleShot.Drawing;

/// <summary>The colors of boxes, from Okabe and Ito's set that color-blind readers can tell apart.</summary>
public static class BoxColors
{
    private static readonly int[] Colors = [0xE69F00, 0x56B4E9, 0xF0E442, 0xCC79A7, 0x009E73, 0xD55E00, 0x0072B2];

    /// <summary>Number of colors; after as many groups they come round again.</summary>
    public static int Count => Colors.Length;

    /// <summary>Color of the boxes of a group, such as a class, as 0xRRGGBB; white for a negative group.</summary>
    public static int Of(int group) => group < 0 ? 0xFFFFFF : Colors[group % Colors.Length];

    /// <summary>Black or white, whichever reads better on a color.</summary>
    /// <param name="color">The color, as 0xRRGGBB.</param>
    public static int Ink(int color)
    {
        var luma = 0.299 * (color >> 16) + 0.587 * (color >> 8 & 255) + 0.114 * (color & 255);
        return luma > 100 ? 0x000000 : 0xFFFFFF;
    }
}
