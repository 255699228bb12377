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
        FindingKind.Unreadable => "left out: mend the file, or convert the picture to JPEG or PNG",
        FindingKind.MissingImage => "left out: check the image folder, and upper and lower case in the names",
        FindingKind.WrongSize => "left out in training: the picture was scaled after it was labeled, or turned by a camera's note",
        FindingKind.Twice => "delete one: an object labeled twice is learned twice, and in evaluation one of the two is always missed",
        FindingKind.UnknownClass => "left out: a misspelt name, a class that the model does not have, or ids that count from another number",
        FindingKind.Degenerate => "left out: its size has no finite logarithm, and one would make the loss infinite or NaN",
        FindingKind.Outside => "left out: made for another image, or x and y exchanged",
        FindingKind.BeyondEdge => "clipped: a few are drawn carelessly; many are in other units, or corners taken for sizes",
        FindingKind.OffByOne => "clipped: VOC counts pixels from 1, COCO from 0; where it is many, all boxes are a pixel off",
        FindingKind.Sliver => "kept: no default box is that thin; delete it where no object is seen",
        FindingKind.Empty => "kept: fine where nothing is to be seen; where something is, it teaches that there is nothing",
        FindingKind.UnusedClass => "kept: a score that is never right; take the class out, or look for its objects",
        FindingKind.Turned => "read as its size says, else as Orientation does: where boxes lie beside objects, read the set the other way",
        FindingKind.Leniency => "read all the same: see whether it was meant so",
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
