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
    public static PictureState Of(LabeledPicture picture) => new(
        picture.Name, picture.Boxes?.Select(label => new BoxState(label.Box.Left, label.Box.Top, label.Box.Right, label.Box.Bottom, label.ClassName)).ToList());

    public IReadOnlyList<LabeledBox>? Labels() =>
        Boxes?.Select(box => new LabeledBox(new BoundingBox(box.Left, box.Top, box.Right, box.Bottom), box.Name)).ToList();
}

/// <summary>A box in pixels of the picture, and its class.</summary>
internal sealed record BoxState(double Left, double Top, double Right, double Bottom, string Name);
