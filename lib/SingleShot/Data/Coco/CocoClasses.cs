namespace SingleShot.Data.Coco;

/// <summary>The classes of COCO: 80 of them, with ids from 1 to 90.</summary>
public static class CocoClasses
{
    private const string Unused = "";

    private static readonly string[] All =
    [
        "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat", "traffic light",
        "fire hydrant", Unused, "stop sign", "parking meter", "bench", "bird", "cat", "dog", "horse", "sheep",
        "cow", "elephant", "bear", "zebra", "giraffe", Unused, "backpack", "umbrella", Unused, Unused,
        "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball", "kite", "baseball bat", "baseball glove",
        "skateboard", "surfboard", "tennis racket", "bottle", Unused, "wine glass", "cup", "fork", "knife", "spoon",
        "bowl", "banana", "apple", "sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut",
        "cake", "chair", "couch", "potted plant", "bed", Unused, "dining table", Unused, Unused, "toilet",
        Unused, "tv", "laptop", "mouse", "remote", "keyboard", "cell phone", "microwave", "oven", "toaster",
        "sink", "refrigerator", Unused, "book", "clock", "vase", "scissors", "teddy bear", "hair drier", "toothbrush",
    ];

    /// <summary>The 80 names in the order of their ids: the classes of a model that numbers them without gaps, as SSD's authors do.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Where(name => name != Unused)];

    /// <summary>
    /// 90 names, of which the first has the id 1: the classes of a model that scores ids, as torchvision's published weights do. The
    /// ten ids that COCO does not use are called by their number.
    /// </summary>
    public static IReadOnlyList<string> NamesById { get; } = [.. All.Select((name, i) => name == Unused ? $"unused {i + 1}" : name)];
}
