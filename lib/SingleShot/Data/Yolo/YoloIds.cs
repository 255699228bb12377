namespace SingleShot.Data.Yolo;

/// <summary>Names for the pictures of a split, no two alike: the file's without its extension, with more of its path where that is needed.</summary>
internal sealed class YoloIds
{
    private readonly Dictionary<YoloPicture, string> _ids = new(ReferenceEqualityComparer.Instance);

    /// <summary>Names for all of them.</summary>
    public YoloIds(IReadOnlyList<YoloPicture> pictures)
    {
        foreach (var same in pictures.GroupBy(picture => Path.GetFileNameWithoutExtension(picture.Name)))
        {
            var alone = same.Count() == 1;
            foreach (var picture in same)
            {
                _ids.Add(picture, alone ? same.Key : picture.Path);
            }
        }
    }

    /// <summary>The name of a picture.</summary>
    public string Of(YoloPicture picture) => _ids[picture];
}
