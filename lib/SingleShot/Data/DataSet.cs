namespace SingleShot.Data;

/// <summary>Images with their ground truth, and the names of the classes that the labels stand for.</summary>
/// <param name="Name">What to call it, for instance the file that it was read from.</param>
/// <param name="ClassNames">The classes, without a background: a label is an index here.</param>
/// <param name="Samples">The images.</param>
/// <param name="Findings">What was wrong in reading, and was left out or clipped, and a line for each leniency; empty when there was nothing. <see cref="Doctor.DataDoctor"/> finds more.</param>
public sealed record DataSet(
    string Name, IReadOnlyList<string> ClassNames, IReadOnlyList<Sample> Samples, IReadOnlyList<Finding> Findings)
{
    /// <summary>The findings, a line each with the file and the record.</summary>
    public IReadOnlyList<string> Problems => [.. Findings.Select(finding => finding.Text)];

    /// <summary>The image of a number, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none of that number; the message says how many there are.</exception>
    public Sample this[int number] => number >= 0 && number < Samples.Count
        ? Samples[number]
        : throw new ArgumentOutOfRangeException(nameof(number), $"There is no image {number}: {Name} has {Samples.Count}, numbered from 0 to {Samples.Count - 1}.");

    /// <summary>The first images only, for a quick try.</summary>
    public DataSet Take(int count) => this with { Samples = [.. Samples.Take(count)] };

    /// <summary>One line: how many images, objects, classes and problems.</summary>
    public override string ToString() =>
        $"{Name}: {Samples.Count} images, {Samples.Sum(sample => sample.Truths.Count)} objects of {ClassNames.Count} classes, "
        + $"{Samples.Count(sample => sample.Truths.Count == 0)} images without objects, {Findings.Count} problems";
}
