using System.Globalization;

namespace SingleShot.Evaluation.Voc;

/// <summary>Pascal VOC's average precision.</summary>
/// <param name="ClassNames">The name of each class.</param>
/// <param name="ClassAP">Average precision of each class, 0 to 1; NaN for a class without truths.</param>
/// <param name="MeanAP">The mean over the classes that have truths; NaN where none has.</param>
public sealed record VocScores(IReadOnlyList<string> ClassNames, IReadOnlyList<double> ClassAP, double MeanAP)
{
    /// <summary>A line for each class, and one for the mean.</summary>
    public override string ToString()
    {
        var width = ClassNames.Append("mean").Max(name => name.Length);
        return string.Join('\n', ClassNames.Append("mean").Zip(
            ClassAP.Append(MeanAP), (name, value) => string.Create(CultureInfo.InvariantCulture, $"{name.PadRight(width)} {value:0.000}")));
    }
}
