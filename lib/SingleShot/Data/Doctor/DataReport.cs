using System.Globalization;
using System.Text;

namespace SingleShot.Data.Doctor;

/// <summary>What <see cref="DataDoctor"/> found.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Objects">Objects of each class, by label.</param>
/// <param name="Findings">What is wrong or worth a look, in the order of <see cref="FindingKind"/>.</param>
public sealed record DataReport(DataSet Data, IReadOnlyList<int> Objects, IReadOnlyList<Finding> Findings)
{
    /// <summary>
    /// Images without objects, classes without any, turned pictures and leniencies are worth knowing; all else is a mistake that somebody
    /// made.
    /// </summary>
    public bool Healthy => Findings.All(finding => finding.Kind >= FindingKind.Empty);

    /// <summary>How many findings there are of a kind.</summary>
    public int Count(FindingKind kind) => Findings.Count(finding => finding.Kind == kind);

    /// <summary>What to do about findings of a kind.</summary>
    public static string Advice(FindingKind kind) => kind switch
    {
        FindingKind.Unreadable => "left out: repair the file, or convert the picture to JPEG or PNG",
        FindingKind.MissingImage => "left out: check the image folder, and upper and lower case in the names",
        FindingKind.WrongSize => "left out in training: the picture was scaled or turned after it was labeled",
        FindingKind.Twice => "delete one: training learns both, and evaluation always misses one of them",
        FindingKind.UnknownClass => "left out: a misspelled name, a class that the model lacks, or ids that start at another number",
        FindingKind.Degenerate => "left out: it has no width or height, and one such box makes the loss infinite or NaN",
        FindingKind.Outside => "left out: made for another image, or x and y are exchanged",
        FindingKind.BeyondEdge => "clipped: a few are careless; if many, look for other units, or sizes written as corners",
        FindingKind.OffByOne => "clipped: VOC counts pixels from 1, COCO from 0; if many, all boxes are a pixel off",
        FindingKind.Sliver => "kept: no default box is so thin; delete it if there is no object",
        FindingKind.Empty => "kept: right if there is nothing to see; otherwise it teaches that objects are background",
        FindingKind.UnusedClass => "kept: a class without objects; remove the class, or look for its objects",
        FindingKind.Turned => "turned as the annotated size says, or else by Orientation; if boxes miss their objects, read it the other way",
        FindingKind.Leniency => "read nevertheless: check that it was meant so",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No kind of finding."),
    };

    /// <summary>A table: the objects of each class, then each kind of finding, how many, and what to do.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Data.Name}: {Data.Samples.Count} images, {Objects.Sum()} objects");
        text.Append(string.Concat(Data.ClassNames.Zip(Objects, (name, count) => string.Create(CultureInfo.InvariantCulture, $"\n  {name,-20}{count,8}"))));
        if (Findings.Count == 0)
        {
            text.Append("\nnothing found");
        }
        foreach (var kind in Findings.GroupBy(finding => finding.Kind))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{kind.Key,-14}{kind.Count(),6}  {Advice(kind.Key)}");
        }
        return text.ToString();
    }
}
