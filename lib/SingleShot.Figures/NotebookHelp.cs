using SingleShot.Figures.Drawing;

namespace SingleShot.Figures;

/// <summary>What a notebook shows of the library, and where to begin.</summary>
internal static class NotebookHelp
{
    private const string Begin = """
        using SingleShot.Detection;
        using SingleShot.Figures;
        using SingleShot.Images;
        using SingleShot.Training;

        var network = Checkpoint.LoadNetwork("shapes.safetensors");
        var image = ImageFile.Read("street.jpg");
        var found = new Detector(network).Detect(image);
        Pictures.Detections(image, found)
        """;

    private static readonly (string Value, string Shown)[] Values =
    [
        ("RgbImage", "the picture"),
        ("Sample, Example", "the picture with its objects"),
        ("DetectedObject, a list of them", "class, score and box, best first"),
        ("a list of BoundingBox, GroundTruth, TrainingStep", "a line for each"),
        ("DataSet", "objects by class, the first pictures, the first problems"),
        ("SsdSpecification", "the feature maps and their default boxes"),
        ("SsdNetwork, any other module", "its layers and their weights"),
        ("Tensor", "shape, type and range; few numbers as they are, images and maps as small pictures"),
    ];

    public static Figure Draw() => new(
        "SingleShot: what a cell's last expression shows, and where to begin",
        width => CaptionedTable.Of("What a cell shows whose last expression is:", width, ["value", "shown as"], Values.Select(one => new TableRow([one.Value, one.Shown])))
            + $"{Html.Caption("To begin:", width)}<pre>{Html.Text(Begin)}</pre>"
            + Html.Caption("Pictures, Charts and Explore draw more; Notebook.Start() before the first chart carries the script that draws them.", width));
}
