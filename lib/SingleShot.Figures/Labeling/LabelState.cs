using SingleShot.Boxes;
using SingleShot.Data.Labeling;

namespace SingleShot.Figures.Labeling;

/// <summary>What page and process tell each other of a folder's labels; becomes JSON.</summary>
/// <param name="Classes">The classes by their ids.</param>
/// <param name="Pictures">All pictures of the folder.</param>
internal sealed record LabelState(IReadOnlyList<string> Classes, IReadOnlyList<PictureState> Pictures)
{
    public static LabelState Of(LabelFolder labels) => new(labels.ClassNames, [.. labels.Pictures.Select(PictureState.Of)]);
}

/// <summary>A picture's labels.</summary>
/// <param name="Name">Name of its file.</param>
/// <param name="Boxes">Its objects; null where it is not labeled.</param>
internal sealed record PictureState(string Name, IReadOnlyList<BoxState>? Boxes)
{
    public static PictureState Of(LabeledPicture picture) => new(picture.Name, picture.Boxes?.Select(BoxState.Of).ToList());
}

/// <summary>What a page makes of a picture's labels.</summary>
/// <param name="Name">Name of the picture's file.</param>
/// <param name="Before">The labels that the page began with; null where there were none.</param>
/// <param name="Boxes">What they have become.</param>
internal sealed record PictureChange(string Name, IReadOnlyList<BoxState>? Before, IReadOnlyList<BoxState>? Boxes)
{
    /// <summary>The labels after the change. Where another page has changed them, too, both changes are in them.</summary>
    /// <param name="now">The labels that are saved.</param>
    public IReadOnlyList<LabeledBox>? On(IReadOnlyList<LabeledBox>? now)
    {
        var saved = (now ?? []).Select(BoxState.Of).ToList();
        var (before, after) = (Before ?? [], Boxes ?? []);
        if (saved.SequenceEqual(before))
        {
            return Boxes?.Select(box => box.ToLabel()).ToList();
        }
        var both = saved.Except(before.Except(after)).Union(after.Except(before)).Select(box => box.ToLabel()).ToList();
        return both.Count > 0 ? both : Boxes is null ? null : [];
    }
}

/// <summary>A box in pixels of the picture, to the hundredth as the file has it, and its class.</summary>
internal sealed record BoxState(double Left, double Top, double Right, double Bottom, string Name)
{
    public static BoxState Of(LabeledBox label)
    {
        static double Hundredth(double value) => Math.Round(value, 2);
        return new(Hundredth(label.Box.Left), Hundredth(label.Box.Top), Hundredth(label.Box.Right), Hundredth(label.Box.Bottom), label.ClassName);
    }

    public LabeledBox ToLabel() => new(new BoundingBox(Left, Top, Right, Bottom), Name);
}
