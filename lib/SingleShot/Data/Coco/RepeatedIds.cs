namespace SingleShot.Data.Coco;

/// <summary>Tells the annotations of a file apart whose ids repeat: by what they say.</summary>
/// <remarks>Ids are not needed for anything. Tools write 0 for every one of them, or count anew for each image.</remarks>
internal sealed class RepeatedIds(Leniencies leniencies)
{
    private readonly HashSet<(int Image, int Label, CocoBox Box, bool Crowd)> _objects = [];
    private readonly HashSet<long> _ids = [];

    /// <summary>Whether an object of this class has come with this box in this image.</summary>
    public bool IsSecond(in CocoObject item, long imageId)
    {
        if (!_objects.Add((item.Image, item.Label, item.Box, item.Crowd)))
        {
            return true;
        }
        if (!_ids.Add(item.Id))
        {
            leniencies.Note("an annotation's id has come before, of another object; both are kept", $"annotation {item.Id} of image {imageId}");
        }
        return false;
    }
}
