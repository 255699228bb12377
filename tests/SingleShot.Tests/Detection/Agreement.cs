using AwesomeAssertions;
using SingleShot.Boxes;
using SingleShot.Detection;

namespace SingleShot.Tests.Detection;

/// <summary>How far two lists of detections are apart.</summary>
/// <param name="Count">Detections.</param>
/// <param name="Box">Largest difference of two coordinates, in pixels.</param>
/// <param name="Score">Largest difference of two scores.</param>
/// <param name="Swapped">Detections at another place, which they can only be where their scores are the same within the bound.</param>
internal sealed record Agreement(int Count, double Box, double Score, int Swapped)
{
    public static Agreement Of(IReadOnlyList<DetectedObject> found, IReadOnlyList<DetectedObject> expected, double boxes, double scores, int least = 100)
    {
        expected.Should().HaveCountGreaterThanOrEqualTo(least, "a comparison of few detections would show little");
        found.Should().HaveSameCount(expected);
        found.Select(detection => detection.Score).Should().BeInDescendingOrder();
        var left = Enumerable.Range(0, found.Count).ToList();
        var agreement = new Agreement(found.Count, 0, 0, 0);
        foreach (var (i, wanted) in expected.Index())
        {
            var place = left.FindIndex(j =>
                found[j].Label == wanted.Label && Math.Abs(found[j].Score - wanted.Score) < scores && Distance(found[j].Box, wanted.Box) < boxes);
            place.Should().BeGreaterThanOrEqualTo(0, "detection {0}, {1}, should be there, best of the rest: {2}", i, wanted, found[left[0]]);
            var same = found[left[place]];
            agreement = new Agreement(
                found.Count, Math.Max(agreement.Box, Distance(same.Box, wanted.Box)), Math.Max(agreement.Score, Math.Abs(same.Score - wanted.Score)),
                agreement.Swapped + (left[place] == i ? 0 : 1));
            left.RemoveAt(place);
        }
        return agreement;
    }

    private static double Distance(BoundingBox a, BoundingBox b) => new[]
    {
        Math.Abs(a.Left - b.Left), Math.Abs(a.Top - b.Top), Math.Abs(a.Right - b.Right), Math.Abs(a.Bottom - b.Bottom),
    }.Max();
}
