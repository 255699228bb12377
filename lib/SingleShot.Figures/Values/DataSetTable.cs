using SingleShot.Data;
using SingleShot.Figures.Drawing;

namespace SingleShot.Figures.Values;

/// <summary>A data set: how many objects each class has and in how many images, the first images, and the first problems.</summary>
internal static class DataSetTable
{
    private const int Pictures = 4;
    private const int Problems = 5;

    public static Figure Draw(DataSet data)
    {
        var first = data.Samples.Take(Pictures).Select(sample => Annotated.Draw(sample, data.ClassNames)).ToList();
        return new Figure($"{data}", width => string.Concat(
            CaptionedTable.Of($"{data}", width, ["class", "objects", "images"], data.ClassNames.Select((name, label) => new TableRow(
                [name, data.Samples.Sum(sample => sample.Truths.Count(truth => truth.Label == label)), data.Samples.Count(sample => sample.Truths.Any(truth => truth.Label == label))]))),
            first.Count == 0 ? "" : Figures.Pictures.Gallery(first, Pictures).Render(width),
            string.Concat(data.Problems.Take(Problems).Select(problem => Html.Caption(problem, width))),
            data.Problems.Count > Problems ? Html.Caption($"… and {data.Problems.Count - Problems} more problems", width) : ""));
    }
}
