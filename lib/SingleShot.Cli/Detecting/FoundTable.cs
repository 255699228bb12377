using System.Globalization;

namespace SingleShot.Cli.Detecting;

/// <summary>What was found, as a table: each object of a few pictures, or how many there are of each class.</summary>
internal static class FoundTable
{
    /// <summary>Shows them.</summary>
    public static void Show(List<FoundPicture> found, Report report)
    {
        if (found.Count is > 0 and <= 3)
        {
            string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
            report.Table(["picture", "class", ">score", ">left", ">top", ">right", ">bottom"], found.SelectMany(picture => picture.Detections.Select(one => new[]
            {
                Path.GetFileName(picture.Picture), one.Class, one.Score.ToString("0.00", CultureInfo.InvariantCulture),
                Number(one.Box[0]), Number(one.Box[1]), Number(one.Box[2]), Number(one.Box[3]),
            })));
        }
        else if (found.Count > 0)
        {
            report.Table(["class", ">objects", ">pictures"], found.SelectMany(picture => picture.Detections.Select(one => (one.Class, picture.Picture)))
                .GroupBy(item => item.Class).OrderByDescending(group => group.Count()).Select(group => new[]
                {
                    group.Key,
                    group.Count().ToString(CultureInfo.InvariantCulture),
                    group.Select(item => item.Picture).Distinct().Count().ToString(CultureInfo.InvariantCulture),
                }));
        }
    }
}
