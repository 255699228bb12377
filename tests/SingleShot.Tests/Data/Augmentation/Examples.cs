using CsCheck;
using SingleShot.Boxes;
using SingleShot.Data;

namespace SingleShot.Tests.Data.Augmentation;

/// <summary>Pictures whose pixels tell where they are, with boxes on whole pixels.</summary>
public static class Examples
{
    public static Gen<Example> Any { get; } =
        from width in Gen.Int[8, 120]
        from height in Gen.Int[8, 120]
        from truths in Truth(width, height).List[0, 6]
        select new Example(Pictures.Coordinates(width, height), truths);

    private static Gen<GroundTruth> Truth(int width, int height) =>
        from left in Gen.Int[0, width - 2]
        from top in Gen.Int[0, height - 2]
        from right in Gen.Int[left + 1, width]
        from bottom in Gen.Int[top + 1, height]
        from label in Gen.Int[0, 3]
        select new GroundTruth(new BoundingBox(left, top, right, bottom), label);
}
