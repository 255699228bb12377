using System.Globalization;
using SingleShot.Boxes;

namespace SingleShot.Data.Yolo;

/// <summary>The label file of one picture: a row for each object, its numbers fractions of the picture's size.</summary>
internal sealed class YoloLabels(YoloData data, ClassLabels labels, List<Finding> findings, Leniencies leniencies)
{
    private const int BoxNumbers = 5; // class, center x, center y, width, height
    private const double LargestFraction = 2; // a little beyond the edge is careless, more is in pixels

    /// <summary>Reads the objects that can be used; what is wrong with others becomes a finding.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sample">The picture, of which size and id are needed.</param>
    public List<GroundTruth> Read(string path, Sample sample)
    {
        var truths = new List<GroundTruth>();
        foreach (var (index, line) in TextFile.ReadLines(path, leniencies).Index())
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }
            var where = $"{path}: line {index + 1}";
            if (Numbers(words) is not { } numbers || Box(numbers, where) is not { } fractions)
            {
                Report(FindingKind.Unreadable, null, "is neither 'class x y width height' nor 'class x1 y1 x2 y2 x3 y3 ...'; skipped");
                continue;
            }
            var written = fractions.Scale(sample.Width, sample.Height);
            if (Label(numbers[0]) is not { } name)
            {
                Report(FindingKind.UnknownClass, written, $"class {words[0]} is none of those that {Path.GetFileName(data.Path)} names, 0 to {data.Names.Count - 1}; skipped");
            }
            else if (labels.Of(name) is not { } label)
            {
                Report(FindingKind.UnknownClass, written, ClassLabels.NotAsked(name));
            }
            else if (IsInPixels(fractions))
            {
                Report(FindingKind.Outside, written, "numbers are fractions of the picture's size, and these look like pixels; skipped");
            }
            else
            {
                var (box, problem, kind) = AnnotatedBox.Check(written, sample.Width, sample.Height);
                if (box is { } good)
                {
                    truths.Add(new GroundTruth(good, label));
                }
                if (problem is not null)
                {
                    Report(kind, written, problem);
                }
            }

            void Report(FindingKind kind, BoundingBox? box, string problem) =>
                findings.Add(new Finding(kind, $"{where}: {problem}") { ImageId = sample.Id, Box = box });
        }
        return truths;
    }

    private static bool IsInPixels(BoundingBox box) =>
        Math.Max(Math.Max(-box.Left, -box.Top), Math.Max(box.Right, box.Bottom)) > LargestFraction;

    private string? Label(double number) => number >= 0 && number < data.Names.Count && number == Math.Truncate(number) ? data.Names[(int)number] : null;

    private static double[]? Numbers(string[] words)
    {
        var numbers = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                return null;
            }
        }
        return numbers;
    }

    private BoundingBox? Box(double[] row, string where)
    {
        if (row.Length == BoxNumbers || (data.HasKeypoints && row.Length > BoxNumbers))
        {
            return BoundingBox.FromSize(row[1] - row[3] / 2, row[2] - row[4] / 2, row[3], row[4]);
        }
        if (row.Length == BoxNumbers + 1)
        {
            leniencies.Note("a row has a number after its box, as a detector's score; the box is taken", where);
            return Box(row[..BoxNumbers], where);
        }
        if (row.Length < BoxNumbers || row.Length % 2 == 0)
        {
            return null;
        }
        var (x, y) = (row.Where((_, i) => i % 2 == 1), row.Where((_, i) => i > 0 && i % 2 == 0));
        leniencies.Note("an object has an outline and no box; the box around it is taken", where);
        return new BoundingBox(x.Min(), y.Min(), x.Max(), y.Max());
    }
}
