namespace SingleShot.Evaluation.Coco;

/// <summary>The numbers that COCO's evaluation is defined by, as pycocotools has them.</summary>
public static class CocoProtocol
{
    /// <summary>The ten overlaps at which a detection may count as correct: .50, .55, ... .95.</summary>
    public static IReadOnlyList<double> OverlapThresholds { get; } = Spaced(.5, .95, 10);

    /// <summary>The 101 recalls at which precision is read: 0, .01, ... 1.</summary>
    public static IReadOnlyList<double> RecallThresholds { get; } = Spaced(0, 1, 101);

    /// <summary>How many of an image's and class's best detections are looked at: 1, 10 or 100.</summary>
    public static IReadOnlyList<int> DetectionLimits { get; } = [1, 10, 100];

    /// <summary>The area ranges, in the order of their values.</summary>
    public static IReadOnlyList<CocoArea> Areas { get; } = Enum.GetValues<CocoArea>();

    /// <summary>The bounds of an area range in square pixels; an area equal to either bound is inside.</summary>
    /// <param name="area">The range.</param>
    /// <returns>Lower and upper bound.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the four.</exception>
    public static (double Min, double Max) Range(CocoArea area) => area switch
    {
        CocoArea.All => (0, 1e10),
        CocoArea.Small => (0, 32 * 32),
        CocoArea.Medium => (32 * 32, 96 * 96),
        CocoArea.Large => (96 * 96, 1e10),
        _ => throw new ArgumentOutOfRangeException(nameof(area), area, "No such area range."),
    };

    // numpy.linspace to the last bit: an overlap or a recall equal to a threshold has to fall on the same side as there.
    private static double[] Spaced(double first, double last, int count)
    {
        var step = (last - first) / (count - 1);
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = i * step + first;
        }
        values[^1] = last;
        return values;
    }
}

/// <summary>COCO's ranges of an object's area; <see cref="CocoProtocol.Range"/> gives the square pixels.</summary>
public enum CocoArea
{
    /// <summary>Every object: up to 10^10 square pixels.</summary>
    All,

    /// <summary>Up to 32 x 32 pixels.</summary>
    Small,

    /// <summary>From 32 x 32 to 96 x 96 pixels.</summary>
    Medium,

    /// <summary>From 96 x 96 pixels up.</summary>
    Large,
}
